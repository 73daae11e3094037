// The playground in a notebook: anywidget calls this, and the kernel judges.

import { mount } from "./mount.js";

/** Show a model's playground in an element; what the reader moves goes to the kernel and back. */
export function render({ model, el }) {
  const waiting = new Map(); // questions to the kernel, by number
  let asked = 0;
  let own = false; // whether the change that the model reports is ours
  const services = {
    judge: (request) =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        model.send({ id: asked, judge: request });
      }),
    changed: (state) => {
      own = true;
      model.set("state", structuredClone(state));
      model.save_changes();
      own = false;
    },
    use: (exercise) => ({ text: `In a cell: check("${exercise}", playground.answer)` }),
  };
  model.on("msg:custom", ({ id, verdict, error }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error));
    else resolve?.(verdict);
  });
  const mounted = mount(el, model.get("data"), services);
  mounted.set(model.get("state"));
  model.on("change:state", () => own || mounted.set(model.get("state")));
}
