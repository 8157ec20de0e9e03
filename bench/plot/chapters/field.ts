/** The field: times, first gradients and errors of every contender, and why some have none. */
import { entrantsOf, type Entrant, isPrecise, shortReason, workloadsOf } from "../entrants.js";
import { figure, Footnotes, table } from "../markdown.js";
import { threeDigits } from "../numbers.js";
import { type CompareReport } from "../reports.js";

/** The table of the times, with the reasons where there are none. */
function times(entrants: readonly Entrant[], workloads: readonly string[]): string {
  const footnotes = new Footnotes();
  const rows = entrants.map(({ name, kind, note, results }) => {
    const title = kind === "ours" ? `**${name}**` : name;
    const cells = results.map((result) => {
      if (result === undefined) return "not measured";
      if (!result.ok) return `${shortReason(result.reason)} ${footnotes.mark(withoutPaths(result.reason))}`;
      const { p25, p50, p75 } = result.nanoseconds;
      return `${threeDigits(p50 / 1e3)} ±${Math.round((50 * (p75 - p25)) / p50)} %`;
    });
    return [note === undefined ? title : `${title} ${footnotes.mark(note)}`, ...cells];
  });
  return [table(["µs", ...workloads], rows), footnotes.toString()].filter((text) => text !== "").join("\n\n");
}

/** The least time on each workload among contenders, in ns; undefined where none has one that is right to float64. */
function least(entrants: readonly Entrant[], column: number): { name: string; time: number } | undefined {
  const timed = entrants.flatMap(({ name, results }) => {
    const result = results[column];
    return result?.ok && isPrecise(result) ? [{ name, time: result.nanoseconds.p50 }] : [];
  });
  return timed.sort((a, b) => a.time - b.time)[0];
}

/** The table of how many times as long as our fastest the others take. */
function factors(entrants: readonly Entrant[], workloads: readonly string[]): string {
  const ours = workloads.map((_, i) =>
    least(
      entrants.filter(({ kind }) => kind === "ours"),
      i,
    ),
  );
  const times = (time: number | undefined, i: number): string => (time && ours[i] ? threeDigits(time / ours[i].time) : "–");
  const libraries = entrants.filter(({ kind }) => kind === "library");
  const next = workloads.map((_, i) => least(libraries, i));
  const yardsticks = entrants.filter(({ kind }) => kind === "yardstick");
  return table(
    ["", ...workloads],
    [
      ["our fastest", ...ours.map((own) => own?.name.replace("wengert, ", "") ?? "–")],
      ["the fastest other library in float64", ...next.map((other) => other?.name ?? "–")],
      ["it takes, times ours", ...next.map((other, i) => times(other?.time, i))],
      ...yardsticks.map(({ name, results }) => [
        `${name}, times ours`,
        ...results.map((result, i) => times(result?.ok ? result.nanoseconds.p50 : undefined, i)),
      ]),
    ],
  );
}

/** What a contender says of its own files names them alone. */
const withoutPaths = (text: string): string => text.replaceAll(/(?:file:\/\/)?(?:\/[\w.@+-]+)+\/([\w.@+-]+)/g, "$1").replaceAll("|", "\\|");

/** The table of what a fresh process pays. */
function firsts(entrants: readonly Entrant[], workloads: readonly string[]): string {
  const rows = entrants.flatMap(({ name, results }) => {
    const costs = results.map((result) => (result?.ok ? result.milliseconds : undefined));
    if (!costs.some((cost) => cost !== undefined)) return [];
    return [[name, ...costs.map((cost) => (cost ? `${threeDigits(cost.import)} + ${threeDigits(cost.build + cost.first)}` : "–"))]];
  });
  return table(["ms", ...workloads], rows);
}

/** The table of the errors. */
function errors(entrants: readonly Entrant[], workloads: readonly string[]): string {
  const rows = entrants.flatMap(({ name, results }) => {
    if (!results.some((result) => result?.ok)) return [];
    const cells = results.map((result) => (result?.ok ? errorText(Math.max(result.errors.value, result.errors.gradient)) : "–"));
    return [[name, ...cells]];
  });
  return table(["", ...workloads], rows);
}

const errorText = (error: number): string => (error === 0 ? "0" : error.toExponential(0));

/** The versions of the packages. */
function packages({ versions }: CompareReport): string {
  const { node: _node, v8: _v8, gcc: _gcc, ...others } = versions;
  return Object.entries(others)
    .map((pair) => pair.join(" "))
    .join(", ");
}

/** The chapter. */
export function field(report: CompareReport): string {
  const [entrants, workloads] = [entrantsOf(report), workloadsOf(report)];
  return `## The field

${figure("field", "Times of a value and its gradient in every library, on six workloads")}

A value and its gradient, the same loss on the same data in every library, written as the library wants it. Medians, ± half of the distance between the quartiles. Every result is compared with a gradient written by
hand before anything is timed, and each process had ${report.timeout} s. Versions: ${packages(report)}.

${times(entrants, workloads)}

### How much longer the others take

${factors(entrants, workloads)}

### The first gradient of a fresh process

The import, + what it takes beyond it to trace, to compile and to run once.

${firsts(entrants, workloads)}

### Errors

The greatest error of value and gradient, relative to the greatest number of the gradient written by hand.

${errors(entrants, workloads)}`;
}
