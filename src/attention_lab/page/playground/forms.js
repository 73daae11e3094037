// The two forms of the playground: a picture that is moved by hand, and what stands below it.

import { make, set } from "../elements.js";
import { makeDials } from "./controls.js";
import { makeDraggable, makeSteerable, makeTappable } from "./drag.js";
import { makeFlatPicture } from "./flat.js";
import { makeChoices, makeTurns } from "./panel.js";
import { angles, hull, length, pointing } from "./space.js";
import { makeSpacePicture, turned } from "./sphere.js";
import { chosen, hand, held, hold } from "./state.js";

const NEAR = 0.3; // the size that a tap gives to a vector that has none

/** The form in the plane: picture and dials. */
export function makeFlat(data, change) {
  const picture = makeFlatPicture(data.flat);
  const move = (vector) => change((state) => hold(data, state, vector));
  const dials = makeDials(true, move);
  let now = [0, 0];
  const pointTo = (x, y) => move(picture.place(x, y, length(now) || NEAR));
  makeDraggable(picture.handle, picture.node, pointTo);
  makeTappable(picture.node, pointTo);
  makeSteerable(picture.handle, (right, up) => {
    const [angle] = angles(now);
    move(pointing([angle + (right || up)], length(now) || NEAR));
  });
  handleFor(picture.handle, "Query: its direction");
  return {
    node: make("div", {}, picture.node, dials.node),
    show(state, results) {
      now = state.flat.query;
      const size = length(now);
      picture.show(state, results, size);
      dials.show(now, "query");
      const angle = Math.round((angles(now)[0] + 360) % 360);
      value(picture.handle, angle, 360, `${angle}°, loudness ${size.toFixed(2)}`);
    },
  };
}

/** The form in space: picture, view, choices and dials. */
export function makeSpace(data, change) {
  const picture = makeSpacePicture(data);
  const move = (vector) => change((state) => hold(data, state, vector));
  const dials = makeDials(false, move);
  const choices = makeChoices(data, change);
  const remark = make("p.pg-remark");
  let now = [0, 0, 0];
  let moved = "query";
  const size = () => length(now) || NEAR;
  const pointTo = (x, y) => moved[0] !== "v" && move(picture.place(x, y, size()));
  const turn = (right, over) =>
    change((state) => void (state.space.view = turned(state.space.view, right, over)));
  makeDraggable(picture.handle, picture.node, (x, y) =>
    move(picture.drag(x, y, size(), now, moved === "query")),
  );
  makeTappable(picture.node, pointTo, turn);
  makeSteerable(picture.handle, (right, up) => {
    const [around, over] = angles(now);
    move(pointing([around + right, Math.max(-90, Math.min(90, over + up))], size()));
  });
  return {
    node: make("div", {}, choices.node, picture.node, makeTurns(change), dials.node, remark),
    show(state, results, asGiven) {
      now = held(data, state);
      moved = hand(data, state);
      picture.show(state, asGiven);
      choices.show(state);
      dials.show(now, moved);
      remark.textContent = remarkOn(data, state, results, asGiven);
      const [around, up] = angles(now).map(Math.round);
      handleFor(picture.handle, moved === "query" ? "Query: its direction" : `Key ${moved}`);
      value(picture.handle, around, 180, `${around}° around, ${up}° up, length ${length(now).toFixed(2)}`);
    },
  };
}

/** What the picture shows beside keys and query: the slab, or what a fifth key is. */
function remarkOn(data, state, [{ scores }], asGiven) {
  const task = chosen(data, state);
  const { key } = state.space;
  const sentences = [];
  if (task && !asGiven) {
    sentences.push("Keys or values are not the exercise's own, so this is no answer to it.");
  } else if (task?.slab) {
    const name = `k${task.edits}`;
    const [low, high] = task.slab.map((score) => score?.toFixed(2));
    const bounds = high ? `between ${low} and ${high}` : `above ${low}`;
    sentences.push(`The score of ${name} must be ${bounds}: it is ${scores[task.edits].toFixed(2)}.`);
  }
  if (key.length > 4) {
    const corner = hull(key).some((face) => face.includes(4));
    sentences.push(
      corner
        ? "k4 is a corner of the hull: some query copies it."
        : "k4 lies inside the hull: whatever the query, some other key scores at least as high.",
    );
  }
  return sentences.join(" ");
}

function handleFor(handle, label) {
  set(handle, { tabindex: 0, role: "slider", "aria-label": label });
}

function value(handle, now, most, text) {
  const least = most === 360 ? 0 : -most;
  set(handle, {
    "aria-valuemin": least,
    "aria-valuemax": most,
    "aria-valuenow": now,
    "aria-valuetext": text,
  });
}
