/** Tables and figures of Markdown. */
import { type Line } from "../bench.js";
import { threeDigits } from "./numbers.js";

type Row = readonly string[];

/** A table: the first column to the left, the others to the right. */
export const table = (header: Row, rows: readonly Row[]): string =>
  [header, header.map((_, i) => (i === 0 ? "---" : "--:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** A number of a report; a small one with an exponent, and all of a whole one. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return Math.abs(value) < 1e-3 ? value.toExponential(1) : threeDigits(value);
}

const cellText = (value: string | number | null | undefined): string =>
  typeof value === "number" ? numberText(value) : (value ?? "") === "" ? "–" : String(value);

/** Lines of a report as a table, with the columns of all of them but for those left out. */
export function linesTable(lines: readonly Line[], isLeftOut: (column: string) => boolean = () => false): string {
  if (lines.length === 0) return "Not measured.";
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))].filter((column) => !isLeftOut(column));
  const rows = lines.map((line) => columns.map((column) => cellText(line[column])));
  return table(columns, rows);
}

/** A figure that follows the reader's theme; `path` leads to the folder of the figures. */
export const figure = (name: string, alternative: string, path = "figures"): string =>
  [
    "<picture>",
    `  <source media="(prefers-color-scheme: dark)" srcset="${path}/${name}-dark.svg">`,
    `  <img alt="${alternative}" src="${path}/${name}-light.svg" width="830">`,
    "</picture>",
  ].join("\n");

/** Texts that a table refers to by number, each once. */
export class Footnotes {
  readonly #texts: string[] = [];

  mark(text: string): string {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return `[${this.#texts.indexOf(text) + 1}]`;
  }

  toString(): string {
    return this.#texts.map((text, i) => `${i + 1}. ${text}`).join("\n");
  }
}
