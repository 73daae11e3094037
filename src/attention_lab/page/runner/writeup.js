// A field under a write-up's question, whose text is kept and handed in with the answers.

import { make } from "../elements.js";
import { read, write } from "./store.js";
import { WORDS } from "./words.js";

/** Put a field behind a write-up's question, the element with this name as its id. */
export function makeWriteup(question, { name, title }) {
  const status = make("span.lab-status", { attributes: { role: "status" } });
  const field = make("textarea.lab-writeup", {
    value: read(`writeup/${name}`) ?? "",
    rows: 8,
    attributes: { "aria-label": `${WORDS.writeup}: ${title}` },
  });
  field.addEventListener("change", () => {
    status.textContent = keep() ? WORDS.saved : WORDS.notKept;
  });
  field.addEventListener("input", keep);
  question.after(field, status);

  function keep() {
    return write(`writeup/${name}`, field.value || null);
  }
}
