/** Log densities of several numbers together: of shares, vectors and correlations. */
import { add, div, le, lgamma, log, lt, mul, square, sub, xlogy } from "../trace/generated/math.js";
import { describe } from "../errors.js";
import { type Joined, type Operand } from "../trace/value.js";
import { any, checkLengths, type Elements, elementsOf, guarded, type OfElements } from "./guards.js";

const HALF_LOG_TWO_PI = 0.9189385332046728;

const total = (terms: readonly Operand[]): Operand => terms.reduce((x, y) => add(x, y));

/** What the rows of a matrix give together. */
type OfRows<L> = L extends readonly (infer R)[] ? OfElements<R> : never;

/** Of the Dirichlet distribution: Σ (alphaᵢ − 1) log xᵢ + log Γ(Σ alphaᵢ) − Σ log Γ(alphaᵢ), of numbers that add up to 1, which is not looked at; −∞ where one is below 0. NaN where an alpha is not above 0. */
export function dirichletLogPdf<X extends Elements, A extends Elements>(x: X, alpha: A): Joined<OfElements<X>, OfElements<A>>;
export function dirichletLogPdf(x: Elements, alpha: Elements): Operand {
  const shares = elementsOf("dirichletLogPdf", x, "x");
  const shapes = elementsOf("dirichletLogPdf", alpha, "alpha");
  checkLengths("dirichletLogPdf", shares, shapes, "alpha");
  const terms = shares.map((share, i) => sub(xlogy(sub(shapes[i]!, 1), share), lgamma(shapes[i]!)));
  return guarded(any(...shapes.map((a) => le(a, 0))), any(...shares.map((s) => lt(s, 0))), add(lgamma(total(shapes)), total(terms)));
}

/** A lower triangular matrix, an array of its rows; what is above the diagonal is not looked at. */
export type Triangle = readonly (readonly Operand[] | Float64Array)[];

/** Throws unless a matrix has so many rows, each up to the diagonal. */
function checkTriangle(name: string, rows: Triangle, size: number): void {
  if (!Array.isArray(rows) || rows.length !== size)
    throw new RangeError(`${name}: expected a lower triangular matrix, an array of ${size} rows, got ${describe(rows)}`);
  const short = (rows as Triangle).findIndex((row, i) => row.length <= i);
  if (short >= 0)
    throw new RangeError(`${name}: expected ${short + 1} numbers or more in row ${short}, got ${(rows as Triangle)[short]!.length}`);
}

/** Of the normal distribution of several numbers with covariance L Lᵀ: −|L⁻¹(x − mu)|² / 2 − Σ log Lᵢᵢ − n log(2π) / 2. Elements may be columns, of a point a lane. NaN where a number of the diagonal is not above 0. */
export function multivariateNormalCholeskyLogPdf<X extends Elements, M extends Elements, L extends Triangle>(
  x: X,
  mu: M,
  l: L,
): Joined<OfElements<X>, Joined<OfElements<M>, OfRows<L>>>;
export function multivariateNormalCholeskyLogPdf(x: Elements, mu: Elements, l: Triangle): Operand {
  const name = "multivariateNormalCholeskyLogPdf";
  const [point, centre] = [elementsOf(name, x, "x"), elementsOf(name, mu, "mu")];
  checkLengths(name, point, centre, "mu");
  checkTriangle(name, l, point.length);
  const z: Operand[] = [];
  point.forEach((xi, i) => {
    const rest = z.reduce<Operand>((left, zk, k) => sub(left, mul(l[i]![k]!, zk)), sub(xi, centre[i]!));
    z.push(div(rest, l[i]![i]!));
  });
  const diagonal = l.map((row, i) => row[i]!);
  const density = sub(mul(-0.5, total(z.map((zi) => square(zi)))), add(total(diagonal.map((d) => log(d))), z.length * HALF_LOG_TWO_PI));
  return guarded(any(...diagonal.map((d) => le(d, 0))), 0, density);
}

/**
 * Of the distribution of Lewandowski, Kurowicka and Joe (2009) of correlation matrices R = L Lᵀ, with density as det(R)^(eta − 1), by the Cholesky factor: Σ (n − i + 2eta − 2) log Lᵢᵢ and its constant, i from 2 to n.
 * NaN where eta is not above 0, −∞ where a number of the diagonal is below 0.
 */
export function lkjCholeskyLogPdf<L extends Triangle, E extends Operand>(l: L, eta: E): Joined<OfRows<L>, E>;
export function lkjCholeskyLogPdf(l: Triangle, eta: Operand): Operand {
  const n = Array.isArray(l) ? l.length : 0;
  checkTriangle("lkjCholeskyLogPdf", l, Math.max(1, n));
  let density: Operand = 0;
  for (let i = 1; i < n; i++) {
    const power = add(n - 1 - i, mul(2, sub(eta, 1)));
    const constant = add((i / 2) * Math.log(Math.PI), sub(lgamma(add(eta, (n - 1 - i) / 2)), lgamma(add(eta, (n - 1) / 2))));
    density = add(density, sub(xlogy(power, l[i]![i]!), constant));
  }
  return guarded(le(eta, 0), any(...l.map((row, i) => lt(row[i]!, 0))), density);
}
