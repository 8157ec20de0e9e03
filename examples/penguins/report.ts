/** How the example prints: numbers with sensible digits, tables with aligned columns, and progress. */
import { SingleBar } from "cli-progress";
import { type Iteration, type Minimum } from "wengert/optimize";

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

  /** Shows an iteration. */
  show({ iteration, value, gradientNorm }: Omit<Iteration, "x">): void {
    const [loss, slope] = [value.toFixed(6), gradientNorm.toExponential(1)];
    if (this.#bar) {
      if (iteration === 1) this.#bar.start(this.iterations, 0, { loss, slope });
      else this.#bar.update(iteration, { loss, slope });
    } else if (iteration >= this.#next) {
      console.log(`  iteration ${String(iteration).padStart(4)}   loss ${loss}   slope ${slope}`);
      this.#next = iteration < 5 ? 5 : 2 * iteration;
    }
  }

  /** Ends the display with what was found. */
  end({ iterations, value, gradientNorm }: Minimum<unknown>): void {
    if (this.#bar) {
      this.#bar.setTotal(iterations);
      this.#bar.stop();
    } else {
      this.#next = 0;
      this.show({ iteration: iterations, value, gradientNorm });
    }
  }
}
