/** A figure as SVG text: plots side by side under a legend, with a title and a description for those who do not see it. */
import { type Markish, plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Theme } from "./themes.js";

/** How wide a README is. */
export const WIDTH = 830;

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** Where a plot stands on the sheet, and the plot. */
export interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly options: Omit<PlotOptions, "width" | "height" | "document"> & { readonly marks: Markish[] };
}

/** A figure: its file's name, what it shows, and its plots. */
export interface Sheet {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly panels: readonly Panel[];
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Numbers of SVG to a hundredth of a pixel. */
const rounded = (svg: string): string =>
  svg.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(100 * Number(number)) / 100));

function drawn({ x, y, width, height, options }: Panel): string {
  const svg = plot({ ...options, width, height, document });
  svg.querySelector("style")?.remove();
  for (const label of svg.querySelectorAll("text")) if (label.textContent === "") label.remove();
  const inside = rounded(svg.innerHTML.replaceAll(/ aria-(?:hidden|label)="[^"]*"/g, "")).replaceAll("><g", ">\n<g");
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" overflow="visible">\n${inside}\n</svg>`;
}

/** Draws a figure in a theme's colours, on no background. */
export function draw({ name, title, description, height, panels }: Sheet, { ink }: Theme): string {
  const [titleId, descriptionId] = [`${name}-title`, `${name}-description`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ` +
      `role="img" aria-labelledby="${titleId} ${descriptionId}" font-family="system-ui, sans-serif" font-size="11" ` +
      `text-anchor="middle" fill="${ink}" color="${ink}">`,
    `<title id="${titleId}">${escaped(title)}</title>`,
    `<desc id="${descriptionId}">${escaped(description)}</desc>`,
    ...panels.map(drawn),
    "</svg>\n",
  ].join("\n");
}
