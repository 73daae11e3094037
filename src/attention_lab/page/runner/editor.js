// A field for code: no correction, no curly quotes, as high as its text; Tab leaves it.

import { make } from "../elements.js";

// What keyboards of phones and word processors put for what Python reads. One sign for one sign.
const TYPED_FOR = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "−": "-",
  "–": "-",
  "\u00a0": " ",
};
const CURLY = /[“”„‘’−–\u00a0]/g;

/**
 * @param label what it is, for those who do not see it.
 * @param text to begin with.
 * @param changed called after every change by the reader.
 * @param run called at Ctrl or Cmd and Enter.
 * @returns {node, field, text}: a frame to be shown, and the field in it.
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
  const node = make("div.lab-typed", {}, field);
  const fit = () => {
    field.rows = field.value.split("\n").length;
    node.dataset.typed = field.value; // this is printed: a field would print what fits into it
  };
  fit();
  const typed = ({ isComposing }) => {
    if (!isComposing) straighten(field);
    fit();
    changed();
  };
  field.addEventListener("input", typed);
  field.addEventListener("compositionend", typed); // behind the last input that was composed
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  return {
    node,
    field,
    get text() {
      return field.value;
    },
    set text(next) {
      if (next === field.value) return;
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
