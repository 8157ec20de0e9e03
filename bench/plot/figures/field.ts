/** The field: what a value and its gradient take in every library, a panel a workload. */
import { dot, gridX, axisX, ruleY, text } from "@observablehq/plot";
import { bySpeed, type Entrant, entrantsOf, isPrecise, shortReason, workloadsOf } from "../entrants.js";
import { powersOfTen, timeText } from "../numbers.js";
import { type CompareReport } from "../reports.js";
import { type Panel, type Sheet, WIDTH } from "../sheet.js";
import { type Theme } from "../themes.js";
import { legend } from "./legend.js";

const [COLUMNS, LABELS, GAP] = [3, 174, 12];
const [ROW, HEAD, FOOT] = [16, 26, 26];
const LEGEND = 26;

/** Room for a time beside the last point, as a part of a panel. */
const ROOM = 0.29;

/** The most names on an axis. */
const NAMES = 4;

/** A contender on one workload. */
interface Mark {
  readonly name: string;
  readonly time: number | undefined;
  readonly precise: boolean;
  readonly label: string;
  readonly color: string;
  readonly weight: "bold" | "normal";
}

const colorOf = ({ kind }: Entrant, theme: Theme): string => (kind === "ours" ? theme.ours : kind === "yardstick" ? theme.hand : theme.ink);

function markOf(entrant: Entrant, workload: number, theme: Theme): Mark {
  const result = entrant.results[workload];
  return {
    name: entrant.name,
    time: result?.ok ? result.nanoseconds.p50 : undefined,
    precise: result?.ok === true && isPrecise(result),
    label: result === undefined ? "not measured" : result.ok ? timeText(result.nanoseconds.p50) : shortReason(result.reason),
    color: colorOf(entrant, theme),
    weight: entrant.kind === "ours" ? "bold" : "normal",
  };
}

/** The plot of one workload; the first of a row names the contenders. */
function panelOf(title: string, marks: readonly Mark[], x: number, y: number, width: number, named: boolean, theme: Theme): Panel {
  const times = marks.flatMap(({ time }) => (time === undefined ? [] : [time]));
  const [least, greatest] = times.length === 0 ? [1, 10] : [0.6 * Math.min(...times), Math.max(...times)];
  const most = least * Math.max(10, greatest / least) ** (1 / (1 - ROOM));
  const ticks = powersOfTen(least, most).filter((tick) => tick >= least && tick <= most);
  const every = Math.ceil(ticks.length / NAMES);
  const left = named ? LABELS : GAP;
  const ran = marks.filter(({ time }) => time !== undefined);
  const each = { y: "name", text: "label", dx: 7, textAnchor: "start" } as const;
  return {
    x,
    y,
    width: width + left,
    height: HEAD + ROW * marks.length + FOOT,
    options: {
      marginLeft: left,
      marginRight: 0,
      marginTop: HEAD,
      marginBottom: FOOT,
      x: { type: "log", domain: [least, most], axis: null },
      y: { domain: marks.map(({ name }) => name), axis: null, padding: 0 },
      marks: [
        gridX(ticks, { stroke: theme.grid, strokeOpacity: 1 }),
        axisX(
          ticks.filter((_, i) => i % every === 0),
          { tickFormat: tickText, fill: theme.muted, tickSize: 0, fontSize: 10, label: null },
        ),
        text([title], { frameAnchor: "top-left", dy: -18, dx: 0, fontWeight: "bold", fontSize: 12 }),
        ruleY(ran, { y: "name", x1: least, x2: "time", stroke: "color", strokeOpacity: 0.35 }),
        dot(
          ran.filter(({ precise }) => precise),
          { x: "time", y: "name", r: 4, fill: "color" },
        ),
        dot(
          ran.filter(({ precise }) => !precise),
          { x: "time", y: "name", r: 3.5, stroke: "color", strokeWidth: 1.5 },
        ),
        ...(["bold", "normal"] as const).flatMap((weight) => {
          const some = marks.filter((mark) => mark.weight === weight);
          const names = { y: "name", text: "name", frameAnchor: "left", textAnchor: "end", dx: -9, fill: "color" } as const;
          return [
            text(
              some.filter(({ time }) => time !== undefined),
              { ...each, x: "time", fontWeight: weight, fontSize: 10.5 },
            ),
            ...(named ? [text(some, { ...names, fontWeight: weight })] : []),
          ];
        }),
        text(
          marks.filter(({ time }) => time === undefined),
          {
            ...each,
            dx: 2,
            frameAnchor: "left",
            fill: theme.muted,
            fontStyle: "italic",
            fontSize: 10.5,
          },
        ),
      ],
    },
  };
}

/** 1 µs, 10 µs, … */
const tickText = (nanoseconds: number): string => timeText(nanoseconds).replace(/\.0+(?= )/, "");

/** Draws the comparison. */
export function fieldSheet(report: CompareReport, theme: Theme): Sheet {
  const entrants = bySpeed(entrantsOf(report));
  const workloads = workloadsOf(report);
  const width = (WIDTH - LABELS - (COLUMNS - 1) * GAP) / COLUMNS;
  const panelHeight = HEAD + ROW * entrants.length + FOOT;
  const panels = workloads.map((workload, i) => {
    const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS];
    const x = column === 0 ? 0 : LABELS + column * (width + GAP) - GAP;
    const marks = entrants.map((entrant) => markOf(entrant, i, theme));
    return panelOf(workload, marks, x, LEGEND + row * panelHeight, width, column === 0, theme);
  });
  const keys = [
    { label: "wengert", symbol: "circle", color: theme.ours },
    { label: "by hand, and by differences", symbol: "circle", color: theme.hand },
    { label: "other libraries", symbol: "circle", color: theme.ink },
    { label: "less precise than 1e-9 (float32, differences)", symbol: "circle", color: theme.ink, hollow: true },
  ];
  return {
    name: "field",
    title: "A value and its gradient in every library",
    description:
      `Median times of a value and its gradient on ${workloads.join(", ")}, on logarithmic axes. From the fastest: ` +
      `${entrants.map(({ name }) => name).join("; ")}. The numbers are in docs/benchmarks.md.`,
    height: LEGEND + Math.ceil(workloads.length / COLUMNS) * panelHeight,
    panels: [legend(keys, LABELS, 0), ...panels],
  };
}
