// The page's Python: MicroPython in a worker, so that an endless loop can be ended from outside.
// Messages in: {id, request} for serve.py. Messages out: {id, began}, {id, printed}, and at last
// {id, answer} or {id, crashed}; {failed} when Python cannot be loaded.
"use strict";

const MOST_PRINTED = 50_000; // bytes; more than anyone reads
const PRINTED_EVERY = 100; // milliseconds
const LINE = 256; // bytes, after which it looks at the clock though the line has not ended
const SERVE = "answer = serve(request)";
const ASKS_FOR_VARIANT = /\bvariant(_for)?\s*\(/;
const VARIANTS = "/lib/attention_lab/variants.json";

const version = self.location.search;
const printer = makePrinter();
const loading = load();
loading.catch((error) => postMessage({ failed: String(error) }));

self.onmessage = async ({ data: { id, request } }) => {
  const python = await loading;
  const { source = "", before = [] } = request;
  if ([source, ...before].some((text) => ASKS_FOR_VARIANT.test(text))) await bringVariants(python);
  postMessage({ id, began: true });
  printer.begin(id);
  try {
    python.globals.set("request", JSON.stringify(request));
    python.runPython(SERVE);
    printer.end();
    postMessage({ id, answer: JSON.parse(python.globals.get("answer")) });
  } catch (error) {
    printer.end();
    postMessage({ id, crashed: String(error) });
  }
};

/** MicroPython with the package and the stand-in for torch in its file system. */
async function load() {
  const [{ loadMicroPython }, files] = await Promise.all([
    import(`./micropython.mjs${version}`),
    fetched("python.json"),
  ]);
  const python = await loadMicroPython({
    url: `micropython.wasm${version}`,
    linebuffer: false, // its line buffer would keep a last line without an end for itself
    stdout: ([byte]) => printer.add(byte),
  });
  for (const [path, text] of Object.entries(files)) write(python, path, text);
  python.runPython("from attention_lab.page.serve import serve");
  return python;
}

/** The other keys and values, for a cell that asks for them: they are large, so only then. */
async function bringVariants(python) {
  if (python.FS.analyzePath(VARIANTS).exists) return;
  try {
    write(python, VARIANTS, JSON.stringify(await fetched("variants.json")));
  } catch {
    // The cell will say that the file is missing.
  }
}

/** What a notebook has by name, a text for Python, which waits; empty where it cannot be had. */
self.knownNames = () => {
  try {
    const request = new XMLHttpRequest(); // Python would not survive what it may throw
    request.open("GET", `names.json${version}`, false);
    request.send();
    return request.status === 200 ? request.responseText : "";
  } catch {
    return "";
  }
};

function write(python, path, text) {
  python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  python.FS.writeFile(path, text);
}

async function fetched(name) {
  const response = await fetch(name + version);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/** Collects what is printed, byte by byte, and hands it on now and then, also from a loop. */
function makePrinter() {
  let id, bytes, total, last, decoder;
  const flush = () => {
    if (bytes.length) {
      const printed = decoder.decode(Uint8Array.from(bytes), { stream: true });
      postMessage({ id, printed });
    }
    bytes = [];
    last = performance.now();
  };
  return {
    begin(newId) {
      [id, bytes, total, last, decoder] = [newId, [], 0, performance.now(), new TextDecoder()];
    },
    add(byte) {
      if (++total > MOST_PRINTED + 1) return;
      if (total > MOST_PRINTED) {
        flush();
        postMessage({ id, printed: "…\n" });
      } else {
        bytes.push(byte);
        const due = byte === 10 || bytes.length % LINE === 0;
        if (due && performance.now() - last > PRINTED_EVERY) flush();
      }
    },
    end: flush,
  };
}
