// Moving things in a picture: by dragging, by a tap, by arrow keys. Scrolling is never taken away.

const STEP = 5; // degrees that an arrow key turns; with Shift a third of a right angle
const BIG = 30;
const TAP = 6; // pixels that a finger may tremble

/** Where an event is in an SVG picture, in its own units. */
function placeIn(svg, event) {
  const box = svg.getScreenCTM();
  return [(event.clientX - box.e) / box.a, (event.clientY - box.f) / box.d];
}

/** The handle follows the pointer. */
export function makeDraggable(handle, svg, moved) {
  let held = false;
  handle.addEventListener("pointerdown", (event) => {
    held = true;
    handle.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  handle.addEventListener("pointermove", (event) => held && moved(...placeIn(svg, event)));
  for (const end of ["pointerup", "pointercancel"]) {
    handle.addEventListener(end, () => (held = false));
  }
}

/**
 * The picture around the handle: a tap points there, a drag turns the view.
 * @param tapped called with a place in the picture.
 * @param turned called with degrees to the right and upwards; absent where nothing turns.
 */
export function makeTappable(svg, tapped, turned) {
  let start = null;
  svg.addEventListener("pointerdown", (event) => {
    start = { x: event.clientX, y: event.clientY, dragged: false };
    if (turned) svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    start.dragged ||= Math.hypot(dx, dy) > TAP;
    if (!start.dragged || !turned) return;
    turned(-dx / 2, dy / 2);
    Object.assign(start, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener("pointerup", (event) => {
    if (start && !start.dragged) tapped(...placeIn(svg, event));
    start = null;
  });
  svg.addEventListener("pointercancel", () => (start = null));
}

/** Arrow keys turn by degrees: (to the right, upwards). */
export function makeSteerable(element, turned) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  element.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    turned(...way.map((direction) => direction * (event.shiftKey ? BIG : STEP)));
  });
}
