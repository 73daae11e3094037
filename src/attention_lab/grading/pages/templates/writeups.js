"use strict";
// The marker's points: kept in this browser as they are typed, saved as a CSV, loaded again.
// No student's text is read or written here; points/writeups.py and points.py know the same file.

const list = document.getElementById("list");
const articles = [...list.querySelectorAll("article")];
const columns = list.dataset.columns.split(",");
const byName = new Map(articles.map((a) => [a.dataset.file + "\n" + a.dataset.name, a]));
const fieldsOf = (article) => [...article.querySelectorAll("input")];
const commentOf = (article) => article.querySelector("textarea");
const find = (id) => document.getElementById(id);

// --- what is typed --------------------------------------------------------------------------

/** "marked" when each field has a number that may be, "begun" when some have, or "". */
function stateOf(article) {
  const good = fieldsOf(article).filter((field) => field.value !== "" && !wrong(field));
  if (good.length === fieldsOf(article).length) return "marked";
  return good.length || fieldsOf(article).some(wrong) ? "begun" : "";
}

/** A quarter of a point is nobody's mistake: only what is no number, or out of range, is wrong. */
function wrong(field) {
  const { badInput, rangeOverflow, rangeUnderflow } = field.validity;
  return badInput || rangeOverflow || rangeUnderflow;
}

function sumOf(article) {
  const sum = fieldsOf(article).reduce((all, field) => all + Number(field.value), 0);
  return Math.round(sum * 100) / 100;
}

function show(article) {
  const state = stateOf(article);
  const most = fieldsOf(article).reduce((all, field) => all + Number(field.max), 0);
  const faults = fieldsOf(article).filter(wrong);
  for (const field of fieldsOf(article)) {
    if (wrong(field)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  article.className = state;
  article.querySelector(".state").textContent =
    { marked: "✓ marked", begun: "begun" }[state] ?? "not marked";
  article.querySelector("output").textContent = faults.length
    ? `Expected a number from 0 to ${faults[0].max}`
    : `${state ? sumOf(article) : "–"} of ${most}`;
}

function showProgress() {
  const states = articles.map(stateOf);
  const marked = states.filter((state) => state === "marked").length;
  const begun = states.filter((state) => state === "begun").length;
  const text = `${marked} of ${articles.length} marked` + (begun ? `, ${begun} begun` : "");
  if (find("progress").textContent !== text) find("progress").textContent = text;
  document.querySelector("progress").value = marked;
}

function say(text) {
  find("note").textContent = text;
  find("note").hidden = false;
}

// --- what is kept ---------------------------------------------------------------------------

function keep(article) {
  const values = fieldsOf(article).map((field) => field.value);
  const comment = commentOf(article).value;
  try {
    if (values.join("") + comment === "") localStorage.removeItem(article.dataset.key);
    else localStorage.setItem(article.dataset.key, JSON.stringify({ values, comment }));
  } catch {
    say("This browser keeps nothing: save the file before you close the page.");
  }
}

function kept(article) {
  try {
    return JSON.parse(localStorage.getItem(article.dataset.key));
  } catch {
    return null;
  }
}

function fill(article, values, comment) {
  fieldsOf(article).forEach((field, n) => (field.value = values[n] ?? ""));
  commentOf(article).value = comment;
  show(article);
}

function restore(article) {
  const { values, comment } = kept(article) ?? {};
  if (Array.isArray(values)) fill(article, values, String(comment ?? ""));
  show(article);
}

// --- the file -------------------------------------------------------------------------------

// How a cell begins that a spreadsheet would run, as spreadsheets.py has it.
const FORMULA = "'*[=+\\-@\\t\\r\\uff1d\\uff0b\\uff0d\\uff20]";
const GUARDED = new RegExp(`^'(${FORMULA})`);

/** A cell of the file; what a spreadsheet would take for a formula gets an apostrophe. */
function written(text) {
  const guarded = new RegExp("^" + FORMULA).test(text) ? "'" + text : text;
  return /[",;\t\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function rowOf(article) {
  const { file, student, name } = article.dataset;
  const fields = fieldsOf(article);
  const cell = {
    file,
    student,
    question: name,
    points: stateOf(article) === "marked" ? String(sumOf(article)) : "",
    comment: commentOf(article).value,
  };
  fields.forEach((field, n) => (cell[`row ${n + 1}`] = wrong(field) ? "" : field.value));
  return columns.map((column) => written(cell[column] ?? "")).join(",");
}

function save() {
  const lines = [columns.join(","), ...articles.map(rowOf)];
  const text = "\ufeff" + lines.join("\r\n") + "\r\n"; // the mark tells Excel that it is UTF-8
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "writeup-points.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  const faults = articles.flatMap(fieldsOf).filter(wrong).length;
  say(faults ? `Saved, but without ${faults} that cannot be: they have a coloured border.` : "Saved.");
}

function textOf(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The cells of a CSV; what is between quotes may hold anything. */
function parse(text) {
  const first = text.split(/[\r\n]/).find((line) => line.trim()) ?? "";
  const count = (sign) => first.split(sign).length;
  const sign = [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
  const rows = [[]];
  const cells = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^${sign}\\r\\n]*))(${sign}|\\r\\n|\\r|\\n|$)`, "y");
  while (cells.lastIndex < text.length) {
    const found = cells.exec(text);
    rows.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] !== sign) rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell.trim()));
}

function load(text) {
  const [header = [], ...rows] = parse(text);
  const names = header.map((name) => name.trim().toLowerCase());
  const absent = ["file", "question", "row 1"].filter((name) => !names.includes(name));
  if (absent.length) throw new Error(`there is no column called ${absent.join(" or ")}`);
  const told = { loaded: 0, foreign: 0, sums: 0 };
  for (const row of rows) {
    const cell = (name) => (row[names.indexOf(name)] ?? "").replace(GUARDED, "$1");
    const article = byName.get(cell("file") + "\n" + cell("question"));
    const values = columns
      .filter((name) => name.startsWith("row "))
      .map((name) => cell(name).trim().replace(",", "."));
    const typed = values.some(Boolean);
    if (!article) told.foreign += 1;
    else if (typed || cell("comment")) {
      fill(article, values, cell("comment"));
      keep(article);
      told.loaded += typed ? 1 : 0;
    }
    if (article && !typed && cell("points").trim()) told.sums += 1;
  }
  showProgress();
  say(
    `Loaded points of ${told.loaded}.` +
      (told.foreign ? ` ${told.foreign} in the file are not on this page.` : "") +
      (told.sums ? ` ${told.sums} have only a sum: enter their rows, or grade with that file.` : ""),
  );
}

// --- what a marker does ---------------------------------------------------------------------

list.addEventListener("input", ({ target }) => {
  const article = target.closest("article");
  show(article);
  keep(article);
  showProgress();
});

list.addEventListener("click", ({ target }) => {
  const end = target.dataset.fill;
  if (!end) return;
  const article = target.closest("article");
  fill(article, fieldsOf(article).map((field) => field[end]), commentOf(article).value);
  keep(article);
  showProgress();
});

list.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.type !== "number") return;
  event.preventDefault();
  const fields = [...list.querySelectorAll("input")];
  fields[fields.indexOf(event.target) + 1]?.focus();
});

// A wheel over a field is meant for the page, not for the points.
list.addEventListener("wheel", () => document.activeElement.type === "number" && document.activeElement.blur(), {
  passive: true,
});

find("next").addEventListener("click", () => {
  const shown = [...list.querySelectorAll("article")];
  const here = shown.findIndex((article) => article.contains(lastTouched));
  const order = [...shown.slice(here + 1), ...shown.slice(0, here + 1)];
  const article = order.find((candidate) => stateOf(candidate) !== "marked");
  if (!article) return say("All are marked.");
  article.scrollIntoView({ block: "start" });
  fieldsOf(article).find((field) => field.value === "")?.focus({ preventScroll: true });
});

let lastTouched = null;
list.addEventListener("focusin", ({ target }) => (lastTouched = target));

find("order").addEventListener("change", ({ target }) => {
  const other = target.value === "person" ? "question" : "person";
  const place = ({ dataset }) => Number(dataset[target.value]) * 1e6 + Number(dataset[other]);
  list.append(...[...articles].sort((a, b) => place(a) - place(b)));
});

find("anonymous").addEventListener("change", ({ target }) => {
  document.body.classList.toggle("anonymous", target.checked);
});

find("save").addEventListener("click", save);
find("load").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  try {
    load(textOf(await file.arrayBuffer()));
  } catch (error) {
    say(`Expected a file that this page has saved: ${error.message}.`);
  }
  target.value = ""; // so that the same file can be loaded again
});

addEventListener("storage", ({ key }) => {
  articles.filter((article) => article.dataset.key === key || key === null).forEach(restore);
  showProgress();
});

document.body.classList.toggle("anonymous", find("anonymous").checked); // a reload keeps the tick
articles.forEach(restore);
if (find("order").value !== "question") find("order").dispatchEvent(new Event("change"));
showProgress();
