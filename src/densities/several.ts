/** Log densities of several numbers together: of shares, vectors and correlations. */
import { own } from "../data/operands.js";
import { add, div, le, lgamma, log, lt, mul, square, sub, xlogy } from "../trace/generated/math.js";
import { type MatrixLike, shapeOf } from "../trace/matrices.js";
import { triangularSolve } from "../trace/systems.js";
import { type Joined, type Operand, type Value } from "../trace/value.js";
import { at, diagonal, min, sum } from "../trace/vectors.js";
import { squareOf } from "../trace/wholes.js";
import {
  any,
  checkLengths,
  type Elements,
  elementsOf,
  guarded,
  matrixIn,
  type OfElements,
  type OfRows,
  rowsOf,
  type Triangle,
} from "./guards.js";

const HALF_LOG_TWO_PI = 0.9189385332046728;

const total = (terms: readonly Operand[]): Operand => terms.reduce((x, y) => add(x, y));

/** One point, or several: the rows of a matrix. */
export type Points = Elements | MatrixLike;

/** What points give: of a matrix of numbers, a number a row. */
type OfPoints<X> = X extends Elements ? OfElements<X> : Float64Array;

function dirichletLogPdfOf<X extends Elements, A extends Elements>(x: X, alpha: A): Joined<OfElements<X>, OfElements<A>>;
function dirichletLogPdfOf(x: Elements, alpha: Elements): Operand {
  const shares = elementsOf("dirichletLogPdf", x, "x");
  const shapes = elementsOf("dirichletLogPdf", alpha, "alpha");
  checkLengths("dirichletLogPdf", shares.length, shapes.length, "alpha");
  const terms = shares.map((share, i) => sub(xlogy(sub(shapes[i]!, 1), share), lgamma(shapes[i]!)));
  return guarded(any(...shapes.map((a) => le(a, 0))), any(...shares.map((s) => lt(s, 0))), add(lgamma(total(shapes)), total(terms)));
}

/** Of the Dirichlet distribution: Σ (alphaᵢ − 1) log xᵢ + log Γ(Σ alphaᵢ) − Σ log Γ(alphaᵢ), of numbers that add up to 1, which is not looked at; −∞ where one is below 0. NaN where an alpha is not above 0. */
export const dirichletLogPdf = /* @__PURE__ */ own(dirichletLogPdfOf);

/** The numbers of points, each a column where there are several. */
function coordinatesOf(name: string, x: Points, what: string): readonly Operand[] {
  const points = matrixIn(name, x, what);
  return points
    ? Array.from({ length: points.shape[1]! }, (_, k): Operand => at(points as Value, k, { axis: 1 }))
    : elementsOf(name, x as Elements, what);
}

/** −|z|² / 2 − Σ log Lᵢᵢ − n log(2π) / 2 */
const standardNormal = (square: Operand, logDeterminant: Operand, n: number): Operand =>
  sub(mul(-0.5, square), add(logDeterminant, n * HALF_LOG_TWO_PI));

function multivariateNormalCholeskyLogPdfOf<X extends Points, M extends Points, L extends Triangle>(
  x: X,
  mu: M,
  l: L,
): Joined<OfPoints<X>, Joined<OfPoints<M>, OfRows<L>>>;
function multivariateNormalCholeskyLogPdfOf(x: Points, mu: Points, l: Triangle): Operand {
  const whole = Array.isArray(x) || Array.isArray(mu) ? undefined : matrixIn(NORMAL, l, "L");
  return whole ? normalOfVectors(x as Value, mu as Value, whole as Value) : normalOfLists(x, mu, l);
}

/**
 * Of the normal distribution of several numbers with covariance L Lᵀ: −|L⁻¹(x − mu)|² / 2 − Σ log Lᵢᵢ − n log(2π) / 2. A point x is a list of numbers, or a vector; of columns, with a point a lane, and of a matrix, whose rows are points, the densities are
 * a vector. Centres mu likewise. NaN where a number of the diagonal is not above 0.
 */
export const multivariateNormalCholeskyLogPdf = /* @__PURE__ */ own(multivariateNormalCholeskyLogPdfOf);

const NORMAL = "multivariateNormalCholeskyLogPdf";

/** By one triangular system for all points. */
function normalOfVectors(x: Value, mu: Value, l: Value): Operand {
  const n = shapeOf(NORMAL, x).at(-1)!;
  checkLengths(NORMAL, n, shapeOf(NORMAL, mu).at(-1)!, "mu");
  checkLengths(NORMAL, n, squareOf(NORMAL, l.shape), "the diagonal of L");
  const away = sub(x, mu);
  const isSeveral = shapeOf(NORMAL, away).length > 1;
  const z = isSeveral ? triangularSolve(l, away, { right: true, transpose: true }) : triangularSolve(l, away);
  const d = diagonal(l);
  return guarded(le(min(d), 0), 0, standardNormal(isSeveral ? sum(square(z), { axis: 1 }) : sum(square(z)), sum(log(d)), n));
}

/** Number by number, forward through the rows. */
function normalOfLists(x: Points, mu: Points, l: Triangle): Operand {
  const [point, centre] = [coordinatesOf(NORMAL, x, "x"), coordinatesOf(NORMAL, mu, "mu")];
  checkLengths(NORMAL, point.length, centre.length, "mu");
  const rows = rowsOf(NORMAL, l, point.length);
  const z: Operand[] = [];
  point.forEach((xi, i) => {
    const rest = z.reduce<Operand>((left, zk, k) => sub(left, mul(rows[i]![k]!, zk)), sub(xi, centre[i]!));
    z.push(div(rest, rows[i]![i]!));
  });
  const diagonal = rows.map((row, i) => row[i]!);
  const density = standardNormal(total(z.map((zi) => square(zi))), total(diagonal.map((d) => log(d))), z.length);
  return guarded(any(...diagonal.map((d) => le(d, 0))), 0, density);
}

function lkjCholeskyLogPdfOf<L extends Triangle, E extends Operand>(l: L, eta: E): Joined<OfRows<L>, E>;
function lkjCholeskyLogPdfOf(l: Triangle, eta: Operand): Operand {
  const diagonal = rowsOf("lkjCholeskyLogPdf", l).map((row, i) => row[i]!);
  const n = diagonal.length;
  let density: Operand = 0;
  for (let i = 1; i < n; i++) {
    const power = add(n - 1 - i, mul(2, sub(eta, 1)));
    const constant = add((i / 2) * Math.log(Math.PI), sub(lgamma(add(eta, (n - 1 - i) / 2)), lgamma(add(eta, (n - 1) / 2))));
    density = add(density, sub(xlogy(power, diagonal[i]!), constant));
  }
  return guarded(le(eta, 0), any(...diagonal.map((d) => lt(d, 0))), density);
}

/**
 * Of the distribution of Lewandowski, Kurowicka and Joe (2009) of correlation matrices R = L Lᵀ, with density as det(R)^(eta − 1), by the Cholesky factor: Σ (n − i + 2eta − 2) log Lᵢᵢ and its constant, i from 2 to n.
 * NaN where eta is not above 0, −∞ where a number of the diagonal is below 0.
 */
export const lkjCholeskyLogPdf = /* @__PURE__ */ own(lkjCholeskyLogPdfOf);
