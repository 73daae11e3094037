// A field under a write-up's question, whose text is kept and handed in with the answers.

import { make } from "../elements.js";
import { read, whenChangedElsewhere, write } from "./store.js";
import { WORDS } from "./words.js";

/** Put a field behind a write-up's question, the element with this name as its id. */
export function makeWriteup(question, { name, title }) {
  const kept = () => read(`writeup/${name}`) ?? "";
  const status = make("span.lab-status", { attributes: { role: "status" } });
  const field = make("textarea.lab-writeup", {
    id: `text-${name}`,
    value: kept(),
    rows: 8,
    attributes: { "aria-label": `${WORDS.writeup}: ${title}` },
  });
  const frame = make("div.lab-typed", {}, field);
  frame.dataset.typed = field.value; // this is printed: a field would print what fits into it
  field.addEventListener("change", () => {
    status.textContent = keep() ? WORDS.saved : WORDS.notKept;
  });
  field.addEventListener("input", keep);
  whenChangedElsewhere(`writeup/${name}`, () => {
    frame.dataset.typed = field.value = kept();
  });
  const label = make("label.lab-note", { htmlFor: field.id }, WORDS.writeup);
  question.after(label, frame, status);

  function keep() {
    frame.dataset.typed = field.value;
    return write(`writeup/${name}`, field.value || null);
  }
}
