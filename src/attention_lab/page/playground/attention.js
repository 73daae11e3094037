// Attention on lists of numbers, as core.py has it: scores, then weights, then the output.

export function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

function softmax(scores) {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

/** Rows of values added up by their weights. */
function mix(weights, value) {
  return value[0].map((_, v) => weights.reduce((sum, weight, k) => sum + weight * value[k][v], 0));
}

/** What one query makes of keys and values. */
export function attend(query, key, value) {
  const scores = key.map((k) => dot(query, k));
  const weights = softmax(scores);
  return { scores, weights, output: mix(weights, value) };
}

/**
 * How far an exercise is from done.
 * @param wanted weights, a row for each row of the output.
 * @param results of attend, one a row.
 * @returns {targets, error}: the largest absolute difference between output and target.
 */
export function measured(wanted, results, value) {
  const targets = wanted.map((weights) => mix(weights, value));
  const gaps = targets.flatMap((target, q) =>
    target.map((x, v) => Math.abs(x - results[q].output[v])),
  );
  return { targets, error: gaps.some(Number.isNaN) ? NaN : Math.max(...gaps) };
}
