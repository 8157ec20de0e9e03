/** The 35 test problems of Moré, Garbow and Hillstrom, "Testing Unconstrained Optimization Software" (1981): residuals, the standard starts, and the least sums of squares that the paper lists. */
import { abs, add, atan2, cos, div, exp, mul, pow, sin, sqrt, square, sub, sum, where, lt, type Value } from "wengert";

type Residuals = (x: Value[]) => (Value | number)[];

/** A problem of the paper. */
interface Problem {
  readonly name: string;
  readonly x0: readonly number[];
  readonly residuals: Residuals;
  /** The sums of squares of its local minima, the least one first. */
  readonly minima: readonly number[];
}

type Operand = Value | number;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const all = (terms: readonly Operand[]): Value => terms.reduce((x, y) => add(x, y), 0 as Operand) as Value;
const power = (x: Operand, k: number): Operand => (k === 0 ? 1 : k === 1 ? x : pow(x, k));
const minus = (...terms: readonly Operand[]): Operand => terms.reduce((x, y) => sub(x, y));

const bard = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39];
const gaussian = [0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989, 0.3521, 0.242, 0.1295, 0.054, 0.0175, 0.0044, 0.0009];
const meyer = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872];
const kowalik = { y: [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246], u: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625] }; // prettier-ignore
const osborne1 = [0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411, 0.406]; // prettier-ignore
const osborne2 = [1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.5, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054]; // prettier-ignore

/** Chebyshev's polynomial of degree k on [0, 1]. */
function chebyshev(x: Operand, k: number): Operand {
  let [last, now]: [Operand, Operand] = [1, sub(mul(2, x), 1)];
  for (let i = 1; i < k; i++) [last, now] = [now, sub(mul(mul(2, sub(mul(2, x), 1)), now), last)];
  return now;
}

const linear = (m: number, n: number): Residuals => (x) => {
  const total = mul(2 / m, all(x));
  return range(m).map((i) => sub(i < n ? sub(x[i]!, total) : mul(-1, total), 1));
}; // prettier-ignore

export const problems: readonly Problem[] = [
  { name: "1 Rosenbrock", x0: [-1.2, 1], minima: [0], residuals: ([a, b]) => [mul(10, sub(b!, square(a!))), sub(1, a!)] },
  {
    name: "2 Freudenstein and Roth",
    x0: [0.5, -2],
    minima: [0, 48.9842],
    residuals: ([a, b]) => [
      add(sub(a!, 13), mul(sub(mul(sub(5, b!), b!), 2), b!)),
      add(sub(a!, 29), mul(sub(mul(add(b!, 1), b!), 14), b!)),
    ],
  },
  { name: "3 Powell badly scaled", x0: [0, 1], minima: [0], residuals: ([a, b]) => [sub(mul(1e4, mul(a!, b!)), 1), sub(add(exp(mul(-1, a!)), exp(mul(-1, b!))), 1.0001)] }, // prettier-ignore
  { name: "4 Brown badly scaled", x0: [1, 1], minima: [0], residuals: ([a, b]) => [sub(a!, 1e6), sub(b!, 2e-6), sub(mul(a!, b!), 2)] },
  {
    name: "5 Beale",
    x0: [1, 1],
    minima: [0],
    residuals: ([a, b]) => [1.5, 2.25, 2.625].map((y, i) => sub(y, mul(a!, sub(1, power(b!, i + 1))))),
  },
  { name: "6 Jennrich and Sampson", x0: [0.3, 0.4], minima: [124.362], residuals: ([a, b]) => range(10).map((i) => sub(2 + 2 * (i + 1), add(exp(mul(i + 1, a!)), exp(mul(i + 1, b!))))) }, // prettier-ignore
  {
    name: "7 helical valley",
    x0: [-1, 0, 0],
    minima: [0],
    residuals: ([a, b, c]) => {
      const angle = div(atan2(b!, a!), 2 * Math.PI);
      return [
        mul(10, sub(c!, mul(10, where(lt(angle, -0.25), add(angle, 1), angle)))),
        mul(10, sub(sqrt(add(square(a!), square(b!))), 1)),
        c!,
      ];
    },
  },
  { name: "8 Bard", x0: [1, 1, 1], minima: [8.21487e-3, 17.4286], residuals: ([a, b, c]) => bard.map((y, i) => sub(y, add(a!, div(i + 1, add(mul(15 - i, b!), mul(Math.min(i + 1, 15 - i), c!)))))) }, // prettier-ignore
  { name: "9 Gaussian", x0: [0.4, 1, 0], minima: [1.12793e-8], residuals: ([a, b, c]) => gaussian.map((y, i) => sub(mul(a!, exp(mul(mul(-0.5, b!), square(sub((7 - i) / 2, c!))))), y)) }, // prettier-ignore
  {
    name: "10 Meyer",
    x0: [0.02, 4000, 250],
    minima: [87.9458],
    residuals: ([a, b, c]) => meyer.map((y, i) => sub(mul(a!, exp(div(b!, add(50 + 5 * i, c!)))), y)),
  },
  {
    name: "11 Gulf research and development",
    x0: [5, 2.5, 0.15],
    minima: [0],
    residuals: ([a, b, c]) =>
      range(99).map((i) => {
        const t = (i + 1) / 100;
        const y = 25 + (-50 * Math.log(t)) ** (2 / 3);
        return sub(exp(mul(-1, div(pow(abs(sub(y, b!)), c!), a!))), t);
      }),
  },
  {
    name: "12 Box three-dimensional",
    x0: [0, 10, 20],
    minima: [0],
    residuals: ([a, b, c]) =>
      range(10).map((i) => {
        const t = 0.1 * (i + 1);
        return sub(sub(exp(mul(-t, a!)), exp(mul(-t, b!))), mul(c!, Math.exp(-t) - Math.exp(-10 * t)));
      }),
  },
  { name: "13 Powell singular", x0: [3, -1, 0, 1], minima: [0], residuals: ([a, b, c, d]) => [add(a!, mul(10, b!)), mul(Math.sqrt(5), sub(c!, d!)), square(sub(b!, mul(2, c!))), mul(Math.sqrt(10), square(sub(a!, d!)))] }, // prettier-ignore
  { name: "14 Wood", x0: [-3, -1, -3, -1], minima: [0], residuals: ([a, b, c, d]) => [mul(10, sub(b!, square(a!))), sub(1, a!), mul(Math.sqrt(90), sub(d!, square(c!))), sub(1, c!), mul(Math.sqrt(10), sub(add(b!, d!), 2)), div(sub(b!, d!), Math.sqrt(10))] }, // prettier-ignore
  { name: "15 Kowalik and Osborne", x0: [0.25, 0.39, 0.415, 0.39], minima: [3.07505e-4, 1.02734e-3], residuals: ([a, b, c, d]) => kowalik.y.map((y, i) => { const u = kowalik.u[i]!; return sub(y, div(mul(a!, add(u * u, mul(u, b!))), add(add(u * u, mul(u, c!)), d!))); }) }, // prettier-ignore
  {
    name: "16 Brown and Dennis",
    x0: [25, 5, -5, -1],
    minima: [85822.2],
    residuals: ([a, b, c, d]) =>
      range(20).map((i) => {
        const t = (i + 1) / 5;
        return add(square(sub(add(a!, mul(t, b!)), Math.exp(t))), square(sub(add(c!, mul(Math.sin(t), d!)), Math.cos(t))));
      }),
  },
  { name: "17 Osborne 1", x0: [0.5, 1.5, -1, 0.01, 0.02], minima: [5.46489e-5], residuals: ([a, b, c, d, e]) => osborne1.map((y, i) => sub(y, add(a!, add(mul(b!, exp(mul(-10 * i, d!))), mul(c!, exp(mul(-10 * i, e!))))))) }, // prettier-ignore
  {
    name: "18 Biggs EXP6",
    x0: [1, 2, 1, 1, 1, 1],
    minima: [0, 5.65565e-3],
    residuals: ([a, b, c, d, e, f]) =>
      range(13).map((i) => {
        const t = 0.1 * (i + 1);
        const y = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
        return sub(add(sub(mul(c!, exp(mul(-t, a!))), mul(d!, exp(mul(-t, b!)))), mul(f!, exp(mul(-t, e!)))), y);
      }),
  },
  {
    name: "19 Osborne 2",
    x0: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
    minima: [4.01377e-2],
    residuals: (x) =>
      osborne2.map((y, i) => {
        const t = i / 10;
        const peak = (k: number): Operand => mul(x[k]!, exp(mul(mul(-1, x[k + 4]!), square(sub(t, x[k + 7]!)))));
        return minus(y, mul(x[0]!, exp(mul(-t, x[4]!))), peak(1), peak(2), peak(3));
      }),
  },
  ...([[6, 2.28767e-3], [9, 1.39976e-6], [12, 4.72238e-10]] as const).map(([n, least]): Problem => ({
    name: `20 Watson, n = ${n}`,
    x0: new Array<number>(n).fill(0),
    minima: [least],
    residuals: (x) => [
      ...range(29).map((i) => {
        const t = (i + 1) / 29;
        const slope = all(x.slice(1).map((xj, j) => mul((j + 1) * t ** j, xj)));
        return minus(slope, square(all(x.map((xj, j) => mul(t ** j, xj)))), 1);
      }),
      x[0]!,
      minus(x[1]!, square(x[0]!), 1),
    ],
  })), // prettier-ignore
  { name: "21 extended Rosenbrock", x0: range(20).map((i) => (i % 2 === 0 ? -1.2 : 1)), minima: [0], residuals: (x) => range(10).flatMap((i) => [mul(10, sub(x[2 * i + 1]!, square(x[2 * i]!))), sub(1, x[2 * i]!)]) }, // prettier-ignore
  { name: "22 extended Powell singular", x0: range(20).map((i) => [3, -1, 0, 1][i % 4]!), minima: [0], residuals: (x) => range(5).flatMap((i) => { const [a, b, c, d] = x.slice(4 * i); return [add(a!, mul(10, b!)), mul(Math.sqrt(5), sub(c!, d!)), square(sub(b!, mul(2, c!))), mul(Math.sqrt(10), square(sub(a!, d!)))]; }) }, // prettier-ignore
  ...([[4, 2.24997e-5], [10, 7.08765e-5]] as const).map(([n, least]): Problem => ({
    name: `23 penalty I, n = ${n}`,
    x0: range(n).map((i) => i + 1),
    minima: [least],
    residuals: (x) => [...x.map((xi) => mul(Math.sqrt(1e-5), sub(xi, 1))), sub(sum(x.map((xi) => square(xi))), 0.25)],
  })), // prettier-ignore
  ...([[4, 9.37629e-6], [10, 2.93660e-4]] as const).map(([n, least]): Problem => ({
    name: `24 penalty II, n = ${n}`,
    x0: new Array<number>(n).fill(0.5),
    minima: [least],
    residuals: (x) => [
      sub(x[0]!, 0.2),
      ...range(n - 1).map((i) => mul(Math.sqrt(1e-5), sub(add(exp(div(x[i + 1]!, 10)), exp(div(x[i]!, 10))), Math.exp((i + 2) / 10) + Math.exp((i + 1) / 10)))),
      ...range(n - 1).map((i) => mul(Math.sqrt(1e-5), sub(exp(div(x[i + 1]!, 10)), Math.exp(-0.1)))),
      sub(sum(x.map((xi, j) => mul(n - j, square(xi)))), 1),
    ],
  })), // prettier-ignore
  { name: "25 variably dimensioned", x0: range(10).map((i) => 1 - (i + 1) / 10), minima: [0], residuals: (x) => { const s = all(x.map((xi, j) => mul(j + 1, sub(xi, 1)))); return [...x.map((xi) => sub(xi, 1)), s, square(s)]; } }, // prettier-ignore
  { name: "26 trigonometric", x0: new Array<number>(10).fill(0.1), minima: [0, 2.79506e-5], residuals: (x) => { const s = all(x.map((xi) => cos(xi))); return x.map((xi, i) => minus(add(10, mul(i + 1, sub(1, cos(xi)))), sin(xi), s)); } }, // prettier-ignore
  { name: "27 Brown almost-linear", x0: new Array<number>(10).fill(0.5), minima: [0, 1], residuals: (x) => { const s = all(x); return [...x.slice(0, -1).map((xi) => sub(add(xi, s), 11)), sub(x.reduce((p, xi) => mul(p, xi)), 1)]; } }, // prettier-ignore
  { name: "28 discrete boundary value", x0: range(10).map((i) => ((i + 1) / 11) * ((i + 1) / 11 - 1)), minima: [0], residuals: (x) => x.map((xi, i) => add(minus(mul(2, xi), i > 0 ? x[i - 1]! : 0, i < 9 ? x[i + 1]! : 0), mul(1 / 242, pow(add(xi, (i + 1) / 11 + 1), 3)))) }, // prettier-ignore
  {
    name: "29 discrete integral equation",
    x0: range(10).map((i) => ((i + 1) / 11) * ((i + 1) / 11 - 1)),
    minima: [0],
    residuals: (x) => {
      const t = range(10).map((i) => (i + 1) / 11);
      const cubes = x.map((xj, j) => pow(add(xj, t[j]! + 1), 3));
      return x.map((xi, i) => {
        const before = all(cubes.slice(0, i + 1).map((c, j) => mul(t[j]!, c)));
        const after = all(cubes.slice(i + 1).map((c, j) => mul(1 - t[i + 1 + j]!, c)));
        return add(xi, mul(1 / 22, add(mul(1 - t[i]!, before), mul(t[i]!, after))));
      });
    },
  },
  { name: "30 Broyden tridiagonal", x0: new Array<number>(10).fill(-1), minima: [0], residuals: (x) => x.map((xi, i) => add(minus(mul(sub(3, mul(2, xi)), xi), i > 0 ? x[i - 1]! : 0, i < 9 ? mul(2, x[i + 1]!) : 0), 1)) }, // prettier-ignore
  { name: "31 Broyden banded", x0: new Array<number>(10).fill(-1), minima: [0], residuals: (x) => x.map((xi, i) => sub(add(mul(xi, add(2, mul(5, square(xi)))), 1), all(range(10).filter((j) => j !== i && j >= i - 5 && j <= i + 1).map((j) => mul(x[j]!, add(1, x[j]!)))))) }, // prettier-ignore
  { name: "32 linear, full rank", x0: new Array<number>(5).fill(1), minima: [5], residuals: linear(10, 5) },
  { name: "33 linear, rank 1", x0: new Array<number>(5).fill(1), minima: [(10 * 9) / (2 * 21)], residuals: (x) => { const s = all(x.map((xi, j) => mul(j + 1, xi))); return range(10).map((i) => sub(mul(i + 1, s), 1)); } }, // prettier-ignore
  { name: "34 linear, rank 1 with zero columns and rows", x0: new Array<number>(5).fill(1), minima: [(100 + 30 - 6) / (2 * 17)], residuals: (x) => { const s = all(x.slice(1, -1).map((xi, j) => mul(j + 2, xi))); return range(10).map((i) => (i === 0 || i === 9 ? add(mul(0, s), -1) : sub(mul(i, s), 1))); } }, // prettier-ignore
  ...([[7, 0], [8, 3.51687e-3], [9, 0], [10, 6.50395e-3]] as const).map(([n, least]): Problem => ({
    name: `35 Chebyquad, n = ${n}`,
    x0: range(n).map((i) => (i + 1) / (n + 1)),
    minima: [least, ...(n === 10 ? [4.77271e-3] : [])],
    residuals: (x) => range(n).map((i) => sub(mul(1 / n, all(x.map((xj) => chebyshev(xj, i + 1)))), i % 2 === 1 ? -1 / ((i + 1) ** 2 - 1) : 0)),
  })), // prettier-ignore
];

/** Whether a sum is that of a minimum, to the digits that the paper gives. */
export const isMinimum = (value: number, { minima }: Problem): boolean =>
  minima.some((least) => (least === 0 ? value < 1e-10 : Math.abs(value - least) <= 1e-5 * least));
