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
 * @param exercises of the book, {number, title, href, points}; without points it is no assignment.
 */
export function showProgress(element, exercises, download) {
  const passed = new Set(read(PASSED) ?? []);
  const progress = (listed) => [listed.filter(({ number }) => passed.has(number)).length, listed.length];
  const assigned = exercises.filter(({ points }) => points);
  const beyond = exercises.filter(({ points }) => !points);
  const list = (listed) => make("ul.lab-list", {}, ...listed.map((one) => entry(one, passed)));
  const where = keeps() ? WORDS.onThisDevice : WORDS.notKept;
  element.replaceChildren(
    make("p", {}, make("strong", {}, WORDS.progress(...progress(exercises))), ". ", where),
    make("p", {}, WORDS.assigned(...progress(assigned))),
    list(assigned),
    ...(beyond.length ? [make("p", {}, WORDS.beyond(...progress(beyond))), list(beyond)] : []),
    button(WORDS.download, download),
    make("span.lab-status", { attributes: { role: "status" } }),
  );
}

function entry({ number, title, href }, passed) {
  const [mark, said] = passed.has(number) ? ["✓", "passed"] : ["○", "not yet"];
  const sign = make("span", { attributes: { role: "img", "aria-label": said } }, mark);
  return make("li", {}, sign, " ", make("a", { href }, `${number} ${title}`));
}
