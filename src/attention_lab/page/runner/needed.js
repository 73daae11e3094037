// Which cells above a cell needs: those that may give or change a value that it uses, or that such a
// cell uses. What is only shown is not computed again: it would take its time.

const NAMES = /[\p{L}_][\p{L}\p{N}_]*/gu;
const NAMING = /^\s*(?:for|import|from|with|except|del|global)\b.*/; // all names in such a line
const DEFINITION = /^\s*(?:def|class)\s+[^(:]*/;
const CALLED_ON = /^\s*[^\s.(=]+\.\S+\(/; // row.append(…), row.mul_(…)
const ASSIGNED = /^(.*?[^=!<>])=(?!=)/;
const CALL = /[\p{L}\p{N}_]\(/u; // then what is left of "=" may be an argument's name

/**
 * @param above the texts of the cells above, in order.
 * @param source of the cell.
 * @returns those that must run first, in order; rather one too many.
 */
export function neededCells(above, source) {
  const wanted = new Set(namesIn(source));
  const needed = [];
  for (const text of [...above].reverse()) {
    if (!text.split("\n").some((line) => boundIn(line).some((name) => wanted.has(name)))) continue;
    needed.unshift(text);
    for (const name of namesIn(text)) wanted.add(name);
  }
  return needed;
}

function namesIn(text) {
  return text.match(NAMES) ?? [];
}

/** The names that a line may bind, or whose value it may change. */
function boundIn(line) {
  const [whole] = line.match(NAMING) ?? line.match(DEFINITION) ?? line.match(CALLED_ON) ?? [""];
  const left = line.match(ASSIGNED)?.[1] ?? "";
  return namesIn(whole + (CALL.test(left) ? "" : ` ${left}`));
}
