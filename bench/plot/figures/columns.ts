/** Emitted code and the kernel against C: bars from strict C, which is 1. */
import { axisX, barX, gridX, ruleX, text } from "@observablehq/plot";
import { type Line } from "../../bench.js";
import { ratioText } from "../numbers.js";
import { type BenchReport, linesOf } from "../reports.js";
import { type Sheet, WIDTH } from "../sheet.js";
import { type Theme } from "../themes.js";
import { legend } from "./legend.js";

const [BAR, BETWEEN, LEGEND, HEAD, FOOT] = [13, 10, 26, 20, 26];
const LABELS = 262;

/** What is compared with strict C, by its column, and its colour. */
const sides = (theme: Theme): readonly { column: string; label: string; color: string }[] => [
  { column: "jit µs", label: "wengert, jit", color: theme.ours },
  { column: "kernel µs", label: "wengert, kernel", color: theme.oursToo },
  { column: "fast C µs", label: "C, -ffast-math", color: theme.hand },
];

/** One bar. */
interface Bar {
  readonly workload: string;
  readonly side: string;
  readonly ratio: number;
  readonly color: string;
}

function barsOf(lines: readonly Line[], theme: Theme): Bar[] {
  return lines.flatMap((line) =>
    sides(theme).flatMap(({ column, label, color }) => {
      const [time, strict] = [line[column], line["strict C µs"]];
      return typeof time === "number" && typeof strict === "number"
        ? [{ workload: String(line["workload"]), side: label, ratio: time / strict, color }]
        : [];
    }),
  );
}

/** Powers of two around 1 and all bars. */
function powersOfTwo(ratios: readonly number[]): number[] {
  const logs = ratios.map(Math.log2);
  const [from, to] = [Math.floor(Math.min(-1, ...logs)), Math.ceil(Math.max(1, ...logs))];
  return Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i));
}

/** Draws the comparison with C. */
export function columnsSheet(report: BenchReport, theme: Theme): Sheet {
  const lines = linesOf(report, "columns");
  const bars = barsOf(lines, theme);
  const ticks = powersOfTwo(bars.map(({ ratio }) => ratio));
  const workloads = lines.map((line) => String(line["workload"]));
  const group = 3 * BAR + BETWEEN;
  const height = HEAD + group * workloads.length + FOOT;
  const ends = (some: readonly Bar[], sign: 1 | -1) =>
    text(some, {
      x: "ratio",
      y: "side",
      fy: "workload",
      text: ({ ratio }: Bar) => ratioText(ratio),
      dx: 4 * sign,
      textAnchor: sign === 1 ? "start" : "end",
      fontSize: 10.5,
    });
  const heading = (words: string, sign: 1 | -1) =>
    text(workloads.slice(0, 1), {
      fy: (name: string) => name,
      x: 1,
      text: () => words,
      frameAnchor: "top",
      dx: 6 * sign,
      dy: -8,
      textAnchor: sign === 1 ? "start" : "end",
      fill: theme.muted,
    });
  return {
    name: "columns",
    title: "A value and its gradient over columns, in times of strict C",
    description:
      "Bars from 1, which is the same gradient written by hand in C and compiled by gcc -O3 -march=native, on a logarithmic axis: " +
      `${bars.map(({ workload, side, ratio }) => `${workload}, ${side}: ${ratioText(ratio)}`).join("; ")}.`,
    height: LEGEND + height,
    panels: [
      legend(
        sides(theme).map(({ label, color }) => ({ label, symbol: "square", color })),
        LABELS,
        0,
      ),
      {
        x: 0,
        y: LEGEND,
        width: WIDTH,
        height,
        options: {
          marginLeft: LABELS,
          marginRight: 50,
          marginTop: HEAD,
          marginBottom: FOOT,
          x: { type: "log", base: 2, domain: [ticks[0]! / 1.25, ticks.at(-1)], axis: null },
          y: { domain: sides(theme).map(({ label }) => label), axis: null, paddingInner: 0.12, paddingOuter: BETWEEN / (2 * BAR) },
          fy: { domain: workloads, axis: null, padding: 0 },
          marks: [
            gridX(ticks, { stroke: theme.grid, strokeOpacity: 1 }),
            axisX(ticks, { tickFormat: tickText, fill: theme.muted, tickSize: 0, fontSize: 10, label: null }),
            barX(bars, { x1: 1, x2: "ratio", y: "side", fy: "workload", fill: "color" }),
            ruleX([1], { stroke: theme.ink, strokeWidth: 1.25 }),
            ends(
              bars.filter(({ ratio }) => ratio >= 1),
              1,
            ),
            ends(
              bars.filter(({ ratio }) => ratio < 1),
              -1,
            ),
            text(workloads, { fy: (name: string) => name, text: (name: string) => name, frameAnchor: "left", textAnchor: "end", dx: -9 }),
            heading("← faster than strict C", -1),
            heading("slower →", 1),
          ],
        },
      },
    ],
  };
}

const tickText = (ratio: number): string => (ratio < 1 ? `1/${1 / ratio}` : `${ratio}×`);
