// What stands around the pictures: which form, which exercise, what the handle moves, what to do.

import { button, make } from "../elements.js";
import { turned } from "./sphere.js";
import { chosen, encoded, filled, hand } from "./state.js";

/** Two buttons, of which one is pressed. */
export function makeForms(choose) {
  const forms = { flat: "Three words, flat", space: "Four keys, in space" };
  const buttons = Object.entries(forms).map(([form, label]) => [form, button(label, () => choose(form))]);
  const attributes = { role: "group", "aria-label": "Form" };
  return {
    node: make("div.pg-forms", { attributes }, ...buttons.map(([, node]) => node)),
    show(form) {
      for (const [name, node] of buttons) node.setAttribute("aria-pressed", String(name === form));
    },
  };
}

function makeSelect(label, changed) {
  const select = make("select", { onchange: () => changed(select.value) });
  const node = make("label.pg-select", {}, make("span", {}, label), select);
  let known = "";
  return {
    node,
    show(options, value) {
      const text = options.map(([name, words]) => `${name}:${words}`).join();
      if (text !== known) {
        select.replaceChildren(...options.map(([name, words]) => make("option", { value: name }, words)));
        known = text;
      }
      select.value = value;
    },
  };
}

/** Which exercise, which of its rows, what the handle moves, and whether there is a fifth key. */
export function makeChoices(data, change) {
  const exercise = makeSelect("Exercise", (number) =>
    change((state) => {
      const { form } = state;
      const task = data.exercises.find((one) => one.number === number);
      const rows = task?.query ?? (task?.wanted ?? [0]).map(() => data.state.space.rows[0]);
      const view = state.space.view;
      return filled(data, { form, space: { exercise: number || null, rows, view, hand: null } }, state);
    }),
  );
  const row = makeSelect("Row of the query", (n) => change((state) => void (state.space.row = Number(n))));
  const moves = makeSelect("The handle moves", (name) => change((s) => void (s.space.hand = name)));
  const fifth = make("input", {
    type: "checkbox",
    onchange: () => change((state) => void toggleFifth(data, state)),
  });
  let known; // what the choices on offer depend on
  const offered = [["", "none"], ...data.exercises.map((one) => [one.number, `${one.number} ${one.title}`])];
  return {
    node: make(
      "div.pg-choices",
      {},
      exercise.node,
      row.node,
      moves.node,
      make("label.pg-check", {}, fifth, " a fifth key"),
    ),
    show(state) {
      const task = chosen(data, state);
      const { key, rows } = state.space;
      const now = String([task?.number, rows.length, state.space.row, key.length, hand(data, state)]);
      if (now === known) return;
      known = now;
      const names = (letter) => key.map((_, k) => [letter + k, `${letter === "k" ? "key" : "value"} ${letter}${k}`]);
      exercise.show(offered, state.space.exercise ?? "");
      row.node.hidden = rows.length < 2;
      row.show(rows.map((_, n) => [String(n), `row ${n}`]), String(state.space.row));
      const query = task?.kind === "key" ? [] : [["query", "the query"]];
      moves.show([...query, ...names("k"), ...names("v")], hand(data, state));
      fifth.checked = key.length > 4;
    },
  };
}

function toggleFifth(data, { space }) {
  if (space.key.length > 4) {
    space.key = space.key.slice(0, 4);
    space.value = space.value.slice(0, 4);
    if (/4$/.test(space.hand)) space.hand = null;
  } else {
    space.key = [...space.key, data.space.fifth.key];
    space.value = [...space.value, data.space.fifth.value];
  }
}

/** Buttons that turn the view, for those who do not drag. */
export function makeTurns(change) {
  const ways = { "◀": ["left", -15, 0], "▶": ["right", 15, 0], "▲": ["up", 0, 15], "▼": ["down", 0, -15] };
  const buttons = Object.entries(ways).map(([sign, [word, right, over]]) =>
    button(
      sign,
      () => change((state) => void (state.space.view = turned(state.space.view, right, over))),
      { ariaLabel: `Look from further ${word}` },
    ),
  );
  return make("div.pg-turns", { attributes: { role: "group", "aria-label": "View" } }, ...buttons);
}

/** Ready-made states, and what can be done with one's own. */
export function makeActions(data, { change, state, services, said }) {
  const preset = (ready) => button(ready.label, () => change((now) => filled(data, ready.state, now)));
  const field = make("input.pg-link", { readOnly: true, hidden: true, ariaLabel: "Link to this state" });
  const copy = button("Copy link", async () => {
    const link = services.link(encoded(state()));
    try {
      await navigator.clipboard.writeText(link);
      said("The link is copied: it opens the playground as it is now.");
    } catch {
      field.hidden = false;
      field.value = link;
      field.select();
    }
  });
  const use = button("", () => said(...services.use(state())));
  return {
    node: make(
      "div.pg-actions",
      {},
      make("div.pg-presets", {}, make("span", {}, "Try: "), ...data.presets.map(preset)),
      button("Reset", () => change(() => structuredClone(data.state))),
      ...(services.link ? [copy] : []),
      use,
      field,
    ),
    /** @param asGiven whether what the playground shows would be an answer to the exercise. */
    show(task, asGiven) {
      field.hidden = true; // the link in it is that of another state
      use.hidden = !asGiven || !services.use;
      use.textContent = `Use this ${task?.kind === "key" ? "key" : "query"} as my answer`;
    },
  };
}
