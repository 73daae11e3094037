// The page's side of worker.js: asks one thing after the other, stops what does not end, and starts
// the worker anew.

import { WORDS } from "./words.js";

const LONGEST = 10_000; // milliseconds that a cell may run

export class Engine {
  /** @param address of worker.js, with its version behind a question mark. */
  constructor(address) {
    this.address = address;
    this.worker = null;
    this.loaded = false; // whether the worker has answered anything
    this.current = null; // the question that the worker has
    this.waiting = []; // those behind it, in order
    this.ids = 0;
  }

  /**
   * Ask for something. The worker is started when it is first needed.
   * @param request for serve.py.
   * @param hear {waits(sentence), began(), printed(text)}, called on the way; stop() knows the
   *   question by it.
   * @returns a promise of the answer; it fails with a sentence for the reader.
   */
  ask(request, hear = {}) {
    return new Promise((resolve, reject) => {
      if (!this.loaded) hear.waits?.(WORDS.loading);
      else if (this.current) hear.waits?.(WORDS.waiting);
      this.waiting.push({ id: ++this.ids, request, hear, resolve, reject });
      this.next();
    });
  }

  /** End what was asked with this `hear`, whether it runs, or the worker loads, or it waits. */
  stop(hear, sentence = WORDS.stopped) {
    const place = this.waiting.findIndex((question) => question.hear === hear);
    if (place >= 0) this.waiting.splice(place, 1)[0].reject(new Error(sentence));
    else if (this.current?.hear === hear) this.breakOff(sentence);
  }

  breakOff(sentence) {
    this.end();
    this.settle().reject(new Error(sentence));
  }

  next() {
    if (this.current || !this.waiting.length) return;
    this.current = this.waiting.shift();
    const { id, request } = this.current;
    try {
      this.worker ??= this.start();
      this.worker.postMessage({ id, request });
    } catch {
      this.settle().reject(elsewhere(WORDS.fromFile));
    }
  }

  start() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => worker === this.worker && this.hear(data);
    worker.onerror = () => worker === this.worker && this.fail();
    return worker;
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
    this.loaded = false;
  }

  /** The worker cannot be had: everything that waits for it is told so. */
  fail() {
    this.end();
    const sentence = location.protocol === "file:" ? WORDS.fromFile : WORDS.notLoaded;
    const lost = this.waiting.splice(0);
    if (this.current) lost.unshift(this.settle());
    for (const { reject } of lost) reject(elsewhere(sentence));
  }

  hear({ id, began, printed, answer, crashed, failed }) {
    if (failed) this.fail();
    else if (id !== this.current?.id) return;
    else if (began) {
      this.loaded = true;
      this.current.limit = setTimeout(() => this.breakOff(WORDS.tooLong(LONGEST / 1000)), LONGEST);
      this.current.hear.began?.();
    } else if (printed) this.current.hear.printed?.(printed);
    else if (crashed) this.breakOff(WORDS.crashed);
    else this.settle().resolve(answer);
  }

  /** Take the question off the worker's hands, for the next one to follow. */
  settle() {
    const question = this.current;
    clearTimeout(question.limit);
    this.current = null;
    queueMicrotask(() => this.next());
    return question;
  }
}

/** An error whose remedy is the notebook. */
function elsewhere(sentence) {
  return Object.assign(new Error(sentence), { elsewhere: true });
}
