/** Recordings: rows are written on a tape when a number is asked for, and evaluated by one sweep over all that were not yet. */
import { type Graph, type Recording, type Row } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { type Leaf } from "../../data/tree.js";
import { layout } from "../../trace/trace.js";
import { computeStructural } from "../reference/structural.js";
import { type SavedTape, type TapeMemory } from "./memory.js";
import { TapeWriter, type Written } from "./writer.js";

/** What a recording is made of. */
interface Given {
  readonly graph: Graph;
  readonly memory: TapeMemory;
  readonly leaves: readonly Leaf[];
  /** The values of the leaves, which are copied. */
  readonly values: readonly unknown[];
  /** How functions of users are called: outside the recording. */
  readonly outside: <T>(body: () => T) => T;
}

/** A graph's rows on a tape, with their numbers. */
export class TapeRecording implements Recording {
  readonly graph: Graph;
  readonly writer: TapeWriter;
  /** The lane numbers among the arguments. */
  indices: Int32Array;
  /** How often numbers were read. */
  reads = 0;
  /** How many rows of the tape were evaluated, and the first part that may have others. */
  #evaluated = 0;
  #part = 0;

  constructor({ graph, memory, leaves, values, outside }: Given) {
    this.graph = graph;
    const { positions, doubles, integers } = layout(leaves);
    this.indices = new Int32Array(integers);
    this.writer = new TapeWriter({
      graph,
      memory,
      inputs: doubles,
      leaves: positions,
      onStop: (row) => {
        this.#evaluate();
        const compute = (): void => computeStructural(graph, row, this.writer.positions, this.writer.memory.columns.value, this.indices);
        if (graph.op[row] === structural.host) outside(compute);
        else compute();
      },
    });
    values.forEach((value, leaf) => this.#put(value, positions[leaf]!));
  }

  compute(row: Row): void {
    const op = this.graph.op[row]!;
    // what may throw does so where it stands in the function
    if (op === structural.take || op === structural.segmentSum || op === structural.host) this.settle();
  }

  stand(placeholder: Row, row: Row): void {
    this.writer.stand(placeholder, row);
  }

  read(row: Row): number | Float64Array | undefined {
    this.reads++;
    return this.valueOf(row);
  }

  /** The number of a scalar row, the lanes of a vector, copied; undefined where the row depends on what has no value. */
  valueOf(row: Row): number | Float64Array | undefined {
    this.settle();
    const { graph, writer } = this;
    const at = writer.positions[row]!;
    if (at < 0) return undefined;
    const { value } = writer.memory.columns;
    return graph.isScalar(row) ? value[at]! : value.slice(at, at + graph.lanes(row));
  }

  /** Writes and evaluates all rows that there are. */
  settle(): void {
    this.writer.write(this.graph.length);
    this.#evaluate();
  }

  /** Copies what was recorded, settled, and where it may go on from; lets go of the memory. */
  end(): { readonly end: Written; readonly tape: SavedTape } {
    this.settle();
    const { writer } = this;
    const end = writer.state;
    const tape = writer.memory.copy(end.counts);
    writer.moveTo(undefined);
    return { end, tape };
  }

  /**
   * What `body` makes of rows that it records behind those of the end, on a memory that has these; they are forgotten. Functions of users, which it
   * may call, may do the same.
   */
  continued<T>(end: Written, memory: TapeMemory, indices: Int32Array, body: () => T): T {
    const { graph, writer } = this;
    const rows = graph.mark();
    const before = {
      recording: graph.recording,
      state: writer.state,
      memory: writer.memory as TapeMemory | undefined,
      indices: this.indices,
    };
    const [evaluated, part] = [this.#evaluated, this.#part];
    const start = (state: Written, on: TapeMemory | undefined, numbers: Int32Array): void => {
      writer.restore(state);
      writer.moveTo(on);
      this.indices = numbers;
    };
    start(end, memory, indices);
    [this.#evaluated, this.#part] = [end.counts.row, Math.max(0, end.parts.length - 1)];
    graph.recording = this;
    try {
      return body();
    } finally {
      graph.recording = before.recording;
      graph.rewind(rows);
      writer.forget();
      start(before.state, before.memory, before.indices);
      [this.#evaluated, this.#part] = [evaluated, part];
    }
  }

  #put(value: unknown, position: number): void {
    const { value: numbers } = this.writer.memory.columns;
    if (typeof value === "number") numbers[position] = value;
    else if (value instanceof Int32Array) this.indices.set(value, position);
    else numbers.set(value as ArrayLike<number>, position);
  }

  #evaluate(): void {
    const { memory, parts, counts } = this.writer;
    for (; this.#evaluated < counts.row; this.#part++) {
      const part = parts[this.#part]!;
      if (part.kind === "spread") memory.columns.value.fill(memory.columns.value[part.from]!, part.cell, part.cell + part.count);
      if (part.kind !== "run") continue;
      const first = Math.max(part.first, this.#evaluated);
      const count = part.first + part.count - first;
      if (count > 0) memory.forward(first, count, part.cell + first - part.first);
      this.#evaluated = first + count;
    }
    this.#part = Math.max(0, parts.length - 1);
  }
}
