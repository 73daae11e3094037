// How many exercises are passed, and the way to each: kept in this browser.

import { button, make } from "../elements.js";
import { read, write } from "./store.js";
import { WORDS } from "./words.js";

const PASSED = "passed";

/** Remember what was passed, {number: passed}. What was once passed stays passed. */
export function keepPassed(verdicts) {
  const news = Object.keys(verdicts).filter((number) => verdicts[number]);
  if (news.length) write(PASSED, [...new Set([...(read(PASSED) ?? []), ...news])]);
}

/**
 * Show the progress in an element, with the button that hands everything out.
 * @param exercises of the book, {number, title, href}.
 */
export function showProgress(element, exercises, download) {
  const passed = new Set(read(PASSED) ?? []);
  const count = exercises.filter(({ number }) => passed.has(number)).length;
  const items = exercises.map(({ number, title, href }) => {
    const mark = passed.has(number) ? "✓" : "○";
    const said = passed.has(number) ? "passed" : "not yet";
    return make(
      "li",
      {},
      make("span", { attributes: { role: "img", "aria-label": said } }, mark),
      " ",
      make("a", { href }, `${number} ${title}`),
    );
  });
  element.replaceChildren(
    make("p", {}, make("strong", {}, WORDS.progress(count, exercises.length)), ". ", WORDS.onThisDevice),
    make("ul.lab-list", {}, ...items),
    button(WORDS.download, download),
    make("span.lab-status", { attributes: { role: "status" } }),
  );
}
