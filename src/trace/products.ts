/** Products of matrices and vectors, numbers or traced. */
import { type NumericArray } from "../data/arrays.js";
import { type Matrix } from "../data/matrix.js";
import { optionsOf } from "../data/options.js";
import { own, surplus, taking } from "../data/operands.js";
import { productOf, TRANSPOSE } from "../ops/linear/rows.js";
import { type Shape, shapeText } from "../ops/shapes.js";
import { reshape, shapeOf } from "./matrices.js";
import { mul } from "./generated/math.js";
import { type Value } from "./value.js";
import { at, free } from "./vectors.js";
import { type Array2, type Numbers2, whole } from "./wholes.js";

/** Which operands of a product are transposed. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

const textOf = (shape: Shape): string => (shape.length > 1 ? shapeText(shape) : `a vector of ${shape[0]}`);

function matmulOf(a: NumericArray, b: NumericArray, options?: MatmulOptions): number;
function matmulOf(a: Numbers2, b: NumericArray, options?: MatmulOptions): Float64Array;
function matmulOf(a: NumericArray, b: Numbers2, options?: MatmulOptions): Float64Array;
function matmulOf(a: Numbers2, b: Numbers2, options?: MatmulOptions): Matrix;
function matmulOf(a: Array2, b: Array2, options?: MatmulOptions): Value;
function matmulOf(a: Array2, b: Array2, options?: MatmulOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("matmul", [a, b], [options, ...more]);
  const { transposeA = false, transposeB = false } = optionsOf("matmul", options);
  const [x, y] = [shapeOf("matmul", a), shapeOf("matmul", b)];
  const [isRow, isColumn] = [x.length === 1, y.length === 1];
  const refuse = (expected: string): never => {
    const text = (shape: Shape, transposed: boolean): string => `${textOf(shape)}${transposed ? " transposed" : ""}`;
    throw new RangeError(`matmul: expected ${expected}, got ${text(x, transposeA)} and ${text(y, transposeB)}`);
  };
  if ((isRow && transposeA) || (isColumn && transposeB)) refuse("a matrix to transpose");
  if ((isRow && y.length > 2) || (isColumn && x.length > 2)) refuse("a matrix beside a batch");
  const [left, right] = [isRow ? [1, x[0]!] : x, isColumn ? [y[0]!, 1] : y];
  const flags = (transposeA ? TRANSPOSE.a : 0) + (transposeB ? TRANSPOSE.b : 0);
  if ((transposeA ? left.at(-2) : left.at(-1)) !== (transposeB ? right.at(-1) : right.at(-2))) refuse("as many columns as rows");
  if (x.length > 2 && y.length > 2 && x[0] !== y[0]) refuse("batches of one size");
  const { batch, m, n } = productOf(left, right, flags);
  const shape = x.length > 2 || y.length > 2 ? [batch, m, n] : [m, n];
  const product = whole("matmul", "matmul", [isRow ? reshape(free(a), left) : a, isColumn ? reshape(free(b), right) : b], shape, flags);
  if (!isRow && !isColumn) return product;
  const vector = reshape(free(product), [m * n]);
  return isRow && isColumn ? at(vector, 0) : vector;
}

/**
 * The product of two matrices, aᵀ b or a bᵀ with `{ transposeA: true }` or `{ transposeB: true }`; of batches each with each, or with the one matrix that serves all. A vector on the left is
 * a row, on the right a column, and the result is a vector then; of two vectors it is a number. Terms add from the left, the same in every engine.
 * @throws RangeError where the sizes do not fit.
 */
export const matmul = /* @__PURE__ */ own(matmulOf);

/** The matrix of the products xᵢ yⱼ of two vectors. */
export const outer = /* @__PURE__ */ taking("outer", 2, (x: NumericArray | Value, y: NumericArray | Value) => {
  const [[m, ...more], [n, ...others]] = [shapeOf("outer", x), shapeOf("outer", y)];
  if (more.length + others.length > 0)
    throw new RangeError(`outer: expected two vectors, got ${textOf([m!, ...more])} and ${textOf([n!, ...others])}`);
  return mul(free(reshape(free(x), [m!, 1])), free(reshape(free(y), [1, n!])));
}) as {
  (x: NumericArray, y: NumericArray): Matrix;
  (x: NumericArray | Value, y: NumericArray | Value): Value;
};
