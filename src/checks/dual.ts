/** Dual numbers: forward mode on plain numbers, one op at a time, without a graph. */
import { describe } from "../errors.js";
import { evaluate } from "../ops/generated/evaluate.js";
import type * as math from "../trace/generated/math.js";
import { rules } from "../passes/generated/rules.js";
import { arity, choice, internal, opCount, opNames } from "../ops/generated/table.js";
import { surplus } from "../data/operands.js";

/** A tangent: one number, or one a direction. */
export type Tangent = number | Float64Array;

/** A number with its derivative along a direction, or along several: x + xDot ε, where ε² = 0. */
class DualNumber<T extends Tangent> {
  constructor(
    /** The value. */
    readonly x: number,
    /** The derivative. */
    readonly xDot: T,
    /** @internal Whether it depends on a direction at this point: on the paths that were chosen. What does not is a constant. */
    readonly depends = true,
  ) {}

  toString(): string {
    const { x, xDot } = this;
    return typeof xDot === "number" ? `${x} + ${xDot}ε` : `${x} + [${xDot.join(", ")}]ε`;
  }

  /** @internal */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(`Dual: expected a number, got the dual number ${this.toString()}. Use its methods or \`duals\`, and .x to compare`);
  }
}

/** The ops' names. */
type OpName = keyof typeof math;

/** What an op of dual numbers accepts: numbers are constants. */
type Operand<T extends Tangent> = number | Dual<T>;

/** The operands of an op after the first. */
type Others<K extends OpName, T extends Tangent> = Parameters<(typeof math)[K]>["length"] extends 1
  ? []
  : Parameters<(typeof math)[K]>["length"] extends 2
    ? [b: Operand<T>]
    : [b: Operand<T>, c: Operand<T>];

/** A dual number: a value `x` and its derivative `xDot`, with every elementwise op as a method, whose first operand it is. */
export type Dual<T extends Tangent = number> = DualNumber<T> & { readonly [K in OpName]: (...others: Others<K, T>) => Dual<T> };

/** How rules evaluate: their rows are numbers here. */
const number = (op: number, a: number, b = 0, c = 0): number => evaluate(op, a, b, c);
const itself = (x: number): number => x;

/** A tangent, by a function of its numbers; `more` is added to it. */
function combined(slope: (xDot: number) => number, xDot: Tangent, more: Tangent | undefined, name: string): Tangent {
  if (typeof xDot === "number" && typeof more !== "object") return slope(xDot) + (more ?? 0);
  if (typeof xDot === "number" || typeof more === "number" || (more && more.length !== xDot.length)) {
    const count = (tangent: Tangent): number => (typeof tangent === "number" ? 1 : tangent.length);
    throw new RangeError(`${name}: expected dual numbers of as many directions, got ${count(more!)} and ${count(xDot)}`);
  }
  return xDot.map((lane, i) => slope(lane) + (more?.[i] ?? 0));
}

/** The slope by which an operand's tangent enters; undefined where none does, as where a choice took another. */
function slopeOf(op: number, k: number, operands: readonly number[], v: number): ((xDot: number) => number) | undefined {
  const rule = rules[op]![k]!;
  if (rule === 0) return undefined;
  if (typeof rule === "number") return (xDot) => rule * xDot;
  const [a, b, c] = operands as [number, number, number];
  const partial = rule.rows(number, itself, a, b, c, v);
  if (choice[op] === 1 && partial === 0) return undefined;
  return partial === 1 ? itself : (xDot) => xDot * partial;
}

/** Applies an op: its value, and Σ ∂v/∂operand · tangent by the op table's rules. */
function apply(op: number, operands: readonly unknown[]): DualNumber<Tangent> {
  const name = opNames[op]!;
  const count = arity[op]!;
  if (operands.length > count) surplus(name, operands.slice(0, count), operands.slice(count));
  const values = Array.from({ length: count }, (_, k) => {
    const operand = operands[k];
    if (typeof operand === "number") return operand;
    if (operand instanceof DualNumber) return operand.x;
    throw new TypeError(`${name}: expected a number or a dual number, got ${describe(operand)}`);
  });
  const v = evaluate(op, values[0]!, values[1]!, values[2]!);
  let total: Tangent | undefined;
  let none: Tangent = 0;
  for (const k of values.keys()) {
    const operand = operands[k];
    if (!(operand instanceof DualNumber)) continue;
    const { xDot, depends } = operand as DualNumber<Tangent>;
    const slope = depends ? slopeOf(op, k, values, v) : undefined;
    if (slope) total = combined(slope, xDot, total, name);
    else none = typeof xDot === "number" ? 0 : new Float64Array(xDot.length);
  }
  return new DualNumber(v, total ?? none, total !== undefined);
}

const functions = opNames
  .slice(0, opCount)
  .flatMap((name, op) => (internal[op] ? [] : [[name, (...operands: unknown[]) => apply(op, operands)] as const]));

for (const [name, apply] of functions)
  Object.defineProperty(DualNumber.prototype, name, {
    value(this: DualNumber<Tangent>, ...others: unknown[]) {
      return apply(this, ...others);
    },
  });

/**
 * A dual number, the simplest way to differentiate: `dual(2, 1).mul(3).sin()` has the value sin(6) and the derivative 3 cos(6). Nothing is recorded, so loops and branches on `.x` are ordinary code.
 * With a Float64Array for `xDot`, derivatives along several directions are carried side by side; numbers are constants. For derivatives of derivatives, see `grad`.
 */
export function dual(x: number, xDot: number): Dual;
export function dual(x: number, xDot: Float64Array): Dual<Float64Array>;
export function dual(x: unknown, xDot: unknown, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("dual", [x, xDot], more);
  if (typeof x !== "number" || !(typeof xDot === "number" || xDot instanceof Float64Array))
    throw new TypeError(`dual: expected a number and a number or Float64Array of tangents, got ${describe(x)} and ${describe(xDot)}`);
  return new DualNumber(x, xDot);
}

/** The elementwise ops as functions of dual numbers and numbers: `duals.pow(2, x)`, `duals.where(duals.lt(x, 0), y, z)`. */
export const duals = Object.fromEntries(functions) as unknown as {
  readonly [K in OpName]: <T extends Tangent = number>(a: Operand<T>, ...others: Others<K, T>) => Dual<T>;
};
