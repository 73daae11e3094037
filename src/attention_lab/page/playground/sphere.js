// The picture in space: keys in a sphere, seen from a direction that the reader turns.

import { draw, set } from "../elements.js";
import { dot } from "./attention.js";
import { markAt, STROKES } from "./marks.js";
import { axes, hull, length, ring, scaled } from "./space.js";
import { chosen, hand } from "./state.js";

const RING = 1.2; // how far out the handle is drawn, whatever the loudness
const FACES = 10; // of triples of five points, so never more

/** @returns {node, handle, place(x, y, size), drag(x, y, size, vector, isQuery), show(…)}. */
export function makeSpacePicture(data) {
  const keys = STROKES.map((_, k) => makeKey(k));
  const tip = draw("line", { class: "pg-query", x1: 0, y1: 0, "stroke-width": 0.035 });
  const handle = draw("g", { class: "pg-handle" }, draw("circle", { r: 0.16 }), markAt("query", 0.07));
  const slab = [draw("path"), draw("path"), draw("path"), draw("path")];
  const faces = Array.from({ length: FACES }, () => draw("path", { class: "pg-hull" }));
  const equator = [draw("path", { class: "pg-line" }), draw("path", { class: "pg-line pg-back" })];
  const node = draw(
    "svg",
    { viewBox: "-1.5 -1.4 3 2.8", class: "pg-svg", role: "group", "aria-label": "Keys in a sphere" },
    draw("circle", { r: 1, class: "pg-ball" }),
    ...equator,
    ...faces,
    ...slab,
    ...keys.map(({ group }) => group),
    tip,
    handle,
  );
  let view, seen;
  let ringed; // what the rings that are drawn depend on

  function look(next) {
    if (view === next) return;
    view = next;
    const [right, up, out] = axes(view);
    seen = (p) => [dot(p, right), -dot(p, up), dot(p, out)];
  }

  /** The vector of a size that points to where a place in the picture is on the sphere. */
  function place(x, y, size, behind) {
    const [right, up, out] = axes(view);
    const far = Math.hypot(x, y);
    const depth = far < 1 ? Math.sqrt(1 - far * far) * (behind ? -1 : 1) : 0;
    return scaled(
      right.map((_, d) => x * right[d] - y * up[d] + depth * out[d]),
      size,
    );
  }

  return {
    node,
    handle,
    place,
    /**
     * The vector of a size that a vector becomes when its handle is dragged to a place. One that
     * points away stays behind until it is dragged over the rim.
     */
    drag(x, y, size, vector, isQuery) {
      const far = isQuery ? RING : Math.min(size, RING);
      return place(x / far, y / far, size, seen(vector)[2] < -1e-6 * size);
    },
    /** @param asGiven whether keys and values are the exercise's own, to which its slab belongs. */
    show(state, asGiven) {
      const { key, view: turned, rows, row } = state.space;
      look(turned);
      const task = chosen(data, state);
      keys.forEach((mark, k) => mark.show(key[k], seen));
      showHull(faces, key.length > 4 ? key : [], seen);
      const bounded = task?.slab && asGiven ? task : null;
      const now = String([turned, bounded?.number]);
      if (now !== ringed) {
        showRing(equator, ring([0, 0, 1], 0), seen);
        showSlab(slab, bounded, seen);
        ringed = now;
      }
      const name = hand(data, state);
      const query = task?.kind === "key" ? task.query[0] : rows[row];
      const [x, y, depth] = seen(length(query) ? scaled(query, RING) : [0, 0, 0]);
      set(tip, { x2: x, y2: y, class: depth < 0 ? "pg-query pg-back" : "pg-query" });
      const moved = name === "query" ? [x, y] : name[0] === "k" ? seen(near(key[name.slice(1)])) : null;
      set(handle, { transform: moved && `translate(${moved[0]} ${moved[1]})` });
      handle.style.display = moved ? "" : "none";
    },
  };
}

/** Where a key is drawn: not beyond the picture. */
function near(key) {
  return length(key) > RING ? scaled(key, RING) : key;
}

function makeKey(k) {
  const line = draw("line", { ...STROKES[k], x1: 0, y1: 0 });
  const name = draw("text", { class: "pg-name" }, `k${k}`);
  const mark = draw("g", {}, markAt(k, 0.06));
  const group = draw("g", {}, line, mark, name);
  let last = [];
  return {
    group,
    show(key, seen) {
      if (key === last[0] && seen === last[1]) return; // both are new ones when they change
      last = [key, seen];
      group.style.display = key ? "" : "none";
      if (!key) return;
      const [x, y, depth] = seen(near(key));
      set(group, { class: depth < -0.05 ? "pg-behind" : null });
      set(line, { x2: x, y2: y });
      set(mark, { transform: `translate(${x} ${y})` });
      const far = Math.hypot(x, y) || 1;
      set(name, { x: x + (0.17 * x) / far, y: y + (0.15 * y) / far + 0.05 });
    },
  };
}

/** A circle on the sphere as two paths: in front, and behind. */
function showRing([front, back], points, seen) {
  const paths = ["", ""];
  let last = null;
  for (const point of points) {
    const [x, y, depth] = seen(point);
    const side = depth < 0 ? 1 : 0;
    paths[side] += `${last === side ? "L" : "M"}${x.toFixed(3)} ${y.toFixed(3)}`;
    if (last !== null && last !== side) paths[last] += `L${x.toFixed(3)} ${y.toFixed(3)}`;
    last = side;
  }
  set(front, { d: paths[0] });
  set(back, { d: paths[1] });
}

/** Between which planes the edited key passes: their rings on the sphere of keys of length 1. */
function showSlab(paths, task, seen) {
  const ends = task?.slab ?? [null, null];
  ends.forEach((score, i) => {
    const height = score === null ? 2 : score / length(task.query[0]);
    const points = task && score !== null ? ring(task.query[0], height) : [];
    showRing(paths.slice(2 * i, 2 * i + 2), points, seen);
  });
  paths.forEach((path, i) => set(path, { class: i % 2 ? "pg-slab pg-back" : "pg-slab" }));
}

function showHull(paths, points, seen) {
  const faces = points.length ? hull(points) : [];
  paths.forEach((path, i) => {
    const corners = faces[i]?.map((k) => seen(points[k]).slice(0, 2).map((x) => x.toFixed(3)).join(" "));
    set(path, { d: corners ? `M${corners.join("L")}Z` : "" });
  });
}

/** The view turned by so many degrees. */
export function turned([around, up], right, over) {
  return [(around + right) % 360, Math.max(-85, Math.min(85, up + over))];
}
