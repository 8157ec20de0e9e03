/** What is wrong in a function is said in the same words in every nesting of the modes, but for the name of the transform that was called, to third order, while it is recorded and while it runs. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { type HostOp } from "wengert";
import { type Op } from "../src/ops/ops.js";
import { compiled, engines } from "./engines.js";
import { type Functions, type Operand, publicOps } from "./guarded.js";
import { nested, nestingsOf, type Traced } from "./nestings.js";

const nestings = [1, 2, 3].flatMap(nestingsOf);

const functions = wengert as unknown as Functions;

const call = (name: string, ...operands: readonly Operand[]): Operand =>
  (functions[name] as (...operands: readonly Operand[]) => Operand)(...operands);

/** A vector of the first numbers. */
const first = (x: readonly Operand[], count: number): Operand => call("concat", x.slice(0, count));

/** A function of numbers and lane numbers, in which something is wrong. */
type Wrong = (x: readonly Operand[], lanes: Operand) => Operand;

/** What is no operand of any op. */
const strange = ["1", undefined, null, {}, true, Math.sin, Int32Array.of(1), 3n, new Date(0)];

/** Operands that an op does not take. */
const operandsOf = ({ name, partials }: Op): Wrong[] => [
  ...partials.flatMap((_, k) =>
    strange.map(
      (operand): Wrong =>
        (x) =>
          call(name, ...partials.map((_, i) => (i === k ? operand : x[i]))),
    ),
  ),
  (x) => call(name, ...x.slice(0, partials.length), 0.5),
  (x) => call(name, ...x.slice(1, partials.length)),
  ...(partials.length > 1 ? [(x: readonly Operand[]) => call(name, first(x, 2), ...partials.slice(1).map(() => first(x, 3)))] : []),
];

/** Mistakes that are found while a function is recorded, by what they are of. */
const recorded: readonly (readonly [string, readonly Wrong[]])[] = [
  ...publicOps.map((op) => [op.name, operandsOf(op)] as const),
  [
    "vectors",
    [
      (x) => call("at", first(x, 3), 3),
      (x) => call("sum", call("slice", first(x, 3), 2, 5)),
      (x) => call("sum", call("take", first(x, 3), Int32Array.of(3))),
      (x) => call("sum", call("take", first(x, 3), [0])),
      (x) => call("sum", call("segmentSum", first(x, 3), Int32Array.of(0, 1), 2)),
      (x) => call("dot", first(x, 3), first(x, 2)),
      (x) => call("broadcast", first(x, 3), 2),
      (x) => call("sum", x[0]),
      () => call("concat", []),
      () => call("max", []),
    ],
  ],
  ["a truth that nothing uses", [(x) => (call("lt", x[0], 1), x[0])]],
  [
    "a function that throws",
    [
      () => {
        throw new RangeError("expected luck");
      },
    ],
  ],
];

/** A host function with this value, and partials to third order. */
function host(value: () => unknown): (x: Operand) => Operand {
  const one = (order: number): object => ({ name: "one", value: () => 1, ...(order > 0 ? { partials: [one(order - 1)] } : {}) });
  return wengert.hostOp({ name: "host", value, partials: [one(2)] } as unknown as HostOp) as (x: Operand) => Operand;
}

const failing = host(() => {
  throw new RangeError("expected luck");
});

const vague = host(() => "7");

/** Mistakes that are found while a function runs. */
const running: readonly (readonly [string, Wrong])[] = [
  ["take of a lane that there is not", (x, lanes) => call("sum", call("exp", call("take", first(x, 3), lanes)))],
  ["segmentSum into a lane that there is not", (x, lanes) => call("sum", call("exp", call("segmentSum", first(x, 2), lanes, 3)))],
  ["a host function that throws", (x) => call("exp", failing(x[0]))],
  ["a host function that gives no number", (x) => call("exp", vague(x[0]))],
];

/** What is thrown where a function is compiled in a nesting and run, without the name of the transform that was called; "" where nothing is. */
function thrown(nesting: string, wrong: Wrong, engine: wengert.EngineName): string {
  try {
    const f = (x: readonly wengert.Value[], lanes: Operand): unknown => nested(nesting, ((x) => [wrong(x, lanes)]) as Traced)(x);
    compiled(f, [[0.5, 0.25, 2, 1.25], Int32Array.of(0, 5)], engine)([0.5, 0.25, 2, 1.25], Int32Array.of(0, 5));
    return "";
  } catch (error) {
    return String(error).replace(/: (compile|directional|grad): /, ": ");
  }
}

test.each(recorded)("%s", (_, mistakes) => {
  for (const wrong of mistakes) {
    const plain = thrown("", wrong, "kernel");
    expect(plain).toMatch(/^(Type|Range)Error: .*(expected|never used)/);
    for (const nesting of nestings) expect(thrown(nesting, wrong, "kernel"), nesting).toBe(plain);
  }
});

describe.each(engines)("%s", (engine) => {
  test.each(running)("%s", (_, wrong) => {
    const plain = thrown("", wrong, "kernel");
    expect(plain).toMatch(/^(Type|Range)Error: .*expected/);
    for (const nesting of ["", ...nestings]) expect(thrown(nesting, wrong, engine), nesting).toBe(plain);
  });
});
