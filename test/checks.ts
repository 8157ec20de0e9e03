/** What must hold of a row of the op table in an engine. Each check returns its complaints, which name the op; none is what tests want. */
import { type Engine } from "../src/engines/engine.js";
import { type Expr, parseExpr } from "../src/ops/expr.js";
import { Graph, SCALAR } from "../src/graph/graph.js";
import { type Op } from "../src/ops/ops.js";
import { structural } from "../src/ops/structural.js";
import { differentiate } from "../src/passes/reverse.js";
import { prepare, programFor } from "./engines.js";
import { apart, combinations, derivative, spread, ulps } from "./numbers.js";
import { completed, hasZeros, partialOf, table } from "./oracle.js";

/** The value of an op and its partials at one point. */
interface Result {
  readonly value: number;
  readonly partials: readonly number[];
}

/** How an op meets its operands: as lanes of vectors, or as scalars. */
export const modes = ["lanes", "scalars"] as const;
type Mode = (typeof modes)[number];

const codeOf = (op: Op): number => table.findIndex(({ name }) => name === op.name);

/** Evaluates an op and its partials at points. */
export function evaluateOp(engine: Engine, op: Op, points: readonly (readonly number[])[], mode: Mode): Result[] {
  const graph = new Graph();
  const shape = mode === "lanes" ? graph.shapeOf(points.length) : SCALAR;
  const inputs = op.partials.map((_, leaf) => graph.push(structural.input, shape, leaf, 0));
  const [a, b, c] = inputs;
  const v = graph.elementwise(codeOf(op), a!, b, c);
  const of = mode === "lanes" ? graph.shared(structural.sum, SCALAR, v) : v;
  const run = prepare(engine, programFor(graph, [v], of, inputs));
  if (mode === "lanes") {
    const [values, ...partials] = run(inputs.map((_, k) => points.map((point) => point[k]!)));
    return points.map((_, i) => ({ value: values![i]!, partials: partials.map((lanes) => lanes[i]!) }));
  }
  return points.map((point) => {
    const [value, ...partials] = run(point.map((x) => [x])).map(([x]) => x!);
    return { value: value!, partials };
  });
}

/** The second partials of an op at points: aa, or aa, ab and bb. */
export function evaluateSecond(engine: Engine, op: Op, points: readonly (readonly number[])[]): number[][] {
  const columns = op.partials.map((_, k) => {
    const graph = new Graph();
    const inputs = op.partials.map((_, leaf) => graph.push(structural.input, SCALAR, leaf, 0));
    const [a, b, c] = inputs;
    const [partial] = differentiate(graph, graph.elementwise(codeOf(op), a!, b, c), [inputs[k]!]);
    const run = prepare(engine, programFor(graph, [], partial, inputs));
    return points.map((point) => run(point.map((x) => [x])).map(([second]) => second!));
  });
  return points.map((_, i) => columns.flatMap((column, k) => column[i]!.slice(k)));
}

const instructions = new Set(
  "a add sub mul div sqrt abs neg min max floor ceil trunc nearest copysign select lt le gt ge eq ne and or not rem".split(" "),
);

/** Whether an op's code is wasm instructions alone, or the exact remainder: then every engine gives the same bits. */
const isExact = (op: Op): boolean => {
  const exact = (expr: Expr): boolean => typeof expr !== "object" || (instructions.has(expr.op) && expr.args.every(exact));
  return exact(parseExpr(op.code));
};

/** Whether an engine's value is as near to the table's as it must be: the same bits where only arithmetic makes it, else within 4 ulp. */
export function agrees(op: Op, operands: readonly number[], wanted: number, got: number): boolean {
  if (ulps(wanted, got) <= (isExact(op) ? 0 : 4)) return true;
  return hasZeros(op, operands) && Math.abs(wanted - got) <= 2 ** -50 * Math.max(1, Math.abs(wanted));
}

const at = (point: readonly number[]): string => `(${point.map((x) => (Object.is(x, -0) ? "-0" : x)).join(", ")})`;
const replaced = (point: readonly number[], k: number, x: number): number[] => point.map((old, i) => (i === k ? x : old));
const operandName = (k: number): string => "abc"[k]!;

/** Values against the table's meaning, at ordinary points or those given. */
export function checkValues(op: Op, engine: Engine, mode: Mode, points = spread(op.probe, 41)): string[] {
  return evaluateOp(engine, op, points, mode).flatMap(({ value }, i) => {
    const wanted = op.value(...(points[i] as [number, number, number]));
    return agrees(op, points[i]!, wanted, value)
      ? []
      : [`${op.name}${at(points[i]!)}: expected ${wanted}, got ${value}, ${ulps(wanted, value)} ulp away`];
  });
}

/** Values of an op and of its companion, which an engine may compute together, against the table's. */
export function checkCompanion(op: Op, engine: Engine, mode: Mode, points = spread(op.probe, 41)): string[] {
  const other = table.find(({ name }) => name === op.companion?.op)!;
  const graph = new Graph();
  const input = graph.push(structural.input, mode === "lanes" ? graph.shapeOf(points.length) : SCALAR, 0, 0);
  const rows = [op, other].map((row) => graph.elementwise(codeOf(row), input));
  const run = prepare(engine, programFor(graph, rows));
  const numbers = points.map(([x]) => x!);
  const results = mode === "lanes" ? run([numbers]).map((lanes) => [...lanes]) : [0, 1].map((k) => numbers.map((x) => run([[x]])[k]![0]!));
  return [op, other].flatMap((row, k) =>
    numbers.flatMap((x, i) => {
      const [wanted, got] = [row.value(x, 0, 0), results[k]![i]!];
      return agrees(row, [x], wanted, got)
        ? []
        : [`${row.name}${at([x])} beside ${k === 0 ? other.name : op.name}: expected ${wanted}, got ${got}`];
    }),
  );
}

/** Ops whose derivative is a decree and not that of their value. */
const decreed = new Set(["stopGradient", "surrogate", "weighted"]);

/** Whether the derivative by operand k is compared with differences: it may change, and others do not determine it. */
const differs = (op: Op, k: number): boolean =>
  op.probe[k]![0] !== op.probe[k]![1] && !(op.given !== undefined && k === op.probe.length - 1);

/** Records a formula over rows. */
function record(graph: Graph, expr: Expr, rows: Readonly<Record<string, number>>): number {
  if (typeof expr === "number") return graph.constant(expr);
  if (typeof expr === "string") return rows[expr]!;
  const [a, b, c] = expr.args.map((arg) => record(graph, arg, rows));
  return graph.elementwise(
    table.findIndex(({ name }) => name === expr.op),
    a!,
    b,
    c,
  );
}

/** Partials against the table's formula, and against differences of the table's value where the probe is an interval. */
export function checkPartials(op: Op, engine: Engine, mode: Mode): string[] {
  const points = spread(op.probe, 23).map((point) => completed(table, op, point));
  return evaluateOp(engine, op, points, mode).flatMap(({ partials }, i) =>
    partials.flatMap((partial, k) => {
      const point = points[i]!;
      const complain = (wanted: number, source: string): string =>
        `${op.name} ∂/∂${operandName(k)} at ${at(point)}: expected ${wanted} by ${source}, got ${partial}`;
      const byFormula = partialOf(table, op, k, point);
      const complaints = Math.abs(partial - byFormula) <= 1e-14 * Math.abs(byFormula) ? [] : [complain(byFormula, "formula")];
      if (!differs(op, k) || decreed.has(op.name)) return complaints;
      const along = (x: number): number => op.value(...(completed(table, op, replaced(point, k, x)) as [number, number, number]));
      const byDifferences = derivative(along, point[k]!);
      return apart(partial, byDifferences) <= 1e-8 ? complaints : [...complaints, complain(byDifferences, "differences")];
    }),
  );
}

/** Second derivatives, of the rows that the differentiate pass makes, against differences of the partials' formulas. */
export function checkSecond(op: Op, engine: Engine): string[] {
  if (decreed.has(op.name)) return [];
  return op.partials.flatMap((_, k) => {
    const graph = new Graph();
    const inputs = op.partials.map((_, leaf) => graph.push(structural.input, SCALAR, leaf, 0));
    const [a, b, last] = inputs as [number, number, number];
    const c = op.given === undefined ? last : record(graph, parseExpr(op.given), { a, b });
    const [partial] = differentiate(graph, graph.elementwise(codeOf(op), a, b, c), [inputs[k]!]);
    const run = prepare(engine, programFor(graph, [], partial, inputs));
    return spread(op.probe, 7).flatMap((point) =>
      run(point.map((x) => [x])).flatMap(([second], j) => {
        if (!differs(op, k) || !differs(op, j)) return [];
        const wanted = derivative((x) => partialOf(table, op, k, completed(table, op, replaced(point, j, x))), point[j]!);
        return apart(second!, wanted) <= 1e-7
          ? []
          : [`${op.name} ∂²/∂${operandName(k)}∂${operandName(j)} at ${at(point)}: expected ${wanted}, got ${second}`];
      }),
    );
  });
}

/** The table's pins, to the bit but for the sign of 0. */
export function checkPins(op: Op, engine: Engine, mode: Mode): string[] {
  const pins = op.pins ?? [];
  if (pins.length === 0) return [];
  const results = evaluateOp(
    engine,
    op,
    pins.map((pin) => pin.at),
    mode,
  );
  return pins.flatMap(({ at: point, partials }, i) =>
    partials.flatMap((wanted, k) =>
      results[i]!.partials[k]! === wanted
        ? []
        : [`${op.name} ∂/∂${operandName(k)} pinned at ${at(point)}: expected ${wanted}, got ${results[i]!.partials[k]}`],
    ),
  );
}

const few = [NaN, Infinity, -Infinity, 0, -0, 5e-324, -2.5e-308, 1e-8, 0.5, -1, 1, 2.5, -3, 1e22];
const many = [
  ...few,
  -5e-324,
  2.5e-308,
  -1e-8,
  -0.5,
  1.5,
  -1.5,
  2,
  -2,
  3,
  4,
  22,
  -22,
  40,
  100.25,
  354.1,
  709.78,
  711,
  -708.4,
  -745.2,
  1e5,
  2 ** 30 + 0.5,
  4503599627370495.5,
  9007199254740992,
  -1e22,
  1e155,
  1e200,
  1e300,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
];
const orders = [0, 1, 2, 3, 5, -0, -1, 0.5, NaN, Infinity];

/** The edges of the doubles: NaN, infinities, both zeros, subnormals, halves, the ends of exp, huge arguments. */
export function edges(op: Op): number[][] {
  if (op.name === "polygamma") return orders.flatMap((n) => many.map((x) => [n, x]));
  return combinations(op.partials.length === 3 ? few : many, op.partials.length);
}
