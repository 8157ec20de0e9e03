/** Graphs as SVG: what is computed in boxes, what flows on the edges, and one step of a sweep. */
import { describe } from "../errors.js";
import { expanded } from "../graph/expand.js";
import { type FormulaNames } from "../graph/formula.js";
import { type Row } from "../graph/graph.js";
import { shapeText } from "../ops/shapes.js";
import { placed, type Point, type Route } from "./layout.js";
import { type Mode, numbersOf, type RowNumbers } from "./numbers.js";
import { shareOf } from "./shares.js";
import { barred, dotted, type Shown, shownOf } from "./symbols.js";
import { escapeMarkup, numberText, type Pictured } from "./table.js";
import { widthOf } from "./widths.js";

/** Options of `svg`. */
export interface PictureOptions {
  /** The arguments whose numbers stand in the picture; without them it shows formulas alone. */
  readonly args?: readonly unknown[];
  /** What stands beside the values: tangents, or adjoints, and on the edges what each gives the next. */
  readonly mode?: "forward" | "reverse";
  /** The direction of the tangents, or the result's adjoint, as `table` takes them. */
  readonly seed?: unknown;
  /** A step of the sweep, from 1: the row that is at hand is marked, and what comes later has no numbers yet. In reverse mode steps go back from the last row. */
  readonly step?: number;
  /** Names of the arguments' numbers and vectors in order, as `formula` takes them. */
  readonly names?: FormulaNames;
  /** How many digits numbers have at most, 4 where it is left out. */
  readonly digits?: number;
  /** Where the graph leads, "down" where it is left out. */
  readonly direction?: "down" | "right";
  /** The colours: those of the page's reader, or always light, or dark. */
  readonly theme?: "auto" | "light" | "dark";
  /** What the picture is called, for those who hear it. */
  readonly title?: string;
}

/** More rows than this are not drawn. */
const MOST_ROWS = 120;

/** So many lanes of a vector are shown. */
const MOST_LANES = 2;

const FONT = 14;
const SMALL = 12;
const FAMILY = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** Colours by what they are for: all texts have a contrast of 4.5 or more on what is behind them (WCAG 2, AA). */
export const palettes = {
  light: { ink: "#1f2328", soft: "#59636e", line: "#818b98", box: "#ffffff", input: "#eaf3ff", result: "#e6f6ea", mark: "#fff1c2", edge: "#bf8700", forward: "#0757b0", reverse: "#b0241d" },
  dark: { ink: "#e6edf3", soft: "#a5afb9", line: "#7d8590", box: "#161b22", input: "#12263f", result: "#12301f", mark: "#44370f", edge: "#d29922", forward: "#79b8ff", reverse: "#ff938a" },
} as const; // prettier-ignore

const variables = (theme: "light" | "dark"): string =>
  Object.entries(palettes[theme])
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

/** The rules of a picture. Several may stand in one page, each with its theme. */
function styleOf(theme: "auto" | "light" | "dark"): string {
  const root = `.wengert-${theme}`;
  const rules: readonly (readonly [selector: string, declarations: string])[] = [
    ["", `${variables(theme === "dark" ? "dark" : "light")};font:${FONT}px ${FAMILY}`],
    [" text", "fill:var(--ink)"],
    [" .small", `font-size:${SMALL}px`],
    [" .value", "fill:var(--soft)"],
    [" .forward", "fill:var(--forward)"],
    [" .reverse", "fill:var(--reverse)"],
    [" rect", "fill:var(--box);stroke:var(--line)"],
    [" .input rect", "fill:var(--input)"],
    [" .result rect", "fill:var(--result)"],
    [" .now rect", "fill:var(--mark);stroke:var(--edge);stroke-width:2"],
    [" path", "fill:none;stroke:var(--line);stroke-width:1.25"],
    [" path.now", "stroke:var(--edge);stroke-width:2.5"],
    [" .head", "fill:var(--line);stroke:none"],
    [" .head.now", "fill:var(--edge)"],
  ];
  const dark = theme === "auto" ? `@media (prefers-color-scheme:dark){${root}{${variables("dark")}}}\n` : "";
  return rules.map(([selector, declarations]) => `${root}${selector}{${declarations}}\n`).join("") + dark;
}

/** A coordinate, to a tenth. */
const at = (x: number): string => String(Math.round(10 * x) / 10);

const between = (a: Point, b: Point, t: number): Point => ({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) });

/** A smooth line along what a route passes: pieces of parabolas, by their corners. */
function curveOf(way: readonly Point[]): (readonly [from: Point, corner: Point, to: Point])[] {
  if (way.length === 2) return [[way[0]!, between(way[0]!, way[1]!, 0.5), way[1]!]];
  let from = way[0]!;
  return way.slice(1, -1).map((corner, k) => {
    const next = way[k + 2]!;
    const to = k === way.length - 3 ? next : between(corner, next, 0.5);
    const piece = [from, corner, to] as const;
    from = to;
    return piece;
  });
}

/** Points of a curve, close to each other. */
const pointsOf = (curve: ReturnType<typeof curveOf>): Point[] =>
  curve.flatMap(([from, corner, to]) =>
    Array.from({ length: 17 }, (_, i) => between(between(from, corner, i / 16), between(corner, to, i / 16), i / 16)),
  );

/** An edge: its line, the arrow's head at its end, and its label beside the line, to the right of one that leads down and below one that leads right. */
function drawn(
  { points, label }: Route,
  direction: "down" | "right",
  { text, isNow }: { readonly text: string; readonly isNow: boolean },
  mode: string,
): string {
  const [last, before] = [points.at(-1)!, points.at(-2)!];
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const [dx, dy] = [(last.x - before.x) / length, (last.y - before.y) / length];
  const tip = { x: last.x - 7 * dx, y: last.y - 7 * dy };
  const curve = curveOf([...points.slice(0, -1), tip]);
  const path = `M${at(points[0]!.x)} ${at(points[0]!.y)}${curve.map(([, corner, to]) => `Q${at(corner.x)} ${at(corner.y)} ${at(to.x)} ${at(to.y)}`).join("")}`;
  const head = [last, { x: tip.x - 3.5 * dy, y: tip.y + 3.5 * dx }, { x: tip.x + 3.5 * dy, y: tip.y - 3.5 * dx }];
  const line = `<path${isNow ? ' class="now"' : ""} d="${path}"/><path class="head${isNow ? " now" : ""}" d="M${head.map(({ x, y }) => `${at(x)} ${at(y)}`).join("L")}Z"/>`;
  if (label === undefined) return line;
  const { width, height } = label;
  let { x, y } = label;
  if (direction === "down")
    x =
      5 +
      width / 2 +
      Math.max(
        ...pointsOf(curve)
          .filter((point) => Math.abs(point.y - y) <= height / 2)
          .map((point) => point.x),
      );
  else
    y =
      4 +
      height / 2 +
      Math.max(
        ...pointsOf(curve)
          .filter((point) => Math.abs(point.x - x) <= width / 2 + 4)
          .map((point) => point.y),
      );
  return `${line}<text class="small ${mode}" x="${at(x)}" y="${at(y + SMALL / 3)}" text-anchor="middle">${escapeMarkup(text)}</text>`;
}

/** A line of a box: texts with their classes, one behind the other. */
type Line = readonly (readonly [text: string, className: string])[];

const GAP = 10;

const lineWidth = (line: Line, size: number): number =>
  line.reduce((sum, [text]) => sum + widthOf(text, size), 0) + GAP * (line.length - 1);

/** The numbers of a picture, and which of them are there at a step of the sweep. */
interface Sweep {
  readonly numbers: RowNumbers | undefined;
  readonly mode: Mode | undefined;
  readonly now: Row | undefined;
  readonly hasValue: (row: Row) => boolean;
  readonly hasDerivative: (row: Row) => boolean;
}

function sweepOf(shown: Shown, pictured: Pictured, { args, mode, seed, step }: PictureOptions): Sweep {
  const { rows } = shown;
  if (mode !== undefined && mode !== "forward" && mode !== "reverse")
    throw new TypeError(`svg: expected mode "forward" or "reverse", got ${describe(mode)}`);
  if (args === undefined && (mode ?? step ?? seed) !== undefined)
    throw new TypeError("svg: expected args with a mode, a seed or a step, got none. Give { args }, at which the rows are evaluated");
  if (step !== undefined && !(Number.isInteger(step) && step >= 1 && step <= rows.length))
    throw new RangeError(`svg: expected a step from 1 to ${rows.length}, got ${describe(step)}`);
  const numbers = args && numbersOf("svg", shown, pictured.signature, args, mode, seed);
  const place = new Map(rows.map((row, k) => [row, k]));
  const back = mode === "reverse";
  const now = step === undefined ? undefined : rows[back ? rows.length - step : step - 1]!;
  const isDone = (row: Row): boolean =>
    now === undefined || (back ? place.get(row)! >= place.get(now)! : place.get(row)! <= place.get(now)!);
  return {
    numbers,
    mode,
    now,
    hasValue: (row) => numbers !== undefined && (back || isDone(row)),
    hasDerivative: (row) => numbers?.derivatives?.get(row) !== undefined && isDone(row),
  };
}

/** What stands in a row's box: its formula, then its numbers. */
function linesOf(shown: Shown, { numbers, mode, hasValue, hasDerivative }: Sweep, digits: number, row: Row): Line[] {
  const { graph, results, symbolOf, formulaOf, resultName } = shown;
  const text = (values: Float64Array): string => numberText(values, digits, graph.isScalar(row), MOST_LANES);
  const names = results.flatMap((result, k) => (result === row ? [`${resultName(k)} = `] : []));
  const shape = graph.isScalar(row) || numbers !== undefined ? "" : ` : ${shapeText(graph.sizes(row))}`;
  const lines: Line[] = [[[`${names.join("")}${symbolOf(row)} = ${formulaOf(row)}${shape}`, ""]]];
  const second: (readonly [string, string])[] = [];
  if (hasValue(row)) second.push([text(numbers!.values.get(row)!), "value"]);
  if (mode !== undefined && hasDerivative(row))
    second.push([`${(mode === "forward" ? dotted : barred)(symbolOf(row))} = ${text(numbers!.derivatives!.get(row)!)}`, mode]);
  return second.length === 0 ? lines : [...lines, second];
}

/**
 * A traced function's graph as SVG, the same bytes in every engine: arguments and results tinted, constants in the formulas of what uses them; with `args`, values in the boxes, and by `mode`
 * tangents or adjoints beside them and, on the edges, what each row gives another's.
 * @throws RangeError on more than 120 rows.
 */
export function svg(pictured: Pictured, options: PictureOptions): string {
  const { names, digits = 4, direction = "down", theme = "auto", title = "Computational graph" } = options;
  const { graph, results } = expanded(pictured.graph, pictured.results);
  const shown = shownOf(graph, results, pictured.signature, names);
  const { rows } = shown;
  if (rows.length > MOST_ROWS)
    throw new RangeError(
      `svg: expected a graph of at most ${MOST_ROWS} rows, got ${rows.length}. Draw one of fewer arguments or steps, or vectors in place of lists of numbers; toDot() writes any`,
    );
  if (direction !== "down" && direction !== "right")
    throw new TypeError(`svg: expected direction "down" or "right", got ${describe(direction)}`);
  if (!Object.hasOwn({ auto: 0, ...palettes }, theme))
    throw new TypeError(`svg: expected theme "auto", "light" or "dark", got ${describe(theme)}`);
  if (!Number.isInteger(digits) || digits < 1 || digits > 17)
    throw new RangeError(`svg: expected digits from 1 to 17, got ${describe(digits)}`);
  const sweep = sweepOf(shown, pictured, options);
  const { numbers, mode, now, hasDerivative } = sweep;
  const place = new Map(rows.map((row, k) => [row, k]));

  const boxes = rows.map((row) => {
    const lines = linesOf(shown, sweep, digits, row);
    const width = Math.max(lineWidth(lines[0]!, FONT), ...lines.slice(1).map((line) => lineWidth(line, SMALL)));
    return { lines, width: Math.ceil(width) + 20, height: numbers === undefined ? 32 : 48 };
  });
  const edges = rows.flatMap((to) =>
    [...new Set(graph.operands(to))].flatMap((from) => {
      if (!place.has(from)) return [];
      const flows = mode !== undefined && hasDerivative(to) && hasDerivative(mode === "forward" ? from : to);
      const share = flows ? shareOf(shown, numbers!, mode, from, to) : undefined;
      const text = share === undefined ? "" : numberText(share, digits, share.length === 1, MOST_LANES);
      const label = text === "" ? undefined : { width: Math.ceil(widthOf(text, SMALL)) + 2, height: SMALL + 4 };
      return [{ from: place.get(from)!, to: place.get(to)!, text, label, isNow: to === now }];
    }),
  );
  const plan = placed(boxes, edges, direction);

  const lines = edges.map((edge, k) => `${drawn(plan.edges[k]!, direction, edge, mode ?? "")}\n`);
  const nodes = rows.map((row, k) => {
    const { x, y, width, height } = plan.nodes[k]!;
    const kind = row === now ? "now" : results.includes(row) ? "result" : graph.operandCount(row) === 0 ? "input" : "step";
    const texts = boxes[k]!.lines.map((line, i) => {
      const spans = line.map(
        ([text, className], j) =>
          `<tspan${className === "" ? "" : ` class="${className}"`}${j > 0 ? ` dx="${GAP}"` : ""}>${escapeMarkup(text)}</tspan>`,
      );
      const down = boxes[k]!.lines.length === 1 ? FONT / 3 : i === 0 ? -4 : 15;
      return line.length === 0
        ? ""
        : `<text${i === 0 ? "" : ' class="small"'} x="${at(x)}" y="${at(y + down)}" text-anchor="middle">${spans.join("")}</text>`;
    });
    return `<g class="${kind}"><rect x="${at(x - width / 2)}" y="${at(y - height / 2)}" width="${at(width)}" height="${at(height)}" rx="8"/>${texts.join("")}</g>\n`;
  });
  const [width, height] = [Math.ceil(plan.width), Math.ceil(plan.height)];
  return `<svg xmlns="http://www.w3.org/2000/svg" class="wengert-${theme}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeMarkup(title)}</title>
<style>
${styleOf(theme)}</style>
${lines.join("")}${nodes.join("")}</svg>
`;
}
