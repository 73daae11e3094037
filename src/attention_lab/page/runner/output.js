// What a cell prints and shows, in the markup that the book's own outputs have.

import { make } from "../elements.js";
import { WORDS } from "./words.js";

/** Writes into an output area: what is printed, then the result. */
export function makeOutput(area, notebook) {
  let printed = null;
  return {
    clear() {
      area.replaceChildren();
      printed = null;
    },
    print(text) {
      if (!printed) area.append(make("div.output.stream", {}, (printed = make("pre"))));
      printed.append(text);
    },
    show({ html, text, error, missing }) {
      if (html) {
        // Made by our own card.py, or by what the reader typed into this very page.
        const shown = make("div.output.text_html");
        shown.innerHTML = html;
        area.append(shown);
      }
      if (text) area.append(make("div.output.text_plain", {}, make("pre", {}, text)));
      if (error) area.append(problem(error, missing && notebook()));
      for (const wide of area.querySelectorAll("pre, .verdict div")) {
        if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0; // for keys to scroll it
      }
    },
  };
}

/** A sentence on what went wrong, with a link to the notebook where that helps. */
export function problem(sentence, notebook) {
  return make("p.lab-problem", {}, sentence, ...(notebook ? [" ", notebook, "."] : []));
}

/** What there is to say aloud of a result: the verdict and its cause, the error, or that it ran. */
export function aloud(area) {
  const card = area.querySelector(".verdict");
  if (card) {
    const [title, cause] = card.children;
    const parts = [...title.children, cause].map((part) => part.innerText.trim());
    return parts.filter(Boolean).join(". "); // a pause between them
  }
  return area.querySelector(".lab-problem")?.innerText ?? WORDS.done;
}
