// The dials: where a vector points, how long it is, and its numbers one by one.

import { make } from "../elements.js";
import { cubic, even, makeNumberField, makeSlider, short } from "./fields.js";
import { angles, length, pointing } from "./space.js";
import { LARGEST } from "./state.js";

const LOUDEST = { flat: 20, query: 200, other: 3 }; // how far the length dial reaches

/**
 * Dials for the vector that the handle moves.
 * @param flat whether it is in the plane.
 * @param moved called with another vector.
 * @returns {node, show(vector, name)}.
 */
export function makeDials(flat, moved) {
  let vector = [];
  let direction = []; // kept while the length is 0, where there is none
  const turns = makeTurnDials(flat, (i, angle) => {
    direction[i] = angle;
    moved(pointing(direction, length(vector)));
  });
  const size = makeSizeDial((long) => moved(pointing(direction, long)));
  const numbers = makeNumbers(flat ? ["x", "y"] : ["x", "y", "z"], (i, number) =>
    moved(vector.map((x, d) => (d === i ? number : x))),
  );
  return {
    node: make("div.pg-dials", {}, ...turns.map(({ node }) => node), size.node, numbers.node),
    show(next, name) {
      vector = next;
      const long = length(vector);
      if (long > 1e-9) direction = angles(vector);
      if (flat && direction[0] < 0) direction[0] += 360;
      turns.forEach((dial, i) => dial.show(direction[i] ?? 0));
      size.show(long, name, flat ? LOUDEST.flat : (LOUDEST[name] ?? LOUDEST.other));
      numbers.show(vector);
    },
  };
}

/** One dial in the plane, two in space. */
function makeTurnDials(flat, turned) {
  const dials = flat
    ? [["Direction: who wins", even(0, 360)]]
    : [
        ["Direction, around", even(-180, 180)],
        ["Direction, up and down", even(-90, 90)],
      ];
  return dials.map(([label, scale], i) => {
    const words = (angle) => `${short(angle, 0)}°`;
    return makeSlider({ label, scale, words, changed: (angle) => turned(i, angle) });
  });
}

function makeSizeDial(changed) {
  let scale = cubic(LOUDEST.query);
  const dial = makeSlider({
    label: "",
    scale: { to: (at) => scale.to(at), from: (long) => scale.from(long) },
    words: (long) => short(long, long < 10 ? 2 : 1),
    changed,
  });
  const label = dial.node.firstChild;
  return {
    node: dial.node,
    show(long, name, most) {
      scale = cubic(most);
      label.textContent = name === "query" ? "Loudness: how firmly" : `Length of ${name}`;
      dial.show(long);
    },
  };
}

/** A field for each axis, and the sentence on what cannot be read. */
function makeNumbers(axes, changed) {
  const problem = make("p.pg-problem", { attributes: { role: "alert" } });
  const refused = (sentence) => (problem.textContent = sentence);
  const fields = axes.map((label, i) =>
    makeNumberField({ label, most: LARGEST, changed: (number) => changed(i, number), refused }),
  );
  const row = make("div.pg-numbers", {}, ...fields.map(({ node }) => node));
  return {
    node: make("div", {}, row, problem),
    show: (vector) => fields.forEach((field, i) => field.show(vector[i])),
  };
}
