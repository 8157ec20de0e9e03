/** The oracle: evaluates a graph by reading the op table itself, closures and all, forward and in reverse. Slow, and independent of generated code. */
import { type Engine } from "../src/engines/engine.js";
import { type Expr, parseExpr } from "../src/ops/expr.js";
import { type Graph, type Row } from "../src/graph/graph.js";
import { type Op, ops } from "../src/ops/ops.js";
import { isElementwise, rowName } from "../src/ops/rows.js";
import { layout, type Program } from "../src/trace/trace.js";

/** The op table under its general type. */
export const table: readonly Op[] = ops;

/** Whether an op is accurate absolutely, not relatively, at these operands: lbeta, and the gamma functions of negative arguments, where they have zeros. */
export const hasZeros = (op: Op, operands: readonly number[]): boolean =>
  op.name === "lbeta" || (["lgamma", "digamma", "polygamma"].includes(op.name) && operands.at(-1)! < 0);

/** The numbers of every row. */
export type Lanes = readonly Float64Array[];

/** What a row adds to the adjoint of one operand, lane by lane, and the sum of the sizes of what was added; a size of NaN says that 0 met ∞. */
interface Flow {
  readonly operand: Row;
  readonly lanes: Float64Array;
  readonly sizes: Float64Array;
}

/** A formula's value, where its ops mean what the table says. */
function valueOf(rows: readonly Op[], expr: Expr, at: Readonly<Record<string, number>>): number {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") return at[expr]!;
  const [a, b, c] = expr.args.map((arg) => valueOf(rows, arg, at));
  return rows.find(({ name }) => name === expr.op)!.value(a!, b!, c!);
}

const parsed = new Map<string, Expr>();

/** The partial derivative of an op by its operand k, as the table's formula has it. */
export function partialOf(rows: readonly Op[], op: Op, k: number, operands: readonly number[]): number {
  const text = op.partials[k]!;
  if (!parsed.has(text)) parsed.set(text, parseExpr(text));
  const [a, b, c] = operands as [number, number, number];
  return valueOf(rows, parsed.get(text)!, { a, b, c, v: op.value(a, b, c) });
}

/** An op's operands, the last one as the others determine it where they do. */
export function completed(rows: readonly Op[], op: Op, operands: readonly number[]): number[] {
  if (op.given === undefined) return [...operands];
  const [a, b, c] = operands as [number, number, number];
  return [...operands.slice(0, -1), valueOf(rows, parseExpr(op.given), { a, b, c })];
}

/** A sum that is right to the last digit or so (Neumaier 1974). */
function total(x: ArrayLike<number>): number {
  let [sum, lost] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const next = sum + x[i]!;
    if (Number.isFinite(next)) lost += Math.abs(sum) >= Math.abs(x[i]!) ? sum - next + x[i]! : x[i]! - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Lane i of an operand; a scalar serves every lane. */
const lane = (x: Float64Array, i: number): number => x[x.length === 1 ? 0 : i]!;

/** The operands of an elementwise row in lane i. */
export const operandsAt = (graph: Graph, row: Row, values: Lanes, i: number): number[] =>
  Array.from({ length: graph.operandCount(row) }, (_, k) => lane(values[graph.operand(row, k)]!, i));

/** The greatest lane by a comparison, NaN before all. */
const extreme = (x: Float64Array, sign: number): number =>
  x.reduce((best, value, i) => (Number.isNaN(x[best]) || sign * value <= sign * x[best]! ? best : i), 0);

/** The place of a lane in each dimension, and the lane at a place. */
const placeOf = (sizes: readonly number[], lane: number): number[] =>
  sizes.map((size, axis) => Math.floor(lane / sizes.slice(axis + 1).reduce((x, y) => x * y, 1)) % size);
const laneAt = (sizes: readonly number[], place: readonly number[]): number =>
  sizes.reduce((lane, size, axis) => lane * size + place[axis]!, 0);

const swapped = (place: readonly number[]): number[] => [...place.slice(0, -2), place.at(-1)!, place.at(-2)!];

const replaced = (place: readonly number[], axis: number, k: number): number[] => place.map((i, other) => (other === axis ? k : i));

/** The lanes up to one along a row's axis, and the one at the other end. */
function before(graph: Graph, row: Row, i: number): number[] {
  const sizes = graph.sizes(row);
  const place = placeOf(sizes, i);
  const axis = graph.b[row]!;
  return Array.from({ length: place[axis]! + 1 }, (_, k) => laneAt(sizes, replaced(place, axis, k)));
}
function opposite(graph: Graph, row: Row, i: number): number {
  const sizes = graph.sizes(row);
  const place = placeOf(sizes, i);
  const axis = graph.b[row]!;
  return laneAt(sizes, replaced(place, axis, sizes[axis]! - 1 - place[axis]!));
}

/** The lane of a shape that broadcasts to another, under a place of that. */
const laneUnder = (sizes: readonly number[], place: readonly number[]): number =>
  laneAt(
    sizes,
    place.slice(place.length - sizes.length).map((i, axis) => (sizes[axis] === 1 ? 0 : i)),
  );

/** The numbers of a row, given those of its operands and the arguments' leaves. */
export function evaluateRow(
  rows: readonly Op[],
  graph: Graph,
  row: Row,
  values: Lanes,
  leaves: readonly ArrayLike<number>[],
): Float64Array {
  const lanes = graph.lanes(row);
  const make = (of: (i: number) => number): Float64Array => Float64Array.from({ length: lanes }, (_, i) => of(i));
  const op = graph.op[row]!;
  if (isElementwise(op)) return make((i) => rows[op]!.value(...(operandsAt(graph, row, values, i) as [number, number, number])));
  const [a, b] = [graph.a[row]!, graph.b[row]!];
  const x = values[a]!;
  const index = values[b]!;
  switch (rowName(op)) {
    case "input":
      return make((i) => leaves[a]![b + i]!);
    case "placeholder":
      return make(() => NaN); // it has been replaced wherever a result needs it
    case "indices":
      return make((i) => leaves[a]![i]!);
    case "constant":
      return make(() => graph.constants[a]!);
    case "vector":
    case "indexVector":
      return make((i) => graph.vectors[a]![i]!);
    case "sum":
      return make(() => total(x));
    case "broadcast":
      return make(() => x[0]!);
    case "at":
      return make(() => x[b]!);
    case "slice":
      return make((i) => x[b + i]!);
    case "assemble":
      return make((i) => total(piecesAt(graph, row, i).map(({ piece, lane }) => values[piece]![lane]!)));
    case "take":
      return make((i) => x[index[i]!]!);
    case "segmentSum":
      return make((j) => total(x.filter((_, i) => index[i] === j)));
    case "cumsum":
      return make((i) => total(x.subarray(0, i + 1)));
    case "reverse":
      return make((i) => x[lanes - 1 - i]!);
    case "reshape":
      return make((i) => x[i]!);
    case "transpose":
      return make((i) => x[laneAt(graph.sizes(a), swapped(placeOf(graph.sizes(row), i)))]!);
    case "expand":
      return make((i) => x[laneUnder(graph.sizes(a), placeOf(graph.sizes(row), i))]!);
    case "sumAxis":
      return make((j) => total(x.filter((_, i) => laneUnder(graph.sizes(row), placeOf(graph.sizes(a), i)) === j)));
    case "cumsumAxis":
      return make((i) => total(before(graph, row, i).map((lane) => x[lane]!)));
    case "reverseAxis":
      return make((i) => x[opposite(graph, row, i)]!);
    case "maxAxis":
    case "minAxis":
    case "argmaxAxis":
    case "argminAxis": {
      const sign = rowName(op).includes("max") ? 1 : -1;
      return make((j) => {
        const lanes = x.filter((_, i) => laneUnder(graph.sizes(row), placeOf(graph.sizes(a), i)) === j);
        const place = extreme(lanes, sign);
        return rowName(op).startsWith("arg") ? place : lanes[place]!;
      });
    }
    case "argsort": {
      const count = graph.sizes(row).at(-1)!;
      return make((i) => {
        const lanes = [...x.subarray(i - (i % count), i - (i % count) + count)];
        const places = lanes.map((_, k) => k).sort((k, l) => (Number.isNaN(lanes[k]) ? Infinity : lanes[k]!) - (Number.isNaN(lanes[l]) ? Infinity : lanes[l]!) || k - l); // prettier-ignore
        return places[i % count]!;
      });
    }
    case "max":
    case "min":
      return make(() => x[extreme(x, rowName(op) === "max" ? 1 : -1)]!);
    case "argmax":
    case "argmin":
      return make(() => extreme(x, rowName(op) === "argmax" ? 1 : -1));
    default:
      throw new Error(`oracle: expected a row it knows, got ${rowName(op)}`);
  }
}

/** The pieces of an assembly that lie over lane i, and which of their lanes. */
function piecesAt(graph: Graph, row: Row, i: number): { piece: Row; lane: number }[] {
  return Array.from({ length: graph.operandCount(row) }, (_, k) => ({
    piece: graph.operand(row, k),
    lane: i - graph.pieceOffset(row, k),
  })).filter(({ piece, lane }) => lane >= 0 && lane < graph.lanes(piece));
}

/** What a row with adjoint g adds to its operands' adjoints. */
export function flowsOf(rows: readonly Op[], graph: Graph, row: Row, values: Lanes, g: Float64Array): Flow[] {
  const op = graph.op[row]!;
  const flows = Array.from({ length: graph.operandCount(row) }, (_, k): Flow => {
    const operand = graph.operand(row, k);
    return { operand, lanes: new Float64Array(graph.lanes(operand)), sizes: new Float64Array(graph.lanes(operand)) };
  });
  const lost = flows.map(({ lanes }) => new Float64Array(lanes.length));
  const give = (k: number, to: number, amount: number, size = Math.abs(amount)): void => {
    const sum = flows[k]!.lanes[to]!;
    const next = sum + amount;
    if (Number.isFinite(next)) lost[k]![to]! += Math.abs(sum) >= Math.abs(amount) ? sum - next + amount : amount - next + sum;
    flows[k]!.lanes[to] = next;
    flows[k]!.sizes[to]! += size;
  };
  const [a, b] = [graph.a[row]!, graph.b[row]!];
  for (let i = 0; i < g.length; i++) {
    if (isElementwise(op)) {
      const operands = operandsAt(graph, row, values, i);
      for (const [k, { lanes }] of flows.entries()) {
        if (rows[op]!.partials[k] === "0") continue;
        const partial = partialOf(rows, rows[op]!, k, operands);
        const to = lanes.length === 1 ? 0 : i;
        if (g[i] === 0) give(k, to, 0, 0 * partial);
        else give(k, to, g[i]! * partial, Math.abs(g[i]!) * (Math.abs(partial) + Number(hasZeros(rows[op]!, operands))));
      }
      continue;
    }
    switch (rowName(op)) {
      case "sum":
        flows[0]!.lanes.forEach((_, j) => give(0, j, g[0]!));
        break;
      case "broadcast":
        give(0, 0, g[i]!);
        break;
      case "at":
        give(0, b, g[0]!);
        break;
      case "slice":
        give(0, b + i, g[i]!);
        break;
      case "assemble":
        for (const [k, { lanes }] of flows.entries()) {
          const from = i - graph.pieceOffset(row, k);
          if (from >= 0 && from < lanes.length) give(k, from, g[i]!);
        }
        break;
      case "take":
        give(0, values[b]![i]!, g[i]!);
        break;
      case "segmentSum":
        values[b]!.forEach((j, lane) => j === i && give(0, lane, g[i]!));
        break;
      case "cumsum":
        for (let j = 0; j <= i; j++) give(0, j, g[i]!);
        break;
      case "reverse":
        give(0, graph.lanes(a) - 1 - i, g[i]!);
        break;
      case "reshape":
        give(0, i, g[i]!);
        break;
      case "cumsumAxis":
        for (const lane of before(graph, row, i)) give(0, lane, g[i]!);
        break;
      case "reverseAxis":
        give(0, opposite(graph, row, i), g[i]!);
        break;
      case "transpose":
        give(0, laneAt(graph.sizes(a), swapped(placeOf(graph.sizes(row), i))), g[i]!);
        break;
      case "expand":
        give(0, laneUnder(graph.sizes(a), placeOf(graph.sizes(row), i)), g[i]!);
        break;
      case "sumAxis":
        flows[0]!.lanes.forEach((_, lane) => laneUnder(graph.sizes(row), placeOf(graph.sizes(a), lane)) === i && give(0, lane, g[i]!));
        break;
    }
  }
  return flows.map((flow, k) => ({ ...flow, lanes: flow.lanes.map((x, i) => x + lost[k]![i]!) }));
}

/** The numbers of every row. */
export function evaluateGraph(graph: Graph, leaves: readonly ArrayLike<number>[], rows = table): Float64Array[] {
  const values: Float64Array[] = [];
  for (let row = 0; row < graph.length; row++) values.push(evaluateRow(rows, graph, row, values, leaves));
  return values;
}

/** The adjoint of every row, of the scalar row `of`. */
export function sweep(graph: Graph, values: Lanes, of: Row, rows = table): Float64Array[] {
  const adjoints = Array.from({ length: graph.length }, (_, row) => new Float64Array(graph.lanes(row)));
  adjoints[of]![0] = 1;
  for (let row = of; row >= 0; row--) {
    if (adjoints[row]!.every((g) => g === 0)) continue;
    for (const { operand, lanes } of flowsOf(rows, graph, row, values, adjoints[row]!))
      lanes.forEach((amount, i) => (adjoints[operand]![i]! += amount));
  }
  return adjoints;
}

/** The oracle as an engine, of this table or of another. */
export function oracle(rows = table): Engine {
  return (program: Program) => {
    const { doubles, integers } = layout(program.inputs);
    const inputs = new Float64Array(doubles);
    const indices = new Int32Array(integers);
    const outputs = new Float64Array(layout(program.outputs).doubles);
    const run = (): void => {
      const leaves = program.inputs.map(({ kind, position, lanes }) =>
        (kind === "indices" ? indices : inputs).subarray(position, position + lanes),
      );
      const values = evaluateGraph(program.graph, leaves, rows);
      const adjoints = program.gradientOf === undefined ? values : sweep(program.graph, values, program.gradientOf, rows);
      for (const leaf of program.outputs)
        leaf.rows.forEach((row, k) => outputs.set((leaf.adjoint ? adjoints : values)[row]!, leaf.position + k));
    };
    return { inputs, indices, outputs, engine: "reference", bytes: 0, run };
  };
}
