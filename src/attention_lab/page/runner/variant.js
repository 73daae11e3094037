// Which keys and values the page works on: the course's, or a variant's from #variant=137.

import { button, make } from "../elements.js";
import { read, write } from "./store.js";
import { WORDS } from "./words.js";

const CHOSEN = "variant"; // under which it is kept for the next page

/**
 * The variant that the address asks for, else the one of the last page; null for the course's.
 * It may be a text or a number that no variant has.
 */
export function chosenVariant() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("variant");
  if (asked === null) return read(CHOSEN, "");
  if (!/^\d+$/.test(asked)) return asked;
  write(CHOSEN, Number(asked), "");
  return Number(asked);
}

/** Work on the course's numbers again. */
function leaveVariant() {
  write(CHOSEN, null, "");
  history.replaceState(null, "", location.pathname + location.search);
  location.reload();
}

/**
 * What there is to know of a variant.
 * @param chosen its number; null for the course's keys and values.
 * @param address of variants.json.
 * @returns a promise of {number, row}: its line of variants.json. Both are null for the course's,
 *   and where it cannot be had, for which {sentence} says why.
 */
export async function loadVariant(chosen, address) {
  if (chosen === null) return { number: null, row: null };
  try {
    const response = await fetch(address);
    const rows = await response.json();
    if (Number.isInteger(chosen) && rows[chosen]) return { number: chosen, row: rows[chosen] };
    write(CHOSEN, null, ""); // else every page to come would say so again
    return { number: null, row: null, sentence: WORDS.unknownVariant(chosen, rows.length) };
  } catch {
    return { number: null, row: null, sentence: WORDS.noVariant };
  }
}

/** Says above the page's text which numbers it works on, and shows them. */
export function variantNotice(number, [key, value]) {
  return make(
    "aside.lab-variant",
    { attributes: { "aria-label": `Variant ${number}` } },
    make("p", {}, WORDS.variant(number)),
    make("div.lab-tables", {}, table("k", key), table("v", value)),
    button(WORDS.leaveVariant, leaveVariant),
  );
}

/** Rows of hundredths, as variants.json has them, as numbers with two decimals. */
function table(letter, rows) {
  const line = (row, i) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, `${letter}${i}`),
      ...row.map((hundredths) => make("td", {}, (hundredths / 100).toFixed(2))),
    );
  return make("table", {}, make("tbody", {}, ...rows.map(line)));
}
