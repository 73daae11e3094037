// Whether the exercise is done: at once from the numbers, and why from the judge, a moment later.

import { make } from "../elements.js";

const WAIT = 250; // milliseconds without a change, before the judge is asked

/**
 * @param data with its phrases.
 * @param judge (request) → promise of the judge's reply; absent where there is none.
 * @param told called when the judge has spoken.
 */
export function makeVerdict(data, judge, told) {
  const heading = make("strong");
  const measure = make("span");
  const why = make("p.pg-why");
  const node = make("div.pg-verdict", {}, make("p", {}, heading, " ", measure), why);
  let timer, asked;

  async function ask(request) {
    const mine = (asked = request);
    const reply = await judge(request).catch((error) => ({ message: error.message }));
    if (mine !== asked) return; // the reader has moved on
    why.textContent = reply.message;
    node.classList.remove("pg-waiting");
    told(reply);
  }

  return {
    node,
    /**
     * @param task the exercise, or null.
     * @param error of the answer.
     * @param request for the judge; null before the reader has touched anything.
     */
    show(task, error, request) {
      node.hidden = !task;
      clearTimeout(timer);
      asked = null;
      if (!task) return;
      const passed = error < task.tolerance;
      const text = passed ? data.phrases.passed : data.phrases.failed;
      heading.textContent = text.replace("{number}", task.number);
      measure.textContent = `error ${error.toPrecision(3)} ${passed ? "<" : "≥"} tolerance ${task.tolerance}`;
      node.dataset.passed = passed;
      node.classList.add("pg-waiting");
      if (judge && request) timer = setTimeout(() => ask(request), WAIT);
      else why.textContent = "";
    },
  };
}
