/** Recordings: the values of a graph's rows, computed as they are recorded. */
import { evaluate } from "./generated/evaluate.js";
import { type Graph, type Recording, type Row } from "./graph.js";
import { argLane, cumsumLanes, extremeLane, segmentSumLanes, sumLanes, takeLanes } from "./lanes.js";
import { isElementwise, structural } from "./structural.js";

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
  ) {
    this.#inputs = inputs.map((leaf) => (ArrayBuffer.isView(leaf) ? (leaf as Float64Array | Int32Array).slice() : leaf));
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
    else if (!graph.isScalar(row)) this.#vectors.set(row, isElementwise(op) ? this.#lanewise(row) : this.#vector(row));
    else if (isElementwise(op)) {
      const numbers = this.#numbers;
      const b = graph.b[row]!;
      const c = graph.c[row]!;
      numbers[row] = evaluate(op, numbers[graph.a[row]!]!, b < 0 ? 0 : numbers[b]!, c < 0 ? 0 : numbers[c]!);
    } else this.#numbers[row] = this.#scalar(row);
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

  #lanes(row: Row): Float64Array {
    return this.#vectors.get(row)!;
  }

  /** Reads the lanes of an operand; a scalar has the same in every one. */
  #laneOf(operand: Row): (i: number) => number {
    if (operand < 0) return () => 0;
    const lanes = this.#vectors.get(operand);
    const number = this.#numbers[operand]!;
    return lanes ? (i) => lanes[i]! : () => number;
  }

  /** An elementwise row over lanes; scalars combine with every one. */
  #lanewise(row: Row): Float64Array {
    const { graph } = this;
    const [a, b, c] = [this.#laneOf(graph.a[row]!), this.#laneOf(graph.b[row]!), this.#laneOf(graph.c[row]!)];
    return Float64Array.from({ length: graph.lanes(row) }, (_, i) => evaluate(graph.op[row]!, a(i), b(i), c(i)));
  }

  #scalar(row: Row): number {
    const { graph } = this;
    const [a, b] = [graph.a[row]!, graph.b[row]!];
    switch (graph.op[row]) {
      case structural.input: {
        const leaf = this.#inputs[a];
        return typeof leaf === "number" ? leaf : (leaf as readonly number[])[b]!;
      }
      case structural.constant:
        return graph.constants[a]!;
      case structural.sum:
        return sumLanes(this.#lanes(a));
      case structural.at:
        return this.#lanes(a)[b]!;
      case structural.assemble: {
        let total = 0;
        for (let k = 0; k < graph.operandCount(row); k++) total += this.#numbers[graph.operand(row, k)]!;
        return total;
      }
      case structural.custom:
        return this.#numbers[graph.operand(row, 0)]!;
      case structural.host:
        return graph.hosts[graph.c[row]!]!.value(...graph.operands(row).map((operand) => this.#numbers[operand]!));
      case structural.max:
      case structural.min:
        return extremeLane(this.#lanes(a), graph.op[row] === structural.max ? 1 : -1);
      default:
        return argLane(this.#lanes(a), graph.op[row] === structural.argmax ? 1 : -1);
    }
  }

  #vector(row: Row): Float64Array {
    const { graph } = this;
    const [a, b] = [graph.a[row]!, graph.b[row]!];
    const lanes = graph.lanes(row);
    switch (graph.op[row]) {
      case structural.vector:
      case structural.indexVector:
        return graph.vectors[a] as Float64Array;
      case structural.input:
      case structural.indices:
        return this.#inputs[a] as Float64Array;
      case structural.broadcast:
        return new Float64Array(lanes).fill(this.#numbers[a]!);
      case structural.slice:
        return this.#lanes(a).slice(b, b + lanes);
      case structural.take:
        return takeLanes(this.#lanes(a), this.#lanes(b));
      case structural.segmentSum:
        return segmentSumLanes(this.#lanes(a), this.#lanes(b), lanes);
      case structural.cumsum:
        return cumsumLanes(this.#lanes(a));
      case structural.reverse:
        return this.#lanes(a).slice().reverse();
      case structural.custom:
        return this.#lanes(graph.operand(row, 0));
      case structural.host: {
        const operands = graph.operands(row).map((operand) => this.#laneOf(operand));
        return Float64Array.from({ length: lanes }, (_, i) => graph.hosts[graph.c[row]!]!.value(...operands.map((lane) => lane(i))));
      }
      default:
        return this.#assembled(row);
    }
  }

  #assembled(row: Row): Float64Array {
    const { graph } = this;
    const sums = new Float64Array(graph.lanes(row));
    for (let k = 0; k < graph.operandCount(row); k++) {
      const offset = graph.pieceOffset(row, k);
      const piece = this.#vectors.get(graph.operand(row, k)) ?? [this.#numbers[graph.operand(row, k)]!];
      piece.forEach((number, i) => (sums[offset + i]! += number));
    }
    return sums;
  }
}
