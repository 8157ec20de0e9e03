/** Systems of linear equations, factors and determinants, numbers or traced. */
import { type NumericArray } from "../data/arrays.js";
import { Matrix } from "../data/matrix.js";
import { optionsOf } from "../data/options.js";
import { own, surplus, taking } from "../data/operands.js";
import { opcode } from "../ops/generated/table.js";
import { luSize } from "../ops/linear/lu.js";
import { TRIANGLE } from "../ops/linear/rows.js";
import { type Shape, shapeText } from "../ops/shapes.js";
import { abs, eq, exp, gt, log, lt, mul, or, stopGradient, sub, where } from "./generated/math.js";
import { reshape, shapeOf } from "./matrices.js";
import { apply, Value } from "./value.js";
import { at, free, prod, sum, take } from "./vectors.js";
import { type Array2, type Numbers2, squareOf, whole } from "./wholes.js";

/** Which triangle of a matrix a system is of, and how it stands there. */
export interface TriangularOptions {
  /** The triangle on and above the diagonal, in place of that on and below it. */
  readonly upper?: boolean;
  /** The system of the transposed triangle. */
  readonly transpose?: boolean;
  /** Ones on the diagonal, whatever is there. */
  readonly unitDiagonal?: boolean;
  /** x t = b in place of t x = b. */
  readonly right?: boolean;
}

/** A function of a square matrix, or of a batch of them, that gives as many. */
export interface SquareMap {
  (a: Numbers2): Matrix;
  (a: Value): Value;
}

/** A function of a square matrix that gives a number; of a batch, a vector. */
export interface SquareNumber {
  (a: Numbers2): number;
  (a: Value): Value;
}

/** The shape of right sides beside n unknowns; a vector as a column, or as a row. */
export function rightSides(name: string, n: number, of: Shape, shape: Shape, right = false): Shape {
  const sides = shape.length > 1 ? shape : right ? [1, shape[0]!] : [shape[0]!, 1];
  if (sides.at(right ? -1 : -2) !== n || (shape.length > 2 && of.length > 2 && shape[0] !== of[0]) || (shape.length < 2 && of.length > 2))
    throw new RangeError(
      `${name}: expected right sides of ${n} ${right ? "columns" : "rows"} beside the shape ${shapeText(of)}, got ${shape.length > 1 ? `the shape ${shapeText(shape)}` : `a vector of ${shape[0]}`}`,
    );
  return sides;
}

/** Solves with right sides that may be a vector. */
function withSides(of: Shape, b: Array2, given: Shape, sides: Shape, solve: (b: unknown, shape: Shape) => unknown): unknown {
  const shape = of.length > sides.length ? [of[0]!, ...sides] : sides;
  if (given.length > 1) return solve(b, shape);
  return reshape(free(solve(reshape(free(b), sides), shape)), given);
}

function triangularSolveOf(t: Numbers2, b: NumericArray, options?: TriangularOptions): Float64Array;
function triangularSolveOf(t: Numbers2, b: Numbers2, options?: TriangularOptions): Matrix;
function triangularSolveOf(t: Numbers2 | Value, b: Array2, options?: TriangularOptions): Value;
function triangularSolveOf(t: Numbers2 | Value, b: Array2, options?: TriangularOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("triangularSolve", [t, b], [options, ...more]);
  const { upper = false, transpose = false, unitDiagonal = false, right = false } = optionsOf("triangularSolve", options);
  const [of, given] = [shapeOf("triangularSolve", t), shapeOf("triangularSolve", b)];
  const sides = rightSides("triangularSolve", squareOf("triangularSolve", of), of, given, right);
  const bits = [upper, transpose, unitDiagonal, right].map((set, i) => (set ? Object.values(TRIANGLE)[i]! : 0));
  const flags = bits.reduce<number>((x, y) => x + y, 0);
  return withSides(of, b, given, sides, (b, shape) => whole("triangularSolve", "triangularSolve", [t, b], shape, flags));
}

/**
 * x of t x = b, t the lower triangle of a square matrix, or another as the options say; what lies in its other half is not read. b is a vector, or a matrix of right sides side by side.
 * Where the diagonal has a 0 the result is infinite or NaN.
 */
export const triangularSolve = /* @__PURE__ */ own(triangularSolveOf);

/**
 * The lower triangular L with L Lᵀ = a, for a positive definite; the upper half of a is not read, so its derivatives are 0. Where a is not positive definite, L is NaN from the column on
 * where that is found.
 */
export const cholesky = /* @__PURE__ */ taking("cholesky", 1, (a: Numbers2 | Value) => {
  const shape = shapeOf("cholesky", a);
  squareOf("cholesky", shape);
  return whole("cholesky", "cholesky", [a], shape);
}) as SquareMap;

/** The factors of a square matrix, which values and derivatives share. */
function factorsOf(name: string, a: Numbers2 | Value, shape: Shape): unknown {
  const size = [...shape.slice(0, -2), luSize(squareOf(name, shape))];
  return whole("lu", name, [a], size);
}

function solveOf(a: Numbers2, b: NumericArray): Float64Array;
function solveOf(a: Numbers2, b: Numbers2): Matrix;
function solveOf(a: Numbers2 | Value, b: Array2): Value;
function solveOf(a: Numbers2 | Value, b: Array2, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("solve", [a, b], more);
  const [of, given] = [shapeOf("solve", a), shapeOf("solve", b)];
  const sides = rightSides("solve", squareOf("solve", of), of, given);
  return withSides(of, b, given, sides, (b, shape) => whole("solve", "solve", [factorsOf("solve", a, of), b, a], shape));
}

/** x of a x = b for a square matrix, by LU factors with partial pivoting; b is a vector, or a matrix of right sides side by side. Where a is singular, the result is infinite or NaN. */
export const solve = /* @__PURE__ */ own(solveOf);

/** Ones on the diagonal of n × n. */
function identity(n: number): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
  return new Matrix(data, [n, n]);
}

/** a⁻¹, by LU factors. To solve by it, `solve(a, b)` is faster and nearer. */
export const inverse = /* @__PURE__ */ taking("inverse", 1, (a: Numbers2 | Value) => {
  const shape = shapeOf("inverse", a);
  return whole("solve", "inverse", [factorsOf("inverse", a, shape), identity(squareOf("inverse", shape)), a], shape);
}) as SquareMap;

/** The pivots of factors, and the signs of the orders of rows. */
function pivotsOf(factors: unknown, shape: Shape): { pivots: unknown; signs: unknown } {
  const n = shape.at(-1)!;
  const size = luSize(n);
  const batch = shape.length > 2 ? shape[0]! : 1;
  const flat = reshape(free(factors), [batch * size]);
  const places = (of: (i: number) => number, count: number): Int32Array => Int32Array.from({ length: batch * count }, (_, i) => of(i));
  const pivots = take(
    flat,
    places((i) => Math.floor(i / n) * size + (i % n) * (n + 1), n),
  );
  if (batch === 1 && shape.length < 3) return { pivots, signs: at(flat, size - 1) };
  const signs = take(
    flat,
    places((i) => (i + 1) * size - 1, 1),
  );
  return { pivots: reshape(free(pivots), [batch, n]), signs };
}

/** The sums of each matrix' numbers. */
const sumOf = (x: unknown, shape: Shape): Value =>
  free(shape.length > 2 ? sum(reshape(free(x), [shape[0]!, -1]), { axis: -1 }) : sum(reshape(free(x), [-1])));

/** What has the derivative a⁻ᵀ by a: Σ aᵢⱼ (a⁻ᵀ)ᵢⱼ, with that of the first factors alone. */
function inverseFlow(name: string, a: Value, factors: unknown, shape: Shape): Value {
  const n = shape.at(-1)!;
  const inverse = whole("solveTransposed", name, [factors, identity(n), a], shape);
  return sumOf(apply(opcode.weighted, a, free(inverse)), shape);
}

/** The determinant of a square matrix, by LU factors; of a batch, a vector. Its derivative is det(a) a⁻ᵀ, and so NaN where a is singular. */
export const det = /* @__PURE__ */ taking("det", 1, (a: Numbers2 | Value) => {
  const shape = shapeOf("det", a);
  const factors = factorsOf("det", a, shape);
  const { pivots, signs } = pivotsOf(factors, shape);
  const value = mul(free(signs), free(shape.length > 2 ? productsAlong(pivots, shape) : prod(free(pivots))));
  if (!(a instanceof Value)) return value;
  // d det = det · d log det, to any order: the exponential is 1.
  const flow = inverseFlow("det", a, factors, shape);
  return apply(opcode.surrogate, value, mul(value, exp(sub(flow, stopGradient(flow)))));
}) as SquareNumber;

/** The products of the rows of a matrix of batch × n. */
function productsAlong(x: unknown, [batch, , n]: Shape): unknown {
  const flat = reshape(free(x), [-1]);
  const column = (j: number): Value =>
    free(
      take(
        flat,
        Int32Array.from({ length: batch! }, (_, i) => i * n! + j),
      ),
    );
  return Array.from({ length: n! }, (_, j) => column(j)).reduce((x, y) => mul(x, y));
}

/** The logarithm of the determinant of a square matrix, by LU factors; of a batch, a vector. NaN where that is negative, −∞ where it is 0. Its derivative is a⁻ᵀ. */
export const logdet = /* @__PURE__ */ taking("logdet", 1, (a: Numbers2 | Value) => {
  const shape = shapeOf("logdet", a);
  const factors = factorsOf("logdet", a, shape);
  const { pivots, signs } = pivotsOf(factors, shape);
  const total = sumOf(log(abs(free(pivots))), shape.length > 2 ? [shape[0]!, 1, shape[2]!] : shape);
  const turns = where(lt(free(pivots), 0), -1, 1);
  const sign = mul(free(signs), free(shape.length > 2 ? productsAlong(turns, shape) : prod(turns)));
  const value = where(or(gt(sign, 0), eq(total, -Infinity)), total, NaN);
  return a instanceof Value ? apply(opcode.surrogate, value, inverseFlow("logdet", a, factors, shape)) : value;
}) as SquareNumber;
