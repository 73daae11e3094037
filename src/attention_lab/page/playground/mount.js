// The playground: a state, and the pictures and numbers that follow it.

import { make } from "../elements.js";
import { attend, measured } from "./attention.js";
import { makeFlat, makeSpace } from "./forms.js";
import { makeActions, makeForms } from "./panel.js";
import { makeSpeech, weightsInWords } from "./speech.js";
import { answer, chosen, decoded, filled, isAsGiven } from "./state.js";
import { makeOutputs, makeWeights } from "./tables.js";
import { makeVerdict } from "./verdict.js";

/**
 * Put a playground into an element, in the place of what stands there.
 * @param data from page/data.py.
 * @param services judge(request) → promise of a reply; use(exercise, answer) → {text, href};
 *   link(text) → an address; changed(state). Each may be absent.
 * @returns {state, set(partial), open(text)}: what the reader has set, and two ways to set it.
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
