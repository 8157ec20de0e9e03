/** What the page shows of an answer: made of text alone, since what the sandbox says is never markup. */
import { dot, line, plot, ruleY } from "@observablehq/plot";
import type { Answer, Mode, StepError } from "./answers.js";

/** The element of an id. */
export const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** An element with children that are elements or text. */
function make(tag: string, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}

/** A number in so many digits. */
const shown = (x: number, digits = 12): string =>
  (typeof x === "number" ? String(Number(x.toPrecision(digits))) : String(x)).replace("-", "−");

/** A table of text; the first row is its head. */
function tableOf(rows: readonly (readonly string[])[], caption: string): HTMLElement {
  const [head, ...body] = rows;
  const headCells = head!.map((cell) => Object.assign(make("th", cell), { scope: "col" }));
  return make(
    "table",
    make("caption", caption),
    make("thead", make("tr", ...headCells)),
    make("tbody", ...body.map((row) => make("tr", ...row.map((cell) => make("td", cell))))),
  );
}

/** The rows of a table that are variables, in the order of a sweep. */
export function markStep(mode: Mode, step: number): string {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("#trace tbody tr")].filter((row) =>
    row.cells[0]!.textContent.startsWith("v"),
  );
  const at = mode === "forward" ? step - 1 : rows.length - step;
  rows.forEach((row, i) => {
    row.classList.toggle("now", i === at);
    row.classList.toggle("later", mode === "forward" ? i > at : i < at);
    if (i === at) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
  });
  const cells = rows[at] ? [...rows[at].cells].map((cell) => cell.textContent) : [];
  return mode === "forward" ? `${cells[0]} = ${cells[1]} = ${cells[2]}` : `${cells[3]} = ${cells[4]} = ${cells[5]}`;
}

export function showTrace({ tables }: Answer, mode: Mode): void {
  byId("trace").replaceChildren(tableOf(tables[mode], mode === "forward" ? "The forward trace" : "The reverse trace, read from below"));
}

/** The picture of a step, as an image: what is in it cannot run. */
export function showPicture(text: string, words: string): void {
  const image = byId<HTMLImageElement>("picture");
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  image.alt = `The graph, at the step ${words}`;
}

function errorPlot(errors: readonly StepError[]): Element {
  const finite = errors.filter(({ error }) => error > 0 && Number.isFinite(error));
  return plot({
    width: 560,
    height: 280,
    marginLeft: 60,
    x: {
      type: "log",
      reverse: true,
      label: "step h",
      tickFormat: (h: number) =>
        Number.isInteger(Math.log10(h)) && Math.round(Math.log10(h)) % 3 === 0 ? `1e${Math.round(Math.log10(h))}` : "",
    },
    y: {
      type: "log",
      label: "error",
      tickFormat: (e: number) => (Math.round(Math.log10(e)) % 3 === 0 ? `1e${Math.round(Math.log10(e))}` : ""),
    },
    color: { domain: ["forward", "central"], range: ["var(--forward)", "var(--reverse)"], legend: true },
    marks: [
      ruleY([2 ** -52], { stroke: "currentColor", strokeDasharray: "3 3" }),
      line(finite, { x: "step", y: "error", stroke: "method" }),
      dot(finite, { x: "step", y: "error", stroke: "method", r: 2 }),
    ],
    ariaLabel: "The error of differences by their step",
    ariaDescription: "The error falls with the step until rounding takes over, and then grows",
  });
}

const count = (x: number | string): string => (String(x).length > 15 ? `about 10^${String(x).length - 1}` : Number(x).toLocaleString("en"));

const time = (microseconds: number): string =>
  microseconds >= 1000 ? `${shown(microseconds / 1000, 3)} ms` : `${shown(microseconds, 3)} µs`;

/** Everything but the trace and the picture. */
export function showAnswer(answer: Answer): void {
  byId("value").textContent = shown(answer.value, 17);
  byId("gradient").replaceChildren(
    tableOf([["by", "derivative"], ...answer.paths.map((path, i) => [path, shown(answer.gradient[i]!, 17)])], "The gradient"),
  );
  byId("formula").textContent = answer.formula;
  byId("derivative").textContent = answer.derivative;
  byId("source").textContent = answer.source;
  byId("operations").replaceChildren(
    tableOf(
      [
        ["operations of", "in the graph", "written out"],
        ...answer.operations.map(({ of, graph, written }) => [of, count(graph), count(written)]),
      ],
      "The swell: what a formula repeats, a graph has once",
    ),
  );
  const first = answer.gradient[0]!;
  byId("ways").replaceChildren(
    tableOf(
      [
        ["way", "how", `by ${answer.paths[0]}`, "apart from reverse mode"],
        ...answer.ways.map(({ name, how, numbers }) => [
          name,
          how,
          shown(numbers[0]!, 15),
          numbers[0] === first ? "0" : Math.abs(numbers[0]! - first).toExponential(1),
        ]),
      ],
      "One derivative in every way",
    ),
  );
  byId("errors").replaceChildren(errorPlot(answer.stepErrors));
  byId("engines").replaceChildren(
    tableOf(
      [["engine", "ready in", "a call"], ...answer.engines.map(({ engine, ready, call }) => [engine, time(ready), time(call)])],
      "Value and gradient, by engine",
    ),
    make("p", `As a WebAssembly module of its own: ${answer.moduleBytes.toLocaleString("en")} bytes.`),
  );
}
