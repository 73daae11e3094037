// What the reader typed and reached, kept in this browser; each variant has its own.

const PREFIX = "attention-lab";
let space = "course";

/** Keep and look up things of this variant from now on; null stands for the course's numbers. */
export function useSpaceOf(variant) {
  space = variant === null ? "course" : `variant-${variant}`;
}

/** What was kept under a name, or null. */
export function read(name, where = space) {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}/${where}/${name}`));
  } catch {
    return null; // a browser without storage, or a text that is not ours
  }
}

/** Keep something; null forgets it. False where the browser keeps nothing. */
export function write(name, content, where = space) {
  const key = `${PREFIX}/${where}/${name}`;
  try {
    if (content === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(content));
    return true;
  } catch {
    return false;
  }
}
