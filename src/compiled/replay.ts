/** Replays: a recording's rows recorded again in an ordinary graph, with what the function captured as rows that may be given anew. */
import { Graph, type HostOp, type Row } from "../graph/graph.js";
import { copyRow } from "../graph/copy.js";
import { hostNumber } from "../passes/calls.js";
import { reach } from "../graph/reach.js";
import { type RawGraph } from "../graph/rawgraph.js";
import { isArgument } from "../graph/skeleton.js";
import { structural } from "../ops/rows.js";
import { type InputLeaf, layout, outputLeaves, type Program, recordInput } from "../trace/trace.js";
import { type Leaf } from "../data/tree.js";
import { lanesInWords } from "../graph/words.js";

/** What a function captured, as what is compiled of its recording takes it. */
export interface Captures {
  /** The constants, by number, that are inputs; the others stay what they are. */
  readonly numbers: readonly number[];
  /** The leaves of these inputs: one of the numbers, if any, and one a vector. */
  readonly leaves: readonly Leaf[];
  /** The host functions: they call what the function used last. */
  readonly hosts: readonly HostOp[];
}

/** The leaves of captured numbers and vectors. */
export function capturedLeaves({ vectors }: RawGraph, numbers: readonly number[]): Leaf[] {
  const leaves: Leaf[] = numbers.length > 0 ? [{ kind: "numbers", lanes: numbers.length, path: "captured" }] : [];
  for (const values of vectors)
    if (values instanceof Float64Array) leaves.push({ kind: "vector", lanes: values.length, path: lanesInWords(values) });
  return leaves;
}

/** The rows by which captured numbers and vectors are given. */
interface CapturedRows {
  readonly numbers: ReadonlyMap<number, Row>;
  readonly vectors: readonly (Row | undefined)[];
}

/** The rows of the inputs that captured leaves are. */
export function capturedRows({ vectors }: RawGraph, { numbers }: Captures, inputs: readonly InputLeaf[]): CapturedRows {
  let next = numbers.length > 0 ? 1 : 0;
  return {
    numbers: new Map(numbers.map((constant, k) => [constant, inputs[0]!.row + k])),
    vectors: vectors.map((values) => (values instanceof Float64Array ? inputs[next++]!.row : undefined)),
  };
}

/** Records in `to` what `results` need, and every argument. `images` has the rows that are there already, and gets the others. */
export function replay(
  from: RawGraph,
  to: Graph,
  results: readonly Row[],
  images: (Row | undefined)[],
  captured: CapturedRows,
  hosts: readonly HostOp[],
): void {
  const needed = reach(from, results, 0, { whole: true });
  const of = (row: Row): Row => images[row]!;
  const image = (row: Row): Row => {
    const a = from.a[row]!;
    switch (from.op[row]!) {
      case structural.constant:
        return captured.numbers.get(a) ?? to.constant(from.constants[a]!);
      case structural.vector:
        return captured.vectors[a]!;
      case structural.host:
        return to.host(hostNumber(to, hosts[from.c[row]!]!), from.operands(row).map(of));
      case structural.custom: // its derivatives are rows by now
        return of(from.operand(row, 0));
    }
    return copyRow(from, to, row, of);
  };
  for (let row = 0; row < from.length; row++)
    if (images[row] === undefined && (needed.has(row) || isArgument(from.op[row]!))) images[row] = image(row);
}

/** A program that was recorded raw, in an ordinary graph. */
export function recordedAnew(program: Program, graph: RawGraph, captures: Captures): Program {
  const to = new Graph();
  const count = program.inputs.length;
  const { positions } = layout([...program.inputs, ...captures.leaves]);
  const captured = captures.leaves.map((leaf, i): InputLeaf => ({
    ...leaf,
    position: positions[count + i]!,
    row: recordInput(to, leaf, count + i),
  }));
  const images: (Row | undefined)[] = [];
  const results = program.outputs.map(({ rows }) => rows);
  replay(graph, to, results.flat(), images, capturedRows(graph, captures, captured), captures.hosts);
  const image = (row: Row): Row => images[row]!;
  const outputs = outputLeaves(
    program.outputs,
    results.map((rows) => rows.map(image)),
  );
  return { ...program, graph: to, inputs: [...program.inputs.map((leaf) => ({ ...leaf, row: image(leaf.row) })), ...captured], outputs };
}

/** A host function that calls the one `live` returns when it is called: the functions of the present call. */
export function liveHost(op: HostOp, live: () => HostOp): HostOp {
  const partials = op.partials?.map((partial, k): HostOp => {
    const present = (): ((...numbers: number[]) => number) | HostOp => live().partials![k]!;
    if (typeof partial !== "function") return liveHost(partial, () => present() as HostOp);
    return {
      name: `${op.name}.partials[${k}]`,
      get value() {
        return present() as (...numbers: number[]) => number;
      },
    };
  });
  return {
    name: op.name,
    get value() {
      return live().value;
    },
    ...(partials === undefined ? {} : { partials }),
  };
}
