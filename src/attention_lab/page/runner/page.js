// Puts everything into its place when a page of the book has loaded.

import { setUpGuesses } from "../guess.js";
import { showResults } from "../results.js";
import { answerSource } from "./answer.js";
import { Cell } from "./cell.js";
import { downloadAnswers } from "./download.js";
import { Engine } from "./engine.js";
import { nameFolds } from "./folds.js";
import { neededCells } from "./needed.js";
import { problem } from "./output.js";
import { keepPassed, showProgress, whenPassedElsewhere } from "./progress.js";
import { read, useSpaceOf, write } from "./store.js";
import { chosenVariant, loadVariant, variantNotice } from "./variant.js";
import { WORDS } from "./words.js";
import { makeWriteup } from "./writeup.js";

const root = document.documentElement.dataset.content_root;
const article = document.querySelector("article");
const parts = `${root}_static/lab/`;
const book = globalThis.attentionLabBook;
const query = `?v=${book.version}`;
const engine = new Engine(`${parts}worker.js${query}`);
const variant = loadVariant(chosenVariant(), `${parts}variants.json${query}`);
const cells = new Map(); // the page's cells that run, by name
const answers = {
  read: (name) => read(name, spaceOf(name)),
  write(name, content) {
    write(name, content, spaceOf(name));
    showResults(answers);
  },
};

globalThis.attentionLab = {
  variant: chosenVariant(),
  judge: (request) => ask({ call: "judge", ...request }),
  variantData: (start) => ask({ call: "data", start }),
  useAnswer,
};
addEventListener("hashchange", () => {
  if (/[#&]variant=/.test(location.hash)) location.reload();
});
addEventListener("load", () => nameFolds(article));
setUp();

async function setUp() {
  const { number, row, sentence } = await variant;
  globalThis.attentionLab.variant = number;
  useSpaceOf(number);
  if (row) article.prepend(variantNotice(number, row));
  if (sentence) article.prepend(problem(sentence));
  setUpCells();
  for (const writeup of book.writeups) {
    const question = document.getElementById(writeup.name);
    if (question) makeWriteup(question, writeup);
  }
  setUpGuesses(answers);
  showResults(answers);
  whenPassedElsewhere(refreshProgress);
  refreshProgress();
}

/** A guess is about the numbers that the page is on; the questions are the same on all. */
function spaceOf(name) {
  return name.startsWith("question/") ? "course" : undefined;
}

/** What the worker is asked, it is asked about the numbers that the page is on. */
async function ask(request, hear) {
  const { number, row } = await variant;
  return engine.ask({ ...request, variant: row && [number, row] }, hear);
}

/** The first cell imports for all others; those tagged runnable build on each other, in order. */
function setUpCells() {
  const setup = article.querySelector(".cell pre")?.textContent ?? "";
  const above = [];
  const page = location.pathname.split("/").pop();
  for (const element of article.querySelectorAll(".cell.tag_exercise, .cell.tag_runnable")) {
    const exercise = exerciseIn(element);
    const upTo = [...above];
    const before = (source) => [setup, ...neededCells(upTo.map((cell) => cell.source), source)];
    const name = exercise ?? `${page}/${cells.size}`;
    const services = { ask, stop: (hear) => engine.stop(hear), notebook, passed };
    const cell = new Cell(element, { name, exercise, before, services });
    cells.set(name, cell);
    if (!exercise) above.push(cell);
  }
}

/** The page's best way to its notebook, the first link below the title, to be shown once more. */
function notebook() {
  return document.querySelector(".lab-launch a").cloneNode(true);
}

/** The number of the exercise whose function an element's code defines, or null. */
function exerciseIn(element) {
  const source = element.querySelector("pre").textContent;
  return book.exercises.find(({ function: f }) => source.includes(`def ${f}(`))?.number ?? null;
}

function passed(number) {
  keepPassed(number);
  refreshProgress();
}

function refreshProgress() {
  const exercises = book.exercises.map((exercise) => ({ ...exercise, href: root + exercise.href }));
  for (const element of document.querySelectorAll(".lab-progress")) {
    showProgress(element, exercises, () => download(element));
  }
}

async function download(element) {
  const { number } = await variant;
  const name = downloadAnswers(book, number);
  element.querySelector(".lab-status").textContent = WORDS.downloaded(name);
}

/** Put an answer into its exercise's cell, on this page or for when that page is opened. */
function useAnswer(number, answer) {
  const exercise = book.exercises.find((one) => one.number === number);
  if (!exercise) return { text: WORDS.noCell(number) };
  const { source, href } = exercise;
  const code = answerSource(source, answer);
  const text = WORDS.written(number);
  if (cells.has(number)) cells.get(number).replace(code, text);
  else {
    write(`before/${number}`, read(`code/${number}`));
    write(`code/${number}`, code);
  }
  return { text, href: root + href };
}
