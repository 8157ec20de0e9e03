/** What is measured of a gradient: its agreement with central differences, and how often a second it can be had. */

/** The relative differences between g·u and (f(x + hu) − f(x − hu)) / 2h along random directions u of length 1. */
export function differencesFromCentral(
  f: (x: Float64Array) => number,
  x: Float64Array,
  gradient: Float64Array,
  directions: number,
  random: () => number,
): number[] {
  const step = Math.cbrt(Number.EPSILON);
  return Array.from({ length: directions }, () => {
    const raw = x.map(() => random() - 0.5);
    const length = Math.hypot(...raw);
    const at = (t: number): number => f(x.map((value, i) => value + (t * raw[i]!) / length));
    const wanted = (at(step) - at(-step)) / (2 * step);
    const got = gradient.reduce((total, value, i) => total + (value * raw[i]!) / length, 0);
    return Math.abs(got - wanted) / Math.max(Math.abs(got), Math.abs(wanted), Number.MIN_VALUE);
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Runs a second of each function: medians over rounds that alternate between them, so that all meet the same disturbances. */
export function ratesOf(runs: readonly (() => void)[], seconds: number): number[] {
  const times = runs.map((): number[] => []);
  const round = 1000 * Math.min(0.02, seconds / 10);
  for (const end = performance.now() + 1000 * seconds; performance.now() < end || times[0]!.length < 3;) {
    runs.forEach((run, k) => {
      const start = performance.now();
      let count = 0;
      do {
        for (let i = 0; i < 20; i++) run();
        count += 20;
      } while (performance.now() - start < round);
      times[k]!.push((performance.now() - start) / count);
    });
  }
  return times.map((rounds) => 1000 / median(rounds));
}
