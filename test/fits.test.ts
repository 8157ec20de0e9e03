/** `leastSquares` and `root`: trees, matrices, bounds, losses, sparse systems, what is not finite, and how they stop. */
import { describe, expect, test } from "vitest";
import { add, at, cos, div, dot, exp, log, matrix, mul, pow, sin, slice, sqrt, square, stopGradient, sub, sum, type Value } from "wengert";
import { leastSquares, type Loss, minimize, root } from "wengert/optimize";
import { randomSource } from "../src/data/random.js";

const random = randomSource(5);
const xs = Float64Array.from({ length: 60 }, (_, i) => i / 10);
const noisy = xs.map((x) => 3 * Math.exp(-0.7 * x) + 0.5 + 0.02 * (random() - 0.5));
const model = ({ a, k, c }: { a: Value; k: Value; c: Value }): Value => add(mul(a, exp(mul(k, xs).neg())), c);
const residuals = (p: { a: Value; k: Value; c: Value }): Value => sub(noisy, model(p));
const start = { a: 1, k: 1, c: 0 };

describe("leastSquares", () => {
  test("fits a tree, and counts", () => {
    const fit = leastSquares(residuals, start);
    expect(fit.converged).toBe(true);
    expect([fit.x.a, fit.x.k, fit.x.c].map((x) => x.toFixed(1))).toEqual(["3.0", "0.7", "0.5"]);
    expect(fit.residuals).toHaveLength(60);
    expect(fit.value).toBeCloseTo(
      fit.residuals.reduce((total, r) => total + r * r, 0),
      14,
    );
    expect(fit.degreesOfFreedom).toBe(57);
    expect(fit.history.value).toHaveLength(fit.iterations + 1);
    expect(Object.keys(fit.standardErrors)).toEqual(["a", "k", "c"]);
    expect(fit.standardErrors.a ** 2).toBeCloseTo(fit.covariance[0]![0]!, 16);
    expect(fit.covariance[0]![1]).toBe(fit.covariance[1]![0]);
    expect(fit.jacobians).toBeLessThanOrEqual(fit.evaluations);
  });

  test("of a linear model, has the solution of the normal equations and its standard errors", () => {
    // y = 1, 3, 2, 5 at x = 0, 1, 2, 3: slope 1.1, intercept 1.1; Σe² = 2.7, s² = 1.35
    const fit = leastSquares(([a, b]: [Value, Value]) => [1, 3, 2, 5].map((y, x) => sub(y, add(a, mul(b, x)))), [0, 0]);
    expect(fit.x[0]).toBeCloseTo(1.1, 13);
    expect(fit.x[1]).toBeCloseTo(1.1, 13);
    expect(fit.value).toBeCloseTo(2.7, 13);
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1.35 / 5), 13);
    expect(fit.standardErrors[0]).toBeCloseTo(Math.sqrt((1.35 * 14) / 20), 13);
    expect(fit.covariance[0]![1]).toBeCloseTo((-1.35 * 6) / 20, 13);
  });

  test("more parameters than residuals: solved, and no standard errors are invented", () => {
    const fit = leastSquares(([x, y, z]: Value[]) => [sub(add(x!, y!), 3), sub(mul(y!, z!), 2)], [1, 1, 1]);
    expect(fit.value).toBeLessThan(1e-20);
    expect(fit.converged).toBe(true);
    expect(Object.values(fit.standardErrors).every(Number.isNaN)).toBe(true);
    const same = leastSquares(([a, b]: Value[]) => [1, 2, 4].map((y, x) => sub(y, mul(add(a!, b!), x))), [0, 0]); // a + b alone is determined
    expect(same.standardErrors.every(Number.isNaN)).toBe(true);
    expect(same.x[0]! + same.x[1]!).toBeCloseTo(2, 12);
  });

  test("of a matrix, within bounds", () => {
    const wanted = matrix([[2, 1], [1, 3]]); // prettier-ignore
    const of = (l: Value): Value => sub(mul(l, add(l, 1)), wanted);
    for (const solver of ["qr", "cg"] as const) {
      const fit = leastSquares(of, matrix([[1, 0.1], [0.5, 1]]), { solver, bounds: { lower: 0, upper: matrix([[0.5, 9], [9, 9]]) } }); // prettier-ignore
      expect(fit.x.shape).toEqual([2, 2]);
      expect(fit.x.at(0, 0)).toBe(0.5);
      expect(fit.x.at(1, 1)).toBeCloseTo((Math.sqrt(13) - 1) / 2, 10);
      expect(fit.standardErrors.at(0, 0)).toBeNaN();
    }
    expect(minimize((l: Value) => sum(square(of(l))), matrix([[1, 1], [1, 1]])).x.at(0, 0)).toBeCloseTo(1, 6); // prettier-ignore
  });

  test("bounds hold, and what is at one has no standard error", () => {
    const fit = leastSquares(residuals, start, { bounds: { lower: { c: 0.6 }, upper: { a: 10 } } });
    expect(fit.x.c).toBe(0.6);
    expect(fit.converged).toBe(true);
    expect(fit.standardErrors.c).toBeNaN();
    const held = leastSquares(({ a, k }: { a: Value; k: Value }) => residuals({ a, k, c: 0.6 as never }), { a: 1, k: 1 });
    expect(fit.x.a).toBeCloseTo(held.x.a, 8);
    expect(fit.x.k).toBeCloseTo(held.x.k, 8);
    const free = leastSquares(residuals, start);
    const inside = leastSquares(residuals, start, { bounds: { lower: 0, upper: 5 } });
    expect(inside.x.a).toBeCloseTo(free.x.a, 8);
    expect(inside.standardErrors.a).toBeCloseTo(free.standardErrors.a, 8);
  });

  test.each(["huber", "softL1", "cauchy", "arctan"] as const)(
    "loss %s is the minimum of its sum, and shrugs outliers off",
    (loss: Loss) => {
      const spoilt = noisy.map((y, i) => (i % 9 === 4 ? y + 8 : y));
      const of = (p: { a: Value; k: Value; c: Value }): Value => sub(spoilt, model(p));
      const fit = leastSquares(of, { a: 2, k: 0.5, c: 0.2 }, { loss, lossScale: 0.1 });
      const plain = leastSquares(of, { a: 2, k: 0.5, c: 0.2 });
      expect(fit.converged).toBe(true);
      expect(Math.abs(fit.x.a - 3)).toBeLessThan(0.1);
      expect(Math.abs(plain.x.a - 3)).toBeGreaterThan(Math.abs(fit.x.a - 3));
      const rho: Readonly<Record<string, (z: Value) => Value>> = {
        softL1: (z) => mul(2, sub(sqrt(add(1, z)), 1)),
        cauchy: (z) => log(add(1, z)),
      };
      if (rho[loss] === undefined) return;
      const direct = minimize((p: { a: Value; k: Value; c: Value }) => mul(0.01, sum(rho[loss]!(mul(100, square(of(p)))))), {
        a: 3,
        k: 0.7,
        c: 0.5,
      });
      expect(fit.value).toBeCloseTo(direct.value, 9);
      expect(fit.x.k).toBeCloseTo(direct.x.k, 4);
    },
  );

  test("sparse: a chain of 3,000 numbers by conjugate gradients, like QR where that is small", () => {
    const chain = (x: Value): Value[] => {
      const n = x.length!;
      return [sub(slice(x, 1), mul(0.9, sin(slice(x, 0, n - 1)))), mul(0.1, sub(x, 1))];
    };
    const small = new Float64Array(40).fill(0.5);
    const [qr, cg] = (["qr", "cg"] as const).map((solver) => leastSquares(chain, small, { solver }));
    cg!.x.forEach((x, i) => expect(x).toBeCloseTo(qr!.x[i]!, 7));
    cg!.standardErrors.forEach((x, i) => expect(x).toBeCloseTo(qr!.standardErrors[i]!, 8));
    const large = leastSquares(chain, new Float64Array(3000).fill(0.5), { solver: "cg" });
    expect(large.converged).toBe(true);
    expect(large.x[1000]).toBeCloseTo(large.x[2000]!, 7);
    const tree = leastSquares((p: { a: Value; b: Value[]; c: Value }) => ({ r: [sub(p.a, 1), sub(p.b[0]!, 2)], s: sub(p.c, Float64Array.of(3, 4)) }), { a: 0, b: [0], c: Float64Array.of(0, 0) }, { solver: "cg" }); // prettier-ignore
    expect(tree.x.c[1]).toBeCloseTo(4, 12);
    expect([tree.x.a, tree.x.b[0]].map((x) => x!.toFixed(9))).toEqual(["1.000000000", "2.000000000"]);
  });

  test("what is not finite on the way is backed out of", () => {
    const powers = ([a, b]: [Value, Value]): Value => sub(pow(add(xs, b), a), 2); // NaN where b is below 0
    const fit = leastSquares(powers, [2, 0.05]);
    expect(Number.isFinite(fit.value)).toBe(true);
    const roots = leastSquares(([a]: Value[]) => [sub(sqrt(a!), 3)], [0.01]);
    expect(roots.x[0]).toBeCloseTo(9, 9);
    expect(leastSquares((a: Value) => sub(log(a), 2), 20).x).toBeCloseTo(Math.exp(2), 9);
  });

  test("check finds a wrong Jacobian in any residual, and a branch that the trace did not see", () => {
    for (const wrong of [0, 30, 59]) {
      const shares = xs.map((_, i) => (i === wrong ? 1 : 0));
      const flat = (p: { a: Value; k: Value; c: Value }): Value => add(residuals(p), mul(shares, stopGradient(p.k)));
      expect(() => leastSquares(flat, start, { check: true })).toThrow(/^checkGradient: expected a gradient within .*args\[0\]\.k/s);
    }
    expect(leastSquares(residuals, start, { check: true }).value).toBe(leastSquares(residuals, start).value);
    const mixed = ({ m, b }: { m: Value; b: Value }): unknown => ({ r: sub(m, 2), s: [sub(b, 1)] });
    expect(leastSquares(mixed, { m: matrix([[1, 2]]), b: 0 }, { check: true }).x.b).toBeCloseTo(1, 12);
    const unseen = ([u]: [Value]): Value[] => [(u as unknown) === 2 ? sub(u, 1) : mul(3, u)];
    expect(() => root(unseen, [2], { check: true })).toThrow(/^checkGradient: /);
    expect(root((x: Value) => sub(cos(x), x), 1, { check: true }).x).toBeCloseTo(0.739085133215, 11);
  });

  test("onIteration stops it by false, and sees the parameters", () => {
    const seen: unknown[] = [];
    const fit = leastSquares(residuals, start, { onIteration: ({ iteration, x }) => (seen.push(Object.keys(x)), iteration < 2) });
    expect(fit).toMatchObject({ iterations: 2, converged: false, reason: "onIteration returned false" });
    expect(seen).toEqual([["a", "k", "c"], ["a", "k", "c"]]); // prettier-ignore
    expect(leastSquares(residuals, start, { maxIterations: 1 }).reason).toBe("the most iterations were made");
  });

  test("refuses", () => {
    expect(() => leastSquares(3 as never, 1)).toThrow(/^leastSquares: expected a function, got 3$/);
    expect(() => leastSquares((x: Value) => log(x), -1)).toThrow(/^leastSquares: expected finite residuals at x0, got a sum of NaN$/);
    expect(() => leastSquares(() => null, 1)).toThrow(/^leastSquares: expected a function whose result holds numbers, got null$/);
    expect(() => leastSquares(residuals, start, { loss: "square" as never })).toThrow(/^leastSquares: expected one of linear, huber, softL1, cauchy, arctan as loss, got "square"$/);
    expect(() => leastSquares(residuals, start, { lossscale: 1 } as never)).toThrow(/Did you mean lossScale\?$/);
    expect(() => leastSquares(residuals, start, { bounds: { lower: { d: 0 } as never } })).toThrow(/^leastSquares: expected bounds of a, k, c, got one of d at bounds\.lower$/);
  }); // prettier-ignore
});

describe("root", () => {
  /** Systems with a known root near the start. */
  const systems: readonly (readonly [string, (x: Value) => unknown, Float64Array, readonly number[]])[] = [
    ["cos x = x", (x) => sub(cos(at(x, 0)), at(x, 0)), Float64Array.of(1), [0.7390851332151607]],
    ["Powell's badly scaled system", (x) => [sub(mul(1e4, mul(at(x, 0), at(x, 1))), 1), sub(add(exp(at(x, 0).neg()), exp(at(x, 1).neg())), 1.0001)], Float64Array.of(0, 1), [1.098159e-5, 9.106146]],
    ["Rosenbrock's", (x) => [mul(10, sub(at(x, 1), square(at(x, 0)))), sub(1, at(x, 0))], Float64Array.of(-1.2, 1), [1, 1]],
    ["a helical valley in polar form", (x) => [sub(mul(at(x, 0), cos(at(x, 1))), 1), sub(mul(at(x, 0), sin(at(x, 1))), 1)], Float64Array.of(2, 0.1), [Math.SQRT2, Math.PI / 4]],
    ["log x = 0 from where Newton's step leaves the domain", (x) => log(at(x, 0)), Float64Array.of(5), [1]],
    ["a double root", (x) => square(sub(at(x, 0), 2)), Float64Array.of(3), [2]],
  ]; // prettier-ignore
  test.each(systems)("%s", (_, f, x0, wanted) => {
    const found = root(f, x0);
    expect(found.converged, found.reason).toBe(true);
    found.x.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-6 * Math.max(Math.abs(wanted[i]!), 0.1)));
    expect(Math.max(...found.residuals.map(Math.abs))).toBeLessThan(1e-11);
    expect(found.history.value).toHaveLength(found.iterations + 1);
  });

  test("of trees, and of many equations", () => {
    const found = root(({ u, v }: { u: Value; v: Value }) => ({ a: sub(mul(u, v), 6), b: sub(add(u, v), 5) }), { u: 1, v: 4 });
    expect(found.x.u).toBeCloseTo(2, 12);
    expect(found.x.v).toBeCloseTo(3, 12);
    const n = 60;
    // Broyden's tridiagonal system (Moré, Garbow and Hillstrom, 30)
    const broyden = (x: Value[]): Value[] => x.map((xi, i) => add(sub(sub(mul(sub(3, mul(2, xi)), xi), i > 0 ? x[i - 1]! : 0), mul(2, i < n - 1 ? x[i + 1]! : 0)), 1)); // prettier-ignore
    const all = root(broyden, new Array<number>(n).fill(-1));
    expect(all.converged).toBe(true);
    expect(all.iterations).toBeLessThan(12);
  });

  test("says where there is none", () => {
    const none = root((x: Value) => add(square(x), 1), 1);
    expect(none).toMatchObject({ converged: false, value: 1 });
    expect(none.reason).toContain("least sum here that is not 0");
    expect(root((x: Value) => exp(x), 0, { maxIterations: 5 })).toMatchObject({
      converged: false,
      reason: "the most iterations were made",
    });
    expect(root((x: Value) => mul(2, x), 0)).toMatchObject({ converged: true, iterations: 0, reason: "the equations hold exactly" });
  });

  test("refuses", () => {
    expect(() => root((x: Value) => [x, x], 1)).toThrow(
      /^root: expected as many equations as unknowns, got 2 for 1\. leastSquares takes any number$/,
    );
    expect(() => root((x: Value) => div(1, x), 0)).toThrow(/^root: expected finite residuals at x0, got a sum of Infinity$/);
    expect(() => root((x: Value) => x, 1, { method: "newton" } as never)).toThrow(/^root: expected options of the names tolerance, /);
  });
});

test("leastSquares and minimize agree", () => {
  const fit = leastSquares(residuals, start);
  const found = minimize((p: { a: Value; k: Value; c: Value }) => dot(residuals(p), residuals(p)), start, { tolerance: 1e-10 });
  expect(found.x.a).toBeCloseTo(fit.x.a, 6);
  expect(found.value).toBeCloseTo(fit.value, 14);
});
