// The playground in a notebook: anywidget calls this, and the kernel judges.

import { mount } from "./mount.js";

/**
 * Show a model's playground in an element; what the reader moves goes to the kernel and back.
 * @returns what to call when the element is taken away.
 */
export function render({ model, el }) {
  const waiting = new Map(); // questions to the kernel, by id
  let own = false; // whether the change that the model reports is ours
  const services = {
    judge: (request) =>
      new Promise((resolve, reject) => {
        const id = Math.random(); // every view hears every reply, and must know its own
        waiting.set(id, { resolve, reject });
        model.send({ id, judge: request });
      }),
    changed: (state) => {
      own = true;
      model.set("state", structuredClone(state));
      model.save_changes();
      own = false;
    },
    use: (exercise) => ({ text: `In a cell: check("${exercise}", playground.answer)` }),
  };
  const hear = ({ id, verdict, error }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error));
    else resolve?.(verdict);
  };
  const follow = () => own || mounted.set(model.get("state"));
  const mounted = mount(el, model.get("data"), services);
  for (const node of el.querySelectorAll("button, input, select, .pg-handle")) {
    node.dataset.lmSuppressShortcuts = "true"; // else a key moves JupyterLab's cells, or makes one
  }
  follow();
  model.on("msg:custom", hear);
  model.on("change:state", follow);
  return () => {
    model.off("msg:custom", hear);
    model.off("change:state", follow);
  };
}
