// Making elements.

/**
 * An element with its properties and children.
 * @param name its tag, with classes: "p.lab-note".
 * @param properties set on it; data and aria attributes go into `attributes`.
 */
export function make(name, { attributes = {}, ...properties } = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  Object.assign(element, properties);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(label, action, properties = {}) {
  return make("button.lab-button", { type: "button", onclick: action, ...properties }, label);
}

/** An element of an SVG picture. */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(element, attributes);
  element.append(...children);
  return element;
}

const written = new WeakMap(); // what set() has written on an element

/** Set attributes; null takes one away. What is so already is left alone: to set it costs time. */
export function set(element, attributes) {
  if (!written.has(element)) written.set(element, {});
  const known = written.get(element);
  for (const key in attributes) {
    const value = attributes[key];
    if (known[key] === value) continue;
    known[key] = value;
    if (value === null) element.removeAttribute(key);
    else element.setAttribute(key, value);
  }
}
