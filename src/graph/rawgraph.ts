/** Raw graphs: what functions record where two recordings are to be compared, so that their rows do not depend on the numbers that they use. */
import { Graph, type Mark, type Row, SCALAR } from "./graph.js";
import { type NumericArray } from "../data/arrays.js";
import { structural } from "../ops/rows.js";

const EMPTY: Mark = new Graph().mark();

/** Numbers that a function captured as an array, as they are kept: a vector, or lane numbers. */
export type Captured = Float64Array | Int32Array;

/** Whether two arrays hold the same numbers, 0 and −0 apart; about a nanosecond a number. */
export function sameContents(x: Captured, y: NumericArray | Int32Array): boolean {
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) {
    const number = x[i]!;
    // Of most numbers `===` decides, which takes a third of the time of Object.is.
    if ((number !== y[i] || number === 0) && !Object.is(number, y[i])) return false;
  }
  return true;
}

/**
 * A graph in which every use of a number is a row in its place, equal to others or not, and a captured array is one row while its contents stay the same.
 * Rows without numbers that are equal are one, as in any graph. Such a graph is used again, recording after recording.
 */
export class RawGraph extends Graph {
  /** Where captured array k may be copied to, or what it is known to equal; undefined where it must be kept. */
  place: ((k: number, values: NumericArray | Int32Array) => Captured | undefined) | undefined;
  readonly #known = new Map<NumericArray | Int32Array, Row>();

  override literal(value: number): Row {
    return this.push(structural.constant, SCALAR, this.constants.push(value) - 1);
  }

  override vector(values: NumericArray | Int32Array): Row {
    const known = this.#known.get(values);
    if (known !== undefined && sameContents(this.vectors[this.a[known]!]!, values)) return known;
    const op = values instanceof Int32Array ? structural.indexVector : structural.vector;
    const shape = this.shapeOf(values.length);
    const held = this.place?.(this.vectors.length, values) ?? (values instanceof Int32Array ? values.slice() : new Float64Array(values));
    const row = this.push(op, shape, this.vectors.push(held) - 1);
    this.#known.set(values, row);
    return row;
  }

  /** Later rows are recorded as if earlier ones were not known to equal them. */
  override rewind(mark: Mark): void {
    super.rewind(mark);
    this.#known.clear();
  }

  /** Makes it ready for the next recording. */
  clear(): void {
    this.rewind(EMPTY);
    this.generation++;
    this.leaves = [];
    this.place = undefined;
  }
}
