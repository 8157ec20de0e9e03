/** Rows that one function of the kernel computes between loops, of the row's name: from operands in memory, and whole numbers in a list. Kernel and emitted code call it alike. */
import { factsOf } from "../../graph/facts.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { type Facts } from "../../ops/definition.js";
import { type SumPlan } from "../../ops/monoid.js";
import { alongAxis, sumPlan } from "../../ops/shapes.js";
import { type CalledRow, structuralRows, type WholeRow } from "../../ops/structural.js";
import { rowName, structuralOf } from "../../ops/rows.js";

/** A call: its function, and the whole numbers that it takes besides the addresses of its result and its operands. */
interface KernelCall {
  readonly name: CalledRow;
  /** The operands that it reads. */
  readonly operands: readonly Row[];
  readonly numbers: readonly number[];
  /** Bytes of scratch, whose address follows the numbers; 0 where it needs none. */
  readonly scratch: number;
}

const listed = ({ outer, count, inner }: SumPlan): readonly number[] => [outer, count, inner];

/** Of a row whose shape broadcasts to its operand's. */
const reduced = (row: Facts): readonly number[] => listed(sumPlan(row.operand(0).shape, row.shape)!);

/** Of a row of its operand's shape, along the axis that is its attribute. */
const inPlace = (row: Facts): readonly number[] => listed(alongAxis(row.shape, row.attribute));

const numbers: Readonly<Record<Exclude<CalledRow, WholeRow>, (row: Facts) => readonly number[]>> = {
  transpose(row) {
    const { shape } = row.operand(0);
    const [m, n] = shape.slice(-2) as [number, number];
    return [row.lanes / (m * n), m, n];
  },
  triangle({ shape, lanes, attribute }) {
    const [m, n] = shape.slice(-2) as [number, number];
    return [lanes / (m * n), m, n, attribute];
  },
  sumAxis: reduced,
  maxAxis: reduced,
  minAxis: reduced,
  argmaxAxis: reduced,
  argminAxis: reduced,
  cumsumAxis: inPlace,
  reverseAxis: inPlace,
  argsort: (row) => [row.lanes / row.shape.at(-1)!, row.shape.at(-1)!],
};

/** The call that a row is. */
export function callOf(graph: Graph, row: Row): KernelCall {
  const name = rowName(graph.op[row]!) as CalledRow;
  const facts = factsOf(graph, row);
  const definition = structuralOf(graph.op[row]!);
  const operands = graph.operands(row);
  if (definition.kind === "whole")
    return { name, operands: operands.slice(0, definition.loops(facts).operands), ...definition.given(facts) };
  return { name, operands, numbers: numbers[name as keyof typeof numbers](facts), scratch: 0 };
}

/** A table of all rows that are called, in which one entry serves all. */
export function calledBy<T>(entry: T): Readonly<Record<CalledRow, T>> {
  const names = (Object.keys(structuralRows) as (keyof typeof structuralRows)[]).filter((name) => structuralRows[name].place === "called");
  return Object.fromEntries(names.map((name) => [name, entry])) as Record<CalledRow, T>;
}
