/** The trace tables of the textbooks: every variable with its formula and value, and beside them its tangent, or its adjoint. */
import { expanded } from "../graph/expand.js";
import { type FormulaNames } from "../graph/formula.js";
import { type Graph, type Row } from "../graph/graph.js";
import { type Signature } from "../source/signature.js";
import { adjointShares, partial, tangentFormula, usersOf } from "./chain.js";
import { type Mode, numbersOf, type RowNumbers } from "./numbers.js";
import { barred, dotted, isInput, type Shown, shownOf } from "./symbols.js";

/** Options of `table`. */
export interface TableOptions {
  /** What stands beside the values: nothing, tangents, or adjoints, which are read from below. */
  readonly mode?: "forward" | "reverse";
  readonly format?: "text" | "markdown" | "html";
  /** Of "forward" the tangents, in the structure of the arguments (null for lane numbers): 1 for the first number and 0 for all others where it is left out. Of "reverse" what the result's adjoint is, in its structure: 1. */
  readonly seed?: unknown;
  /** Names of the arguments' numbers and vectors in order, as `formula` takes them. */
  readonly names?: FormulaNames;
  /** How many digits numbers have at most, 6 where it is left out. */
  readonly digits?: number;
}

/** What a table is made of: a graph, and what its arguments and results are. */
export interface Pictured {
  readonly graph: Graph;
  readonly results: readonly Row[];
  readonly signature: Signature;
}

/** A vector shows so many of its lanes. */
const MOST_LANES = 4;

/** Numbers with so many digits at most; of many lanes the first. */
export function numberText(numbers: Float64Array, digits: number, scalar: boolean, most = MOST_LANES): string {
  const one = (x: number): string => String(Number(x.toPrecision(digits))).replace("-", "−");
  if (scalar) return one(numbers[0]!);
  return `[${[...Array.from(numbers.subarray(0, most), one), ...(numbers.length > most ? ["…"] : [])].join(", ")}]`;
}

/** A table: heads, and cells that are texts. */
interface Cells {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The columns of numbers. */
  readonly numeric: ReadonlySet<number>;
}

/** A row's adjoint as the sum over those that use it: by partial derivatives, then written out. */
function adjointFormula(shown: Shown, users: readonly Row[], row: Row): string {
  const { results, symbolOf, resultName } = shown;
  const seeds = results.flatMap((result, k) => (result === row ? [barred(resultName(k))] : []));
  const shares = adjointShares(shown, users, row);
  if (seeds.length + shares.length === 0) return "0";
  const chain = shares.map(({ user }) => `${barred(symbolOf(user))} · ${partial(symbolOf(user), symbolOf(row))}`);
  const sum = [...seeds, ...shares.map(({ formula }) => formula)].reduce((total, term) =>
    term.startsWith("−") ? `${total} − ${term.slice(1)}` : `${total} + ${term}`,
  );
  return shares.length === 0 ? sum : `${[...seeds, ...chain].join(" + ")} = ${sum}`;
}

function cellsOf(shown: Shown, { values, derivatives, seeds }: RowNumbers, mode: Mode | undefined, digits: number): Cells {
  const { graph, rows, results, symbolOf, formulaOf, resultName } = shown;
  const users = mode === "reverse" ? usersOf(shown) : undefined;
  const text = (row: Row, numbers: Float64Array | undefined): string =>
    numbers === undefined ? "" : numberText(numbers, digits, graph.isScalar(row));
  const body = rows.map((row) => {
    const cells = [symbolOf(row), formulaOf(row), text(row, values.get(row))];
    if (mode === undefined) return cells;
    const derivative = derivatives!.get(row);
    if (derivative === undefined) return [...cells, "", "", ""];
    const symbol = (mode === "forward" ? dotted : barred)(symbolOf(row));
    const formula =
      mode === "reverse"
        ? adjointFormula(shown, users!.get(row)!, row)
        : isInput(graph, row)
          ? dotted(formulaOf(row))
          : tangentFormula(shown, row);
    return [...cells, symbol, formula, text(row, derivative)];
  });
  const ends = results.map((row, k) => {
    const name = resultName(k);
    const known = values.get(row); // a constant is no variable
    const cells = [name, known ? symbolOf(row) : formulaOf(row), known ? text(row, known) : formulaOf(row)];
    if (mode === undefined) return cells;
    if (mode === "reverse") return [...cells, barred(name), "", text(row, seeds![k])];
    return [...cells, dotted(name), ...(known ? [dotted(symbolOf(row)), text(row, derivatives!.get(row))] : ["0", "0"])];
  });
  const heads = ["variable", "formula", "value"];
  if (mode !== undefined) heads.push(mode === "forward" ? "tangent" : "adjoint", "formula", "value");
  return { heads, rows: [...body, ...ends], numeric: new Set([2, 5]) };
}

/** How many columns of a terminal a text takes: marks above letters take none. */
const widthOf = (text: string): number => [...text.replace(/\p{M}/gu, "")].length;

function asText({ heads, rows, numeric }: Cells): string {
  const widths = heads.map((head, k) => Math.max(widthOf(head), ...rows.map((row) => widthOf(row[k]!))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, k) => {
        const space = " ".repeat(widths[k]! - widthOf(cell));
        return numeric.has(k) ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [line(heads), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_<>[\]|]/g, "\\$&");

function asMarkdown({ heads, rows, numeric }: Cells): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return (
    line(heads) + line(heads.map((_, k) => (numeric.has(k) ? "--:" : "---"))) + rows.map((row) => line(row.map(escapeMarkdown))).join("")
  );
}

/** Text as HTML and SVG hold it. */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function asHtml({ heads, rows, numeric }: Cells): string {
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell, k) => `<${tag}${numeric.has(k) ? ' class="number"' : ""}>${escapeMarkup(cell)}</${tag}>`).join("")}</tr>\n`;
  return `<table class="wengert-trace">\n<thead>\n${line("th", heads)}</thead>\n<tbody>\n${rows.map((row) => line("td", row)).join("")}</tbody>\n</table>\n`;
}

const formats = { text: asText, markdown: asMarkdown, html: asHtml };

/** The trace table of a function at arguments. */
export function printTable(
  { signature, ...called }: Pictured,
  args: readonly unknown[],
  { mode, format = "text", seed, names, digits = 6 }: TableOptions,
): string {
  if (mode !== undefined && mode !== "forward" && mode !== "reverse")
    throw new TypeError(`table: expected mode "forward" or "reverse", got ${JSON.stringify(mode)}`);
  if (!Object.hasOwn(formats, format))
    throw new TypeError(`table: expected format "text", "markdown" or "html", got ${JSON.stringify(format)}`);
  if (!Number.isInteger(digits) || digits < 1 || digits > 17)
    throw new RangeError(`table: expected digits from 1 to 17, got ${String(digits)}`);
  const { graph, results } = expanded(called.graph, called.results);
  const shown = shownOf(graph, results, signature, names);
  const numbers = numbersOf("table", shown, signature, args, mode, seed);
  return formats[format](cellsOf(shown, numbers, mode, digits));
}
