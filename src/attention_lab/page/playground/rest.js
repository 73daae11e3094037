// Something to do once the reader rests. A drag puts it off sixty times a second, so it has one
// timer that looks again, instead of a new one each time.

/** @returns {do(act), forget()}: act is called when nothing else was asked for in so many ms. */
export function makeRest(wait) {
  let due, act;
  let timer = null;
  const look = () => {
    const left = due - performance.now();
    timer = left > 0 ? setTimeout(look, left) : null;
    if (timer === null) act?.();
  };
  return {
    do(next) {
      due = performance.now() + wait;
      act = next;
      timer ??= setTimeout(look, wait);
    },
    forget() {
      act = null;
    },
  };
}
