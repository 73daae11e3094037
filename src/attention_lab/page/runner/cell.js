// A cell that runs where it stands: a field for its code, buttons, and its output.

import { button, make } from "../elements.js";
import { makeEditor } from "./editor.js";
import { aloud, makeOutput, problem } from "./output.js";
import { read, write } from "./store.js";
import { WORDS } from "./words.js";

/**
 * Make a cell of the page one that runs.
 * @param cell its element, as the book's build wrote it.
 * @param name under which its code is kept.
 * @param exercise its number, or null.
 * @param before () → the texts of the cells to run first.
 * @param services {ask(request, hear), stop(), notebook, passed(verdicts), variant}.
 * @returns {source(), replace(text)}.
 */
export function makeCell(cell, { name, exercise, before, services }) {
  const code = cell.querySelector(".cell_input [class^=highlight]");
  const original = code.querySelector("pre").textContent.replace(/\n$/, "");
  const area = outputOf(cell);
  const firstOutput = [...area.childNodes];
  const output = makeOutput(area, services.notebook);

  const editor = makeEditor({
    label: exercise ? `Code of exercise ${exercise}` : "Code",
    text: read(`code/${name}`) ?? original,
    changed: keep,
    run: runIt,
  });
  const runButton = button(WORDS.run, runIt);
  const stopButton = button(WORDS.stop, () => services.stop(), { hidden: true });
  const resetButton = button(WORDS.reset, () => replace(original, WORDS.wasReset));
  const backButton = button(WORDS.bringBack, bringBack, { hidden: !read(`before/${name}`) });
  const status = make("span.lab-status", { attributes: { role: "status" } });
  const label = standInLabel(services.notebook);
  label.hidden = !exercise; // else it would stand under every line of a worked example

  function say(className, words) {
    status.className = className;
    status.textContent = words;
  }

  function keep(text) {
    const kept = write(`code/${name}`, text === original ? null : text);
    if (!kept) say("lab-status", WORDS.notKept);
  }

  /** Put another text into the cell. What stood there can be brought back. */
  function replace(text, sentence) {
    if (editor.text !== original && editor.text !== text) write(`before/${name}`, editor.text);
    backButton.hidden = !read(`before/${name}`);
    editor.text = text;
    keep(text);
    area.replaceChildren(...firstOutput);
    say("lab-status", sentence);
  }

  function bringBack() {
    editor.text = read(`before/${name}`);
    write(`before/${name}`, null);
    backButton.hidden = true;
    keep(editor.text);
    editor.field.focus();
  }

  async function runIt() {
    if (!stopButton.hidden) return;
    stopButton.hidden = false;
    runButton.setAttribute("aria-disabled", "true");
    say("lab-status", WORDS.loading);
    label.hidden = false;
    unfold(area);
    output.clear();
    try {
      const request = { call: "run", source: editor.text, before: before() };
      const result = await services.ask(request, {
        began: () => say("lab-status", WORDS.running),
        printed: output.print,
      });
      output.show(result);
      services.passed(result.passed ?? {});
      say("lab-aloud", aloud(area)); // what can be seen is not shown twice
    } catch (error) {
      area.append(problem(error.message, error.elsewhere && services.notebook));
      say("lab-aloud", error.message);
    }
    if (document.activeElement === stopButton) runButton.focus();
    stopButton.hidden = true;
    runButton.removeAttribute("aria-disabled");
  }

  code.hidden = true;
  code.after(editor.field);
  cell.querySelector(".cell_input").after(
    make("div.lab-bar", {}, runButton, stopButton, resetButton, backButton, status),
    label,
  );
  const group = exercise ? { "data-exercise": exercise, "aria-label": `Exercise ${exercise}` } : {};
  for (const [key, value] of Object.entries({ role: "group", "aria-label": "Code", ...group })) {
    cell.setAttribute(key, value);
  }
  cell.classList.add("lab-cell");
  return { source: () => editor.text, replace };
}

/** What runs here, and that it is not torch itself. */
function standInLabel(notebook) {
  const link = make("a", { href: notebook }, WORDS.realOne);
  return make("p.lab-note", {}, WORDS.standIn, link, ".");
}

/** Where a cell's output stands; made where it had none. */
function outputOf(cell) {
  const found = cell.querySelector(".cell_output");
  if (found) return found;
  const area = make("div.cell_output.docutils.container");
  cell.append(area);
  return area;
}

function unfold(area) {
  const folded = area.closest("details");
  if (folded) Object.assign(folded, { open: true, hidden: false });
}
