/** Rows of linear algebra, recorded of Values or computed on numbers. */
import { type NumericArray } from "../data/arrays.js";
import { Matrix, type Found } from "../data/matrix.js";
import { type Facts } from "../ops/definition.js";
import { structural } from "../ops/rows.js";
import { lanesOf, type Shape, shapeText } from "../ops/shapes.js";
import { structuralRows, type WholeRow } from "../ops/structural.js";
import { wholeRow } from "../graph/shaped.js";
import { numbersOf, type ShapedNumbers } from "./matrices.js";
import { rowOf, traceOf, Value } from "./value.js";

/** A matrix of numbers, here or in another library. */
export type Numbers2 = Matrix | ShapedNumbers;

/** A vector or a matrix: of numbers, or traced. */
export type Array2 = NumericArray | Numbers2 | Value;

/** The row `name` of operands, in a shape: a Value where one of them is, else numbers. */
export function whole(
  name: WholeRow,
  caller: string,
  operands: readonly unknown[],
  shape: Shape,
  attribute = -1,
): Value | Matrix | Float64Array {
  const trace = traceOf(caller, operands);
  if (trace !== undefined) {
    const rows = operands.map((operand) => rowOf(caller, trace, operand));
    return new Value(trace, wholeRow(trace.graph, structural[name], trace.graph.shapeOf(shape), rows, attribute));
  }
  const found = operands.map((operand) => numbersOf(caller, operand)!);
  const v = new Float64Array(lanesOf(shape));
  structuralRows[name].fill(
    v,
    found.map(({ data }) => data),
    factsFor(found, shape, attribute),
  );
  return shape.length > 1 ? new Matrix(v, shape) : v;
}

/** What a definition sees of numbers. */
const factsFor = (operands: readonly Found[], shape: Shape, attribute: number): Facts => ({
  lanes: lanesOf(shape),
  scalar: false,
  shape,
  count: operands.length,
  operand: (k) => ({ lanes: operands[k]!.data.length, scalar: false, shape: operands[k]!.shape, indices: false }),
  attribute,
  offset: () => 0,
  lanesAt: () => undefined,
  content: undefined,
});

/** Throws where an operand is no square matrix, or batch of them. Returns its size. */
export function squareOf(name: string, shape: Shape): number {
  const n = shape.at(-1)!;
  if (shape.length > 1 && shape.at(-2) === n) return n;
  throw new RangeError(`${name}: expected a square matrix, got ${shape.length < 2 ? `a vector of ${n}` : `the shape ${shapeText(shape)}`}`);
}
