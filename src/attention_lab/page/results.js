// What a reader has learned: the answers to the ten questions before the book and after it.

import { button, make } from "./elements.js";
import { questionName } from "./guess.js";
import { keeps } from "./runner/store.js";

const RIGHT = "right"; // what stands behind a choice, unless it is the name of a misconception
const TELL = {
  answered: (count, all) => `${count} of ${all} questions answered.`,
  wait: "When you have answered all, you see here what has changed.",
  now: "Show me now",
  scoreBefore: (count, all) => `Right before the book: ${count} of ${all}. `,
  score: (count, all) => `Right now: ${count} of ${all}.`,
  question: "Question",
  before: "Before",
  after: "Now",
  left: "What you still believe, though it does not hold, and where to read again:",
  none: "None of your answers here points to a misconception.",
  gone: "What you no longer believe:",
  kept: "Kept in this browser, and nowhere else.",
  notKept: "This browser keeps nothing: your answers are forgotten with the page.",
  again: "Answer these ten again",
  forget: "Forget all my answers",
};
const MARKS = { right: ["✓", "right"], wrong: ["✗", "wrong"], none: ["–", "not answered"] };
let asked = false; // by the button, before all is answered

/**
 * Show the results where the page has a place for them.
 * @param store {read(name), write(name, content)}, where the answers are kept.
 */
export function showResults(store) {
  const element = document.querySelector(".lab-results");
  if (!element) return;
  const data = element.querySelector("data");
  const { questions, misconceptions } = JSON.parse(data.value);
  const rows = questions.map(({ name, idea, ...forms }) => ({
    name,
    idea,
    before: forms.before[store.read(questionName(`before/${name}`))] ?? null,
    after: forms.after[store.read(questionName(`after/${name}`))] ?? null,
  }));
  const answered = rows.filter(({ after }) => after !== null).length;
  const ready = asked || answered === rows.length;
  const shown = ready ? [...told(rows, misconceptions), ...end(rows, store)] : waiting(answered, rows.length, store);
  element.replaceChildren(data, ...shown);
}

function waiting(answered, all, store) {
  const now = () => {
    asked = true;
    showResults(store);
    document.querySelector(".lab-results p").focus();
  };
  return [make("p", {}, TELL.answered(answered, all), " ", TELL.wait), button(TELL.now, now)];
}

/** How many are right, question by question, and what stands behind those that are not. */
function told(rows, misconceptions) {
  const right = (form) => rows.filter((row) => row[form] === RIGHT).length;
  const guessed = rows.some(({ before }) => before !== null);
  const scoreBefore = guessed ? TELL.scoreBefore(right("before"), rows.length) : "";
  const score = scoreBefore + TELL.score(right("after"), rows.length);
  const met = (form) => misconceptions.filter((name) => rows.some((row) => row[form] === name));
  const left = met("after");
  const gone = met("before").filter((name) => !left.includes(name));
  const listed = (title, names) =>
    names.length ? [make("p", {}, title), make("ul", {}, ...names.map((name) => item(misconceptions, name)))] : [];
  return [
    make("p", { tabIndex: -1 }, make("strong", {}, score)),
    comparison(rows),
    ...(left.length ? listed(TELL.left, left) : [make("p", {}, TELL.none)]),
    ...listed(TELL.gone, gone),
  ];
}

function comparison(rows) {
  const head = ["question", "before", "after"].map((name) =>
    make("th", { scope: "col" }, TELL[name]),
  );
  const body = rows.map((row, n) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, `${n + 1}. ${row.idea}`),
      make("td", {}, mark(row.before)),
      make("td", {}, mark(row.after)),
    ),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
}

function mark(behind) {
  const [sign, said] = MARKS[behind === null ? "none" : behind === RIGHT ? "right" : "wrong"];
  return make("span", { attributes: { role: "img", "aria-label": said } }, sign);
}

/** A misconception with its link, as the fold below lists it. */
function item(misconceptions, name) {
  const all = document.querySelectorAll(".misconceptions li");
  return all[misconceptions.indexOf(name)].cloneNode(true);
}

/** Where the answers are, and how to be rid of them. */
function end(rows, { write }) {
  const forget = (...forms) => () => {
    for (const { name } of rows) {
      for (const form of forms) write(questionName(`${form}/${name}`), null);
    }
    location.reload();
  };
  return [
    make("p.lab-note", {}, keeps() ? TELL.kept : TELL.notKept),
    make("div.lab-bar", {}, button(TELL.again, forget("after")), button(TELL.forget, forget("before", "after"))),
  ];
}
