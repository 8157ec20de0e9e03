/** How the example prints: numbers with sensible digits, tables with aligned columns, and progress. */
import { SingleBar } from "cli-progress";
import { type Iterate } from "./minimise.js";

/** A count or a rate with separated thousands. */
export const whole = (x: number): string => Math.round(x).toLocaleString("en");

/** A table with its first column aligned to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!));
  return rows.map((row) => `  ${row.map(pad).join("   ")}`).join("\n");
}

/** Shows how a fit goes: a bar on a terminal, elsewhere a line now and then. */
export class Progress {
  readonly #bar: SingleBar | undefined;
  #next = 0;

  constructor(
    readonly iterations: number,
    terminal: boolean,
  ) {
    if (!terminal) return;
    this.#bar = new SingleBar({ format: "  {bar} iteration {value}   loss {loss}   slope {slope}", barsize: 30, hideCursor: true });
  }

  /** Shows an iterate. */
  show(iteration: number, { value, slope }: Iterate, isLast = false): void {
    const [loss, steepness] = [value.toFixed(6), slope.toExponential(1)];
    if (this.#bar) {
      if (iteration === 0) this.#bar.start(this.iterations, 0, { loss, slope: steepness });
      else this.#bar.update(iteration, { loss, slope: steepness });
    } else if (isLast || iteration >= this.#next) {
      console.log(`  iteration ${String(iteration).padStart(4)}   loss ${loss}   slope ${steepness}`);
      this.#next = iteration < 5 ? 5 : 2 * iteration;
    }
  }

  /** Ends the display, at the iteration that was the last. */
  end(iteration: number): void {
    if (!this.#bar) return;
    this.#bar.setTotal(iteration);
    this.#bar.stop();
  }
}
