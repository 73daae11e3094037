// The picture in the plane: keys on a circle, the query among them, the output in their midst.

import { draw, set } from "../elements.js";
import { scaled } from "./space.js";
import { markAt, STROKES } from "./marks.js";

const TRACK = 1.25; // where the query's handle moves: beyond the keys, whatever its loudness

/** @returns {node, handle, place(x, y), show(state, results, size)}; place is of a point in the picture. */
export function makeFlatPicture({ names, key }) {
  const tip = draw("line", { class: "pg-query", x1: 0, y1: 0 });
  const handle = draw("g", { class: "pg-handle" }, draw("circle", { r: 0.16 }), markAt("query", 0.07));
  const output = draw("g", { class: "pg-output" }, draw("path", { d: "M0-.09L.09 0 0 .09-.09 0Z" }));
  const arrows = key.map(([x, y], k) => draw("line", { ...STROKES[k], x1: 0, y1: 0, x2: x, y2: -y }));
  const tips = key.map(([x, y], k) => {
    const mark = draw("g", { transform: `translate(${x} ${-y})` }, markAt(k, 0.06));
    const [tx, ty] = [1.24 * x, -1.2 * y];
    mark.append(draw("text", { x: tx - x, y: ty + y + 0.05, class: "pg-name" }, names[k]));
    return mark;
  });
  const corners = key.map(([x, y]) => `${x},${-y}`).join(" ");
  const node = draw(
    "svg",
    { viewBox: "-1.6 -1.5 3.2 3", class: "pg-svg", role: "group", "aria-label": "Keys on a circle" },
    draw("circle", { r: 1, class: "pg-line" }),
    draw("polygon", { points: corners, class: "pg-hull" }),
    draw("circle", { r: TRACK, class: "pg-track" }),
    ...arrows,
    ...tips,
    tip,
    output,
    handle,
  );
  return {
    node,
    handle,
    place: (x, y, size) => scaled([x, -y], size),
    show({ flat: { query } }, [{ output: [ox, oy] }], size) {
      const [x, y] = size ? scaled(query, TRACK) : [0, 0];
      set(tip, { x2: x, y2: -y, "stroke-width": 0.02 + 0.03 * Math.min(1, size / 5) });
      set(handle, { transform: `translate(${x} ${-y})` });
      set(output, { transform: `translate(${ox} ${-oy})` });
    },
  };
}
