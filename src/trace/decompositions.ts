/** QR factors, least squares and eigenvalues, numbers or traced. */
import { type NumericArray } from "../data/arrays.js";
import { type Matrix } from "../data/matrix.js";
import { own, surplus, taking } from "../data/operands.js";
import { type Shape } from "../ops/shapes.js";
import { matmul } from "./products.js";
import { concatAlong, slicePlaces } from "./places.js";
import { matrixShape, reshape, shapeOf, transpose } from "./matrices.js";
import { rightSides, triangularSolve } from "./systems.js";
import { type Value } from "./value.js";
import { free } from "./vectors.js";
import { type Array2, type Numbers2, squareOf, whole } from "./wholes.js";

/** The factors of a matrix: a = q r. */
export interface QrFactors<M = Matrix> {
  /** m × min(m, n), with orthonormal columns. */
  readonly q: M;
  /** min(m, n) × n, upper triangular, with a diagonal that is not negative. */
  readonly r: M;
}

/** Eigenvalues and eigenvectors of a symmetric matrix: a · vectors = vectors · diag(values). */
export interface Eigen<V = Float64Array, M = Matrix> {
  /** In ascending order. */
  readonly values: V;
  /** A column for each, orthonormal. */
  readonly vectors: M;
}

/** The parts of what is made of a matrix by one row. */
function partsOf(caller: string, made: "qr" | "eigh", a: unknown, shape: Shape, room: Shape) {
  const batch = shape.slice(0, -2);
  const together = whole(made, caller, [a], [...batch, ...room]);
  return (name: "orthogonalFactor" | "triangularFactor" | "eigenvalues" | "eigenvectors", own: Shape): Value =>
    free(whole(name, caller, [together, a], [...batch, ...own]));
}

/** QR factors of at least as many rows as columns. */
function tallFactors(caller: string, a: unknown): QrFactors<Value> {
  const shape = shapeOf(caller, a);
  const [m, n] = shape.slice(-2) as [number, number];
  const part = partsOf(caller, "qr", a, shape, [m + n, n]);
  return { q: part("orthogonalFactor", [m, n]), r: part("triangularFactor", [n, n]) };
}

/**
 * The QR factors of a matrix, or of each in a batch, by Householder's reflections: `q` has orthonormal columns, `r` is upper triangular, m × k and k × n with the smaller size k. The diagonal
 * of r is not negative, so that both are unique where the first k columns are independent; where they are not, r has a 0 there and derivatives are NaN or infinite.
 */
export const qr = /* @__PURE__ */ taking("qr", 1, (a: unknown) => {
  const shape = matrixShape("qr", a);
  const [m, n] = shape.slice(-2) as [number, number];
  if (m >= n) return tallFactors("qr", a);
  const { q, r } = tallFactors("qr", slicePlaces(a, 0, m, shape.length - 1));
  const rest = matmul(q, slicePlaces(a, m, n, shape.length - 1) as Value, { transposeA: true });
  return { q, r: concatAlong([r, rest], shape.length - 1) };
}) as { (a: Numbers2): QrFactors; (a: Value): QrFactors<Value> };

function lstsqOf(a: Numbers2, b: NumericArray): Float64Array;
function lstsqOf(a: Numbers2, b: Numbers2): Matrix;
function lstsqOf(a: Numbers2 | Value, b: Array2): Value;
function lstsqOf(a: Numbers2 | Value, b: Array2, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("lstsq", [a, b], more);
  const [of, given] = [matrixShape("lstsq", a), shapeOf("lstsq", b)];
  const [m, n] = of.slice(-2) as [number, number];
  const sides = rightSides("lstsq", m, of, given);
  const column = reshape(free(b), sides);
  const solved = (): Value => {
    if (m >= n) {
      const { q, r } = tallFactors("lstsq", a);
      return triangularSolve(r, matmul(q, column, { transposeA: true }), { upper: true });
    }
    const { q, r } = tallFactors("lstsq", transpose(free(a)));
    return matmul(q, triangularSolve(r, column, { upper: true, transpose: true }));
  };
  return given.length > 1 ? solved() : reshape(solved(), [n]);
}

/**
 * The x of the least ‖a x − b‖, by QR factors: of more columns than rows, the shortest of those with a x = b. b is a vector, or a matrix of right sides side by side. For a of full rank: where
 * it is not, the result is infinite, NaN, or as large as rounding makes it.
 */
export const lstsq = /* @__PURE__ */ own(lstsqOf);

/**
 * The eigenvalues of a symmetric matrix, or of each in a batch, and its eigenvectors as columns; what is above the diagonal is not read, so its derivatives are 0. In an eigenvector
 * the first number of more than a tenth of the largest magnitude is positive. Derivatives of eigenvectors divide by differences of eigenvalues, and those of second order of eigenvalues too: NaN or
 * infinite where two are equal.
 */
export const eigh = /* @__PURE__ */ taking("eigh", 1, (a: unknown) => {
  const shape = shapeOf("eigh", a);
  const n = squareOf("eigh", shape);
  const part = partsOf("eigh", "eigh", a, shape, [n + 1, n]);
  return { values: part("eigenvalues", [n]), vectors: part("eigenvectors", [n, n]) };
}) as { (a: Numbers2): Eigen; (a: Value): Eigen<Value, Value> };
