// The state of a playground: what the reader has set, and how a link carries it.

export const LARGEST = 1e6; // of a number in a field or a link: far beyond what the dials reach

/** A state in which a partial one has been filled up from the data. */
export function filled(data, { form, flat, space }, from = data.state) {
  const { key, value } = data.space;
  const exercise = space && "exercise" in space ? space.exercise : from.space.exercise;
  return structuredClone({
    form: form ?? from.form,
    flat: { ...from.flat, ...flat },
    space: space ? { ...from.space, row: 0, hand: null, key, value, ...space, exercise } : from.space,
  });
}

/** The exercise that is chosen, with all that the data says of it; null if none is. */
export function chosen(data, state) {
  if (state.form !== "space") return null;
  return data.exercises.find(({ number }) => number === state.space.exercise) ?? null;
}

/** What the handle moves: "query", or a key or value by its name, such as "k2". */
export function hand(data, state) {
  if (state.form === "flat") return "query";
  const task = chosen(data, state);
  const given = task?.kind === "key" ? `k${task.edits}` : "query";
  return (task && state.space.hand === "query" ? given : state.space.hand) ?? given;
}

/** The vector that the handle moves. */
export function held(data, state) {
  const name = hand(data, state);
  const { space, flat, form } = state;
  if (name === "query") return form === "flat" ? flat.query : space.rows[space.row];
  return (name[0] === "k" ? space.key : space.value)[name.slice(1)];
}

/** Put another vector in the place of the one that the handle moves. */
export function hold(data, state, vector) {
  const name = hand(data, state);
  const { space, flat, form } = state;
  if (name !== "query") (name[0] === "k" ? space.key : space.value)[name.slice(1)] = vector;
  else if (form === "flat") flat.query = vector;
  else space.rows[space.row] = vector;
}

/** The answer to the chosen exercise that the state is. */
export function answer(data, state) {
  const task = chosen(data, state);
  return task.kind === "key" ? state.space.key[task.edits] : state.space.rows;
}

/** Whether keys and values are the exercise's own, but for the key that it asks for. */
export function isAsGiven(data, { space }, task) {
  const { key, value } = data.space;
  return (
    space.key.length === key.length &&
    key.every((row, k) => k === task.edits || isSame(row, space.key[k])) &&
    value.every((row, k) => isSame(row, space.value[k]))
  );
}

function isSame(a, b) {
  return a.every((x, i) => x === b[i]);
}

/** The state as a text for a link. */
export function encoded(state) {
  return JSON.stringify(state, (_, x) => (typeof x === "number" ? Number(x.toPrecision(6)) : x));
}

/** The state that a link carries; null when it is not one of ours. */
export function decoded(text, data) {
  try {
    const state = filled(data, JSON.parse(text));
    const { key, value, rows, view, row, hand: name } = state.space;
    const task = chosen(data, { ...state, form: "space" });
    const fits =
      ["flat", "space"].includes(state.form) &&
      (state.space.exercise === null || task) &&
      rows.length === (task ? task.wanted.length : 1) &&
      Number.isInteger(row) &&
      rows[row] &&
      isName(name, key.length) &&
      [4, 5].includes(key.length) &&
      value.length === key.length &&
      isVector(state.flat.query, 2) &&
      isVector(view, 2) &&
      [...key, ...value, ...rows].every((vector) => isVector(vector, 3));
    return fits ? state : null;
  } catch {
    return null;
  }
}

/** Whether the handle can move what is called so: nothing in particular, the query, a key or value. */
function isName(name, count) {
  return [null, undefined, "query"].includes(name) || (/^[kv]\d$/.test(name) && name[1] < count);
}

function isVector(vector, size) {
  return (
    Array.isArray(vector) &&
    vector.length === size &&
    vector.every((x) => typeof x === "number" && Math.abs(x) <= LARGEST)
  );
}
