// How keys are told apart: by colour, by mark and by dash, as in the book's figures.

import { draw } from "../elements.js";

const COLOURS = ["#3b7dd8", "#d1571e", "#2e8b57", "#a35bc2", "#8a7a12"];
const DASHES = [null, ".09 .05", ".12 .04 .02 .04", ".02 .04", ".06 .03 .02 .03"];
const SHAPES = [
  "M-1 0A1 1 0 1 1 1 0 1 1 0 1 1-1 0Z",
  "M-.9-.9H.9V.9H-.9Z",
  "M0-1.1L1 .8H-1Z",
  "M0-1.2L1.1 0 0 1.2-1.1 0Z",
  "M0 1.1L1-.8H-1Z",
];

/** The line of each key. */
export const STROKES = COLOURS.map((stroke, k) => ({
  class: "pg-key",
  stroke,
  ...(DASHES[k] ? { "stroke-dasharray": DASHES[k] } : {}),
}));

/** The mark of a key by its number, or of the query: a dot with a ring. */
export function markAt(k, size) {
  if (k === "query") return draw("circle", { r: size, class: "pg-dot" });
  return draw("path", { d: SHAPES[k], transform: `scale(${size})`, fill: COLOURS[k], class: "pg-mark" });
}

/** The mark of a key for a table. */
export function markInText(k) {
  const attributes = { viewBox: "-1.4 -1.4 2.8 2.8", width: 12, height: 12, "aria-hidden": "true" };
  return draw("svg", attributes, markAt(k, 1));
}
