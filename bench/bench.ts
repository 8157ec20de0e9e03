/** What a bench is: a name, a title, and records of what was measured, which the report prints as a table. */

/** One line of a report: names with units, and what was measured. */
export type Line = Readonly<Record<string, string | number>>;

/** What the user chose. */
export interface Settings {
  /** How long to time each function on each engine. */
  readonly seconds: number;
  /** Whether a name passes the filter. */
  readonly wants: (name: string) => boolean;
}

/** Something to measure. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What `--filter` may name besides the bench itself. */
  readonly parts?: readonly string[];
  run(settings: Settings): Line[] | Promise<Line[]>;
}

/** The middle of an odd number of values. */
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** The milliseconds a function takes, and what it returns. */
export function timed<T>(run: () => T): { ms: number; result: T } {
  const start = performance.now();
  const result = run();
  return { ms: performance.now() - start, result };
}

/** A number with four significant digits, or all of a whole number's. */
function shown(value: string | number): string {
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return value.toLocaleString("en");
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/** Lines as a table: names on top, the first column to the left, the others to the right. */
export function table(lines: readonly Line[]): string {
  const rows = [Object.keys(lines[0] ?? {}), ...lines.map((line) => Object.values(line).map(shown))];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!));
  return rows.map((row) => `  ${row.map(pad).join("  ")}`.trimEnd()).join("\n");
}
