/** Loops over random steps are these steps one after the other, in every mode; the two modes are each other's transposition; and a derivative that is wrong is noticed. */
import { describe, expect, test } from "vitest";
import { add, cos, exp, grad, gt, hvp, jvp, mul, relu, sin, stack, sub, sum, take, tanh, type Value, valueAndGrad, vector, vjp, vmap, where } from "wengert"; // prettier-ignore
import { randomSource } from "../src/data/random.js";
import { kernelExecutable } from "../src/engines/kernel/kernel.js";
import { bodyOf } from "../src/graph/body.js";
import { type Loop, type Row } from "../src/graph/graph.js";
import { loopOf } from "../src/graph/loop.js";
import { reach } from "../src/graph/reach.js";
import { opcode } from "../src/ops/generated/table.js";
import { programOf } from "../src/trace/program.js";
import { type WholeProgram } from "../src/trace/trace.js";
import { expandedProgram } from "../src/passes/expand.js";
import { engineOf, engines, evaluate } from "./engines.js";
import { asLoop, asSteps } from "./loopexamples.js";
import { numbersOf } from "./modes.js";
import { furthest } from "./near.js";
import { compareBits, flat, resultsOf } from "./samebits.js";

type AnyFunction = (...args: never[]) => unknown;

/** Functions of one and two numbers that keep them small. */
const unary: readonly ((x: Value) => Value)[] = [
  sin,
  cos,
  tanh,
  relu,
  (x) => exp(mul(-1, mul(x, x))),
  (x) => where(gt(x, 0.1), x, mul(x, 0.5)),
];
const binary: readonly ((x: Value, y: Value) => Value)[] = [add, sub, mul, (x, y) => mul(tanh(x), y)];

const LANES = 4;

/** A scalar function of a vector with a loop of random steps in it. */
function randomLoop(seed: number): (scan: typeof asLoop) => (x: Value) => Value {
  const random = randomSource(seed);
  const upTo = (n: number): number => Math.floor(random() * n);
  const [carries, ops, length, reverse] = [1 + upTo(3), 3 + upTo(8), 1 + upTo(6), random() < 0.5];
  const plan = Array.from({ length: ops }, () => ({ isUnary: random() < 0.5, op: upTo(24), a: random(), b: random() }));
  const places = Array.from({ length: carries + 2 }, random);
  const pick = (rows: readonly Value[], place: number): Value => rows[Math.floor(place * rows.length)]!;
  return (scan) => (x) => {
    const around = sin(sum(x));
    const step = (carry: readonly Value[], s: { a: Value; v: Value }, i: Value) => {
      const rows = [...carry, s.a, sum(mul(s.v, x)), around, mul(0.1, i), take(x, mul(0, i))];
      for (const { isUnary, op, a, b } of plan) {
        const [p, q] = [pick(rows, a), pick(rows, b)];
        rows.push(isUnary ? unary[op % unary.length]!(p) : binary[op % binary.length]!(p, q));
      }
      const recent = (place: number): Value => tanh(pick(rows.slice(-carries - 2), place));
      return [places.slice(2).map(recent), { one: pick(rows, places[0]!), two: vector([pick(rows, places[1]!), recent(0.3)]) }] as const;
    };
    const init = Array.from({ length: carries }, (_, k) => (k === 0 ? take(x, 1) : 0.3 * k));
    const xs = {
      a: Float64Array.from({ length }, (_, i) => 0.2 * i - 0.5),
      v: stack(Array.from({ length }, (_, i) => mul(x, i + 1))),
    };
    const [last, ys] = scan(step, init, xs, { reverse }) as [Value[], { one: Value; two: Value }];
    return add(add(sum(last), sum(mul(ys.one, ys.one))), sum(sin(ys.two)));
  };
}

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
const pointOf = (seed: number): Float64Array => Float64Array.from({ length: LANES }, (_, k) => Math.sin(7 * seed + 3 * k));

describe.each(seeds)("random loop %i", (seed) => {
  const example = randomLoop(seed);
  const [loop, steps] = [example(asLoop), example(asSteps)] as [AnyFunction, AnyFunction];
  const x = pointOf(seed);
  const engine = engines[seed % engines.length]!;

  test(`values to the bit, and derivatives in both modes, in ${engine}`, () => {
    const program = flat(programOf("test", loop, [x], {}));
    expect(resultsOf(engineOf(engine)(program), program, [x])).toEqual(resultsOf(engineOf(engine)(expandedProgram(program)), program, [x]));
    expect(furthest([evaluate(loop, [x], engine) as number], [evaluate(steps, [x], engine) as number])).toBeLessThan(1e-14);
    const derived: readonly ((f: AnyFunction) => AnyFunction)[] = [
      (f) => valueAndGrad(f as never),
      (f) => (x: never) => jvp(f as never)([x] as never, [sin(x)] as never),
      (f) => (x: never) => hvp(f as never)([x] as never, sin(x)),
      (f) => grad(((x: never) => sum(sin((grad(f as never) as (x: never) => Value)(x)))) as never),
    ];
    for (const derive of derived) {
      const [got, wanted] = [loop, steps].map((f) => numbersOf(evaluate(derive(f), [x], engine))) as [number[], number[]];
      expect(furthest(got, wanted)).toBeLessThan(1e-12);
    }
  });

  test("the modes are each other's transposition, kernel and emitted code agree to the bit, and points are what they are one by one", () => {
    const v = Float64Array.from(x, (number) => Math.cos(5 * number));
    const [, tangent] = jvp(loop as never)([x] as never, [v] as never) as [number, number];
    const [, pull] = vjp(loop as never)(x as never) as unknown as [number, (w: number) => Float64Array];
    const back = pull(0.7).reduce((total, g, i) => total + g * v[i]!, 0);
    expect(Math.abs(back - 0.7 * tangent)).toBeLessThan(1e-12 * Math.max(1, Math.abs(tangent)));
    expect(compareBits(programOf("test", valueAndGrad(loop as never), [x], {}), [[x]]).complaints).toEqual([]);
    const slope = (f: AnyFunction) => (x: Value[]) => (grad(f as never) as unknown as (x: Value) => Value)(vector(x));
    const columns = Array.from(x, (number) => Float64Array.of(number, -number, 0.3));
    const came: unknown = vmap(slope(loop) as never)(columns as never);
    for (let point = 0; point < 3; point++)
      expect(furthest((came as Float64Array[]).map((column) => column[point]!), [...(grad(steps as never)(Float64Array.from(columns, (c) => c[point]!) as never) as Float64Array)])).toBeLessThan(1e-12); // prettier-ignore
  });
});

describe("tests of the tests: a gradient is not what it should be where", () => {
  const x = pointOf(3);
  const example = (scan: typeof asLoop) => (x: Value) => {
    const w = sum(x);
    const step = ([a, b]: [Value, Value]) => [[mul(sin(a), w), add(mul(a, b), cos(b))], a] as const;
    const [last, path] = scan(step, [take(x, 0), take(x, 1)], 5) as [Value[], Value];
    return add(sum(last), sum(mul(path, path)));
  };
  const program = flat(programOf("test", grad(example(asLoop) as never), [x], {}));
  const run = (program: WholeProgram): number[] => resultsOf(kernelExecutable(program), program, [x]).flatMap((lanes) => [...lanes]);
  const wanted = numbersOf(grad(example(asSteps) as never)(x as never));
  const isDerived = ({ name }: Loop): boolean => name.endsWith("′");

  /** The program in which loops are others. */
  function changed(change: (loop: Loop) => Loop | undefined): WholeProgram {
    const graph = program.graph.copy();
    graph.bodies.forEach((owned, k) => {
      if (owned.kind === "loop") graph.bodies[k] = change(owned) ?? owned;
    });
    return { ...program, graph };
  }

  /** A loop with another row in place of a result. */
  function withResult(loop: Loop, k: number, rowOf: (loop: Loop["body"]) => Row): Loop {
    const { name, graph: from, parameters, results } = loop.body;
    const graph = from.copy();
    const row = rowOf({ ...loop.body, graph });
    return loopOf(bodyOf(name, graph, parameters, results.map((result, i) => (i === k ? row : result))), loop); // prettier-ignore
  }

  test("nothing is changed it is", () => expect(furthest(run(changed(() => undefined)), wanted)).toBeLessThan(1e-12));

  /** The loops that the gradient needs. */
  const needed = reach(
    program.graph,
    program.outputs.flatMap(({ rows }) => rows),
  ).parts;
  const loops = [...needed.keys()].map((row) => program.graph.loopOf(row));
  const derived = loops.filter(isDerived);
  const furthestOf = (mutant: Loop, loop: Loop): number => furthest(run(changed((other) => (other === loop ? mutant : undefined))), wanted);
  const minusItself = (row: Row, { graph }: Loop["body"]): Row => graph.elementwise(opcode.sub, row, row);

  test("a sum is dropped", () => {
    const sums = derived.flatMap((loop) => loop.writes.flatMap((as, k) => (as === "sum" ? [{ loop, k: loop.carries + k }] : [])));
    expect(sums.length).toBeGreaterThan(0);
    for (const { loop, k } of sums)
      expect(
        furthestOf(
          withResult(loop, k, (body) => minusItself(body.results[k]!, body)),
          loop,
        ),
      ).toBeGreaterThan(1e-6);
  });

  test("a carry's adjoint is not handed on", () => {
    const carries = derived.flatMap((loop) => Array.from({ length: loop.carries }, (_, k) => ({ loop, k })));
    expect(carries.length).toBeGreaterThan(0);
    for (const { loop, k } of carries)
      expect(
        furthestOf(
          withResult(loop, k, (body) => minusItself(body.results[k]!, body)),
          loop,
        ),
      ).toBeGreaterThan(1e-6);
  });

  test("the history is that of the step after", () => {
    const kept = loops.flatMap((loop) => {
      const { parameters, results } = loop.body;
      const carries = parameters.slice(loop.consts, loop.consts + loop.carries);
      return results.flatMap((row, k) => (k >= loop.carries && carries.includes(row) ? [{ loop, k, carry: carries.indexOf(row) }] : []));
    });
    expect(kept.length).toBeGreaterThan(0);
    for (const { loop, k, carry } of kept)
      expect(
        furthestOf(
          withResult(loop, k, ({ results }) => results[carry]!),
          loop,
        ),
      ).toBeGreaterThan(1e-6);
  });

  test("it goes in the direction of the loop", () => {
    for (const loop of derived) expect(furthestOf(loopOf(loop.body, { ...loop, reverse: !loop.reverse }), loop)).toBeGreaterThan(1e-6);
  });
});
