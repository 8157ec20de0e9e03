// Where each function of assembly/math is tried: ordinary ranges, and the points where it is hardest.

/** Points are drawn evenly from [low, high] of the first operand and, where there are two, of the second. */
export type Range = readonly [low: number, high: number, low2?: number, high2?: number];

export interface Domain {
  /** The first one is what the function is timed on. */
  readonly ranges: readonly Range[];
  /** Points about which neighbours are tried, at distances from one ulp to a half. */
  readonly hard?: readonly number[];
  /** The true values below which the error is counted in units of 2^−53 of this, since the function has zeros no double hits. */
  readonly absoluteBelow?: number;
  /** Its first operand is a small integer, and the other is not tried below 0, where the function is a difference of larger terms. */
  readonly order?: true;
}

const everywhere: Range = [-30, 30];
const nearZero: Range = [-0.5, 0.5];
const pair = (low: number, high: number): Range => [low, high, low, high];
const quarterTurns = [1, 2, 3, 4, 5, 100, 1000, 1e5, 1e8, 1e15].map((n) => (n * Math.PI) / 2);

export const domains: Readonly<Record<string, Domain>> = {
  exp: { ranges: [everywhere, [-745.2, 709.8], nearZero], hard: [0, 709.782712893384, -708.4, -745.1332191019412] },
  expm1: { ranges: [everywhere, [-745, 709.8], nearZero, [-0.02, 0.02]], hard: [0, 709.782712893384, -37] },
  log: {
    ranges: [
      [0, 1e3],
      [0.5, 2],
      [0.98, 1.02],
    ],
    hard: [0.9947916667, 1, 1.00520833, 2 ** -1022],
  },
  log1p: {
    ranges: [
      [-1, 1e3],
      [-1, 1],
      [-0.02, 0.02],
    ],
    hard: [-1, -0.0052083, 0, 0.0052083],
  },
  log2: {
    ranges: [
      [0, 1e3],
      [0.5, 2],
      [0.98, 1.02],
    ],
    hard: [0.9947916667, 1, 2, 1024],
  },
  log10: {
    ranges: [
      [0, 1e3],
      [0.5, 2],
      [0.98, 1.02],
    ],
    hard: [0.9947916667, 1, 10, 1000, 1e15],
  },
  pow: {
    ranges: [
      [0, 10, -50, 50],
      [0.5, 2, -1000, 1000],
      [0.99, 1.01, -7e4, 7e4],
      [-5, 5, -8, 8],
      [0, 1e300, -1, 1],
    ],
    hard: [0, 1, -1],
  },
  cbrt: {
    ranges: [
      [-1e3, 1e3],
      [0.5, 8],
    ],
    hard: [0, 1, 8, 2 ** -1022],
  },
  hypot: { ranges: [pair(-10, 10), pair(-1e-300, 1e-300), pair(1e300, 1.7e308), [-1, 1, -1e-8, 1e-8]] },
  sinh: { ranges: [everywhere, [-710.5, 710.5], nearZero], hard: [0, 22, 708, 710.4758600739439] },
  cosh: { ranges: [everywhere, [-710.5, 710.5], nearZero], hard: [0, 22, 708, 710.4758600739439] },
  tanh: { ranges: [everywhere, [-2, 2], nearZero], hard: [0, 22, 18.7] },
  tanhSlope: { ranges: [everywhere, [-373, 373], nearZero], hard: [0, 354, 372.5] },
  asinh: { ranges: [[-1e3, 1e3], [-2, 2], nearZero], hard: [0, 2 ** 28] },
  acosh: {
    ranges: [
      [1, 1e3],
      [1, 2],
      [1, 1.01],
    ],
    hard: [1, 2 ** 28],
  },
  atanh: { ranges: [[-1, 1], nearZero], hard: [-1, 0, 1] },
  sigmoid: { ranges: [everywhere, [-746, 40], nearZero], hard: [0, -708, -745.1] },
  sigmoidSlope: { ranges: [everywhere, [-746, 746], nearZero], hard: [0, 708, 745.1] },
  softplus: { ranges: [everywhere, [-746, 100], nearZero], hard: [0, -708, -745.1] },
  sin: { ranges: [everywhere, [-1e5, 1e5], [-0.8, 0.8]], hard: [0, ...quarterTurns] },
  cos: { ranges: [everywhere, [-1e5, 1e5], [-0.8, 0.8]], hard: [0, ...quarterTurns] },
  tan: { ranges: [everywhere, [-1e5, 1e5], [-0.8, 0.8]], hard: [0, ...quarterTurns] },
  asin: { ranges: [[-1, 1], nearZero], hard: [-1, -0.5, 0, 0.5, 1] },
  acos: { ranges: [[-1, 1], nearZero], hard: [-1, -0.5, 0, 0.5, 1] },
  atan: { ranges: [everywhere, [-2, 2], nearZero], hard: [0, 1] },
  atan2: { ranges: [pair(-10, 10), [-1, 1, -1e-8, 1e-8], [-1e-8, 1e-8, -1, 1], pair(-1e300, 1e300)], hard: [0, 1] },
  erf: { ranges: [[-6, 6], nearZero], hard: [0, 0.84375, 1.25, 6] },
  erfc: { ranges: [[-6, 27.3], [-1, 3], nearZero], hard: [0, 0.84375, 1.25, 26.5, 27.2] },
  erfSlope: { ranges: [[-27.3, 27.3], [-3, 3], nearZero], hard: [0, 26.6, 27.2] },
  erfcx: { ranges: [[-26.6, 40], [-1, 3], nearZero], hard: [0, -0.8, 0.8, 28, -26.6] },
  normPdf: { ranges: [[-38.5, 38.5], [-3, 3], nearZero], hard: [0, 37.6] },
  normCdf: { ranges: [[-38.5, 9], [-1.2, 3], nearZero], hard: [0, -1.13, 1.13, -37.6] },
  normQuantile: {
    ranges: [
      [0, 1],
      [0, 0.1],
      [0.49, 0.51],
    ],
    hard: [0, 0.075, 0.5, 0.925, 1, 1e-300],
  },
  exprel: { ranges: [everywhere, [-745, 717], nearZero], hard: [0, 700, 716.3] },
  sinc: { ranges: [everywhere, [-1e5, 1e5], nearZero], hard: [0, 0.5, 1, 1000] },
  logAddExp: { ranges: [pair(-10, 10), pair(-700, 700), [0, 30, -30, 0]], hard: [0, 1], absoluteBelow: 0.5 },
  logAddExpSlope: { ranges: [pair(-10, 10), pair(-370, 370), [0, 30, -30, 0]], hard: [0, 1] },
  lbeta: { ranges: [[0, 20, 0, 20], [0, 2, 0, 1000], pair(0, 1e6)], hard: [1, 8, 1000], absoluteBelow: 0.5 },
  erfcxRatio: {
    ranges: [
      [1, 2, -30, 30],
      [1, 2, 0, 2],
    ],
    order: true,
  },
  exprelSlope: {
    ranges: [
      [1, 2, -30, 30],
      [1, 2, -4, 4],
    ],
    order: true,
  },
  sincSlope: {
    ranges: [
      [1, 2, 0, 30],
      [1, 2, 0, 0.5],
    ],
    order: true,
  },
  lgamma: {
    ranges: [
      [0, 200],
      [0.5, 3.5],
      [0, 1e6],
      [-20, 0],
    ],
    hard: [0, 1, 2, 3, -1, -2.457],
    absoluteBelow: 0.5,
  },
  digamma: {
    ranges: [
      [0, 200],
      [0.5, 3.5],
      [0, 1e6],
      [-20, 0],
    ],
    hard: [0, 1, 1.4616321449683622, -0.504],
    absoluteBelow: 0.5,
  },
  polygamma: {
    ranges: [
      [0, 6, 0, 50],
      [0, 6, 0, 3],
      [0, 20, 0, 200],
    ],
    order: true,
  },
  rem: { ranges: [pair(-100, 100), [-1e9, 1e9, -1, 1], pair(-1e-310, 1e-310), [-1e300, 1e300, -1e-300, 1e-300]], hard: [0, 1] },
};

/** Functions with two results, and the functions that give each of them alone. */
export const companions: Readonly<Record<string, readonly [first: string, second: string]>> = {
  tanhWithSlope: ["tanh", "tanhSlope"],
  sigmoidWithSlope: ["sigmoid", "sigmoidSlope"],
  sinCos: ["sin", "cos"],
};
