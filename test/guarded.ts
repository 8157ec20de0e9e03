/** Uses of an op behind and before choices, at points where it is ordinary, singular or not a number: what the derivative tables loop over. */
import { type Op, ops } from "../src/ops/ops.js";

/** An operand in the library, or of towers. */
export type Operand = unknown;

/** The functions of the library, or of towers, by name. */
export type Functions = Readonly<Record<string, (...operands: never[]) => Operand>>;

/** A use of an op: a function of four numbers, and of data, that is given the functions it calls. */
export interface Use {
  readonly name: string;
  readonly f: (functions: Functions, x: readonly Operand[], data: readonly Operand[]) => Operand;
  /** Where it is differentiated. */
  readonly at: readonly number[];
  /** Numbers that are arguments, but not differentiated. */
  readonly data: readonly number[];
}

/** The ops that users call. */
export const publicOps: readonly Op[] = (ops as readonly Op[]).filter(({ internal }) => !internal);

/** How many numbers a use is a function of: up to three operands, and a factor. */
export const NUMBERS = 4;

/** How many data it has: up to three operands, and a condition that is false. */
export const DATA = 4;

/** The number of calls: any function on any operands. */
const call = (functions: Functions, name: string, ...operands: Operand[]): Operand =>
  (functions[name] as (...operands: Operand[]) => Operand)(...operands);

/** What an operand is: a variable, a number, or an argument that is not differentiated. */
const kinds: readonly (readonly string[][])[] = [
  [],
  [["variable"]],
  [
    ["variable", "variable"],
    ["variable", "constant"],
    ["variable", "data"],
    ["constant", "variable"],
    ["data", "variable"],
  ],
  [
    ["variable", "variable", "variable"],
    ["variable", "constant", "constant"],
    ["variable", "data", "data"],
    ["constant", "variable", "data"],
    ["data", "constant", "variable"],
  ],
];

const wild = [0, NaN, -1, Infinity, 1, 800, -Infinity];

/** Points: an ordinary one, then each operand wild in turn, then all. */
function pointsOf(op: Op): number[][] {
  const middle = op.probe.map(([from, to]) => from + 0.618 * (to - from));
  const each = wild.flatMap((value) => middle.map((_, k) => middle.map((x, i) => (i === k ? value : x))));
  const all = middle.length > 1 ? wild.map((value) => middle.map(() => value)) : [];
  return [middle, ...each, ...all];
}

/** How an op is used. `operands` are those of the kinds asked for; `off` is data that is 0. */
type Guard = (functions: Functions, op: string, operands: readonly Operand[], at: readonly number[], off: Operand) => Operand;

/** Choices of what the op gives, and of what it takes. */
const guards: Readonly<Record<string, Guard>> = {
  plain: (f, op, x) => call(f, op, ...x),
  "where does not take it": (f, op, x, _, off) => call(f, "where", off, call(f, op, ...x), 0.5),
  "where takes it": (f, op, x, _, off) => call(f, "where", off, 0.5, call(f, op, ...x)),
  "where it is a number": (f, op, x) => {
    const v = call(f, op, ...x);
    return call(f, "where", call(f, "lt", call(f, "abs", v), Infinity), v, 0.5);
  },
  "relu of it": (f, op, x) => call(f, "relu", call(f, op, ...x)),
  "clip of it": (f, op, x) => call(f, "clip", call(f, op, ...x), -5, 5),
  "maximum of it": (f, op, x) => call(f, "maximum", call(f, op, ...x), -5),
  "minimum of it": (f, op, x) => call(f, "minimum", 5, call(f, op, ...x)),
  "max of it": (f, op, x) => call(f, "max", [call(f, op, ...x), -5]),
  "min of it": (f, op, x) => call(f, "min", [5, call(f, op, ...x)]),
  "stopped": (f, op, x) => call(f, "stopGradient", call(f, op, ...x)),
  "where before": (f, op, x, at, off) => call(f, op, ...x.map((x, k) => call(f, "where", off, x, at[k]!))),
  "maximum before": (f, op, x, at) => call(f, op, ...x.map((x, k) => call(f, "maximum", call(f, "sub", x, 1), at[k]!))),
  "minimum before": (f, op, x, at) => call(f, op, ...x.map((x, k) => call(f, "minimum", call(f, "add", x, 1), at[k]!))),
  "clip before": (f, op, x, at) => call(f, op, ...x.map((x, k) => call(f, "clip", call(f, "sub", x, 1), at[k]!, 9))),
  "max before": (f, op, x, at) => call(f, op, ...x.map((x, k) => call(f, "max", [call(f, "sub", x, 1), at[k]!]))),
  "relu before": (f, op, x) => call(f, op, ...x.map((x) => call(f, "relu", call(f, "sub", x, 900)))),
}; // prettier-ignore

/** All uses of an op: every guard × every kind of operands × every point. */
export function usesOf(op: Op): Use[] {
  const arity = op.partials.length;
  return Object.entries(guards).flatMap(([guard, use]) =>
    kinds[arity]!.flatMap((given) =>
      pointsOf(op).map((point): Use => {
        const pad = (values: readonly number[], last: number): number[] => [...values, ...Array<number>(3 - arity).fill(0.5), last];
        return {
          name: `${guard}: ${op.name}(${given.map((kind, k) => `${kind} ${point[k]}`).join(", ")})`,
          at: pad(point, 1.25),
          data: pad(point, 0),
          f: (functions, x, data) => {
            const operands = given.map((kind, k) => (kind === "variable" ? x[k] : kind === "constant" ? point[k] : data[k]));
            const v = use(functions, op.name, operands, point, data[DATA - 1]);
            return call(functions, "mul", call(functions, "sin", v), x[NUMBERS - 1]);
          },
        };
      }),
    ),
  );
}
