/** Functions of plain numbers, as they stand: their traced copies are the originals, on numbers to the bit, and their gradients those of differences. */
import { checkGradient, compile, grad, mul, record, repeat, softmax, sum, trace, type Value, valueAndGrad } from "wengert";
import { native, viaLibrary } from "wengert/native";
import { describe, expect, test, vi } from "vitest";
import { traced } from "../src/native/runtime/dual.js";
import { constructs } from "./constructs.js";
import { functionOf } from "./nativechecks.js";
import { refusals } from "./nativeerrors.js";

describe.each(constructs)("$name", ({ text, args, statics, jumps }) => {
  const original = functionOf(text);
  const f = native(original);
  const options = { staticArgnums: statics, argnums: args.map((_, i) => i).filter((i) => !statics.includes(i) && !jumps.includes(i)) };
  /** Arguments of their own for each call: functions may write into what they are given. */
  const copied = (args: readonly unknown[]): never[] => args.map((arg, i) => (statics.includes(i) ? arg : structuredClone(arg))) as never[];

  test("the traced copy on numbers is the original", () => {
    expect(traced(f, ...copied(args))).toBe(original(...copied(args)));
    expect(f(...copied(args))).toBe(original(...copied(args)));
  });

  test("the traced value and its gradient", () => {
    const report = checkGradient(f as (...args: Value[]) => Value, copied(args), options);
    expect(report.toString()).toMatch(/at worst$/);
    expect(report.plain.verdict).toBe("same");
  });

  test.each(["kernel", "jit", "reference", "tape"] as const)("on %s", (engine) => {
    const step = compile(valueAndGrad(f as (...args: Value[]) => Value, options), copied(args) as never, { engine });
    const [value] = (step as unknown as (...args: unknown[]) => [number])(...copied(args));
    expect(value).toBeCloseTo(original(...copied(args)), 10);
    step.dispose();
  });
});

test("a native function inside another, and inside a transform", () => {
  const square = native((x: number) => x * x);
  const f = native((x: number) => square(x) + x, { square });
  expect(f(3)).toBe(12);
  expect(grad(f)(3)).toBe(7);
  expect(grad(grad(f))(3)).toBe(2);
});

describe("refuses", () => {
  test.each(refusals)("$name", { timeout: 30_000 }, ({ text, args, says }) => {
    const f = native(functionOf(text));
    expect(() => grad(f as (...args: Value[]) => Value)(...(args as []))).toThrow(says);
  });

  test("an assignment outside the function", () => {
    const f = native(functionOf("(x) => (total += x)") as (x: number) => number, { total: 0 });
    expect(() => grad(f)(2)).toThrow(/got an assignment to total, which is declared outside the function at line 1, column 9/);
  });

  test("a helper that has no traced copy, but not one that is marked or given plain numbers", () => {
    const guard = (x: number): number => (Number.isFinite(x) ? x : 0);
    expect(() => grad(native((x: number) => guard(x), { guard }))(2)).toThrow(
      /expected plain values for guard, which has no traced copy, got the traced args\[0\]/,
    );
    const half = (x: number): number => x / 2;
    expect(grad(native((x: number) => x * half(4), { half }))(3)).toBe(2);
    const square = viaLibrary((x: number): number => mul(x, x));
    expect(grad(native((x: number) => square(x), { square }))(3)).toBe(6);
    const apply = (f: (x: number) => number): number => f(2);
    expect(() => grad(native((x: number) => apply((y) => x * y), { apply }))(3)).toThrow(
      /expected plain functions for apply, which has no traced copy/,
    );
  });
});

test("a loop on values runs in record", () => {
  const root = native((a: number) => {
    let x = a;
    while (Math.abs(x * x - a) > 1e-12) x = (x + a / x) / 2;
    return x;
  });
  const { value, grad: gradient } = record(root, 2);
  expect(value).toBe(root(2));
  expect(gradient()).toBeCloseTo(1 / (2 * Math.SQRT2), 12);
});

test("this library's functions, and transforms inside", () => {
  const text = `(x, v) => {
    const slope = grad((y) => y * y * x)(3);
    return slope * x + sum(v.map((y) => y * x)) + softmax([x, 1])[0];
  }`;
  const f = native(functionOf(text) as (x: number, v: Float64Array) => number, { grad, sum, softmax });
  expect(checkGradient(f, [2, Float64Array.of(1, 2)]).worst).toBeLessThan(1e-6);
});

describe("a loop of very many rows", () => {
  const warnings = (f: (x: number) => number, x: number): string[] => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    try {
      trace(f as unknown as (x: Value) => Value, [x]);
      return warn.mock.calls.map(([text]) => String(text));
    } finally {
      warn.mockRestore();
    }
  };
  const looping = (head: string): ((x: number) => number) =>
    native(functionOf(`(x) => {\n  let y = x;\n  for (let k = 0; k < 2; k++) y += k;\n  ${head} y = y * x + x;\n  return y;\n}`));

  test("is spoken of once, by its line", () => {
    const many = looping("for (let i = 0; i < 11000; i++)");
    const [first, ...more] = warnings(many, 0.5);
    expect(first).toMatch(/^native: expected a loop of fewer than 20,000 rows, got more at line 4, column 3.* repeat\(n, /);
    expect(more).toEqual([]);
    expect(warnings(many, 0.5)).toEqual([]);
  });

  test("is not where there are fewer, or where it records nothing", () => {
    expect(warnings(looping("for (let i = 0; i < 9000; i++)"), 0.5)).toEqual([]);
    const plain = native((x: number) => {
      let y = 0;
      for (let i = 0; i < 50_000; i++) y += i % 3;
      return x * y;
    });
    expect(warnings(plain, 2)).toEqual([]);
  });

  test("as repeat is one row", () => {
    const f = native(functionOf("(x) => repeat(30000, (y, i) => y * 0.999 + x / (i + 1), 0)") as (x: number) => number, { repeat });
    expect(warnings(f, 0.5)).toEqual([]);
    const ones = Array.from({ length: 30_000 }, (_, i) => i).reduce((y, i) => y * 0.999 + 1 / (i + 1), 0);
    expect(grad(f)(0.5)).toBeCloseTo(ones, 9);
    expect(traced(f, 2)).toBeCloseTo(2 * ones, 9);
  });
});
