// Whether the exercise is done: at once from the numbers, and why from the judge, a moment later.

import { make } from "../elements.js";
import { makeRest } from "./rest.js";

const WAIT = 250; // milliseconds without a change, before the judge is asked

/**
 * @param data with its phrases.
 * @param judge (request) → promise of the judge's reply; absent where there is none.
 * @param answered called when the judge has spoken.
 */
export function makeVerdict(data, judge, answered) {
  const heading = make("strong");
  const measure = make("span");
  const why = make("p.pg-why");
  const node = make("div.pg-verdict", {}, make("p", {}, heading, " ", measure), why);
  const rest = makeRest(WAIT);
  let known, asked;
  let told = ["", ""];

  async function ask(request) {
    const mine = (asked = request);
    const reply = await judge(request).catch((error) => ({ message: error.message }));
    if (mine !== asked) return; // the reader has moved on
    heading.textContent = reply.heading ?? heading.textContent;
    why.textContent = reply.message;
    node.classList.remove("pg-waiting");
    const about = `${heading.textContent} ${reply.diagnosis}`;
    told = [about, `${heading.textContent}. ${reply.message}`];
    answered();
  }

  return {
    node,
    /** What the judge said, and what that is about; both "" while it is thinking. */
    told: () => told,
    /**
     * @param task the exercise, or null.
     * @param error of the answer.
     * @param request for the judge; null before the reader has touched anything.
     */
    show(task, error, request) {
      const text = request && JSON.stringify(request);
      if (text && text === known) return; // only the view was turned, or the like
      known = text;
      node.hidden = !task;
      rest.forget();
      asked = null;
      told = ["", ""];
      if (!task) return;
      const passed = error < task.tolerance;
      const words = data.phrases[passed ? "passed" : "failed"].replace("{number}", task.number);
      if (heading.textContent.slice(0, words.length) !== words) why.textContent = ""; // of another verdict
      heading.textContent = words;
      measure.textContent = `error ${error.toPrecision(3)} ${passed ? "<" : "≥"} tolerance ${task.tolerance}`;
      node.dataset.passed = passed;
      node.classList.add("pg-waiting");
      if (judge && request) rest.do(() => ask(request));
    },
  };
}
