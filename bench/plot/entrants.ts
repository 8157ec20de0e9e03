/** The comparison's results by contender, and what kind of contender each is. */
import { type Contender, contenders } from "../compare/contenders.js";
import { type Measured } from "../compare/measure.js";
import { geometricMean } from "./numbers.js";
import { type CompareReport, type Result } from "./reports.js";

/** A contender with its results, in the order of the workloads. */
export interface Entrant {
  readonly name: string;
  readonly kind: Contender["kind"];
  readonly note: string | undefined;
  /** Undefined where it was not asked. */
  readonly results: readonly (Result | undefined)[];
}

/** Results that are further off are not of float64. */
const PRECISE = 1e-9;

/** Whether results are as right as float64 allows. */
export const isPrecise = ({ errors }: Measured): boolean => Math.max(errors.value, errors.gradient) <= PRECISE;

/** The workloads, in their order. */
export const workloadsOf = ({ results }: CompareReport): string[] => [...new Set(results.map(({ workload }) => workload))];

/** The contenders, in their order. */
export function entrantsOf(report: CompareReport): Entrant[] {
  const workloads = workloadsOf(report);
  return [...new Set(report.results.map(({ contender }) => contender))].map((name) => {
    const known = contenders.find((contender) => contender.name === name);
    const own = report.results.filter(({ contender }) => contender === name);
    return {
      name,
      kind: known?.kind ?? "library",
      note: known?.note,
      results: workloads.map((workload) => own.find((result) => result.workload === workload)),
    };
  });
}

/** The contenders from the fastest to the slowest, by the geometric mean of what they need beside the first of them where both have a result. */
export function bySpeed(entrants: readonly Entrant[]): Entrant[] {
  const [first] = entrants;
  const slowness = ({ results }: Entrant): number => {
    const ratios = results.flatMap((result, i) => {
      const yardstick = first!.results[i];
      return result?.ok && yardstick?.ok ? [result.nanoseconds.p50 / yardstick.nanoseconds.p50] : [];
    });
    return ratios.length === 0 ? Infinity : geometricMean(ratios);
  };
  return entrants
    .map((entrant) => ({ entrant, slow: slowness(entrant) }))
    .sort((a, b) => (a.slow < b.slow ? -1 : a.slow > b.slow ? 1 : 0))
    .map(({ entrant }) => entrant);
}

/** Why there is no result: what a reason says, and a few words for it. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/out of memory/, "out of memory"],
  [/no package/, "not on npm"],
  [/not installed|Cannot find (?:module|package)/, "not installed"],
  [/no gcc/, "no gcc"],
  [/local count|maximum function size|[Cc]ompil/, "does not compile"],
];

/** Why there is no result, in a few words. */
export function shortReason(reason: string): string {
  const patience = /takes (more than [\d.]+ s)/.exec(reason);
  return patience?.[1] ?? reasons.find(([pattern]) => pattern.test(reason))?.[1] ?? "fails";
}
