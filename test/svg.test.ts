/** Graphs as SVG: the same bytes in Node and browsers, well formed, readable, and steps of the sweeps. */
import { describe, expect, test } from "vitest";
import { add, callable, log, mul, sin, sub, sum, trace, type Traced, type Value } from "wengert";
import { svg } from "wengert/pictures";
import dark from "../docs/figures/graph-dark.svg?raw";
import light from "../docs/figures/graph-light.svg?raw";
import { pictures } from "../scripts/print/pictures.js";
import { palettes } from "../src/pictures/svg.js";
import { erased } from "./modes.js";
import { programs } from "./programs.js";

test("the documents' pictures are what the library draws now: npm run pictures", () => {
  expect(pictures).toEqual({ "docs/figures/graph-light.svg": light, "docs/figures/graph-dark.svg": dark });
});

const f = (x1: Value, x2: Value): Value => {
  const [v1, v2, v3] = [log(x1), mul(x1, x2), sin(x2)];
  return sub(add(v1, v2), v3);
};
const at = trace(f, [2, 5]);
const given = { args: [2, 5], names: ["x1", "x2"] };

/** The texts of a picture in order. */
const textsOf = (picture: string): string[] =>
  [...picture.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text]) => text!.replaceAll("&#39;", "'"));

/** Throws where tags do not match. */
function checkTags(picture: string): void {
  const open: string[] = [];
  for (const [, close, name, own] of picture.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!own) open.push(name!);
  }
  expect(open).toEqual([]);
}

/** The boxes of a picture. */
const boxesOf = (picture: string): { x: number; y: number; width: number; height: number }[] =>
  [...picture.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((found) => {
    const [x, y, width, height] = found.slice(1).map(Number) as [number, number, number, number];
    return { x, y, width, height };
  });

describe("what is drawn", () => {
  test("formulas, values and adjoints in boxes, shares on edges", () => {
    const texts = textsOf(svg(at, { ...given, mode: "reverse" }));
    for (const text of ["v₋₁ = x₁", "v̄₋₁ = 5.5", "v₂ = v₋₁ · v₀", "10", "y = v₅ = v₄ − v₃", "11.65", "v̄₀ = 1.716"])
      expect(texts).toContain(text);
    expect(texts.slice(0, 8).sort()).toEqual(["0.5", "1", "1", "1", "2", "5", "−0.2837", "−1"].sort());
    expect(textsOf(svg(at, { names: given.names }))).toEqual([
      "v₋₁ = x₁",
      "v₀ = x₂",
      "v₁ = log(v₋₁)",
      "v₂ = v₋₁ · v₀",
      "v₃ = sin(v₀)",
      "v₄ = v₁ + v₂",
      "y = v₅ = v₄ − v₃",
    ]);
  });

  test("steps: the row at hand is marked, and what comes later has no numbers", () => {
    const derivatives = (picture: string): number => (picture.match(/<tspan class="(?:forward|reverse)"/g) ?? []).length;
    for (let step = 1; step <= 7; step++)
      for (const mode of ["forward", "reverse"] as const) {
        const picture = svg(at, { ...given, mode, step });
        expect(picture.match(/class="now"><rect/g)).toHaveLength(1);
        expect(derivatives(picture)).toBe(step);
      }
    expect(textsOf(svg(at, { ...given, step: 3 }))).not.toContain("10");
    expect(svg(at, { ...given, mode: "reverse", step: 1 })).toMatch(/class="now"><rect[^]*v̄₅ = 1/);
  });

  test("themes: by the reader's wish, or one of them; several in a page", () => {
    expect(svg(at)).toContain("@media (prefers-color-scheme:dark){.wengert-auto{--ink:#e6edf3");
    expect(svg(at, { theme: "dark" })).not.toContain("@media");
    expect(svg(at, { theme: "dark" })).not.toContain(palettes.light.ink);
  });

  test("text of users is escaped", () => {
    const picture = svg(
      trace((x: Value) => mul(x, 2), [1]),
      { names: ["<script>&\"'"], title: "</title><script>" },
    );
    checkTags(picture);
    expect(picture).not.toContain("<script>");
  });

  test("calls are drawn as what they compute", () => {
    const half = callable((x: Value) => sin(mul(x, 0.5)));
    expect(
      svg(
        trace((x: Value) => add(half(x), half(half(x))), [2]),
        { args: [2], mode: "reverse" },
      ),
    ).toContain("sin(v₁)");
  });
});

/** The programs that are small enough, as they are and with adjoints. */
const small = programs.flatMap(({ name, f, args }): [string, Traced, readonly unknown[]][] => {
  const traced = trace(erased(f), [...args]);
  return traced.rows <= 100 ? [[name, traced, args]] : [];
});

test.each(small)("%s: boxes do not overlap, and lie inside", (_, traced, args) => {
  for (const direction of ["down", "right"] as const) {
    const picture = svg(traced, { args, mode: "reverse", direction });
    checkTags(picture);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture)!.map(Number) as [number, number, number];
    const boxes = boxesOf(picture);
    for (const [k, a] of boxes.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
      for (const b of boxes.slice(k + 1))
        expect(a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y).toBe(true);
    }
    expect(picture).not.toMatch(/NaN|undefined/);
  }
});

/** The luminance of a colour, and the contrast of two, as WCAG 2 defines them. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
const contrast = (x: string, y: string): number => {
  const [low, high] = [luminance(x), luminance(y)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
};

test.each(["light", "dark"] as const)("texts have a contrast of 4.5 on all that is behind them, lines of 3: %s", (theme) => {
  const colours = palettes[theme];
  const page = theme === "light" ? "#ffffff" : "#0d1117";
  for (const text of [colours.ink, colours.soft, colours.forward, colours.reverse])
    for (const behind of [colours.box, colours.input, colours.result, colours.mark, page])
      expect(contrast(text, behind)).toBeGreaterThan(4.5);
  for (const line of [colours.line, colours.edge]) expect(contrast(line, page)).toBeGreaterThan(3);
});

describe("refused", () => {
  const many = Array.from({ length: 130 }, (_, i) => i);
  test.each([
    [
      "more than 120 rows",
      () => svg(trace((x: Value[]) => sum(x), [many])),
      "svg: expected a graph of at most 120 rows, got 131. Draw one of fewer arguments",
    ],
    ["a step that there is not", () => svg(at, { ...given, step: 8 }), "svg: expected a step from 1 to 7, got 8"],
    ["a mode without numbers", () => svg(at, { mode: "reverse" }), "svg: expected args with a mode"],
    ["another theme", () => svg(at, { theme: "grey" as never }), 'svg: expected theme "auto", "light" or "dark", got "grey"'],
    ["another direction", () => svg(at, { direction: "up" as never }), 'svg: expected direction "down" or "right", got "up"'],
    ["an option that there is not", () => svg(at, { arg: [2, 5] } as never), "Did you mean args?"],
  ])("%s", (_, act, message) => expect(act).toThrow(message));
});
