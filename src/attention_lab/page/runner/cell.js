// A cell that runs where it stands: a field for its code, buttons, and its output.

import { button, make } from "../elements.js";
import { makeEditor } from "./editor.js";
import { aloud, makeOutput, problem } from "./output.js";
import { read, whenChangedElsewhere, write } from "./store.js";
import { WORDS } from "./words.js";

const HEARD = 10_000; // milliseconds after which a verdict is only in its card

export class Cell {
  /**
   * Make a cell of the page one that runs.
   * @param element the cell, as the book's build wrote it.
   * @param name under which its code is kept.
   * @param exercise its number, or null.
   * @param before (text) → the texts of the cells to run before this text.
   * @param services {ask(request, hear), stop(hear), notebook(), passed(number)}.
   */
  constructor(element, { name, exercise, before, services }) {
    Object.assign(this, { element, name, exercise, before, services });
    this.code = element.querySelector(".cell_input [class^=highlight]");
    this.original = this.code.querySelector("pre").textContent.replace(/\n$/, "");
    this.area = outputOf(element);
    this.published = [...this.area.childNodes]; // what the text as published has put out
    this.output = makeOutput(this.area, services.notebook);
    this.running = null; // what the engine knows a run by
    this.editor = makeEditor({
      label: exercise ? `Code of exercise ${exercise}` : "Code",
      text: this.kept(),
      changed: () => this.keep(),
      run: () => this.run(),
    });
    this.status = make("span.lab-status", { attributes: { role: "status" } });
    this.label = standInLabel(services.notebook());
    this.label.hidden = !exercise; // else it would stand under every line of a worked example
    this.lay(this.makeButtons());
    if (this.source !== this.original) this.showUnrun();
    whenChangedElsewhere(`code/${name}`, () => this.takeOver());
  }

  makeButtons() {
    this.runButton = button(WORDS.run, () => this.run(), { title: WORDS.runKeys });
    this.stopButton = button(WORDS.stop, () => this.services.stop(this.running), { hidden: true });
    this.backButton = button(WORDS.bringBack, () => this.bringBack());
    this.backButton.hidden = read(`before/${this.name}`) === null;
    const reset = button(WORDS.reset, () => this.replace(this.original, WORDS.wasReset));
    return [this.runButton, this.stopButton, reset, this.backButton];
  }

  /** Put everything into its place. */
  lay(buttons) {
    this.code.hidden = true;
    this.code.after(this.editor.node);
    const bar = make("div.lab-bar", {}, ...buttons, this.status);
    this.element.querySelector(".cell_input").after(bar, this.label);
    this.element.classList.add("lab-cell");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", this.exercise ? `Exercise ${this.exercise}` : "Code");
    if (this.exercise) this.element.dataset.exercise = this.exercise;
  }

  get source() {
    return this.editor.text;
  }

  kept() {
    return read(`code/${this.name}`) ?? this.original;
  }

  keep() {
    const text = this.source === this.original ? null : this.source;
    if (!write(`code/${this.name}`, text)) this.say(WORDS.notKept);
  }

  say(words, className = "lab-status") {
    clearTimeout(this.heard);
    this.status.className = className;
    this.status.textContent = words;
  }

  /** Show what belongs to a text that has not run yet: no output but the published one's own. */
  showUnrun() {
    const published = this.source === this.original;
    this.area.replaceChildren(...(published ? this.published : [make("p.lab-note", {}, WORDS.notRun)]));
  }

  /** Another tab has kept a newer text. */
  takeOver() {
    if (this.source === this.kept()) return;
    this.editor.text = this.kept();
    if (!this.running) this.showUnrun();
  }

  /** Put another text into the cell. What stood there can be brought back. */
  replace(text, words) {
    const { running, source } = this;
    if (running) {
      this.finish();
      this.services.stop(running);
    }
    this.editor.text = text;
    this.showUnrun();
    this.say(words);
    if (source === text) return;
    write(`before/${this.name}`, source === this.original ? null : source);
    this.backButton.hidden = source === this.original;
    this.keep();
  }

  bringBack() {
    this.replace(read(`before/${this.name}`) ?? this.original, WORDS.isBack);
    this.editor.field.focus();
  }

  async run() {
    if (this.running) return;
    const hear = this.begin();
    const words = await this.outcome(hear);
    if (hear !== this.running) return; // it was reset meanwhile
    this.finish();
    this.say(words, "lab-aloud"); // what can be seen is not shown twice
    this.heard = setTimeout(() => this.say(""), HEARD); // nor read twice
  }

  /** Make ready for a run; returns what the engine tells of it, and knows it by. */
  begin() {
    this.running = {
      waits: (sentence) => this.say(sentence),
      began: () => this.say(WORDS.running),
      printed: (text) => this.output.print(text),
    };
    this.stopButton.hidden = false;
    this.runButton.setAttribute("aria-disabled", "true");
    this.label.hidden = false;
    unfold(this.area);
    this.area.style.minHeight = `${this.area.offsetHeight}px`; // what is below shall not jump
    this.output.clear();
    return this.running;
  }

  /** Ask and show; returns what there is to say of it. */
  async outcome(hear) {
    const { services, exercise } = this;
    try {
      const request = { call: "run", source: this.source, before: this.before(this.source) };
      const result = await services.ask(request, hear);
      if (hear !== this.running) return "";
      this.output.show(result);
      // A worked example that checks an answer is not the reader's pass.
      if (exercise && result.passed?.[exercise]) services.passed(exercise);
      return aloud(this.area);
    } catch (error) {
      if (hear !== this.running) return "";
      this.area.append(problem(error.message, error.elsewhere && services.notebook()));
      return error.message;
    }
  }

  finish() {
    this.running = null;
    this.area.style.minHeight = "";
    if (document.activeElement === this.stopButton) this.runButton.focus();
    this.stopButton.hidden = true;
    this.runButton.removeAttribute("aria-disabled");
  }
}

/** What runs here, and that it is not torch itself. */
function standInLabel(notebook) {
  return make("p.lab-note", {}, WORDS.standIn, " ", notebook, ".");
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
