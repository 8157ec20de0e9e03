/** Carbon dioxide in the air of Mauna Loa: growth that grows, and the seasons. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { add, cos, exp, mul, sin, sub, type Value } from "wengert";
import { type Fit, leastSquares } from "wengert/optimize";

/** Monthly means in parts per million, by the year with its fraction. */
export interface Measurements {
  readonly years: Float64Array;
  readonly ppm: Float64Array;
}

/** The parameters: ppm before growth, growth in 1990 and its rate a year, and the cosines and sines of the year and of half of it. */
interface Parameters<T> {
  readonly base: T;
  readonly growth: T;
  readonly rate: T;
  readonly year: readonly T[];
  readonly half: readonly T[];
}

/** The data set that the vega-datasets package ships. */
export function readMeasurements(): Measurements {
  const text = readFileSync(createRequire(import.meta.url).resolve("vega-datasets/data/co2-concentration.csv"), "utf8");
  const rows = text.trim().split("\n").slice(1).map((line) => line.split(",")); // prettier-ignore
  const yearOf = (date: string): number => {
    const [year, month] = date.split("-").map(Number);
    return year! + (month! - 0.5) / 12;
  };
  return { years: Float64Array.from(rows, ([date]) => yearOf(date!)), ppm: Float64Array.from(rows, ([, ppm]) => Number(ppm)) };
}

type Column = Value | Float64Array;

const wave = ([c, s]: readonly Value[], angle: Float64Array): Value => add(mul(c!, cos(angle)), mul(s!, sin(angle)));

/** What the model says of times in years. */
function predicted(p: Parameters<Value>, years: Float64Array): Value {
  const since = years.map((year) => year - 1990);
  const turn = years.map((year) => 2 * Math.PI * (year % 1));
  const trend: Column = add(p.base, mul(p.growth, exp(mul(p.rate, since))));
  return add(trend, add(wave(p.year, turn), wave(p.half, mul(2, turn))));
}

/** The fit by least squares. */
export const fitted = ({ years, ppm }: Measurements): Fit<Parameters<number>> =>
  leastSquares((p: Parameters<Value>) => sub(ppm, predicted(p, years)), { base: 280, growth: 70, rate: 0.02, year: [0, 0], half: [0, 0] });
