// Runs a Python program in MicroPython: {files: {path: text}, program} as JSON on stdin, its output
// on stdout. An error ends with status 1 and the Python traceback, and nothing else, on stderr.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";

const { files, program } = JSON.parse(readFileSync(0, "utf8"));
const printed = [];
// Byte by byte: MicroPython's line buffer would keep a last line without a newline for itself.
const micropython = await loadMicroPython({
  linebuffer: false,
  stdout: ([byte]) => printed.push(byte),
});
for (const [path, text] of Object.entries(files)) {
  micropython.FS.mkdirTree(dirname(path));
  micropython.FS.writeFile(path, text);
}
try {
  micropython.runPython(program);
} catch (error) {
  // Not thrown on: Node would print the line of minified source that it came from, all 100 KB of it.
  process.stderr.write(error.message);
  process.exitCode = 1;
}
process.stdout.write(Uint8Array.from(printed));
