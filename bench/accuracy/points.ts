// Points at which a function is tried: special values, every exponent, ordinary ranges and the neighbourhoods of hard spots.
import type { Domain } from "./domains.js";

export interface Points {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly isPair: boolean;
}

const least = 5e-324;
const leastNormal = 2 ** -1022;
const magnitudes = [
  0,
  0.5,
  1,
  1.5,
  2,
  3,
  4,
  least,
  leastNormal - least,
  leastNormal,
  1e-8,
  1 - 2 ** -53,
  1 + 2 ** -52,
  1e8,
  2 ** 53,
  1e100,
  Number.MAX_VALUE,
  Infinity,
];
const specials = [...magnitudes.flatMap((x) => [x, -x]), NaN];

/** Numbers in [0, 1) that are the same in every run (Marsaglia's xorshift). */
function makeRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * `count` points: the share `wild` of them random bits, the rest from the domain's ranges and hard spots, and all special values first if
 * there are wild ones.
 */
export function makePoints(domain: Pick<Domain, "ranges" | "hard" | "order">, operands: 1 | 2, count: number, wild: number): Points {
  const random = makeRandom();
  const bits = new DataView(new ArrayBuffer(8));
  const anything = () => {
    bits.setUint32(0, random() * 2 ** 32);
    bits.setUint32(4, random() * 2 ** 32);
    return bits.getFloat64(0);
  };
  const between = (low: number, high: number) => low + (high - low) * (random() + random() * 2 ** -32);
  const near = (x: number) => {
    const size = Math.abs(x) || 1;
    return x + (random() < 0.5 ? -size : size) * 2 ** (-1 - 52 * random());
  };
  const firstOf = (x: number) => (domain.order ? Math.floor(Math.abs(x)) : x);
  const pairs: [number, number][] = [];
  if (wild && operands === 1) for (const x of specials) pairs.push([x, 0]);
  if (wild && operands === 2)
    for (const x of specials) for (const y of specials) pairs.push(domain.order ? [Math.floor(5 * random()), Math.abs(y)] : [x, y]);
  for (const x of (wild && domain.hard) || []) pairs.push([x, x]);
  while (pairs.length < count) {
    const kind = random();
    const [low, high, low2 = low, high2 = high] = domain.ranges[Math.floor(random() * domain.ranges.length)] ?? [0, 1];
    if (kind < wild) pairs.push(domain.order ? [Math.floor(5 * random()), Math.abs(anything())] : [anything(), anything()]);
    else if (kind < 1.5 * wild && domain.hard) {
      const spot = domain.hard[Math.floor(random() * domain.hard.length)] ?? 0;
      pairs.push([near(spot), operands === 2 && random() < 0.5 ? between(low2, high2) : near(spot)]);
    } else pairs.push([firstOf(between(low, high)), between(low2, high2)]);
  }
  return { a: Float64Array.from(pairs, ([x]) => x), b: Float64Array.from(pairs, ([, y]) => y), isPair: operands === 2 };
}
