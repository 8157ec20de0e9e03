/** Comparisons that a trace cannot follow, `if (lt(x, 0))` and loops on one, are reported with their operands and their place. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  compile,
  concat,
  customJvp,
  directional,
  grad,
  gt,
  hessian,
  hostOp,
  hvp,
  jvp,
  lt,
  max,
  mul,
  record,
  sin,
  slice,
  sum,
  type Value,
  vjp,
  vmap,
  where,
} from "wengert";
import { type Mistake, refuses, vector } from "./mistakes.js";

/** The message of a comparison that nothing uses, with the place in this file where it is made. */
const unused = (comparison: string, place = " at \\S*comparisons\\.test\\.ts\\S*:\\d+:\\d+"): RegExp =>
  new RegExp(
    `^\\w+: ${comparison.replaceAll(/[.()[\]]/g, "\\$&")} was computed but never used${place}: \`if\` cannot see a traced value; use where\\(\\), or record\\(\\)$`,
  );

/** What a call throws. */
function failure(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe("a comparison that nothing uses is named with its operands and its place", () => {
  interface Parameters {
    readonly w: Value;
    readonly rates: readonly Value[];
  }
  const parameters = { w: 1, rates: [2, 3] };
  const ofParameters = (f: (p: Parameters) => Value) => () => grad(f)(parameters);
  const half = hostOp({ name: "half", value: (x) => x / 2, partials: [() => 0.5] });
  refuses([
    ["in `if`", () => grad((x: Value) => (lt(x, 1) ? x : mul(x, 2)))(2), TypeError, unused("lt(args[0], 1)")],
    ["of an object's number", ofParameters((p) => (lt(p.w, 1) ? p.w : mul(p.w, 2))), TypeError, unused("lt(args[0].w, 1)")],
    [
      "of an array's",
      ofParameters((p) => (gt(p.rates[1]!, p.w) ? p.w : mul(p.w, 2))),
      TypeError,
      unused("gt(args[0].rates[1], args[0].w)"),
    ],
    ["of what is computed", ofParameters((p) => (gt(sin(p.w), 0) ? p.w : sin(p.w))), TypeError, unused("gt(sin(args[0].w), 0)")],
    [
      "of what is computed in many steps",
      ofParameters((p) => (gt(sin(sin(sin(p.w))), 0) ? p.w : sin(p.w))),
      TypeError,
      unused("gt(sin(sin(…)), 0)"),
    ],
    ["of a host's function", ofParameters((p) => (gt(half(p.w), 0) ? p.w : sin(p.w))), TypeError, unused("gt(half(args[0].w), 0)")],
    ["of vectors", () => compile((x: Value) => (lt(x, 1) ? x : mul(x, 2)), [vector(1, 2)]), TypeError, unused("lt(args[0], 1)")],
    [
      "of a part of a vector, with a constant one",
      () => compile((x: Value) => (lt(slice(x, 1, 3), vector(0.5, 2)) ? x : mul(x, 2)), [vector(1, 2, 3)]),
      TypeError,
      unused("lt(slice(args[0], 1, 3), [0.5, 2])"),
    ],
    [
      "of a maximum",
      () => compile((x: Value) => (gt(max(x), 1) ? x : mul(x, 2)), [vector(1, 2)]),
      TypeError,
      unused("gt(max(args[0]), 1)"),
    ],
    [
      "of many at once",
      () => compile((x: Value) => (gt(concat([at(x, 0), 1, 2, 3, 4]), 1) ? x : mul(x, 2)), [vector(1, 2)]),
      TypeError,
      unused("gt(concat([at(…), 1, 2, 3, …]), 1)"),
    ],
    [
      "the first of several, after some that are used",
      () => grad((x: Value) => (lt(where(lt(x, 0), x, 1), 3) ? where(gt(x, 0), x, 1) : lt(x, 5)))(2),
      TypeError,
      unused("lt(where(lt(…), args[0], 1), 3)"),
    ],
    [
      "in a gradient inside, whose argument is another",
      () => grad((p: { x: Value }) => grad((y: Value) => (lt(y, 1) ? y : mul(y, y)))(p.x))({ x: 2 }),
      TypeError,
      unused("lt(args[0], 1)"),
    ],
    [
      "in a function whose tangent is taken",
      () => jvp((p: { x: Value }) => (lt(p.x, 1) ? p.x : mul(p.x, p.x)))([{ x: 2 }], [{ x: 1 }]),
      TypeError,
      unused("lt(args[0].x, 1)"),
    ],
    [
      "in a function of one point",
      () => vmap((p: { x: Value }) => (lt(p.x, 1) ? p.x : mul(p.x, p.x)))({ x: vector(1, 2) }),
      TypeError,
      unused("lt(args[0].x, 1)"),
    ],
  ]);
});

describe("a comparison", () => {
  const step = (x: Value): Value => gt(x, 1);
  const cases: readonly (readonly [string, () => unknown, unknown])[] = [
    ["returned", () => compile((x: Value) => lt(x, 1), [0])(0), 1],
    ["that folds to a constant", () => grad((x: Value) => (lt(1, 2) ? mul(x, 3) : x))(2), 3],
    ["returned to grad", () => grad(step)(2), 0],
    ["returned to grad of grad", () => grad(grad(step))(2), 0],
    ["returned to jvp", () => jvp(step)([0], [1]), [0, 0]],
    [
      "returned to jvp, beside another",
      () => jvp((x: Value) => [mul(x, x), lt(x, 1)])([3], [1]),
      [
        [9, 0],
        [6, 0],
      ],
    ],
    ["returned to jvp, of a vector", () => directional(step)([vector(0, 2)], [vector(1, 1)]), vector(0, 0)],
    ["returned to directional", () => directional(step)([0], [1]), 0],
    ["returned to hvp", () => hvp(step)([2], 1), 0],
    ["returned to hessian", () => hessian(step)(2), 0],
    ["returned to vjp", () => vjp(step)(2)[1](1), 0],
    ["returned to vmap", () => vmap(step)(vector(0, 2)), vector(0, 1)],
    ["returned to vmap of grad", () => vmap(grad(step))(vector(0, 2)), vector(0, 0)],
    ["returned to a gradient inside", () => grad((x: Value) => add(x, grad(step)(x)))(2), 1],
    [
      "returned to customJvp",
      () =>
        grad(
          customJvp(
            (x: Value) => gt(x, 1),
            (_, [t]) => mul(t, 5),
          ),
        )(2),
      5,
    ],
    ["read in a recording", () => record((x: Value) => (gt(x, 1).value ? x : mul(x, 2)), 2).grad(), 1],
    [
      "read later in a recording",
      () =>
        record((x: Value) => {
          const [low, high] = [lt(x, 0), gt(x, 1)];
          return low.value || high.value ? x : mul(x, 2);
        }, 0.5).grad(),
      2,
    ],
  ];
  test.each(cases)("%s is none that nothing uses", (_, run, right) => expect(run()).toEqual(right));

  refuses([
    [
      "read by `if` in a recording",
      () => record((x: Value) => (gt(x, 3) ? x : mul(x, 2)), 2),
      TypeError,
      /^record: gt\(args\[0\], 3\) was computed but never used at \S*comparisons\.test\.ts\S*: `if` cannot see a recorded value; read its number by numberOf\(\)$/,
    ],
  ]);
});

describe("a loop that never ends stops", () => {
  // Each records two million rows, once.
  const loops: readonly Mistake[] = [
    [
      "halving",
      () =>
        grad((x: Value) => {
          let y = x;
          while (gt(y, 1)) y = mul(y, 0.5);
          return y;
        })(8),
      TypeError,
      unused("gt(mul(mul(…), 0.5), 1)"),
    ],
    [
      "that changes nothing",
      () =>
        grad((x: Value) => {
          let n = 0;
          while (gt(x, n & 1)) n++;
          return mul(x, n);
        })(8),
      TypeError,
      /^grad: gt\(args\[0\], [01]\) was computed but never used at /,
    ],
    [
      "of long steps, in a gradient inside",
      () =>
        grad((x: Value) =>
          grad((z: Value) => {
            let y = z;
            while (gt(y, 1)) for (let i = 0; i < 1100; i++) y = sin(add(y, i));
            return y;
          })(x),
        )(8),
      TypeError,
      unused("gt(sin(add(…)), 1)"),
    ],
  ];
  test.each(loops)("%s", { timeout: 60_000 }, (_, run, type, message) => {
    const thrown = failure(run);
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toMatch(message);
  });

  test("one that makes as many truth values and uses them ends", () => {
    const f = (x: Value): Value => {
      const above = Array.from({ length: 5000 }, (_, i) => gt(x, i));
      return mul(x, sum(above));
    };
    expect(grad(f)(100.5)).toBe(101);
  });
});
