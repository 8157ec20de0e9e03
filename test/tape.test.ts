/** The tape of recordings: the kernel's bits, the reference engine's derivatives, its twin in TypeScript, and how tapes are taken and given back. */
import { describe, expect, test, vi } from "vitest";
import { compile, customVjp, grad, hostOp, type Indices, mul, record, sin, square, sum, take, type Value } from "wengert";
import { ArrayTape } from "../src/engines/tape/memory.js";
import { withTape } from "../src/engines/tape/pool.js";
import { apply } from "../src/trace/value.js";
import { recorderOf } from "../src/transforms/record.js";
import { edges } from "./checks.js";
import { compiled } from "./engines.js";
import { erased, numbersOf } from "./modes.js";
import { apart, spread } from "./numbers.js";
import { table } from "./oracle.js";
import { programs } from "./programs.js";

type AnyFunction = (...args: unknown[]) => unknown;
const recordAny = record as unknown as (f: unknown, ...args: unknown[]) => { value: unknown; grad: () => unknown };

const codeOf = (op: (typeof table)[number]): number => table.indexOf(op);

describe("a single op has the kernel's bits", () => {
  test.each(table)("$name", (op) => {
    const f = (x: Value[]): unknown => apply(codeOf(op), ...(x as [Value]));
    const points = [...spread(op.probe, 41), ...edges(op)];
    const kernel = compile(f as AnyFunction, [points[0]!], { engine: "kernel" });
    for (const point of points) {
      expect([point, recordAny(f, point).value]).toEqual([point, kernel(point)]);
    }
  });

  test.each(table)("$name over lanes", (op) => {
    const f = (...x: Value[]): unknown => apply(codeOf(op), ...(x as [Value]));
    const points = [...spread(op.probe, 41), ...edges(op)];
    const columns = op.partials.map((_, k) => Float64Array.from(points, (point) => point[k]!));
    expect(recordAny(f, ...columns).value).toEqual(compile(f as AnyFunction, columns, { engine: "kernel" })(...columns));
  });
});

test.each([1, 2, 3, 4, 7, 8, 9, 63, 64, 65, 1000, 8191, 8192, 8193, 20_000])("a sum of %d numbers has the kernel's bits", (count) => {
  const numbers = Array.from({ length: count }, (_, i) => Math.sin(i + 1) * 10 ** (i % 7));
  const f = (x: Value[]): Value => sum(x.map((number) => number));
  const wanted = compile(f, [numbers], { engine: "kernel" })(numbers);
  const { value, grad } = record(f, numbers);
  expect(value).toBe(wanted);
  expect(grad()).toEqual(numbers.map(() => 1));
  expect(compile(f, [numbers], { engine: "tape" })(numbers)).toBe(wanted);
});

describe("programs", () => {
  test.each(programs)("$name has the kernel's bits", ({ f, args }) => {
    const recorded = recordAny(f, ...(args as unknown[])).value;
    expect(recorded).toBe(compiled(erased(f), args, "kernel")(...args));
    expect(recorded).toBe(compiled(erased(f), args, "tape")(...args));
  });

  test.each(programs)("$name on the tape in TypeScript has the reference engine's bits", ({ f, args }) => {
    const recorder = recorderOf(f, args, (body) => body(new ArrayTape()));
    expect(recorder.value()).toBe(compiled(erased(f), args, "reference")(...args));
    const [wanted, came] = [recordAny(f, ...(args as unknown[])).grad(), recorder.gradient()[0]].map(numbersOf) as [number[], number[]];
    expect(came).toHaveLength(wanted.length);
    came.forEach((number, i) => expect(apart(number, wanted[i]!)).toBeLessThan(1e-11));
  });
});

describe("tapes", () => {
  test("grow with what is recorded, whatever is read meanwhile", () => {
    const chain = (reads: number) => (x: Value) => {
      let v = x;
      for (let i = 0; i < 50_000; i++) {
        v = sin(v).mul(x);
        if (i % reads === 0 && v.value > 1) break;
      }
      return v;
    };
    const wanted = record(chain(50_001), 0.9);
    for (const reads of [1, 7, 4096]) {
      const { value, grad } = record(chain(reads), 0.9);
      expect([value, grad()]).toEqual([wanted.value, wanted.grad()]);
    }
  });

  test("of recordings inside functions of users do not mix", () => {
    const inner = (x: number): number => record((y: Value) => sin(y).mul(y), x).grad();
    const f = hostOp({ name: "f", value: inner, partials: [(x) => record((y: Value) => mul(y, y), x).grad()] });
    const { value, grad } = record((x: Value) => mul(f(mul(x, 2)), x), 0.5);
    expect(value).toBe(inner(1) * 0.5);
    expect(grad()).toBeCloseTo(inner(1) + 0.5 * 2 * 2, 14);
    const deep = (x: number): number =>
      x < 1 ? x : (record((y: Value) => hostOp({ name: "g", value: deep })(mul(y, 0.5)), x).value as number);
    expect(deep(2 ** 40)).toBe(0.5);
  });

  test("are given back where a function throws", () => {
    const used = new Set<unknown>();
    withTape((memory) => used.add(memory));
    for (let i = 0; i < 100; i++)
      expect(() =>
        record((x: Value) => {
          if (sin(x).value < 2) throw new Error("stop");
          return x;
        }, 1),
      ).toThrow("stop");
    withTape((memory) => expect(used).toContain(memory));
  });

  test("without room to grow say so, and are as before", () => {
    const long = (x: Value): Value => {
      let v = x;
      for (let i = 0; i < 400_000; i++) v = v.mul(x);
      return v;
    };
    const short = record((x: Value) => sin(x).mul(x), 2);
    short.grad(); // a tape has room for so much now
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("no memory");
    });
    try {
      expect(() => withTape((memory) => memory.reserve(2 ** 25, 2 ** 25, 0))).toThrow(/^record: expected \d+ bytes of memory, got none/);
      expect(() => withTape((memory) => memory.reserve(2 ** 28, 2 ** 28, 0))).toThrow(/^record: expected to need at most 4294967296 bytes/);
      expect(record((x: Value) => sin(x).mul(x), 2).value).toBe(short.value);
      expect(short.grad()).toBeCloseTo(Math.sin(2) + 2 * Math.cos(2), 14);
    } finally {
      grow.mockRestore();
    }
    expect(record(long, 1).grad()).toBe(400_001);
  });

  test("that are large are not kept", () => {
    const large = (x: Value): Value => sum(sin(mul(x, new Float64Array(1_500_000).fill(1e-9))));
    expect(apart(record(large, 1).grad(), 1.5e-3)).toBeLessThan(1e-9);
    withTape((memory) => expect(memory.bytes).toBeLessThan(64e6));
  });

  test("results outlive what is recorded after them", () => {
    const kept = Array.from({ length: 100 }, (_, i) => record((x: Value) => sin(x).mul(i).mul(x), i));
    record((x: Value) => sin(x), 1);
    kept.forEach(({ value, grad }, i) => {
      expect(value).toBe(compiled((x: Value) => sin(x).mul(i).mul(x), [i], "kernel")(i));
      expect(grad()).toBeCloseTo(i * (Math.sin(i) + i * Math.cos(i)), 11);
      expect(grad()).toBe(grad());
    });
  });
});

describe("where rules of users are asked", () => {
  const asked = (slope: (x: Value) => Value | number): ((x: Value) => Value) =>
    customVjp(
      (x: Value) => square(x),
      (x) => [square(x), x],
      (x, g) => [mul(g, slope(x))],
    );

  test("their rows are forgotten", () => {
    const recorder = recorderOf((x: Value) => asked((x) => mul(2, x))(sin(x)), [0.5]);
    const { graph } = recorder.recorded.program;
    const before = graph.length;
    for (let i = 0; i < 100; i++) expect(recorder.gradient()[0]).toBeCloseTo(2 * Math.sin(0.5) * Math.cos(0.5), 14);
    expect(graph.length).toBe(before);
  });

  test("one may ask for the gradient that it is part of", () => {
    let again: (() => unknown) | undefined;
    const seen: unknown[] = [];
    const { grad } = record(
      (x: Value) =>
        asked((x) => {
          const ask = again;
          again = undefined;
          if (ask) seen.push(ask());
          return mul(2, x);
        })(sin(x)).add(x),
      0.5,
    );
    again = grad;
    const wanted = 2 * Math.sin(0.5) * Math.cos(0.5) + 1;
    expect(grad()).toBeCloseTo(wanted, 14);
    expect(seen).toEqual([expect.closeTo(wanted, 14)]);
  });
});

test("what a function catches is no part of what it computes", () => {
  const f = (x: Value, i: Indices): Value => {
    try {
      return sum(take(x, i));
    } catch {
      return sum(square(x));
    }
  };
  const { value, grad, replay } = record(f, Float64Array.of(1, 2), Int32Array.of(7));
  expect([value, grad()]).toEqual([5, Float64Array.of(2, 4)]);
  expect(replay(Float64Array.of(3, 4), Int32Array.of(0)).value).toBe(25);
});

test("gradients of gradients are rows of the tape", () => {
  const f = (x: Value): Value => sin(x).mul(x);
  expect(record((x: Value) => grad(f)(x), 0.7).value).toBe(compile(grad(f), [0.7], { engine: "kernel" })(0.7));
});
