// Directions in space, and how they are seen.

const DEGREE = Math.PI / 180;

export function length(vector) {
  return Math.hypot(...vector);
}

/** A vector of another length in the same direction; along the first axis if it has none. */
export function scaled(vector, size) {
  const now = length(vector);
  return now ? vector.map((x) => (x * size) / now) : vector.map((_, i) => (i ? 0 : size));
}

/** The direction of a vector in degrees: [azimuth, elevation]; in the plane [angle]. */
export function angles([x, y, z]) {
  const around = Math.atan2(y, x) / DEGREE;
  return z === undefined ? [around] : [around, Math.atan2(z, Math.hypot(x, y)) / DEGREE];
}

/** The vector of a length in a direction given in degrees. */
export function pointing([around, up], size) {
  const [cos, sin] = [Math.cos(around * DEGREE), Math.sin(around * DEGREE)];
  if (up === undefined) return [size * cos, size * sin];
  const flat = size * Math.cos(up * DEGREE);
  return [flat * cos, flat * sin, size * Math.sin(up * DEGREE)];
}

/** How a view, [azimuth, elevation], sees space: to the right, upwards, and towards the eye. */
export function axes(view) {
  const [around, up] = view;
  return [pointing([around + 90, 0], 1), pointing([around, up + 90], 1), pointing([around, up], 1)];
}

function cross(a, b) {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Where the sphere of radius 1 meets the plane direction·p = height: points around a circle. */
export function ring(direction, height, count = 72) {
  if (Math.abs(height) >= 1) return [];
  const [right, up, out] = axes(angles(direction));
  const radius = Math.sqrt(1 - height * height);
  return Array.from({ length: count + 1 }, (_, i) => {
    const [x, y] = pointing([(360 * i) / count], radius);
    return right.map((_, d) => x * right[d] + y * up[d] + height * out[d]);
  });
}

/** The faces of the hull of some points, as triples of their numbers. */
export function hull(points) {
  const faces = [];
  const minus = (a, b) => a.map((x, i) => x - b[i]);
  for (let i = 0; i < points.length; i++)
    for (let j = i + 1; j < points.length; j++)
      for (let k = j + 1; k < points.length; k++) {
        const out = cross(minus(points[j], points[i]), minus(points[k], points[i]));
        const sides = points.map((p) => minus(p, points[i]).reduce((s, x, d) => s + x * out[d], 0));
        if (sides.every((s) => s < 1e-9) || sides.every((s) => s > -1e-9)) faces.push([i, j, k]);
      }
  return faces;
}
