/** GradBench's derivatives as multiples of hand-written C++, beside the figures of other tools. */
import { axisX, dot, gridX, ruleX, ruleY, text } from "@observablehq/plot";
import { powersOfTen, ratioText } from "../numbers.js";
import { published, type Tool, tools } from "../published.js";
import { type GradbenchReport, oursOn } from "../reports.js";
import { type Sheet, WIDTH } from "../sheet.js";
import { type Theme } from "../themes.js";
import { legend } from "./legend.js";

const [ROW, LEGEND, HEAD, FOOT] = [22, 26, 18, 40];
const [LABELS, RIGHT] = [150, 170];

const symbols: Readonly<Record<Tool, string>> = {
  tapenade: "diamond",
  CoDiPack: "square",
  "ADOL-C": "triangle",
  Adept: "triangle2",
  CppAD: "cross",
  "floretta (wasm)": "star",
  "TensorFlow.js": "hexagon",
};

interface Point {
  readonly label: string;
  readonly ratio: number;
}

function pointsOf(tool: Tool): Point[] {
  return published.flatMap(({ label, ratios }) => {
    const ratio = ratios[tool];
    return typeof ratio === "number" ? [{ label, ratio }] : [];
  });
}

/** Who ran out of memory on a workload. */
const failures = published.flatMap(({ label, ratios }) => {
  const failed = tools.filter((tool) => ratios[tool] === "out of memory");
  return failed.length === 0 ? [] : [{ label, text: `${failed.join(", ")}: out of memory` }];
});

/** Draws the multiples. */
export function gradbenchSheet(report: GradbenchReport, theme: Theme): Sheet {
  const found = published.map(({ workload, label }) => ({ label, ratio: oursOn(report, workload) }));
  const ours = found.filter((point): point is Point => point.ratio !== undefined);
  const all = [...ours, ...tools.flatMap(pointsOf)].map(({ ratio }) => ratio);
  const [least, greatest] = [0.7 * Math.min(1, ...all), 1.2 * Math.max(...all)];
  const ticks = powersOfTen(least, greatest).filter((tick) => tick >= least && tick <= greatest);
  const height = HEAD + ROW * published.length + FOOT;
  const column = { y: "label", frameAnchor: "right", textAnchor: "start" } as const;
  return {
    name: "gradbench",
    title: "GradBench's derivatives, in times of hand-written C++",
    description:
      "Times of derivatives as multiples of GradBench's hand-written C++, on a logarithmic axis. wengert: " +
      `${found.map(({ label, ratio }) => `${label}: ${ratio === undefined ? "no result" : ratioText(ratio)}`).join("; ")}. ` +
      "The other tools and the C++ were measured on another machine; the numbers are in docs/benchmarks.md.",
    height: LEGEND + height,
    panels: [
      legend(
        [
          { label: "wengert", symbol: "circle", color: theme.ours },
          ...tools.map((tool) => ({ label: tool, symbol: symbols[tool], color: theme.tools[tool] })),
        ],
        LABELS - 40,
        0,
      ),
      {
        x: 0,
        y: LEGEND,
        width: WIDTH,
        height,
        options: {
          marginLeft: LABELS,
          marginRight: RIGHT,
          marginTop: HEAD,
          marginBottom: FOOT,
          x: { type: "log", domain: [least, greatest], axis: null },
          y: { domain: published.map(({ label }) => label), axis: null, padding: 0.5 },
          marks: [
            gridX(ticks, { stroke: theme.grid, strokeOpacity: 1 }),
            ruleY(published, { y: "label", stroke: theme.grid }),
            axisX(ticks, {
              tickFormat: (tick: number) => `${tick.toLocaleString("en")}×`,
              fill: theme.muted,
              tickSize: 0,
              fontSize: 10,
              label: null,
            }),
            ruleX([1], { stroke: theme.ink, strokeWidth: 1.25 }),
            text(published, { y: "label", text: "label", frameAnchor: "left", textAnchor: "end", dx: -9 }),
            ...tools.map((tool) =>
              dot(pointsOf(tool), { x: "ratio", y: "label", r: 4, symbol: symbols[tool], fill: theme.tools[tool], fillOpacity: 0.85 }),
            ),
            dot(ours, { x: "ratio", y: "label", r: 5.5, fill: theme.ours, stroke: theme.ink, strokeWidth: 0.75 }),
            text(ours, { ...column, dx: 14, text: ({ ratio }: Point) => ratioText(ratio), fill: theme.ours, fontWeight: "bold" }),
            text(
              found.filter(({ ratio }) => ratio === undefined),
              { ...column, dx: 14, text: () => "no result", fill: theme.muted, fontStyle: "italic" },
            ),
            text(failures, { ...column, dx: 52, text: "text", fill: theme.muted, fontStyle: "italic", fontSize: 10 }),
            text(["wengert"], { frameAnchor: "top-right", textAnchor: "start", dx: 14, dy: -12, fill: theme.ours, fontWeight: "bold" }),
            text(["hand-written C++ = 1"], { x: [1], frameAnchor: "top", dy: -12, fill: theme.muted }),
            text(["derivatives; the C++ and the other tools were measured on another machine"], {
              frameAnchor: "bottom",
              dy: 34,
              fill: theme.muted,
              fontSize: 10.5,
            }),
          ],
        },
      },
    ],
  };
}
