"""The page's own Python: the site's worker in a page of the book, asked as the page asks it."""

import json

LONGEST = 60_000  # milliseconds to wait for an answer; then the worker is ended, which is an answer

# Answers in the order of the requests, from one worker. Where it breaks off, as the page would, a
# new one is started.
ASK = """
async ([requests, longest]) => {
  const address = `../_static/lab/worker.js?v=${attentionLabBook.version}`;
  const ask = (request) => new Promise((resolve) => {
    const worker = (globalThis.workerOfTests ??= new Worker(address));
    let printed = "";
    const end = (answer) => (clearTimeout(limit), resolve({ printed, ...answer }));
    const breakOff = (crashed) => {
      worker.terminate();
      globalThis.workerOfTests = null;
      end({ crashed });
    };
    const limit = setTimeout(() => breakOff("no answer"), longest);
    worker.onerror = ({ message }) => breakOff(message);
    worker.onmessage = ({ data }) => {
      printed += data.printed ?? "";
      if (data.answer) end({ answer: data.answer });
      if (data.crashed ?? data.failed) breakOff(data.crashed ?? data.failed);
    };
    worker.postMessage({ id: 1, request: JSON.parse(request) });
  });
  const answers = [];
  for (const request of requests) answers.push(await ask(request));
  return answers;
}
"""


class PagePython:
    """Asks the worker of a page.

    Args:
        page: of the book, opened in a browser.
    """

    def __init__(self, page):
        self.page = page

    def run(self, cells, variant=None):
        """Run cells as the page runs them.

        Args:
            cells: a pair for each: its source, and the sources of the cells to run first.
            variant: a number and a line of variants.json; the course's numbers if left out.

        Returns:
            For each cell a dict: what it ``printed``; and what serve.py answered, ``text``,
            ``html``, ``error``, ``missing`` and ``passed``; or how it ``crashed``.
        """
        requests = [
            {"call": "run", "source": source, "before": list(before), "variant": variant}
            for source, before in cells
        ]
        return [
            {"printed": reply["printed"], **reply.get("answer", reply)}
            for reply in self.ask(requests)
        ]

    def ask(self, requests):
        """Send requests to serve.py, one after the other; returns its replies."""
        # As JSON: Playwright would turn a real number without a fraction into a whole one.
        texts = [json.dumps(request) for request in requests]
        return self.page.evaluate(ASK, [texts, LONGEST])
