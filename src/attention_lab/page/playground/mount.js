// The playground: a state, and the pictures and numbers that follow it.

import { make, set } from "../elements.js";
import { attend, measured } from "./attention.js";
import { makeDials } from "./controls.js";
import { makeDraggable, makeSteerable, makeTappable } from "./drag.js";
import { makeFlatPicture } from "./flat.js";
import { makeActions, makeChoices, makeForms, makeTurns } from "./panel.js";
import { angles, hull, length, pointing } from "./space.js";
import { makeSpeech, weightsInWords } from "./speech.js";
import { makeSpacePicture, turned } from "./sphere.js";
import { answer, chosen, decoded, filled, hand, held, hold, isAsGiven } from "./state.js";
import { makeOutputs, makeWeights } from "./tables.js";
import { makeVerdict } from "./verdict.js";

const NEAR = 0.3; // the size that a tap gives to a vector that has none

/**
 * Put a playground into an element, in the place of what stands there.
 * @param data from page/data.py.
 * @param services judge(request) → promise of a reply; use(exercise, answer) → {text, href};
 *   link(text) → an address; changed(state). Each may be absent.
 * @returns {state, set(partial)}.
 */
export function mount(host, data, services) {
  let state = structuredClone(data.state);
  let touched = false;
  const speech = makeSpeech();
  const said = make("p.pg-said", { attributes: { role: "status" } });
  const verdict = makeVerdict(data, services.judge, speak);
  const flat = makeFlat(data, change);
  const space = makeSpace(data, change);
  const forms = makeForms((form) => change((now) => void (now.form = form)));
  const [weights, outputs] = [makeWeights(), makeOutputs()];
  const actions = makeActions(data, {
    change,
    state: () => state,
    services: { ...services, use: services.use && use },
    said: (text, link) => said.replaceChildren(text, ...(link ? [" ", link] : [])),
  });

  function change(how) {
    touched = true;
    state = how(state) ?? state;
    said.replaceChildren();
    show();
    services.changed?.(state);
  }

  function show() {
    const task = chosen(data, state);
    const { names, results, row, targets, error } = outcome(data, state, task);
    forms.show(state.form);
    flat.node.hidden = state.form !== "flat";
    space.node.hidden = state.form !== "space";
    const asGiven = task && isAsGiven(data, state, task);
    (state.form === "flat" ? flat : space).show(state, results, asGiven);
    weights.show(names, results[row], task && task.wanted[row]);
    outputs.show(results[row], task && targets[row], task?.tolerance);
    const { key, value } = state.space;
    const { number: exercise, query } = task ?? {};
    const request = task && { exercise, answer: answer(data, state), key, value, query };
    verdict.show(task, error, touched ? request : null);
    actions.show(task, asGiven);
    if (touched) speak();
  }

  /** Say it aloud, once the reader rests; the judge's words when they have come. */
  function speak() {
    speech.later(() => {
      const { names, results, row } = outcome(data, state, chosen(data, state));
      const words = weightsInWords(names, results[row].weights);
      return [[words, words], verdict.told()];
    });
  }

  function use(now) {
    const { text, href, words } = services.use(now.space.exercise, answer(data, now));
    return [text, href && make("a", { href }, words)];
  }

  host.replaceChildren(
    make(
      "section.pg",
      { attributes: { "aria-label": "Playground" } },
      forms.node,
      make(
        "div.pg-main",
        {},
        make("div.pg-left", {}, flat.node, space.node),
        make("div.pg-right", {}, weights.node, outputs.node, verdict.node),
      ),
      actions.node,
      said,
      speech.node,
    ),
  );
  show();
  return {
    get state() {
      return state;
    },
    set(partial) {
      touched = true; // somebody has moved it, though not here
      state = filled(data, partial, state);
      show();
    },
    open(text) {
      state = decoded(text, data) ?? state;
      show();
    },
  };
}

/** All that follows from a state. */
function outcome(data, state, task) {
  const { form, flat, space } = state;
  if (form === "flat") {
    const { names, key } = data.flat;
    return { names, results: [attend(flat.query, key, key)], row: 0 };
  }
  const names = space.key.map((_, k) => `k${k}`);
  const rows = task?.query ?? space.rows;
  const results = rows.map((query) => attend(query, space.key, space.value));
  const row = task?.query ? 0 : space.row;
  return { names, results, row, ...(task ? measured(task.wanted, results, space.value) : {}) };
}

/** The form in the plane: picture and dials. */
function makeFlat(data, change) {
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
function makeSpace(data, change) {
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
