/** What is measured of a gradient: how often a second it can be had. */

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
