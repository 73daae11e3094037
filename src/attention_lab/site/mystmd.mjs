/* What this book adds to MyST, for mystmd, the engine of Jupyter Book 2. `myst.yml` loads it.

   For Jupyter Book 1 the same is in guess.py, hints.py, needs.py, questions.py, rubrics.py,
   sections.py, worksheet.py, MyST-NB and autodoc. What a reader reads comes from there, asked of the Python that
   is found first. Choices are checked there, too. */

import { execFileSync } from "node:child_process";

const ASKED = `
import json
from pathlib import Path
from attention_lab.exercises import ALL
from attention_lab.site import guess, hints, needs, questions, rubrics, sections, worksheet
from attention_lab.writeups import WRITEUPS

told = {
    task.number: "\\n".join([*hints.folded_hints(task), hints.other_numbers(task)])
    for task in ALL
}
criteria = {writeup.name: rubrics.folded_rubric(writeup) for writeup in WRITEUPS}
needed = {extra: needs.said(needs.packages(extra)) for extra in needs.extras()}
asked = {form: questions.asked(form) for form in questions.FORMS}
sheets = {name: part(worksheet.SHEET) for name, part in worksheet.PARTS.items()}
first = [known.sections[0] for known in questions.MISCONCEPTIONS.values()]
pages = {label.replace("sec-", "book/") for label in first}
words = {"title": guess.TITLE, "folded": guess.FOLDED, "says": guess.SAYS, "marks": guess.MARKS}
texts = {"hints": told, "criteria": criteria, "needs": needed, "questions": asked}
texts |= {"worksheet": sheets, "sections": sections.tables(Path("book").glob("*.md"))}
texts |= {"results": questions.folded_misconceptions(pages)}
print(json.dumps({**texts, **words}))
`;
const book = JSON.parse(execFileSync("python", ["-c", ASKED], { encoding: "utf-8" }));

/** `{hints} 1.2.1`: each hint folded, and how to work on other numbers. */
const hints = told("hints", "the number of an exercise");

/** `{criteria} writeup-copying`: the rubric of a write-up, folded. */
const criteria = told("criteria", "the name of a write-up");

/** `{questions} before`: the ten questions in one of their forms, each a guess. */
const questions = told("questions", "before or after");

/** `{results}`: what the wrong choices believe. Only Jupyter Book 1 shows what was answered. */
const results = {
  name: "results",
  run: (data, file, { parseMyst }) => parseMyst(book.results).children,
};

/** `{sections} assignment`: what is done in which section, and its exercises. */
const sections = told("sections", "assignment or beyond");

/** `{worksheet} sheet`: attention by hand, or its key. */
const worksheet = told("worksheet", "sheet or key");

/** `{needs} learn`: what a chapter needs beyond the others. */
const needs = told("needs", "an extra in pyproject.toml");

/** A directive that shows what the book tells of its argument. */
function told(name, expected) {
  return {
    name,
    arg: { type: String, required: true },
    run({ arg, node }, file, { parseMyst }) {
      if (Object.hasOwn(book[name], arg)) return parseMyst(book[name][arg]).children;
      complain(file, node, `Expected ${expected}; got ${arg}.`);
      return [];
    },
  };
}

/** `{guess}`: a question, its choices, and folded below them a reason for each. */
const guess = {
  name: "guess",
  options: {
    number: { type: Number },
    within: { type: Number },
    class: { type: String },
    title: { type: String },
    reasons: { type: String },
    name: { type: String }, // of what the page keeps
    until: { type: String },
  },
  body: { type: String, required: true },
  run({ body, options }, file, { parseMyst }) {
    const [question, ...items] = body.split(/^- (?=\[)/m);
    const choices = items.map((item) => /^\[(.*?)\] *(.*)\n([^]*)/.exec(item).slice(1));
    const shown = choices.map(([, text]) => `- ${text}\n`);
    const reasons = choices.map(([mark, text, reason]) => {
      const label = `${book.says[book.marks[mark] ?? mark]} ${text}`.trim();
      return `- **${label}**: ${reason.trim()}\n`;
    });
    const parse = (lines) => parseMyst(lines.join("")).children;
    const folded = [titled("summary", options?.reasons ?? book.folded), ...parse(reasons)];
    return [{
      type: "admonition",
      class: "guess",
      children: [
        titled("admonitionTitle", options?.title ?? book.title),
        ...parse([question]),
        ...(options?.number === undefined ? parse(shown) : []),
        { type: "details", children: folded },
      ],
    }];
  },
};

/** `{eval-rst}`, which holds autodoc. mystmd reads no docstrings (its issue 1259): show the source. */
const evalRst = {
  name: "eval-rst",
  body: { type: String, required: true },
  run: ({ body }) => [{ type: "code", lang: "rst", value: body }],
};

/** `{glue:text}`: a name, or a name and a format such as `:.2f`. `paste` gives it its number. */
const glueText = {
  name: "glue:text",
  body: { type: String, required: true },
  run({ body, node }, file) {
    const [, name, digits] = /^(\w+)(?::\.(\d)f)?$/.exec(body) ?? [];
    if (!name) complain(file, node, `Expected a name, or name:.2f; got ${body}.`);
    return [{ type: "glued", name, digits, position: node.position }];
  },
};

/** Numbers that cells glued, in their places. Where no cell ran (no `--execute`) stand the names. */
const paste = {
  name: "paste",
  stage: "document",
  plugin: (_, { selectAll }) => (tree, file) => {
    const outputs = selectAll("output", tree).map((node) => node.jupyter_data).filter(Boolean);
    const numbers = new Map(
      outputs
        .filter(({ metadata }) => metadata?.scrapbook)
        .map(({ metadata, data }) => [metadata.scrapbook.name, Object.values(data)[0]]),
    );
    for (const node of selectAll("glued", tree)) {
      const { name, digits } = node;
      const number = numbers.get(name);
      if (outputs.length && !number) complain(file, node, `No cell has glued ${name}.`);
      node.type = number ? "text" : "inlineCode";
      node.value = number && digits ? Number(number).toFixed(digits) : (number ?? name);
    }
  },
};

function titled(type, value) {
  return { type, children: [{ type: "text", value }] };
}

/** An error, with its line, which fails `myst build --strict`. */
function complain(file, node, problem) {
  file.message(problem, node).fatal = true;
}

export default {
  name: "Attention Lab",
  directives: [guess, hints, criteria, needs, questions, results, sections, worksheet, evalRst],
  roles: [glueText],
  transforms: [paste],
};
