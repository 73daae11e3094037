// A field for code: no correction, no curly quotes, as high as its text; Tab leaves it.

import { make } from "../elements.js";

// What keyboards of phones and word processors put for what Python reads. One sign for one sign.
const TYPED_FOR = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "−": "-", "\u00a0": " " };
const CURLY = /[“”„‘’−\u00a0]/g;

/**
 * @param label what it is, for those who do not see it.
 * @param text to begin with.
 * @param changed called with the text after every change by the reader.
 * @param run called at Ctrl or Cmd and Enter.
 */
export function makeEditor({ label, text, changed, run }) {
  const field = make("textarea.lab-editor", {
    value: text,
    spellcheck: false,
    autocapitalize: "off",
    attributes: {
      "aria-label": label,
      autocomplete: "off",
      autocorrect: "off",
      translate: "no",
      wrap: "off",
    },
  });
  const fit = () => (field.rows = field.value.split("\n").length);
  fit();
  field.addEventListener("input", (event) => {
    if (event.data || event.inputType === "insertFromPaste") straighten(field);
    fit();
    changed(field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  return {
    field,
    get text() {
      return field.value;
    },
    set text(next) {
      field.value = next;
      fit();
    },
  };
}

function straighten(field) {
  const straight = field.value.replace(CURLY, (sign) => TYPED_FOR[sign]);
  if (straight === field.value) return;
  const { selectionStart, selectionEnd } = field;
  field.value = straight;
  field.setSelectionRange(selectionStart, selectionEnd);
}
