/** Loops that are recorded as rows: what they compute in every engine and mode is what their steps compute one after the other. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  concat,
  directional,
  grad,
  hvp,
  jvp,
  mul,
  parse,
  record,
  repeat,
  scan,
  sin,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  vector,
  vmap,
} from "wengert";
import { programOf } from "../src/trace/program.js";
import { evaluate, engines } from "./engines.js";
import { asLoop, asSteps, loopExamples, repeated } from "./loopexamples.js";
import { secondOrder, numbersOf } from "./modes.js";
import { furthest } from "./near.js";
import { compareBits } from "./samebits.js";

type AnyFunction = (...args: never[]) => unknown;

/** What is derived from a scalar function of one argument. */
const modes: Readonly<Record<string, (f: AnyFunction, x: unknown, engine: (typeof engines)[number]) => unknown>> = {
  gradient: (f, x, engine) => evaluate(valueAndGrad(f as never), [x], engine),
  tangent: (f, x, engine) => evaluate((x: never) => jvp(f as never)([x] as never, [x] as never), [x], engine),
  "gradient of a tangent": (f, x, engine) =>
    evaluate(grad(((x: never) => directional(f as never)([x] as never, [x] as never)) as never), [x], engine),
  "tangent of a tangent": (f, x, engine) => {
    const along = (x: never): unknown => directional(f as never)([x] as never, [x] as never);
    return evaluate((x: never) => directional(along as never)([x] as never, [x] as never), [x], engine);
  },
  "tangent of a gradient": (f, x, engine) => evaluate((x: never) => hvp(f as never)([x] as never, x), [x], engine),
  "gradient of a gradient of a gradient": (f, x, engine) => {
    const slope = (f: AnyFunction) => (x: never) => numbersTotal((grad(f as never) as (x: never) => unknown)(x));
    return evaluate(grad(slope(slope(f)) as never), [x], engine);
  },
};

/** The sum of sines of a tree of Values. */
function numbersTotal(tree: unknown): Value {
  const leaves = (Array.isArray(tree) ? tree : [tree]) as Value[];
  return leaves.map((x) => sum(sin(concat([x])))).reduce((x, y) => add(x, y));
}

describe.each(Object.entries(loopExamples))("%s", (_, [example, x]) => {
  const [loop, steps] = [example(asLoop), example(asSteps)];

  test("is one row, whatever it is derived for", () => {
    expect(trace(loop as never, [x] as never).toString()).toContain(" = loop ");
    expect(
      trace(grad(loop as never), [x] as never)
        .prune()
        .toString(),
    ).toContain("direction=backward");
  });

  test.each(engines)("values are to the bit those of its steps, in %s", (engine) => {
    expect(evaluate(loop, [x], engine)).toEqual(evaluate(steps, [x], engine));
  });

  test("and those of plain numbers, and of recorded ones", () => {
    const wanted = evaluate(steps, [x], "reference") as number;
    expect(furthest([loop(x as never) as number], [wanted])).toBeLessThan(1e-14);
    const recorded = record(loop as never, x as never) as unknown as { value: number; grad: () => unknown };
    expect(furthest([recorded.value], [wanted])).toBeLessThan(1e-14);
    expect(furthest(numbersOf(recorded.grad()), numbersOf(evaluate(grad(steps as never), [x], "reference")))).toBeLessThan(1e-13);
  });

  for (const mode of Object.keys(modes))
    test.each(engines)(`${mode} in %s`, (engine) => {
      const [got, wanted] = [loop, steps].map((f) => numbersOf(modes[mode]!(f, x, engine))) as [number[], number[]];
      expect(furthest(got, wanted)).toBeLessThan(1e-12);
    });

  test("kernel, emitted code and modules give the same bits", () => {
    for (const derived of [loop, valueAndGrad(loop as never), (x: never) => hvp(loop as never)([x] as never, x)]) {
      const program = programOf("test", derived, [x], {});
      expect(compareBits(program, [program.inputs.map(() => x as ArrayLike<number>)]).complaints).toEqual([]);
    }
  });

  test("jacobian, hessian and their patterns", () => {
    const [got, wanted] = [loop, steps].map((f) => secondOrder(f, x)) as [number[][], number[][]];
    got.forEach((numbers, i) => expect(furthest(numbers, wanted[i]!)).toBeLessThan(1e-12));
  });

  test("over many points, what it is at each", () => {
    const base = Array.from(x as ArrayLike<number>);
    const points = [1, 0.5, -0.25].map((scale) => base.map((number) => number * scale));
    const columns = base.map((_, k) => Float64Array.from(points, (point) => point[k]!));
    const at = (f: AnyFunction) => (numbers: Value[]) => f((Array.isArray(x) ? numbers : vector(numbers)) as never);
    for (const derive of [(f: AnyFunction) => f, (f: AnyFunction) => grad(f as never) as AnyFunction]) {
      const got: unknown = vmap(derive(at(loop)) as never)(columns as never);
      const lists = Array.isArray(got) ? (got as Float64Array[]) : [got as Float64Array];
      const wanted = points.map((point) => numbersOf(derive(at(steps))(point as never)));
      const isFinite = (i: number): boolean => wanted[i]!.every(Number.isFinite);
      expect(points.some((_, i) => isFinite(i))).toBe(true);
      lists.forEach((list, k) => {
        const [ours, theirs] = [[...list], wanted.map((numbers) => numbers[k]!)].map((numbers) => numbers.filter((_, i) => isFinite(i)));
        expect(furthest(ours!, theirs!)).toBeLessThan(1e-12);
      });
    }
  });

  test("as text, and back", () => {
    for (const derived of [loop, grad(loop as never), (x: never) => hvp(loop as never)([x] as never, x)]) {
      const traced = trace(derived as never, [x] as never).verify();
      const text = traced.toString();
      expect(parse(text).verify().toString()).toBe(text);
      expect(traced.prune().verify().rows).toBeLessThanOrEqual(traced.rows);
      traced.simplify().verify();
    }
  });
});

describe("repeat", () => {
  const byHand = (a: number, b: number): number => {
    for (let i = 0; i < 6; i++) [a, b] = [a * b + i, Math.sin(a)];
    return a;
  };
  test.each(engines)("gives the state after so many steps, in %s", (engine) => {
    expect(evaluate(repeated, [[0.3, 0.8]], engine)).toBeCloseTo(byHand(0.3, 0.8), 12);
    const h = 1e-6;
    const [da, db] = evaluate(grad(repeated as never), [[0.3, 0.8]], engine) as [number, number];
    expect(da).toBeCloseTo((byHand(0.3 + h, 0.8) - byHand(0.3 - h, 0.8)) / (2 * h), 4);
    expect(db).toBeCloseTo((byHand(0.3, 0.8 + h) - byHand(0.3, 0.8 - h)) / (2 * h), 4);
  });

  test("no step leaves the state as it is", () => {
    expect(repeat(0, (x: number) => x + 1, 5)).toBe(5);
    expect(grad((x: Value) => repeat(0, (s) => add(s, 1), x))(2)).toBe(1);
  });
});

describe("vmap of long loops", () => {
  const f = (scan: typeof asLoop, n: number) => (x: Value, w: Value) => {
    const step = (s: Value, _: never, i: Value) => [sin(add(mul(s, w), i)), { s, v: vector([s, i]) }] as const;
    const [last, ys] = scan(step, x, n) as [Value, { s: Value; v: Value }];
    const doubled = mul(ys.s, 2);
    return add(add(last, sum(mul(doubled, ys.s))), at(ys.s, n - 2));
  };
  const xs = Float64Array.of(0.3, 0.5, -0.7);
  const ws = Float64Array.of(0.1, 0.2, 0.3);
  test.each([3, 150])("of %i steps", (n) => {
    const [loop, steps] = [f(asLoop, n), f(asSteps, n)];
    const slope = (f: AnyFunction) => (x: Value, w: Value) =>
      (grad(f as never, { argnums: [0, 1] }) as unknown as (x: Value, w: Value) => Value[])(x, w);
    expect(vmap(loop as never)(xs, ws)).toEqual(xs.map((x, i) => steps(x as never, ws[i] as never) as unknown as number));
    for (const inAxes of [
      [0, 0],
      [null, 0],
      [0, null],
    ] as const) {
      const [x, w] = [inAxes[0] === null ? 0.3 : xs, inAxes[1] === null ? 0.2 : ws];
      const at = (i: number): number[] => [typeof x === "number" ? x : x[i]!, typeof w === "number" ? w : w[i]!];
      const got: unknown = vmap(slope(loop) as never, { inAxes })(x as never, w as never);
      for (let i = 0; i < 3; i++) {
        const wanted = slope(steps)(...(at(i) as unknown as [Value, Value])) as unknown as number[];
        expect(furthest((got as Float64Array[]).map((column) => column[i]!), wanted)).toBeLessThan(1e-11); // prettier-ignore
      }
    }
  });

  test("are one loop, whose carries are rows of all points", () => {
    const text = trace(vmap(f(asLoop, 150) as never) as never, [xs, ws] as never)
      .prune()
      .toString();
    expect(text.match(/ = loop /g)).toHaveLength(1);
    expect(text).toContain("carries=1");
    expect(text).not.toContain("direction=backward");
  });
});

test("lane numbers among the arguments are the same at all points", () => {
  const f = (x: Value, y: Value, k: Value): Value => sum(mul(take(vector([x, y, mul(x, y)]), k), vector([1, 2])));
  const [xs, ys, k] = [Float64Array.of(2, 3), Float64Array.of(5, 7), Int32Array.of(2, 0)];
  expect(vmap(f as never, { inAxes: [0, 0, null] })(xs as never, ys as never, k as never)).toEqual(Float64Array.of(10 + 4, 21 + 6));
  expect(() => vmap(f as never, { inAxes: [0, 0, null] })(xs as never, ys as never, Int32Array.of(3, 0) as never)).toThrow(
    "expected an index from 0 to 2, got 3",
  );
});

describe("what is wrong, in the user's words:", () => {
  const h = Float64Array.of(1, 2, 3);
  const step = (f: (c: { h: Value; n: Value }) => unknown) => () => scan(((c: never) => [f(c), undefined]) as never, { h, n: 0 }, 3);
  const again = "A step gives the carry in the structure that it got it in";
  const wrong: Readonly<Record<string, readonly [() => unknown, string]>> = {
    "a carry of another length": [step((c) => ({ h: concat([c.h, c.n]), n: c.n })), `scan: expected a vector of 3 as before the step, got a vector of 4 at carry.h. ${again}`],
    "a carry that was a number": [step((c) => ({ h: c.h, n: c.h })), `scan: expected a number as before the step, got a vector of 3 at carry.n. ${again}`],
    "a carry without a part": [step((c) => ({ h: c.h })), `scan: expected an object with h, n as before the step, got an object with h at carry. ${again}`],
    "a carry that is another tree": [step((c) => [c.h, c.n]), `scan: expected an object with h, n as before the step, got an array of 2 at carry. ${again}`],
    "a step that returns no pair": [() => scan(((c: Value) => c) as never, 0, 3), "scan: expected a step that returns [carry, y], got"],
    "no step": [() => scan(3 as never, 0, 3), "scan: expected a function as the step, got 3"],
    "xs of two lengths": [() => scan(((c: Value) => [c, c]) as never, 0, { a: h, b: Float64Array.of(1) }), "scan: expected xs of one length, got 3 at xs.a and 1 at xs.b"],
    "xs with a number": [() => scan(((c: Value) => [c, c]) as never, 0, { a: h, b: 2 }), "scan: expected vectors and matrices in xs, got a number at xs.b. What is the same in all steps, the step may use without taking it"],
    "xs that are an array": [() => scan(((c: Value) => [c, c]) as never, 0, [1, 2]), "scan: expected vectors and matrices in xs, got an array of numbers at xs. Write vector(xs)"],
    "half a step": [() => repeat(2.5, ((c: Value) => c) as never, 0), "repeat: expected a whole number of steps from 0, got 2.5"],
    "no step at all": [() => scan(((c: Value) => [c, c]) as never, 0, 0), "scan: expected a whole number of steps from 1, got 0"],
    "a state of another length": [() => repeat(3, ((s: Value) => sum(s)) as never, h), "repeat: expected a vector of 3 as before the step, got a number at state"],
    "an option that is none": [() => scan(((c: Value) => [c, c]) as never, 0, 3, { backward: true } as never), "scan: expected options of the names reverse, got one named backward"],
  }; // prettier-ignore
  test.each(Object.entries(wrong))("%s", (_, [call, message]) => {
    expect(call).toThrow(message);
    expect(() => grad((x: Value) => (call(), x))(1)).toThrow(message);
  });

  test("lane numbers that are carried", () => {
    const f = (k: never) => scan(((c: never) => [c, undefined]) as never, k, 3);
    expect(() => trace(f as never, [Int32Array.of(1)] as never)).toThrow("scan: expected numbers in init, got lane numbers at init. A step may use those without carrying them");
  }); // prettier-ignore
});
