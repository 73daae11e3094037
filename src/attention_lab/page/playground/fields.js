// Fields for numbers: a slider, and a text field that forgives.

import { button, make } from "../elements.js";

const SEEN = 1e-4; // of a slider's way: less cannot be seen

/** A number as short as it can be shown; the sign is one that a keyboard has. */
export function short(number, digits = 3) {
  return String(Number(number.toFixed(digits)));
}

/** The number that a text stands for, with a comma or a long minus too; null if it is none. */
export function parsed(text) {
  const plain = text.trim().replace(",", ".").replace(/[−–]/, "-");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/**
 * A slider with its label and its number.
 * @param scale {to(position), from(number)} between the slider's 0 to 1 and the number.
 * @param words (number) → how the number is said.
 * @param changed called with the number.
 */
export function makeSlider({ label, scale, words, changed }) {
  const range = make("input", {
    type: "range",
    attributes: { min: 0, max: 1, step: "any" },
    oninput: () => changed(scale.to(Number(range.value))),
  });
  range.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!way) return;
    event.preventDefault(); // with step "any" a browser would move by a pixel or not at all
    const next = Number(range.value) + way * (event.shiftKey ? 0.1 : 0.01);
    changed(scale.to(Math.max(0, Math.min(1, next))));
  });
  const shown = make("output", { attributes: { "aria-hidden": "true" } }); // else said at each step
  const node = make("label.pg-slider", {}, make("span", {}, label), range, shown);
  return {
    node,
    show(number) {
      const at = scale.from(number);
      if (Math.abs(at - range.value) > SEEN) range.value = at; // to set it is what costs most in a drag
      const text = words(number);
      if (text === shown.textContent) return;
      range.setAttribute("aria-valuetext", (shown.textContent = text));
    },
  };
}

/** From 0 to a largest number, finer near 0. */
export function cubic(most) {
  return { to: (at) => most * at ** 3, from: (number) => Math.cbrt(Math.min(1, number / most)) };
}

/** Evenly from one number to another. */
export function even(low, high) {
  return { to: (at) => low + at * (high - low), from: (x) => (x - low) / (high - low) };
}

/**
 * A field for a number, and beside it a button that turns the sign: keyboards of phones that have
 * digits have no minus.
 * @param most the largest number that it takes.
 * @param changed called with a number.
 * @param refused called with a sentence when what was typed is none; with "" when it is mended.
 */
export function makeNumberField({ label, most, changed, refused }) {
  const field = make("input.pg-number", {
    type: "text",
    inputMode: "decimal",
    autocomplete: "off",
    attributes: { "aria-label": label },
  });
  const take = (number) => {
    const bad = number === null || Math.abs(number) > most;
    field.setAttribute("aria-invalid", String(bad));
    const wanted = number === null ? "such as 0.47" : `up to ${most}`;
    refused(bad ? `${label}: expected a number ${wanted}, got “${field.value}”.` : "");
    if (!bad) changed(number);
  };
  field.addEventListener("input", () => {
    const number = parsed(field.value);
    if (number !== null || parsed(`${field.value}1`) === null) take(number); // else there is more to come
  });
  field.addEventListener("blur", () => {
    field.setAttribute("aria-invalid", "false");
    refused("");
    field.value = short(current);
  });
  const sign = button("±", () => take(-current), {
    ariaLabel: `${label}: turn the sign`,
  });
  let current = 0;
  return {
    node: make("span.pg-field", {}, make("span.pg-axis", {}, label), field, sign),
    show(number) {
      current = number;
      const text = short(number);
      const typing = document.activeElement === field && parsed(field.value) === number;
      if (!typing && field.value !== text) field.value = text;
    },
  };
}
