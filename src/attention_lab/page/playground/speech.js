// The state in words, for those who do not see the picture: once the reader has stopped moving.

import { make } from "../elements.js";

const PAUSE = 800; // milliseconds

/** @returns {node, later(words), now(words)}: a polite live region. */
export function makeSpeech() {
  const node = make("p.pg-aloud", { attributes: { role: "status" } });
  let timer;
  const now = (words) => {
    clearTimeout(timer);
    node.textContent = words;
  };
  return {
    node,
    now,
    later(words) {
      clearTimeout(timer);
      timer = setTimeout(() => now(words()), PAUSE);
    },
  };
}

/** Who gets how much, in words. */
export function weightsInWords(names, weights) {
  const parts = names.map((name, k) => `${name} ${weights[k].toFixed(2)}`);
  return `Weights: ${parts.join(", ")}.`;
}
