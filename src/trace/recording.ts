/** Recordings: the values of a graph's rows, computed as they are recorded. */
import { isNumericArray } from "../data/arrays.js";
import { evaluate } from "../ops/generated/evaluate.js";
import { type Graph, type Recording, type Row } from "../graph/graph.js";
import { fillLanes } from "../ops/lanes.js";
import { isElementwise, structural } from "../ops/structural.js";
import { structuralValue } from "../graph/structuralvalues.js";

/** The values of all rows: 8 bytes a row, and the lanes of vectors. */
export class RecordedValues implements Recording {
  #numbers = new Float64Array(64);
  readonly #vectors = new Map<Row, Float64Array>();
  /** Placeholders that stand for one point of many, and what depends on them. */
  readonly #unknown = new Set<Row>();
  readonly #inputs: readonly unknown[];

  /** `inputs` are the values of the argument leaves; vectors are copied. */
  constructor(
    readonly graph: Graph,
    inputs: readonly unknown[],
    /** How functions of users are called: outside the recording. */
    readonly outside: <T>(body: () => T) => T,
  ) {
    this.#inputs = inputs.map((leaf) => (leaf instanceof Int32Array ? leaf.slice() : isNumericArray(leaf) ? new Float64Array(leaf) : leaf));
  }

  valueOf(row: Row): number | Float64Array | undefined {
    if (this.#unknown.has(row)) return undefined;
    return this.graph.isScalar(row) ? this.#numbers[row]! : this.#vectors.get(row);
  }

  compute(row: Row): void {
    const { graph } = this;
    if (row >= this.#numbers.length) this.#grow();
    const op = graph.op[row]!;
    if (this.#isUnknown(row)) this.#unknown.add(row);
    else if (!isElementwise(op)) this.#structural(row);
    else if (!graph.isScalar(row)) {
      const value = (a: number, b = 0, c = 0): number => evaluate(op, a, b, c);
      this.#fill(row, (v) => fillLanes({ value }, v, graph.operands(row).map(this.#view)));
    } else {
      const numbers = this.#numbers;
      const b = graph.b[row]!;
      const c = graph.c[row]!;
      numbers[row] = evaluate(op, numbers[graph.a[row]!]!, b < 0 ? 0 : numbers[b]!, c < 0 ? 0 : numbers[c]!);
    }
  }

  stand(placeholder: Row, row: Row): void {
    if (this.#unknown.has(row)) return;
    this.#unknown.delete(placeholder);
    if (this.graph.isScalar(row)) this.#numbers[placeholder] = this.#numbers[row]!;
    else this.#vectors.set(placeholder, this.#vectors.get(row)!);
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  #isUnknown(row: Row): boolean {
    const { graph } = this;
    if (graph.op[row] === structural.placeholder) return true; // until `stand` says what for
    if (this.#unknown.size === 0) return false;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) if (this.#unknown.has(graph.operand(row, k))) return true;
    return false;
  }

  /** The numbers of a row, as they are now. */
  readonly #view = (row: Row): Float64Array => (this.graph.isScalar(row) ? this.#numbers.subarray(row, row + 1) : this.#vectors.get(row)!);

  /** What an argument's or a constant's row holds; undefined for rows that are computed. */
  #given(row: Row): number | Float64Array | undefined {
    const { graph } = this;
    const a = graph.a[row]!;
    switch (graph.op[row]!) {
      case structural.input:
      case structural.indices: {
        const leaf = this.#inputs[a] as number | Float64Array | readonly number[];
        return typeof leaf === "object" && graph.isScalar(row) ? leaf[graph.b[row]!]! : (leaf as number | Float64Array);
      }
      case structural.constant:
        return graph.constantOf(row);
      case structural.vector:
      case structural.indexVector:
        return graph.vectors[a] as Float64Array;
      case structural.at: // an element of an argument, mostly: without the views of other rows
        return this.#vectors.get(a)![graph.b[row]!]!;
    }
    return undefined;
  }

  /** A row that is given, or a structural one. */
  #structural(row: Row): void {
    const given = this.#given(row);
    if (typeof given === "number") this.#numbers[row] = given;
    else if (given) this.#vectors.set(row, given);
    else {
      const compute = (v: Float64Array): void => structuralValue(this.graph, row, v, { view: this.#view, indices: this.#view })();
      this.#fill(row, this.graph.op[row] === structural.host ? (v) => this.outside(() => compute(v)) : compute);
    }
  }

  #fill(row: Row, fill: (v: Float64Array) => void): void {
    const { graph } = this;
    if (!graph.isScalar(row)) this.#vectors.set(row, new Float64Array(graph.lanes(row)));
    fill(this.#view(row));
  }
}
