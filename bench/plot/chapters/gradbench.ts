/** GradBench: our derivatives beside those of other tools, and everything that the driver measured. */
import { figure, linesTable, table } from "../markdown.js";
import { ratioText } from "../numbers.js";
import { published, tools } from "../published.js";
import { oursOn, type GradbenchReport } from "../reports.js";

/** The published workloads: multiples of hand-written C++. */
function multiples(report: GradbenchReport): string {
  const rows = published.map(({ workload, ratios }) => {
    const ours = oursOn(report, workload);
    const others = tools.map((tool) => ratios[tool]).map((ratio) => (typeof ratio === "number" ? ratioText(ratio) : (ratio ?? "–")));
    return [workload, ours === undefined ? "no result" : `**${ratioText(ours)}**`, ...others];
  });
  return table(["", "wengert", ...tools], rows);
}

/** The chapter. */
export const gradbench = (report: GradbenchReport): string => `## GradBench

${figure("gradbench", "Times of GradBench's derivatives in times of hand-written C++, by wengert and seven other tools")}

[GradBench](https://github.com/gradbench/gradbench) is the field's public benchmark. \`npm run gradbench\` is a tool that speaks its protocol, and the driver sends it GradBench's workloads over a pipe. What is timed is an evaluation, from plain
numbers to plain numbers, copies included. Every output is checked to 1e-10, against the function by hand and, where it is quick enough, against the reference engine.

Derivatives in times of GradBench's hand-written C++. The C++ and the tools other than wengert were measured on another machine. –: the tool does not have the eval.

${multiples(report)}

Everything that the driver measured. Prepare: tracing and compiling. Round trip: a message and its response with one run, JSON included.

${linesTable(report.gradbench)}`;
