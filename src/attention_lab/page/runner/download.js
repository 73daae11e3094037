// The reader's answers as a notebook, understanding-attention-answers.ipynb: it runs in Jupyter,
// and the grader reads it without running it. What the grader goes by is in the metadata, under
// the name attention_lab, and nowhere else:
//
//   of the notebook   {"variant": 137}, or null for the course's keys and values
//   of a code cell    {"exercise": "1.2.1"}: its source is the reader's, or as published; one
//                     cell an exercise, whichever pages were opened
//   of a text cell    {"writeup": "writeup-copying", "text": "…"}: the text as it was typed, ""
//                     if none was; the cell's source shows it below its question
//
// Cells without it are not the reader's: for each page that has exercises its first cell, which
// imports, and on a variant a cell that puts `key`, `value` and `check` on it. The pages follow the
// course's order; within a page exercises come before the write-up.

import { make } from "../elements.js";
import { read } from "./store.js";

const NAME = "understanding-attention-answers.ipynb";

/**
 * The notebook, as nbformat 4.5 describes it.
 * @param book {exercises, writeups, variantSetup} as site/page.py collected them.
 * @param variant its number, or null.
 */
function answersNotebook({ exercises, writeups, variantSetup }, variant) {
  const pages = [...new Set([...exercises, ...writeups].map(({ page }) => page))];
  const cells = pages.flatMap((page, n) => {
    const asked = exercises.filter((exercise) => exercise.page === page);
    const setup = asked.length ? [codeCell(`setup-${n}`, asked[0].setup)] : [];
    const other = variantSetup.replace("{number}", variant);
    if (asked.length && variant !== null) setup.push(codeCell(`variant-${n}`, other));
    return [
      ...setup,
      ...asked.map(exerciseCell),
      ...writeups.filter((writeup) => writeup.page === page).map(writeupCell),
    ];
  });
  return {
    cells,
    metadata: {
      attention_lab: { variant },
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Hand the notebook to the reader as a file; returns its name. */
export function downloadAnswers(book, variant) {
  const text = JSON.stringify(answersNotebook(book, variant), null, 1) + "\n";
  const href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
  const link = make("a", { href, download: NAME });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser may ask where to first
  return NAME;
}

function exerciseCell({ number, source }) {
  const id = `exercise-${number.replaceAll(".", "-")}`;
  return codeCell(id, read(`code/${number}`) ?? source, { exercise: number });
}

function writeupCell({ name, title, prompt }) {
  const text = read(`writeup/${name}`) ?? "";
  const source = `## ${title}\n\n${prompt}\n\n---\n\n${text}`;
  return {
    cell_type: "markdown",
    id: name,
    metadata: { attention_lab: { writeup: name, text } },
    source,
  };
}

function codeCell(id, source, ours = null) {
  const metadata = ours ? { attention_lab: ours } : {};
  return { cell_type: "code", execution_count: null, id, metadata, outputs: [], source };
}
