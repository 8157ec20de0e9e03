/** What define-by-run costs: scalar operations recorded with their values, and swept back. */
import { record, sin, type Value } from "wengert";
import { type Bench, type Line, median, timed } from "./bench.js";

const ROWS = 1_000_000;

const ROUNDS = 5;

/** v = sin(v)·x, over and over; `every` so many rows the loop looks at the value. */
const chain =
  (every: number) =>
  (x: Value): Value => {
    let v = x;
    for (let row = 0; row < ROWS; row += 2) {
      v = sin(v).mul(x);
      if (row % every === 0 && v.value > 1) break;
    }
    return v;
  };

function line(what: string, run: () => unknown): Line {
  const ms = median(Array.from({ length: ROUNDS }, () => timed(run).ms));
  return { what, ms, "operations a second": ROWS / (ms / 1e3) };
}

export const recordBench: Bench = {
  name: "record",
  title: `${ROWS.toLocaleString("en")} scalar operations, define-by-run`,
  run: () => [
    line("recorded", () => record(chain(ROWS), 0.5)),
    line("recorded, each value looked at", () => record(chain(2), 0.5)),
    line("recorded, and the gradient", () => record(chain(ROWS), 0.5).grad()),
    line("the same on plain numbers", () => {
      let v = 0.5;
      for (let row = 0; row < ROWS; row += 2) v = Math.sin(v) * 0.5;
      return v;
    }),
  ],
};
