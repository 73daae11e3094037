// What the reader typed and reached, kept in this browser; each variant has its own.

const PREFIX = "attention-lab";
const unkept = new Map(); // what the browser refused to keep: it lasts as long as the page
let space = "course";

/** Keep and look up things of this variant from now on; null stands for the course's numbers. */
export function useSpaceOf(variant) {
  space = variant === null ? "course" : `variant-${variant}`;
}

/** What was kept under a name, or null. */
export function read(name, where = space) {
  const key = keyOf(name, where);
  try {
    return JSON.parse(unkept.get(key) ?? localStorage.getItem(key));
  } catch {
    return null; // a browser without storage, or a text that is not ours
  }
}

/** Keep something; null forgets it. False where it is forgotten with the page. */
export function write(name, content, where = space) {
  const key = keyOf(name, where);
  const text = JSON.stringify(content);
  unkept.delete(key);
  try {
    if (content === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    unkept.set(key, text);
    return false;
  }
}

/** Whether this browser keeps anything at all. */
export function keeps() {
  return write("probe", 1, "") && write("probe", null, "");
}

/** Tell when another page of the book, in another tab or gone back from, kept something else. */
export function whenChangedElsewhere(name, tell) {
  const key = keyOf(name, space);
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) tell(); // null: everything was cleared
  });
  addEventListener("pageshow", (event) => event.persisted && tell());
}

function keyOf(name, where) {
  return `${PREFIX}/${where}/${name}`;
}
