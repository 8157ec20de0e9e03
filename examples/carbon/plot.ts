/** The measurements and the fit as a figure, by Observable Plot. */
import { dot, line, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Measurements } from "./model.js";

/** SVG of the measurements as dots, and of what a fit says as a line. */
export function figure({ years, ppm }: Measurements, model: ArrayLike<number>): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const rows = Array.from(years, (year, i) => ({ year, ppm: ppm[i]!, model: model[i]! }));
  const svg = plot({
    document,
    width: 830,
    height: 360,
    x: { label: "year", tickFormat: "d" },
    y: { label: "CO₂ (parts per million)" },
    marks: [
      dot(rows, { x: "year", y: "ppm", r: 1.5, fill: "#888" }),
      line(rows, { x: "year", y: "model", stroke: "#c33", strokeWidth: 1 }),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg.outerHTML;
}
