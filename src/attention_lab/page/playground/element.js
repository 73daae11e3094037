// <attention-playground>: a page's playground. Its data stands in it as JSON; the rest of what
// stands in it, a figure and a table, is for readers without scripts.

import { mount } from "./mount.js";

class PlaygroundElement extends HTMLElement {
  connectedCallback() {
    if (this.mounted) return;
    const text = this.querySelector('script[type="application/json"]').textContent;
    this.show(JSON.parse(text));
    addEventListener("hashchange", () => this.follow());
  }

  async show(data) {
    const lab = globalThis.attentionLab;
    this.mounted = mount(this, data, services(lab));
    this.follow();
    if (lab?.variant !== null && data.variant === null) {
      const other = await lab?.variantData(data.state).catch(() => null);
      if (other && other.variant !== null) this.show(other);
    }
  }

  /** Open the state that the address carries. */
  follow() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("play");
    if (!asked) return;
    this.mounted.open(asked);
    this.scrollIntoView();
  }
}

function services(lab) {
  if (!lab) return {};
  return {
    judge: (request) => lab.judge(request),
    use: (exercise, answer) => ({ ...lab.useAnswer(exercise, answer), words: `Go to ${exercise}` }),
    link: (text) => {
      const hash = new URLSearchParams({ play: text });
      if (lab.variant !== null) hash.set("variant", lab.variant);
      return `${location.href.split("#")[0]}#${hash}`;
    },
  };
}

customElements.define("attention-playground", PlaygroundElement);
