/** Loops that are recorded as rows: what they compute in every engine and mode is what their steps compute one after the other. */
import { describe, expect, test } from "vitest";
import {
  add,
  concat,
  directional,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  parse,
  record,
  sin,
  sparseHessian,
  sparseJacobian,
  sum,
  trace,
  type Value,
  valueAndGrad,
  vjp,
} from "wengert";
import { programOf } from "../src/trace/program.js";
import { evaluate, engines } from "./engines.js";
import { asLoop, asSteps, loopExamples } from "./loopexamples.js";
import { numbersOf } from "./modes.js";
import { compareBits } from "./samebits.js";

type AnyFunction = (...args: never[]) => unknown;

/** The greatest distance between two lists, relative to the greatest number of the second where that is above 1. */
function furthest(x: readonly number[], y: readonly number[]): number {
  expect(x).toHaveLength(y.length);
  expect(y.every(Number.isFinite)).toBe(true);
  const scale = Math.max(1, ...y.map(Math.abs));
  return x.reduce((most, value, i) => Math.max(most, Number.isNaN(value) ? Infinity : Math.abs(value - y[i]!) / scale), 0);
}

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
    const [got, wanted] = [loop, steps].map((f) => {
      const g = (x: never): unknown => (grad(f as never) as (x: never) => unknown)(x);
      return [
        numbersOf(jacobian(g as never)(x as never)),
        numbersOf(hessian(f as never)(x as never)),
        numbersOf(sparseHessian(f as never)(x as never)),
        numbersOf(sparseJacobian(g as never)(x as never)),
        numbersOf(vjp(g as never)(x as never)[1](x)),
      ];
    }) as [number[][], number[][]];
    got.forEach((numbers, i) => expect(furthest(numbers, wanted[i]!)).toBeLessThan(1e-12));
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
