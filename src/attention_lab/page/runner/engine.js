// The page's side of worker.js: asks, waits, stops what does not end, and starts it anew.

import { WORDS } from "./words.js";

const LONGEST = 10_000; // milliseconds that a cell may run

export class Engine {
  /** @param address of worker.js, with its version behind a question mark. */
  constructor(address) {
    this.address = address;
    this.asked = new Map(); // id → what was asked, until it is answered
    this.ids = 0;
  }

  /**
   * Ask for something. The worker is started when it is first needed.
   * @param request for serve.py.
   * @param hear {began(), printed(text)}, called on the way.
   * @returns a promise of the answer; it fails with a sentence for the reader.
   */
  ask(request, hear = {}) {
    return new Promise((resolve, reject) => {
      const question = { id: ++this.ids, request, hear, resolve, reject };
      this.asked.set(question.id, question);
      this.send(question);
    });
  }

  /** End what runs now, whatever it does. What waits behind it is asked again. */
  stop(sentence = WORDS.stopped) {
    const running = [...this.asked.values()].find((question) => question.limit) ?? null;
    this.end();
    if (running) this.settle(running.id).reject(new Error(sentence));
    for (const question of this.asked.values()) this.send(question);
  }

  send(question) {
    try {
      this.worker ??= this.start();
      this.worker.postMessage({ id: question.id, request: question.request });
    } catch {
      this.settle(question.id).reject(elsewhere(WORDS.fromFile));
    }
  }

  start() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => this.hear(data);
    worker.onerror = () => this.fail();
    return worker;
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
  }

  /** The worker cannot be had: everything that waits for it is told so. */
  fail() {
    this.end();
    for (const id of [...this.asked.keys()]) this.settle(id).reject(elsewhere(WORDS.notLoaded));
  }

  hear({ id, began, printed, answer, crashed, failed }) {
    if (failed) return this.fail();
    const question = this.asked.get(id);
    if (!question) return;
    if (began) {
      question.limit = setTimeout(() => this.stop(WORDS.tooLong), LONGEST);
      question.hear.began?.();
    } else if (printed) question.hear.printed?.(printed);
    else if (crashed) this.stop(WORDS.crashed);
    else this.settle(id).resolve(answer);
  }

  settle(id) {
    const question = this.asked.get(id);
    clearTimeout(question.limit);
    this.asked.delete(id);
    return question;
  }
}

/** An error whose remedy is the notebook. */
function elsewhere(sentence) {
  return Object.assign(new Error(sentence), { elsewhere: true });
}
