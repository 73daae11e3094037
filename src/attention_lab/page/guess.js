// A guess is made before its answer can be seen: choices or a number, then the reason, then the
// answer. What site/guess.py wrote becomes a form; without scripts it stays a text. One with a name
// is a question that counts: it is answered once, and its reason may have to wait for another's.

import { button, make } from "./elements.js";
import { parsed } from "./playground/fields.js";

const SAY = {
  label: "Your guess",
  commit: "That is my guess",
  first: "Choose one first.",
  number: "Type a number first, such as 6.",
  skip: "Show me without guessing",
  again: "Guess again",
  right: "Right.",
  wrong: "Not quite.",
  told: "What about each guess?",
  kept: "Kept. Whether it is right you will see when you have answered its twin, at the end.",
};

const ROUNDING = 1e-9; // 0.7 − 0.67 is more than 0.03, in floating point

/** @param store {read(name), write(name, content)}, where guesses are kept. */
export function setUpGuesses(store) {
  const page = location.pathname.split("/").pop();
  document.querySelectorAll(".admonition.guess").forEach((guess, n) => {
    const question = guess.querySelector(".guess-name");
    if (question) makeGuess(guess, questionName(question.value), store, question.dataset.until);
    else makeGuess(guess, `guess/${page}/${n}`, store);
  });
}

/** Under which name the answer to a question is kept. */
export function questionName(name) {
  return `question/${name}`;
}

/** @param until the question whose answer lets this one's reason be seen; empty if it may at once. */
function makeGuess(guess, name, { read, write }, until = null) {
  const question = until !== null;
  const waits = () => Boolean(until) && read(questionName(until)) === null;
  const late = () => Boolean(until) && !waits(); // what is answered now was not known before
  const folded = guess.querySelector(".guess-reasons");
  const reasons = [...folded.querySelectorAll("li")];
  const summary = folded.querySelector("summary");
  const form = guess.querySelector(".guess-number") ? numberForm(guess) : choiceForm(guess, name);
  const gate = gateAfter(guess);
  const result = make("div.guess-result", { attributes: { role: "status" } });
  const commit = button(SAY.commit, () => {
    const made = form.read();
    if (made === null) result.textContent = form.missing;
    else {
      if (!late()) write(name, made);
      settle(made);
      if (again.hidden) summary.focus();
      else again.focus();
    }
  });
  const skip = button(SAY.skip, () => {
    gate.open();
    gate.focus(); // on what has appeared; the button is gone
    skip.hidden = true;
  });
  const again = button(SAY.again, () => {
    write(name, null);
    begin();
    form.focus();
  });

  function begin() {
    form.lock(false);
    commit.hidden = false;
    skip.hidden = !gate.closable;
    again.hidden = folded.hidden = true;
    result.replaceChildren();
    result.classList.remove("guess-right");
    gate.close();
  }

  function settle(made) {
    const reason = reasons[form.reasonOf(made, reasons)];
    if (!reason) return begin(); // it was kept of another question, which stood here before
    form.lock(true, made);
    commit.hidden = skip.hidden = true;
    again.hidden = question && !waits() && read(name) !== null; // told, it counts as it is
    folded.hidden = waits();
    if (late()) summary.textContent = SAY.told; // it spoke of the end of the book
    result.classList.toggle("guess-kept", waits());
    if (waits()) return result.replaceChildren(SAY.kept);
    const words = reason.cloneNode(true);
    const right = reason.classList.contains("right");
    result.replaceChildren(make("strong", {}, right ? SAY.right : SAY.wrong), " ", ...words.childNodes);
    result.classList.toggle("guess-right", right);
    gate.open();
  }

  form.node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || commit.hidden) return;
    event.preventDefault();
    commit.click();
  });
  folded.before(form.node, make("div.lab-bar", {}, commit, skip, again), result);
  const kept = read(name);
  if (kept === null) begin();
  else settle(kept);
}

/** The choices as radio buttons. */
function choiceForm(guess, name) {
  const list = guess.querySelector(".guess-choices");
  const radios = [...list.children].map((item, i) => {
    const radio = make("input", { type: "radio", name, value: i });
    const label = make("label", {}, radio, " ", ...item.childNodes);
    item.replaceChildren(label);
    return radio;
  });
  const node = make("fieldset.guess-form", {}, make("legend.lab-aloud", {}, SAY.label), list);
  return {
    node,
    missing: SAY.first,
    read: () => radios.find((radio) => radio.checked)?.value ?? null,
    focus: () => radios[0].focus(),
    reasonOf: (made) => Number(made),
    lock(locked, made) {
      radios.forEach((radio, i) => {
        radio.disabled = locked;
        radio.checked = locked && i === Number(made);
      });
    },
  };
}

/** A field for a number; what is too low or too high has a reason of its own. */
function numberForm(guess) {
  const { value, dataset } = guess.querySelector(".guess-number");
  const field = make("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
  const node = make("label.guess-form", {}, `${SAY.label}: `, field);
  return {
    node,
    missing: SAY.number,
    read: () => parsed(field.value),
    focus: () => field.focus(),
    reasonOf(made, reasons) {
      const off = made - Number(value);
      const kind = Math.abs(off) <= Number(dataset.within) + ROUNDING ? "right" : off < 0 ? "low" : "high";
      return reasons.findIndex((reason) => reason.classList.contains(kind));
    },
    lock(locked, made) {
      field.disabled = locked;
      field.value = locked ? made : "";
    },
  };
}

/** What follows a guess until its answer: hidden while the gate is closed. */
function gateAfter(guess) {
  const between = [];
  let answer = null;
  for (let next = guess.nextElementSibling; next && !answer; next = next.nextElementSibling) {
    if (next.matches("section, .guess")) break;
    if (next.matches("details") && next.querySelector("summary").textContent.trim() === "Answer") {
      answer = next;
    } else between.push(next);
  }
  const outputs = between.flatMap((node) => [...node.querySelectorAll("details.hide")]);
  const hidden = answer ? [...outputs, answer] : [];
  return {
    closable: answer !== null,
    close: () => hidden.forEach((node) => (node.hidden = true)),
    open: () => hidden.forEach((node) => Object.assign(node, { hidden: false, open: true })),
    focus: () => hidden[0].querySelector("summary").focus({ preventScroll: true }),
  };
}
