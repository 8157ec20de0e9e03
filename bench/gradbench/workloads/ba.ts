/** Bundles of more and more observations: the sizes of "Bundle Adjustment in the Large" that ADBench numbers from 1. */
import { randomSource } from "../../../src/data/random.js";
import { type Bundle } from "../modules/ba.js";
import { type Workload } from "./workload.js";

/** Cameras, points and observations. */
const sizes: readonly (readonly [n: number, m: number, p: number])[] = [
  [49, 7776, 31843],
  [21, 11315, 36455],
  [161, 48126, 182072],
  [372, 47423, 204472],
  [257, 65132, 225911],
  [539, 65220, 277273],
  [93, 61203, 287451],
  [88, 64298, 383937],
  [810, 88814, 393775],
  [1197, 126327, 563734],
  [1723, 156502, 678718],
  [253, 163691, 899155],
  [245, 198739, 1091386],
  [356, 226730, 1255268],
];

export function baInput(n: number, m: number, p: number): Bundle {
  const uniform = randomSource(n);
  const numbers = (count: number): number[] => Array.from({ length: count }, uniform);
  return { n, m, p, cam: numbers(11), x: numbers(3), w: uniform(), feat: numbers(2) };
}

const times = (count: number, numbers: readonly number[]): number[] => Array.from({ length: count }, () => numbers).flat();

export const baWorkloads: readonly Workload[] = sizes.map(([n, m, p], i) => ({
  module: "ba",
  size: `ba${i + 1}, p ${p}`,
  functions: { primal: "objective", derivative: "jacobian" },
  input: () => baInput(n, m, p),
  numbers: 700 * p,
  inC: ({ cam, x, w, feat }: Bundle) => ({
    program: "ba",
    sizes: [n, m, p],
    inputs: Float64Array.from([times(n, cam), times(m, x), times(p, [w]), times(p, feat)].flat()),
    count: 31 * p,
    order: ({ vals }: { vals: readonly number[] }) => vals.map((number, i) => [i < 30 ? i : 31 * p - 1, number]),
  }),
}));
