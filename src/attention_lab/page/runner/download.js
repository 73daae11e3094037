// The reader's answers as a notebook: it runs in Jupyter, and the grader reads it.

import { make } from "../elements.js";
import { read } from "./store.js";

const NAME = "understanding-attention-answers.ipynb";

/**
 * The notebook, as nbformat 4.5 describes it.
 * @param book {exercises, writeups, variantSetup} as site/page.py collected them.
 * @param variant its number, or null.
 */
export function answersNotebook({ exercises, writeups, variantSetup }, variant) {
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
