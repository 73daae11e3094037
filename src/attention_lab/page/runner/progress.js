// How many exercises are passed, and the way to each: kept in this browser.

import { button, make } from "../elements.js";
import { keeps, read, whenChangedElsewhere, write } from "./store.js";
import { WORDS } from "./words.js";

const PASSED = "passed";

/** Remember that an exercise was passed. What was once passed stays passed. */
export function keepPassed(number) {
  const passed = read(PASSED) ?? [];
  if (!passed.includes(number)) write(PASSED, [...passed, number]);
}

/** Tell when another page of the book has passed something. */
export function whenPassedElsewhere(tell) {
  whenChangedElsewhere(PASSED, tell);
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
  const where = keeps() ? WORDS.onThisDevice : WORDS.notKept;
  element.replaceChildren(
    make("p", {}, make("strong", {}, WORDS.progress(count, exercises.length)), ". ", where),
    make("ul.lab-list", {}, ...items),
    button(WORDS.download, download),
    make("span.lab-status", { attributes: { role: "status" } }),
  );
}
