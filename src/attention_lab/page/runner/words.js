// What the page itself says around a cell. What is said of an answer comes from the judge.

export const WORDS = {
  run: "Run",
  runKeys: "Ctrl+Enter in the code does it too",
  stop: "Stop",
  reset: "Reset",
  bringBack: "Bring my text back",
  loading: "Loading Python …",
  waiting: "Waiting for the cell that runs …",
  running: "Running …",
  done: "Done.",
  stopped: "Stopped.",
  tooLong: (seconds) => `Stopped after ${seconds} seconds. Is there a loop that never ends?`,
  wasReset: "This is the cell as it was.",
  isBack: "This is your text.",
  notRun: "This is your text. It has not run yet: press Run.",
  standIn: "A small stand-in for torch runs here. The notebook has the real one:",
  fromFile:
    "Code cannot run in a page that was opened from a file: the browser forbids it. " +
    "Read the book from a server, or run the cell in the notebook.",
  notLoaded:
    "The page could not load its Python. Look at your connection and try again, or run the cell " +
    "in the notebook.",
  crashed: "The page's Python broke off and was started anew. Make the cell smaller and try again.",
  noVariant: "The other keys and values could not be loaded. The page shows the course's.",
  unknownVariant: (asked, count) =>
    `There is no variant “${asked}”; they are numbered from 0 to ${count - 1}. ` +
    "The page shows the course's keys and values.",
  variant: (number) =>
    `Cells, exercises and playground work on variant ${number}. ` +
    "The text and its figures show the course's numbers.",
  leaveVariant: "Back to the course's numbers",
  progress: (passed, all) => `${passed} of ${all} exercises passed`,
  assigned: (passed, all) => `The assignment, ${passed} of ${all}:`,
  beyond: (passed, all) => `Beyond the assignment, ${passed} of ${all}:`,
  onThisDevice: "Kept in this browser, and nowhere else.",
  download: "Download my answers",
  downloaded: (name) => `${name} has all that you typed, ready to hand in or to go on with.`,
  writeup: "Your text",
  saved: "Kept in this browser.",
  notKept: "This browser keeps nothing. Download your answers before you leave the page.",
  written: (number) => `Written into exercise ${number}.`,
  noCell: (number) => `This book has no cell for exercise ${number}.`,
};
