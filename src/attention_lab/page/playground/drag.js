// Moving things in a picture: by dragging, by a tap, by arrow keys. Scrolling is never taken away.

const STEP = 5; // degrees that an arrow key turns
const MORE = 6; // times as many with Shift, or with a page key
const TAP = 6; // pixels that a finger may tremble

/** Tells where a point of the window is in an SVG picture, in its own units, until it moves. */
function placesIn(svg) {
  const box = svg.getScreenCTM();
  return (x, y) => [(x - box.e) / box.a, (y - box.f) / box.d];
}

/**
 * Follow one pointer from where it goes down until it is let go, wherever that is. Other fingers and
 * other buttons of a mouse start nothing.
 * @param began called with the event; what it returns is handed to the others.
 * @param broken called when the browser has taken the pointer away, to scroll by it.
 */
function follow(element, began, went, ended, broken) {
  let id = null;
  let start;
  element.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    if (event.button || id !== null) return;
    id = event.pointerId;
    element.setPointerCapture(id);
    start = began(event);
  });
  element.addEventListener("pointermove", (event) => event.pointerId === id && went(event, start));
  for (const [name, act] of [["pointerup", ended], ["pointercancel", broken]]) {
    element.addEventListener(name, (event) => event.pointerId === id && act?.(event, start));
  }
  element.addEventListener("lostpointercapture", (event) => {
    if (event.pointerId === id) id = null;
  });
}

/** The handle follows the pointer, held where it was taken: it does not jump under it. */
export function makeDraggable(handle, svg, moved) {
  let place = null; // kept during a drag: to ask anew would have the page laid out at each event
  document.addEventListener("scroll", () => (place = null), true);
  const grip = (event) => {
    const { x, y, width, height } = handle.getBoundingClientRect();
    place = null;
    return [event.clientX - x - width / 2, event.clientY - y - height / 2];
  };
  follow(handle, grip, (event, [dx, dy]) => {
    place ??= placesIn(svg);
    moved(...place(event.clientX - dx, event.clientY - dy));
  });
}

/**
 * The picture around the handle: a tap points there, a drag turns the view.
 * @param tapped called with a place in the picture.
 * @param turned called with degrees to the right and upwards; absent where nothing turns.
 */
export function makeTappable(svg, tapped, turned) {
  follow(
    svg,
    ({ clientX, clientY }) => ({ x: clientX, y: clientY, dragged: false, by: [0, 0] }),
    ({ clientX, clientY }, start) => {
      const [dx, dy] = [clientX - start.x, clientY - start.y];
      start.dragged ||= Math.hypot(dx, dy) > TAP;
      if (!start.dragged || !turned) return;
      turned(-dx / 2, dy / 2);
      Object.assign(start, { x: clientX, y: clientY, by: [start.by[0] - dx / 2, start.by[1] + dy / 2] });
    },
    ({ clientX, clientY }, { dragged }) => dragged || tapped(...placesIn(svg)(clientX, clientY)),
    (_, { by, dragged }) => dragged && turned?.(-by[0], -by[1]),
  );
}

/** Arrow keys and page keys turn by degrees: (to the right, upwards). */
export function makeSteerable(element, turned) {
  const ways = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
    PageUp: [0, MORE],
    PageDown: [0, -MORE],
  };
  element.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    turned(...way.map((times) => times * STEP * (event.shiftKey ? MORE : 1)));
  });
}
