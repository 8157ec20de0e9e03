/** Graphs as formulas: infix notation with the fewest parentheses, and how many operations that takes beside the graph's. */
import { arity, attributeNames, opcode, opNames } from "../ops/generated/table.js";
import { type Graph, type Row } from "./graph.js";
import { isElementwise, ownsBodies, rowName, structural } from "../ops/rows.js";
import { shapeText } from "../ops/shapes.js";

/** How strongly a text holds together: comparison, sum, product, sign, power, or what needs no parentheses. */
const enum Binding {
  Comparison,
  Sum,
  Product,
  Sign,
  Power,
  Atom,
}

/** A formula of a row. Texts are only ever put together, which takes no copy of them, so that a chain is written out in linear time. */
interface Formula {
  /** The text, but for the minus sign that it may begin with. */
  readonly body: string;
  readonly binding: Binding;
  readonly minus: boolean;
  readonly isNumber: boolean;
}

/** How many operations a traced function takes. */
export interface Operations {
  /** In the graph, where equal work is one row. */
  readonly shared: number;
  /** In the formula, where everything is written out wherever it is used. */
  readonly unshared: bigint;
}

/** A formula with more operations than this is not written out, nor one of more characters. */
const MOST_OPERATIONS = 100_000n;
const MOST_CHARACTERS = 2 ** 24;

/** Operations are counted up to this many: beyond, a count of n rows would take n² steps. */
const MOST_COUNTED = 1n << 131_072n;

/** Counts up to this many are named in an error. */
const MOST_NAMED = 1n << 1024n;

/** Rows that copy: what they copy stands in their place. */
const copied = new Set<number>([opcode.stopGradient, opcode.surrogate, structural.custom]);

/** Rows that are the same in every call. */
const fixed = new Set<number>([structural.constant, structural.vector, structural.indexVector]);

/** Whether a row is the same in every call. */
export const isFixed = (graph: Graph, row: Row): boolean => fixed.has(graph.op[row]!);

/** How many operations a row is by itself: a sum of k numbers is k − 1, a row over vectors one. */
function operationsOf(graph: Graph, row: Row): number {
  const op = graph.op[row]!;
  if (copied.has(op) || graph.operandCount(row) === 0) return 0;
  return op === structural.assemble && graph.isScalar(row) ? graph.operandCount(row) - 1 : 1;
}

/** Whether a row stands for its first operand in everything but derivatives. */
export const isCopy = (graph: Graph, row: Row): boolean => copied.has(graph.op[row]!);

/** The operands that a row's formula names. */
export const operandsOf = (graph: Graph, row: Row): Row[] =>
  Array.from({ length: copied.has(graph.op[row]!) ? 1 : graph.operandCount(row) }, (_, k) => graph.operand(row, k));

/** The rows that formulas of the results name, operands first. */
export function namedRows(graph: Graph, results: readonly Row[]): Row[] {
  const named = new Set<Row>();
  const pending = [...results];
  for (let row; (row = pending.pop()) !== undefined;) {
    if (named.has(row)) continue;
    named.add(row);
    for (const operand of operandsOf(graph, row)) pending.push(operand);
  }
  return [...named].sort((x, y) => x - y);
}

/** The last row that names each row. */
function lastUses(graph: Graph, named: readonly Row[]): Map<Row, Row> {
  const last = new Map<Row, Row>();
  for (const row of named) for (const operand of operandsOf(graph, row)) last.set(operand, row);
  return last;
}

/** Counts the operations written out of a graph's results; undefined where they are more than `most`. A count is kept until its last use. */
function countUnshared(graph: Graph, results: readonly Row[], named: readonly Row[], most: bigint): bigint | undefined {
  const last = lastUses(graph, named);
  for (const row of results) last.delete(row);
  const counts = new Map<Row, bigint>();
  for (const row of named) {
    let count = BigInt(operationsOf(graph, row));
    for (const operand of operandsOf(graph, row)) count += counts.get(operand)!;
    if (count > most) return undefined;
    counts.set(row, count);
    for (const operand of operandsOf(graph, row)) if (last.get(operand) === row) counts.delete(operand);
  }
  const total = results.reduce((sum, row) => sum + counts.get(row)!, 0n);
  return total > most ? undefined : total;
}

/**
 * Counts the operations of a graph's results, shared and written out.
 * @throws RangeError where, written out, they are more than 2^131072.
 */
export function countOperations(graph: Graph, results: readonly Row[]): Operations {
  const named = namedRows(graph, results);
  const unshared = countUnshared(graph, results, named, MOST_COUNTED);
  const shared = named.reduce((total, row) => total + operationsOf(graph, row), 0);
  if (unshared === undefined)
    throw new RangeError(`operations: expected at most 2^131072 to write out, got more, of ${shared} in the graph`);
  return { shared, unshared };
}

const atom = (body: string): Formula => ({ body, binding: Binding.Atom, minus: false, isNumber: false });
const textOf = ({ body, minus }: Formula): string => (minus ? `-${body}` : body);

/** Texts with commas between them. Not by join, which copies. */
const list = (texts: readonly string[]): string => texts.reduce((all, text) => `${all}, ${text}`);
const call = (name: string, args: readonly (Formula | number)[]): Formula =>
  atom(`${name}(${list(args.map((arg) => (typeof arg === "number" ? String(arg) : textOf(arg))))})`);

/** A formula as an operand that must hold together at least so strongly. */
const held = (formula: Formula, wanted: Binding): Formula => (formula.binding < wanted ? atom(`(${textOf(formula)})`) : formula);
const within = (formula: Formula, wanted: Binding): string => textOf(held(formula, wanted));

/** A formula that goes on behind its first operand. */
const joined = ({ body, minus }: Formula, rest: string, binding: Binding): Formula => ({
  body: body + rest,
  binding,
  minus,
  isNumber: false,
});

function numberFormula(value: number): Formula {
  const minus = value < 0 || Object.is(value, -0);
  return { body: String(Math.abs(value)), binding: minus ? Binding.Sign : Binding.Atom, minus, isNumber: !Number.isNaN(value) };
}

/** a + b, or a − b where `sign` is "-". A sum begins with what it is the sum of, so only what is subtracted needs parentheses; a minus sign there turns the operator. */
function sum(a: Formula, b: Formula, sign: "+" | "-"): Formula {
  const flipped = sign === "+" ? "-" : "+";
  const term = held(b, sign === "+" ? Binding.Sum : Binding.Product);
  return joined(held(a, Binding.Sum), ` ${term.minus ? flipped : sign} ${term.body}`, Binding.Sum);
}

const product = (a: Formula, b: Formula): Formula => joined(held(a, Binding.Product), ` * ${within(b, Binding.Product)}`, Binding.Product);

const quotient = (a: Formula, b: Formula): Formula => joined(held(a, Binding.Product), ` / ${within(b, Binding.Sign)}`, Binding.Product);

const squared = (a: Formula): Formula => joined(held(a, Binding.Atom), "^2", Binding.Power);

/** What 1 is divided by. */
function denominator(op: number, a: Formula): Formula {
  if (op === opcode.reciprocal) return a;
  const inside = sum(numberFormula(1), squared(a), op === opcode.atanSlope ? "+" : "-");
  return op === opcode.asinSlope ? call("sqrt", [inside]) : inside;
}

/** −a; of a product, whose sign then is the first factor's. */
function negated(a: Formula): Formula {
  const { body, minus } = held(a, Binding.Product);
  return { body, minus: !minus, binding: a.binding === Binding.Product ? Binding.Product : Binding.Sign, isNumber: false };
}

const infix: Readonly<Record<string, string>> = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=", ne: "!=" };

/** The formula of an elementwise row. */
function elementwise(op: number, operands: readonly Formula[]): Formula {
  const name = opNames[op]!;
  const [a, b, c] = operands as [Formula, Formula, Formula];
  switch (op) {
    case opcode.add:
      return sum(a, b, "+");
    case opcode.sub:
      return sum(a, b, "-");
    case opcode.mul:
    case opcode.weighted:
      return b.isNumber && !a.isNumber ? product(b, a) : product(a, b);
    case opcode.div:
      return quotient(a, b);
    case opcode.reciprocal:
    case opcode.asinSlope:
    case opcode.atanSlope:
    case opcode.atanhSlope:
      return quotient(numberFormula(1), denominator(op, a));
    case opcode.hypotSlope:
      return quotient(a, c);
    case opcode.atan2Slope:
      return quotient(b, squared(c));
    case opcode.powLog:
      return product(c, call("log", [a]));
    case opcode.expDifference:
      return call("exp", [sum(a, b, "-")]);
    case opcode.neg:
      return negated(a);
    case opcode.square:
      return squared(a);
    case opcode.pow:
      return joined(held(a, Binding.Atom), `^${within(b, Binding.Sign)}`, Binding.Power);
    case opcode.stopGradient:
    case opcode.surrogate:
      return a;
  }
  if (infix[name] === undefined) return call(name, operands);
  return joined(held(a, Binding.Sum), ` ${infix[name]} ${within(b, Binding.Sum)}`, Binding.Comparison);
}

/** The lanes of a constant vector, not all where there are many. */
function lanesText(values: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(values.length, 6) }, (_, i) => String(values[i]));
  return `[${[...shown, ...(values.length > shown.length ? ["…"] : [])].join(", ")}]`;
}

/** Names of the argument leaves in order: of a number or a vector one, of an array of numbers one, or one for each. */
export type FormulaNames = readonly (string | readonly string[])[];

/** The leaves that hold arrays of numbers, and how many leaves there are. Of a graph from text only what its rows tell is known. */
function leavesOf(graph: Graph): { readonly count: number; readonly arrays: ReadonlySet<number> } {
  if (graph.leaves.length > 0) {
    const arrays = graph.leaves.flatMap(({ kind, lanes }, leaf) => (kind === "numbers" && lanes > 1 ? [leaf] : []));
    return { count: graph.leaves.length, arrays: new Set(arrays) };
  }
  const [leaves, arrays] = [new Set<number>(), new Set<number>()];
  for (let row = 0; row < graph.length; row++) {
    if (graph.op[row] !== structural.input && graph.op[row] !== structural.indices) continue;
    leaves.add(graph.a[row]!);
    if (graph.b[row]! > 0) arrays.add(graph.a[row]!);
  }
  return { count: leaves.size, arrays };
}

/** The names of input rows: those given, else x, or x0, x1 … where there are several leaves. */
function namesOf(graph: Graph, given: FormulaNames): (row: Row) => string {
  const { count, arrays } = leavesOf(graph);
  return (row) => {
    const [leaf, offset] = [graph.a[row]!, graph.b[row]!];
    const name = given[leaf] ?? (count > 1 ? `x${leaf}` : "x");
    if (typeof name !== "string") return name[Math.max(offset, 0)] ?? `x${leaf}[${offset}]`;
    return arrays.has(leaf) ? `${name}[${offset}]` : name;
  };
}

/** The formula of an assembly: a sum of numbers, lanes one after the other, or pieces at their lanes. */
function assembly(graph: Graph, row: Row, pieces: readonly Formula[]): Formula {
  if (graph.isScalar(row)) return pieces.reduce((total, piece) => sum(total, piece, "+"));
  let end = 0;
  const abut = pieces.every((_, k) => {
    const fits = graph.pieceOffset(row, k) === end;
    end += graph.lanes(graph.operand(row, k));
    return fits;
  });
  if (abut && end === graph.lanes(row)) return call("concat", pieces);
  return call("assemble", [...pieces.map((piece, k) => joined(piece, ` @ ${graph.pieceOffset(row, k)}`, Binding.Atom)), graph.lanes(row)]);
}

/** What stands in the columns after a row's operands, where text shows it. */
const attributesOf = (graph: Graph, row: Row): number[] =>
  (attributeNames[graph.op[row]!] ?? []).map((_, k) => [graph.a, graph.b, graph.c][arity[graph.op[row]!]! + k]![row]!);

/** The formula of a row that is not elementwise. */
function structuralFormula(graph: Graph, row: Row, operands: readonly Formula[], nameOf: (row: Row) => string): Formula {
  const [a] = operands as [Formula];
  const start = graph.b[row]!;
  switch (graph.op[row]!) {
    case structural.input:
    case structural.indices:
      return atom(nameOf(row));
    case structural.constant:
      return numberFormula(graph.constantOf(row));
    case structural.vector:
    case structural.indexVector:
      return atom(lanesText(graph.vectors[graph.a[row]!]!));
    case structural.custom:
      return a;
    case structural.host:
      return call(graph.hosts[graph.c[row]!]!.name, operands);
    case structural.at:
      return atom(`${within(a, Binding.Atom)}[${start}]`);
    case structural.slice:
      return atom(`${within(a, Binding.Atom)}[${start}:${start + graph.lanes(row)}]`);
    case structural.reshape:
    case structural.expand:
    case structural.sumAxis:
      return call(rowName(graph.op[row]), [...operands, atom(shapeText(graph.sizes(row)))]);
    case structural.broadcast:
    case structural.segmentSum:
      return call(rowName(graph.op[row]), [...operands, graph.lanes(row)]);
    case structural.assemble:
      return assembly(graph, row, operands);
    default:
      return call(rowName(graph.op[row]!), [...operands, ...attributesOf(graph, row)]);
  }
}

/** The formula of one row over names of its operands; constants are numbers, and what copies its operand is a call. */
export function rowFormula(graph: Graph, row: Row, nameOf: (operand: Row) => string): string {
  const op = graph.op[row]!;
  const operands = graph.operands(row).map((operand): Formula => {
    return isFixed(graph, operand) ? structuralFormula(graph, operand, [], nameOf) : atom(nameOf(operand));
  });
  if (ownsBodies(op)) return textOf(call(graph.owned(row).name, operands));
  if (op === structural.custom) return textOf(call(graph.rules[graph.c[row]!]!.name, operands.slice(1)));
  if (isCopy(graph, row)) return textOf(call(rowName(op), operands));
  return textOf(isElementwise(op) ? elementwise(op, operands) : structuralFormula(graph, row, operands, nameOf));
}

/**
 * A graph's results as formulas, one a line: `16 * a * (1 - a)`. `names` name the numbers and vectors of the arguments, in order.
 * @throws RangeError where the formulas written out take more than 100,000 operations, or 16,777,216 characters.
 */
export function printFormula(graph: Graph, results: readonly Row[], names: FormulaNames = []): string {
  const named = namedRows(graph, results);
  const refuse = (most: string, came: unknown): never => {
    throw new RangeError(`formula: expected at most ${most} to write out, got ${String(came)}. Print the graph instead: toString()`);
  };
  if (countUnshared(graph, results, named, MOST_OPERATIONS) === undefined)
    refuse(`${MOST_OPERATIONS} operations`, countUnshared(graph, results, named, MOST_NAMED) ?? "more than 2^1024");
  const nameOf = namesOf(graph, names);
  const formulas = new Map<Row, Formula>();
  for (const row of named) {
    const operands = operandsOf(graph, row).map((operand) => formulas.get(operand)!);
    if (operands.reduce((total, { body }) => total + body.length, 0) > MOST_CHARACTERS) refuse(`${MOST_CHARACTERS} characters`, "more");
    const op = graph.op[row]!;
    formulas.set(row, isElementwise(op) ? elementwise(op, operands) : structuralFormula(graph, row, operands, nameOf));
  }
  return results.map((row) => textOf(formulas.get(row)!)).join("\n");
}
