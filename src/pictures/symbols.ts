/** The symbols of pictures and tables: v₋₁, v₀, v₁ … as the field numbers variables, their tangents v̇ and adjoints v̄. */
import { type FormulaNames, isFixed, rowFormula } from "../graph/formula.js";
import { type Graph, type Row } from "../graph/graph.js";
import { reach } from "../graph/reach.js";
import { isArgument } from "../graph/skeleton.js";
import { structural } from "../ops/rows.js";
import { nameByPath, type Signature } from "../source/signature.js";

const subscripts: Readonly<Record<string, string>> = Object.fromEntries([..."0123456789-"].map((digit, i) => [digit, "₀₁₂₃₄₅₆₇₈₉₋"[i]!]));

/** A number as a subscript. */
const subscript = (number: number | string): string => String(number).replace(/[-\d]/g, (digit) => subscripts[digit]!);

/** A name whose last digits are a subscript: x1 is x₁. */
const pretty = (name: string): string => name.replace(/(?<=[A-Za-z_])\d+$/, subscript);

/** A symbol with a dot, or with a bar: its tangent, its adjoint. */
export const dotted = (symbol: string): string => `${symbol[0]}\u0307${symbol.slice(1)}`.normalize();
export const barred = (symbol: string): string => `${symbol[0]}\u0304${symbol.slice(1)}`.normalize();

/** A formula as it is set: · for products, ² for squares, − for minus. */
export const typeset = (formula: string): string =>
  formula
    .replaceAll(" * ", " · ")
    .replace(/(?<!\de)-/g, "−")
    .replace(/\^2(?![\d.])/g, "²");

/** What of a graph is shown: every input, and what results need; what is constant stands in the formulas of what uses it. */
export interface Shown {
  readonly graph: Graph;
  readonly results: readonly Row[];
  /** In the order of the graph. */
  readonly rows: readonly Row[];
  readonly symbolOf: (row: Row) => string;
  /** What a row is, over the symbols of its operands; of an input its name. */
  readonly formulaOf: (row: Row) => string;
  /** The name of result k: y, or another letter where an argument has that. */
  readonly resultName: (k: number) => string;
}

/** Whether a row is an argument, or a parameter of a function that is called. */
export const isInput = (graph: Graph, row: Row): boolean => isArgument(graph.op[row]!) || graph.op[row] === structural.placeholder;

/** Formulas of rows over names of their operands, constants as numbers. */
const formulaOver = (graph: Graph, row: Row, nameOf: (row: Row) => string): string => typeset(rowFormula(graph, row, nameOf));

/** What is shown of a traced function, arguments by the names given or by where they stand. */
export function shownOf(graph: Graph, results: readonly Row[], { inputs }: Pick<Signature, "inputs">, names: FormulaNames = []): Shown {
  const needed = reach(graph, results);
  const rows: Row[] = [];
  for (let row = 0; row < graph.length; row++) if ((needed.has(row) || isArgument(graph.op[row]!)) && !isFixed(graph, row)) rows.push(row);
  const count = rows.filter((row) => isInput(graph, row)).length;
  let [before, after] = [1 - count, 1];
  const symbols = new Map(rows.map((row) => [row, `v${subscript(isInput(graph, row) ? before++ : after++)}`]));
  const single = inputs.length <= 1 || inputs.every(({ path }) => path.startsWith("args[0]"));
  const inputName = (row: Row): string => {
    const [leaf, offset] = [graph.a[row]!, graph.b[row]!];
    const name = names[leaf] ?? nameByPath(inputs[leaf]!.path, single);
    if (typeof name !== "string") return pretty(name[Math.max(offset, 0)] ?? `x${leaf}_${offset}`);
    return inputs[leaf]!.kind === "numbers" ? `${name}${subscript(offset)}` : pretty(name);
  };
  const taken = rows.flatMap((row) => (isInput(graph, row) ? [inputName(row)[0]] : []));
  const letter = [..."yzwf"].find((other) => !taken.includes(other)) ?? "result";
  return {
    graph,
    results,
    rows,
    symbolOf: (row) => symbols.get(row)!,
    formulaOf: (row) => (isInput(graph, row) ? inputName(row) : formulaOver(graph, row, (operand) => symbols.get(operand)!)),
    resultName: (k) => (results.length === 1 ? letter : `${letter}${subscript(k + 1)}`),
  };
}
