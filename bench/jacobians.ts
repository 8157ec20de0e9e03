/** What Jacobians and Hessians cost: both modes as inputs and outputs grow, gradients and Hessian products against values, sparse against dense. */
import { compile, grad, hessian, hvp, jacfwd, jacobian, jacrev, slice, sparseHessian, square, sub, sum, tanh, type Value } from "wengert";
import { scattered } from "../test/numbers.js";
import { programs } from "../test/programs.js";
import { type Bench, type Line, median, timed } from "./bench.js";

const ROUNDS = 5;

type AnyFunction = (...args: unknown[]) => unknown;

/** The microseconds a call takes: the median of rounds that share the given time. */
function microseconds(run: () => unknown, seconds: number): number {
  let repeats = 1;
  while (timed(() => times(run, repeats)).ms < (1e3 * seconds) / (4 * ROUNDS)) repeats *= 2;
  return (1e3 * median(Array.from({ length: ROUNDS }, () => timed(() => times(run, repeats)).ms))) / repeats;
}

function times(run: () => unknown, repeats: number): void {
  for (let i = 0; i < repeats; i++) run();
}

/** tanh(A x) for A of m × n. */
function layer(n: number, m: number): { f: (x: Value[]) => Value; x: number[] } {
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from(scattered(m, -1, 1, j + 1)));
  return { f: (x) => tanh(sum(x.map((xj, j) => xj.mul(columns[j]!)))), x: scattered(n, -1, 1) };
}

const modes: Bench = {
  name: "jacobian modes",
  title: "The Jacobian of tanh(A x), A of m × n with m · n = 4,096, by both modes",
  run: ({ seconds }) =>
    [1, 4, 16, 64, 256, 1024, 4096].map((n): Line => {
      const m = 4096 / n;
      const { f, x } = layer(n, m);
      const [forward, reverse] = [jacfwd(f), jacrev(f)].map((of) => microseconds(() => of(x), seconds / 4)) as [number, number];
      return { "inputs n": n, "outputs m": m, "jacfwd µs": forward, "jacrev µs": reverse, jacobian: jacobian(f).mode(x) };
    }),
};

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², over slices. */
const rosenbrock = (x: Value): Value =>
  sum(
    square(sub(slice(x, 1), square(slice(x, 0, -1))))
      .mul(100)
      .add(square(sub(1, slice(x, 0, -1)))),
  );

/** The same over numbers. */
const unrolled = (x: Value[]): Value =>
  sum(
    x.slice(1).map((next, i) =>
      square(next.sub(square(x[i]!)))
        .mul(100)
        .add(square(sub(1, x[i]!))),
    ),
  );

/** x₀ Σ xᵢ²: an arrow. */
const arrow = (x: Value): Value => sum(slice(x, 0, 1)).mul(sum(square(x)));

const column = (n: number): Float64Array => Float64Array.from(scattered(n, -1.5, 1.5));

const costs: Bench = {
  name: "cheap gradients",
  title: "Gradients and Hessian products against values, in µs a run (compiled)",
  run({ seconds }) {
    const long = { name: "Rosenbrock, 10,000 lanes", f: rosenbrock, args: [column(10_000)] };
    const numbers = { name: "Rosenbrock, 1,000 numbers", f: unrolled, args: [[...column(1000)]] };
    const [warmUp] = programs;
    return [warmUp!, ...programs, long, numbers]
      .map(({ name, f, args }): Line => {
        const cost = (of: unknown, given: readonly unknown[]): number => {
          const step = compile(of as AnyFunction, [...given]);
          const time = microseconds(() => step.run(), seconds / 20);
          step.dispose();
          return time;
        };
        const value = cost(f, args);
        const gradient = cost(grad(f as unknown as (...args: unknown[]) => Value), args);
        const product = cost(hvp(f as unknown as (...args: unknown[]) => Value), [args, args[0]]);
        return {
          program: name,
          "value µs": value,
          "gradient µs": gradient,
          "gradient / value": gradient / value,
          "hvp µs": product,
          "hvp / gradient": product / gradient,
        };
      })
      .slice(1); // wasm's optimizing compiler was at work during the first
  },
};

function hessians(name: string, f: (x: never) => Value, x: unknown, seconds: number, withDense: boolean): Line {
  const [sparse, whole] = [sparseHessian(f as AnyFunction as never), hessian(f as AnyFunction as never)] as unknown as [
    (x: unknown) => { colors: number; values: Float64Array },
    AnyFunction,
  ];
  const first = timed(() => sparse(x));
  const again = microseconds(() => sparse(x), seconds / 4);
  const dense = withDense ? microseconds(() => whole(x), seconds / 4) : NaN;
  return {
    Hessian: name,
    entries: first.result.values.length,
    sweeps: first.result.colors,
    "first call ms": first.ms,
    "sparse ms": again / 1e3,
    "dense ms": withDense ? dense / 1e3 : "",
    "dense / sparse": withDense ? dense / again : "",
  };
}

const sparse: Bench = {
  name: "sparse Hessians",
  title: "Sparse against dense Hessians (the first call traces, finds pattern and colours, and compiles)",
  run: ({ seconds }) => [
    hessians("Rosenbrock, vector of 1,000", rosenbrock, column(1000), seconds, true),
    hessians("Rosenbrock, 1,000 numbers", unrolled, [...column(1000)], seconds, true),
    hessians("Rosenbrock, vector of 100,000", rosenbrock, column(100_000), seconds, false),
    hessians("arrow, vector of 100,000", arrow, column(100_000), seconds, false),
    hessians("Rosenbrock, 100,000 numbers", unrolled, [...column(100_000)], seconds, false),
  ],
};

/** The benches of derivatives of vectors and of second derivatives. */
export const jacobianBenches: readonly Bench[] = [modes, costs, sparse];
