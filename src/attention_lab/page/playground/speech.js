// The state in words, for those who do not see the picture: once the reader has stopped moving.

import { make } from "../elements.js";
import { makeRest } from "./rest.js";

const PAUSE = 800; // milliseconds

/** @returns {node, later(parts)}: a polite live region that says only what is new. */
export function makeSpeech() {
  const node = make("p.pg-aloud", { attributes: { role: "status" } });
  const known = []; // of each part, what it was about when it was last said
  const rest = makeRest(PAUSE);

  function say(parts) {
    const news = parts.filter(([about], i) => about && about !== known[i]);
    parts.forEach(([about], i) => (known[i] = about || known[i]));
    if (news.length) node.textContent = news.map(([, words]) => words).join(" ");
  }

  return {
    node,
    /** @param parts () → [what it is about, words] of each part; about "" while there is none. */
    later: (parts) => rest.do(() => say(parts())),
  };
}

/** Who gets how much, in words. */
export function weightsInWords(names, weights) {
  const parts = names.map((name, k) => `${name} ${weights[k].toFixed(2)}`);
  return `Weights: ${parts.join(", ")}.`;
}
