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
  let most = LOUDEST.query;
  let direction = []; // kept while the length is 0, where there is none
  const degrees = (number) => `${short(number, 0)}°`;
  const turn = (i) => (number) => {
    direction[i] = number;
    moved(pointing(direction, length(vector)));
  };
  const loudness = {
    to: (at) => cubic(most).to(at),
    from: (number) => cubic(most).from(number),
  };
  const around = makeSlider({
    label: flat ? "Direction: who wins" : "Direction, around",
    scale: flat ? even(0, 360) : even(-180, 180),
    words: degrees,
    changed: turn(0),
  });
  const up = makeSlider({
    label: "Direction, up and down",
    scale: even(-90, 90),
    words: degrees,
    changed: turn(1),
  });
  const size = makeSlider({
    label: "Loudness: how firmly",
    scale: loudness,
    words: (number) => short(number, number < 10 ? 2 : 1),
    changed: (number) => moved(pointing(direction, number)),
  });
  const problem = make("p.pg-problem", { attributes: { role: "alert" } });
  const fields = (flat ? ["x", "y"] : ["x", "y", "z"]).map((label, i) =>
    makeNumberField({
      label,
      most: LARGEST,
      changed: (number) => moved(vector.map((x, d) => (d === i ? number : x))),
      refused: (sentence) => (problem.textContent = sentence),
    }),
  );
  const sizeLabel = size.node.firstChild;
  const node = make(
    "div.pg-dials",
    {},
    around.node,
    ...(flat ? [] : [up.node]),
    size.node,
    make("div.pg-numbers", {}, ...fields.map((field) => field.node)),
    problem,
  );
  return {
    node,
    show(next, name) {
      vector = next;
      const long = length(vector);
      most = flat ? LOUDEST.flat : (LOUDEST[name] ?? LOUDEST.other);
      sizeLabel.textContent = name === "query" ? "Loudness: how firmly" : `Length of ${name}`;
      if (long > 1e-9) direction = angles(vector);
      if (flat && direction[0] < 0) direction[0] += 360;
      around.show(direction[0] ?? 0);
      if (!flat) up.show(direction[1] ?? 0);
      size.show(long);
      fields.forEach((field, i) => field.show(vector[i]));
    },
  };
}
