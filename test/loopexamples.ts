/** Loops of every kind, each as one that is recorded as a row and as its steps one after the other. */
import {
  add,
  at,
  callable,
  concat,
  cos,
  exp,
  grad,
  gt,
  log,
  matmul,
  matrix,
  mul,
  repeat,
  scan,
  type ScanOptions,
  sin,
  slice,
  sqrt,
  square,
  stack,
  sub,
  sum,
  take,
  tanh,
  transpose,
  Value,
  vector,
  where,
} from "wengert";

type AnyFunction = (...args: never[]) => unknown;

/** A loop as examples write it: types are those of Values. */
type Scan = (
  f: (carry: never, x: never, i: Value) => readonly [unknown, unknown],
  init: unknown,
  xs: unknown,
  options?: ScanOptions,
) => [unknown, unknown];

/** The loop as a row. */
export const asLoop = scan as unknown as Scan;

const isTree = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && !("shape" in x) && !ArrayBuffer.isView(x);

const lengthOf = (x: unknown): number =>
  typeof x === "number" ? x : isTree(x) ? lengthOf(Object.values(x)[0]) : (x as Float64Array).length;

/** What a step sees of xs. */
function sliceOf(x: unknown, i: number): unknown {
  if (typeof x === "number") return undefined;
  if (isTree(x)) return Object.fromEntries(Object.entries(x).map(([key, item]) => [key, sliceOf(item, i)]));
  return x instanceof Int32Array ? x[i] : at(x as Value, i);
}

/** What steps gave, side by side. */
function stacked(ys: readonly unknown[]): unknown {
  const [first] = ys;
  if (first === undefined) return undefined;
  if (isTree(first)) return Object.fromEntries(Object.keys(first).map((key) => [key, stacked(ys.map((y) => (y as Record<string, unknown>)[key]))])); // prettier-ignore
  return typeof first === "number" || (first instanceof Value && first.shape.length === 0) ? vector(ys as Value[]) : stack(ys as Value[]);
}

/** Its steps one after the other. */
export const asSteps: Scan = (f, init, xs, { reverse = false } = {}) => {
  const length = lengthOf(xs);
  const ys = new Array<unknown>(length);
  let carry: unknown = init;
  for (let k = 0; k < length; k++) {
    const i = reverse ? length - 1 - k : k;
    [carry, ys[i]] = f(carry as never, sliceOf(xs, i) as never, i as unknown as Value);
  }
  return [carry, stacked(ys)];
};

/** Scalar functions of one argument with loops in them, and an argument. */
export const loopExamples: Readonly<Record<string, readonly [f: (scan: Scan) => AnyFunction, x: unknown]>> = {
  "a pendulum": [
    (scan) => (x: Value[]) => {
      const step = ({ q, p }: { q: Value; p: Value }) => {
        const force = mul(-9.81, sin(q));
        const next = add(p, mul(0.05, force));
        return [{ q: add(q, mul(0.05, next)), p: next }, q] as const;
      };
      const [last, path] = scan(step, { q: x[0]!, p: x[1]! }, 12) as [{ q: Value; p: Value }, Value];
      return add(square(last.q), mul(last.p, sum(path)));
    },
    [0.4, -0.7],
  ],
  "slices, backward": [
    (scan) => (x: Value) => {
      const f = (c: Value, x: Value, i: Value) => [add(mul(c, tanh(x)), mul(i, x)), mul(c, x)] as const;
      const [last, ys] = scan(f, 0.5, x, { reverse: true }) as [Value, Value];
      return add(last, sum(mul(ys, sin(x))));
    },
    Float64Array.of(0.3, -0.7, 1.1, 0.4, 0.9),
  ],
  "a network over rows of a matrix": [
    (scan) => (x: Value) => {
      const w = matrix([[0.5, -0.2, 0.1], [0.3, 0.8, -0.4], [-0.6, 0.2, 0.7]]); // prettier-ignore
      const f = (h: Value, row: Value) => {
        const next = tanh(add(matmul(w, h), mul(row, sum(x))));
        return [next, { next, norm: sum(square(next)) }] as const;
      };
      const [last, ys] = scan(f, vector([0.1, 0.2, 0.3]), transpose(stack([x, mul(x, 2), sin(x)]))) as [
        Value,
        { next: Value; norm: Value },
      ];
      return add(add(sum(last), sum(ys.norm)), sum(mul(ys.next, ys.next)));
    },
    Float64Array.of(0.3, -0.7, 1.1, 0.4),
  ],
  "lane numbers, and lanes by the counter": [
    (scan) => (x: Value) => {
      const f = (c: Value, k: never, i: Value) => [add(c, mul(take(x, k), sin(take(x, i)))), undefined] as const;
      return (scan(f, 0, Int32Array.of(2, 0, 1, 2)) as [Value, undefined])[0];
    },
    Float64Array.of(0.3, -0.7, 1.1, 0.5),
  ],
  "rows by the counter": [
    (scan) => (x: Value) => {
      const m = stack([x, sin(x), exp(x)]);
      const f = (c: Value, _: never, i: Value) => [add(mul(c, take(m, i)), slice(concat([x, c]), 1, 4)), take(c, 1)] as const;
      const [last, ys] = scan(f, x, 3) as [Value, Value];
      return add(sum(last), sum(square(ys)));
    },
    Float64Array.of(0.3, -0.7, 1.1),
  ],
  "a loop in a loop": [
    (scan) => (x: Value[]) => {
      const inner = (s: Value, n: number) => (scan((c: Value) => [sin(add(c, mul(s, x[1]!))), c], s, n) as [Value, Value])[1];
      const f = (c: Value) => {
        const path = inner(c, 3);
        return [add(at(path, 2), mul(x[0]!, sum(path))), path] as const;
      };
      const [last, paths] = scan(f, x[0]!, 4) as [Value, Value];
      return add(last, sum(square(paths)));
    },
    [0.4, -0.6],
  ],
  "a call in a loop": [
    (scan) => (x: Value[]) => {
      const g = callable((a: Value, b: Value) => [mul(sin(a), b), exp(mul(a, b))] as const);
      const f = (c: Value) => [mul(0.5, add(...g(c, x[1]!))), undefined] as const;
      return (scan(f, x[0]!, 4) as [Value, undefined])[0];
    },
    [0.4, -0.6],
  ],
  "a gradient in a loop": [
    (scan) => (x: Value[]) => {
      const energy = (q: Value): Value => mul(x[1]!, cos(q));
      const f = (q: Value) => [sub(q, mul(0.1, (grad(energy as never) as (q: Value) => Value)(q))), q] as const;
      const [last, path] = scan(f, x[0]!, 5) as [Value, Value];
      return add(square(last), sum(path));
    },
    [0.4, 0.8],
  ],
  "carries that stay, swap, and are not read": [
    (scan) => (x: Value[]) => {
      const f = ({ a, b, c, d }: Record<"a" | "b" | "c" | "d", Value>) => [{ d: exp(d), c, b: a, a: mul(b, add(c, 1)) }, [a, 1]] as const;
      const [last, ys] = scan((c, _x, _i) => { const [next, [a]] = f(c); return [next, { a, one: 1 }]; }, { a: x[0]!, b: x[1]!, c: x[2]!, d: x[0]! }, 3) as [Record<"a" | "b" | "c" | "d", Value>, { a: Value; one: Value }]; // prettier-ignore
      return add(add(mul(last.a, last.b), last.c), mul(sum(ys.a), sum(ys.one)));
    },
    [0.4, -0.6, 1.5],
  ],
  "choices that are not taken": [
    (scan) => (x: Value[]) => {
      const f = (c: Value, _: never, i: Value) => [where(gt(i, 1), mul(c, x[1]!), sqrt(c)), where(gt(c, 5), log(sub(c, 5)), c)] as const;
      const [last, ys] = scan(f, x[0]!, 3) as [Value, Value];
      return add(last, sum(ys));
    },
    [0.25, 2],
  ],
  "a root at 0 that a later step does not choose": [
    (scan) => (x: Value[]) => {
      const f = ({ a, b }: { a: Value; b: Value }, _: never, i: Value) => [{ a: sqrt(sub(a, x[0]!)), b: where(gt(i, 0), mul(b, 2), add(b, x[1]!)) }, undefined] as const; // prettier-ignore
      const g = (last: { a: Value; b: Value }): Value => where(gt(last.b, 0), last.b, last.a);
      return g((scan(f, { a: x[0]!, b: x[1]! }, 2) as [{ a: Value; b: Value }, undefined])[0]);
    },
    [0, 2],
  ],
  "lanes of a vector chosen apart": [
    (scan) => (x: Value) => {
      const f = (c: Value) => [where(gt(c, 0), sqrt(c), mul(c, x)), undefined] as const;
      const [last] = scan(f, x, 3) as [Value, undefined];
      return sum(where(gt(x, 0.1), last, mul(x, 3)));
    },
    Float64Array.of(0.3, -0.7, 0, 1.5),
  ],
  "one step": [
    (scan) => (x: Value) => {
      const [last, ys] = scan((c: Value, x: Value) => [mul(c, x), add(c, x)], 2, slice(x, 1, 2)) as [Value, Value];
      return add(mul(last, sum(ys)), sum(x));
    },
    Float64Array.of(0.3, -0.7),
  ],
  "what does not depend on the step": [
    (scan) => (x: Value[]) => {
      const f = (c: Value) => [mul(c, exp(mul(x[0]!, sin(x[1]!)))), undefined] as const;
      return (scan(f, 1, 5) as [Value, undefined])[0];
    },
    [0.3, 0.7],
  ],
};

/** The same with `repeat`. */
export const repeated = (x: Value[]): Value =>
  repeat(6, ([a, b], i) => [add(mul(a, b), i), sin(a)] as [Value, Value], [x[0]!, x[1]!] as [Value, Value])[0];
