/** How far numbers are apart, how they are drawn, and derivatives by differences. */

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The place of a double among all doubles, in order. */
function place(x: number): bigint {
  double[0] = x;
  const raw = bits[0]!;
  return raw < 0n ? -(raw & 0x7fffffffffffffffn) : raw;
}

/** How many doubles lie from x to y; ∞ where one alone is NaN, and between 0 and −0, which ops must tell apart. */
export function ulps(x: number, y: number): number {
  if (Object.is(x, y)) return 0;
  if (Number.isNaN(x) || Number.isNaN(y) || x === y) return Infinity;
  const distance = place(x) - place(y);
  return Number(distance < 0n ? -distance : distance);
}

/** |x − y| / max(1, |x|, |y|), 0 where they are the same, ∞ where only one is a finite number. */
export function apart(x: number, y: number): number {
  if (Object.is(x, y) || x === y) return 0;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Infinity;
  return Math.abs(x - y) / Math.max(1, Math.abs(x), Math.abs(y));
}

/** `count` points spread evenly over a box: the sequence of the plastic numbers (Roberts 2018), the same each time. */
export function spread(box: readonly (readonly [number, number])[], count: number): number[][] {
  let root = 2;
  for (let i = 0; i < 60; i++) root = Math.pow(1 + root, 1 / (box.length + 1));
  return Array.from({ length: count }, (_, i) =>
    box.map(([low, high], k) => low + (high - low) * ((0.5 + (i + 1) * root ** -(k + 1)) % 1)),
  );
}

/** Every choice of `count` numbers from a list. */
export function combinations(list: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return combinations(list, count - 1).flatMap((rest) => list.map((x) => [...rest, x]));
}

/** f′(x) by central differences of three steps, extrapolated (Richardson): about ten digits for smooth f. */
export function derivative(f: (x: number) => number, x: number, step = 1e-3 * Math.max(0.1, Math.abs(x))): number {
  const difference = (h: number): number => (f(x + h) - f(x - h)) / (x + h - (x - h));
  const [d1, d2, d4] = [difference(step), difference(step / 2), difference(step / 4)];
  const [e1, e2] = [d2 + (d2 - d1) / 3, d4 + (d4 - d2) / 3];
  return e2 + (e2 - e1) / 15;
}

/** `count` numbers between low and high that look random and are the same each time. */
export function scattered(count: number, low: number, high: number, seed = 1): number[] {
  return Array.from(
    { length: count },
    (_, i) => low + (high - low) * ((((i + 1) * 0.6180339887498949 + seed * 0.7548776662466927) * (1 + ((i * seed) % 7))) % 1),
  );
}
