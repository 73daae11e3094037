// The numbers: a score and a weight for each key, and the output beside the target.

import { draw, make, set } from "../elements.js";
import { markInText, STROKES } from "./marks.js";

/** Put a text into a cell that does not have it yet. */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/** A line for each key. */
export function makeWeights() {
  const lines = STROKES.map((_, k) => {
    const cells = { name: make("span"), score: make("td"), weight: make("td"), wanted: make("td") };
    const bar = make("span.pg-bar");
    cells.bar = make("td.pg-bars", {}, bar);
    const head = make("th", { scope: "row" }, markInText(k), " ", cells.name);
    const { score, weight, wanted } = cells;
    return { ...cells, fill: bar, row: make("tr", {}, head, score, weight, cells.bar, wanted) };
  });
  const asked = make("th", { scope: "col" }, "asked for");
  const head = ["key", "score", "weight"].map((text) => make("th", { scope: "col" }, text));
  const picture = make("td", { attributes: { "aria-hidden": "true" } });
  const node = make(
    "table.pg-table",
    {},
    make("caption", {}, "Scores and weights"),
    make("thead", {}, make("tr", {}, ...head, picture, asked)),
    make("tbody", {}, ...lines.map(({ row }) => row)),
  );
  return {
    node,
    /** @param wanted weights, or null where nothing is asked for. */
    show(names, { scores, weights }, wanted) {
      asked.hidden = !wanted;
      lines.forEach((line, k) => {
        line.row.hidden = k >= names.length;
        if (line.row.hidden) return;
        write(line.name, names[k]);
        write(line.score, scores[k].toFixed(Math.abs(scores[k]) < 1e4 ? 2 : 0));
        write(line.weight, weights[k].toFixed(3));
        line.fill.style.width = `${100 * weights[k]}%`;
        line.wanted.hidden = !wanted;
        write(line.wanted, wanted ? (wanted[k] ?? 0).toFixed(3) : "");
      });
    },
  };
}

/** A line for each feature of the output: its number, and its place between -1 and 1. */
export function makeOutputs() {
  const asked = make("th", { scope: "col" }, "target");
  const head = ["output", "is"].map((text) => make("th", { scope: "col" }, text));
  const lines = [0, 1, 2].map((feature) => {
    const [output, target] = [make("td"), make("td")];
    const mark = draw("path", { d: "M0-4L4 0 0 4-4 0Z", class: "pg-output" });
    const band = draw("rect", { y: -6, height: 12, class: "pg-target" });
    const strip = draw(
      "svg",
      { viewBox: "-110 -8 220 16", class: "pg-strip", "aria-hidden": "true" },
      draw("line", { x1: -100, x2: 100, class: "pg-line" }),
      draw("line", { y1: -3, y2: 3, class: "pg-line" }),
      band,
      mark,
    );
    const name = make("th", { scope: "row" }, `feature ${feature}`);
    const row = make("tr", {}, name, output, make("td.pg-bars", {}, strip), target);
    return { row, output, target, mark, band };
  });
  const node = make(
    "table.pg-table",
    {},
    make("caption", {}, "Output"),
    make("thead", {}, make("tr", {}, ...head, make("td"), asked)),
    make("tbody", {}, ...lines.map(({ row }) => row)),
  );
  return {
    node,
    /** @param target numbers, or null; it is met within the tolerance. */
    show({ output }, target, tolerance) {
      asked.hidden = !target;
      lines.forEach((line, v) => {
        line.row.hidden = v >= output.length;
        if (line.row.hidden) return;
        write(line.output, output[v].toFixed(3));
        set(line.mark, { transform: `translate(${100 * Math.max(-1.05, Math.min(1.05, output[v]))})` });
        line.target.hidden = !target;
        line.band.style.display = target ? "" : "none";
        if (!target) return;
        write(line.target, target[v].toFixed(3));
        set(line.band, { x: 100 * (target[v] - tolerance), width: 200 * tolerance });
      });
    },
  };
}
