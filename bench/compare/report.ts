/** The comparison as tables: times, one-off costs, errors, and footnotes. */
import { type Line, median, table } from "../bench.js";
import { type Contender } from "./contenders.js";
import { type Measured, type Outcome } from "./measure.js";
import { type Workload } from "./workloads.js";

/** What was found of one contender on one workload. */
export interface Finding {
  readonly contender: Contender;
  readonly workload: Workload;
  readonly outcome: Outcome;
}

/** Results that are further off are not of float64. */
const PRECISE = 1e-9;

/** Three digits, and all of a whole part. */
const shown = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

/** Texts by number, each once. */
class Footnotes {
  readonly #texts: string[] = [];

  mark(text: string): string {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return `[${this.#texts.indexOf(text) + 1}]`;
  }

  toString(): string {
    return this.#texts.map((text, i) => `  [${i + 1}] ${text}`).join("\n");
  }
}

const timeOf = ({ nanoseconds }: Measured): number => nanoseconds.p50;

const errorOf = ({ errors }: Measured): number => Math.max(errors.value, errors.gradient);

/** The fastest contender of a kind on a workload that are as precise as float64. */
function fastest(findings: readonly Finding[], kind: Contender["kind"], workload: Workload): Measured | undefined {
  const precise = findings
    .filter((finding) => finding.workload === workload && finding.contender.kind === kind)
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome.ok && errorOf(outcome) <= PRECISE) as Measured[];
  return precise.sort((a, b) => timeOf(a) - timeOf(b))[0];
}

/** A time in µs, and how far the quartiles are from it. */
function timeCell(measured: Measured, best: boolean): string {
  const { p25, p50, p75 } = measured.nanoseconds;
  return `${shown(p50 / 1e3)}${best ? " *" : ""} ±${Math.round((50 * (p75 - p25)) / p50)}%`;
}

/** Prints what was found; workloads and contenders are those of the findings, in their order. */
export function report(findings: readonly Finding[]): string {
  const workloads = [...new Set(findings.map(({ workload }) => workload))];
  const contenders = [...new Set(findings.map(({ contender }) => contender))];
  const footnotes = new Footnotes();
  const rows = contenders.map((contender) => ({ contender, own: findings.filter((finding) => finding.contender === contender) }));
  const lineOf = (first: string, cells: readonly string[]): Line =>
    Object.fromEntries([["", first], ...workloads.map(({ name }, i) => [name, cells[i]!])]) as Line;

  const best = new Map(workloads.map((workload) => [workload, fastest(findings, "library", workload)]));
  const times = rows.map(({ contender, own }) => {
    const note = contender.note === undefined ? "" : ` ${footnotes.mark(contender.note)}`;
    const cells = own.map(({ workload, outcome }) =>
      outcome.ok ? timeCell(outcome, outcome === best.get(workload)) : footnotes.mark(outcome.reason),
    );
    return lineOf(`${contender.name}${note}`, cells);
  });
  /** How many times as long as our fastest something takes, workload by workload. */
  const factorsOf = (otherOn: (workload: Workload) => Measured | undefined): string[] =>
    workloads.map((workload) => {
      const [other, own] = [otherOn(workload), fastest(findings, "ours", workload)];
      return other && own ? shown(timeOf(other) / timeOf(own)) : "–";
    });
  const yardstick =
    (name: string) =>
    (workload: Workload): Measured | undefined => {
      const outcome = findings.find((finding) => finding.workload === workload && finding.contender.name === name)?.outcome;
      return outcome?.ok ? outcome : undefined;
    };
  const factors = [
    lineOf(
      "* / the fastest wengert",
      factorsOf((workload) => best.get(workload)),
    ),
    ...contenders
      .filter(({ kind }) => kind === "yardstick")
      .map(({ name }) => lineOf(`${name} / the fastest wengert`, factorsOf(yardstick(name)))),
  ];

  const measured = rows.filter(({ own }) => own.some(({ outcome }) => outcome.ok));
  const costs = measured.flatMap(({ contender, own }) => {
    const all = own.map(({ outcome }) => (outcome.ok ? outcome.milliseconds : undefined));
    const imports = all.flatMap((cost) => (cost ? [cost.import] : []));
    if (imports.length === 0) return [];
    const { "": name, ...cells } = lineOf(
      contender.name,
      all.map((cost) => (cost ? shown(cost.build + cost.first) : "–")),
    );
    return [{ "": name!, import: shown(median(imports)), ...cells }];
  });
  const errors = measured.map(({ contender, own }) =>
    lineOf(
      contender.name,
      own.map(({ outcome }) => (outcome.ok ? errorOf(outcome).toExponential(0).replace("0e+0", "0") : "–")),
    ),
  );
  const compared = factors.filter(({ "": _name, ...cells }) => Object.values(cells).some((cell) => cell !== "–"));
  const sections: readonly (readonly [string, readonly Line[]])[] = [
    [
      "A value and its gradient, µs: medians, ± half of the distance of the quartiles. *: the fastest of the other libraries that are right to 1e-9",
      [...times, ...compared],
    ],
    ["The first gradient of a fresh process, ms: the import, and beyond it what it takes to trace, to compile and to run once", costs],
    ["The greatest error of value and gradient, relative to the greatest number of the gradient written by hand in JavaScript", errors],
  ];
  const tables = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => `${title}\n${table(lines)}`);
  return [...tables, footnotes.toString()].filter((text) => text !== "").join("\n\n");
}
