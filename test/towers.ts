/**
 * Nested dual numbers on plain numbers: an oracle for derivatives of any order that shares no pass with the library. It reads the op table's formulas, and states for itself what a choice is:
 * the operand that was taken, with all its derivatives; both halves at a tie; a constant where a number was taken.
 */
import { type Expr, parseExpr } from "../src/ops/expr.js";
import { type Op, ops } from "../src/ops/ops.js";

/** A number, or one with a derivative along the direction of its level; both may be towers of lower levels. */
export type Tower = number | { readonly level: number; readonly x: Tower; readonly dot: Tower };

/** A scalar or the lanes of a vector. */
type Lanes = Tower | readonly Tower[];

const table = new Map<string, Op>(ops.map((op: Op) => [op.name, op]));
const partials = new Map<string, readonly Expr[]>(ops.map((op: Op) => [op.name, op.partials.map(parseExpr)]));

const levelOf = (x: Tower): number => (typeof x === "number" ? 0 : x.level);

/** The number at the foot of a tower. */
export function numberOf(x: Tower): number {
  while (typeof x !== "number") x = x.x;
  return x;
}

/** The relative error that ops may have. */
const ERROR = 2 ** -49;

/** Which errors the results of ops have: 0 for none. */
let errors = 0;

/** What a function gives where ops of numbers have small errors, of which each seed draws others: equal results stay equal, and short binary fractions, which arithmetic has exactly, what they are. */
export function withErrors<T>(seed: number, f: () => T): T {
  errors = seed;
  try {
    return f();
  } finally {
    errors = 0;
  }
}

const bits = new Float64Array(1);
const halves = new Uint32Array(bits.buffer);

/** A number between −1 and 1 that is drawn by another. */
function drawn(x: number): number {
  bits[0] = x;
  let hash = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(errors, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) / 2 ** 31;
}

const off = (x: number): number => (errors === 0 || !Number.isFinite(x) || Number.isInteger(1024 * x) ? x : x * (1 + ERROR * drawn(x)));

/** What a choice took: of numbers, the operands by index, none where it took a number of its own or met a NaN. */
const taken: Readonly<Record<string, (a: number, b: number, c: number) => readonly number[]>> = {
  where: (a) => [a !== 0 ? 1 : 2],
  relu: (a) => (a > 0 ? [0] : []),
  maximum: (a, b) => (a > b ? [0] : b > a ? [1] : a === b ? [0, 1] : []),
  minimum: (a, b) => (a < b ? [0] : b < a ? [1] : a === b ? [0, 1] : []),
  clip: (a, b, c) => (a >= b && a <= c ? [0] : a < b && b <= c ? [1] : Math.max(a, b) > c ? [2] : []),
};

/** The mean of towers that are all the same number. */
function shared(winners: readonly Tower[], value: number): Tower {
  if (winners.length === 0) return value;
  if (winners.length === 1) return winners[0]!;
  const total = winners.reduce((x, y) => apply("add", x, y));
  return withNumber(apply("div", total, winners.length), value);
}

/** A tower on another foot. */
const withNumber = (x: Tower, value: number): Tower =>
  typeof x === "number" ? value : { level: x.level, x: withNumber(x.x, value), dot: x.dot };

function formula(expr: Expr, at: Readonly<Record<string, Tower>>): Tower {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") return at[expr]!;
  return apply(expr.op, ...expr.args.map((arg) => formula(arg, at)));
}

/** An op of towers. */
export function apply(name: string, ...operands: readonly Tower[]): Tower {
  const op = table.get(name)!;
  const numbers = operands.map(numberOf) as [number, number, number];
  if (taken[name])
    return shared(
      taken[name](...numbers).map((k) => operands[k]!),
      op.value(...numbers),
    );
  const level = Math.max(...operands.map(levelOf));
  if (level === 0) return off(op.value(...numbers));
  const at: Record<string, Tower> = {};
  operands.forEach((operand, k) => (at["abc"[k]!] = typeof operand !== "number" && operand.level === level ? operand.x : operand));
  const v = (at.v = apply(name, ...operands.map((_, k) => at["abc"[k]!]!)));
  let dot: Tower | undefined;
  for (const [k, partial] of partials.get(name)!.entries()) {
    const operand = operands[k]!;
    if (partial === 0 || typeof operand === "number" || operand.level !== level) continue;
    const share = partial === 1 ? operand.dot : apply("mul", operand.dot, formula(partial, at));
    dot = dot === undefined ? share : apply("add", dot, share);
  }
  return dot === undefined ? v : { level, x: v, dot };
}

const lanesOf = (x: Lanes): readonly Tower[] => (Array.isArray(x) ? (x as readonly Tower[]) : [x as Tower]);

/** An op lane by lane; a scalar serves every lane. */
function lanewise(name: string, operands: readonly Lanes[]): Lanes {
  const vector = operands.find((operand) => Array.isArray(operand)) as readonly Tower[] | undefined;
  if (!vector) return apply(name, ...(operands as readonly Tower[]));
  return vector.map((_, i) => apply(name, ...operands.map((operand) => (Array.isArray(operand) ? (operand as Tower[])[i]! : operand as Tower)))); // prettier-ignore
}

const total = (x: readonly Tower[]): Tower => x.reduce((sum, term) => apply("add", sum, term));

/** The greatest (sign 1) or least of numbers, a NaN before all, with the mean derivative of those that tie. */
function extreme(x: readonly Tower[], sign: 1 | -1): Tower {
  const numbers = x.map(numberOf);
  const best = sign > 0 ? Math.max(...numbers) : Math.min(...numbers);
  return shared(
    x.filter((_, i) => numbers[i] === best),
    best,
  );
}

/** The first lane that holds the greatest or least number. */
function arg(x: readonly Tower[], sign: 1 | -1): number {
  const numbers = x.map(numberOf);
  const nan = numbers.findIndex((value) => Number.isNaN(value));
  return nan >= 0 ? nan : numbers.indexOf(sign > 0 ? Math.max(...numbers) : Math.min(...numbers));
}

/** The functions of whole vectors. */
const vectors = {
  sum: (x: Lanes) => total(lanesOf(x)),
  mean: (x: Lanes) => apply("div", total(lanesOf(x)), lanesOf(x).length),
  dot: (x: Lanes, y: Lanes) => total(lanesOf(lanewise("mul", [x, y]))),
  max: (x: Lanes) => extreme(lanesOf(x), 1),
  min: (x: Lanes) => extreme(lanesOf(x), -1),
  argmax: (x: Lanes) => arg(lanesOf(x), 1),
  argmin: (x: Lanes) => arg(lanesOf(x), -1),
  at: (x: Lanes, i: number) => lanesOf(x).at(i)!,
  slice: (x: Lanes, start: number, end?: number) => lanesOf(x).slice(start, end),
  concat: (parts: readonly Lanes[]) => parts.flatMap(lanesOf),
  take: (x: Lanes, indices: Int32Array) => Array.from(indices, (i) => lanesOf(x)[i]!),
  segmentSum: (x: Lanes, indices: Int32Array, count: number) =>
    Array.from({ length: count }, (_, j) => lanesOf(x).filter((_, i) => indices[i] === j)).map((terms) =>
      terms.length ? total(terms) : 0,
    ),
  cumsum: (x: Lanes) => lanesOf(x).map((_, i) => total(lanesOf(x).slice(0, i + 1))),
  reverse: (x: Lanes) => [...lanesOf(x)].reverse(),
  broadcast: (x: Lanes, count: number) => Array<Tower>(count).fill(x as Tower),
};

/** The library's functions on towers. */
export const towers: Readonly<Record<string, (...operands: never[]) => Lanes>> = {
  ...Object.fromEntries([...table.keys()].map((name) => [name, (...operands: Lanes[]) => lanewise(name, operands)])),
  ...vectors,
};

let levels = 0;

/** The derivative of a function of numbers along a direction: of each result. */
export function along(f: (x: readonly Tower[]) => readonly Tower[], x: readonly Tower[], direction: readonly Tower[]): Tower[] {
  const level = ++levels;
  const results = f(x.map((x, i) => ({ level, x, dot: direction[i]! })));
  levels--;
  return results.map((y) => (typeof y !== "number" && y.level === level ? y.dot : 0));
}
