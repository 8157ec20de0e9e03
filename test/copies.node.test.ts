/** Values of one copy of the library given to another: the message says that two are loaded. */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as ours from "wengert";
import { describe } from "vitest";
import { type Mistake, refuses, untyped } from "./mistakes.js";

const bundle = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist/wengert.min.js");
const theirs = (await import(pathToFileURL(bundle).href)) as typeof ours;

const came = "got a Value of another copy of this library \\(two are loaded; npm ls wengert lists them\\)";
const twice: readonly (readonly [string, typeof ours, typeof ours])[] = [
  ["ours in theirs", ours, theirs],
  ["theirs in ours", theirs, ours],
];

describe.each(twice)("%s", (_, a, b) => {
  const mistakes: Mistake[] = [
    ["an op", () => a.grad((x) => b.sin(untyped(x)))(1), TypeError, new RegExp(`^sin: expected .*, ${came}$`)],
    ["an op of two", () => a.grad((x) => b.mul(2, untyped(x)))(1), TypeError, new RegExp(`^mul: expected .*, ${came}$`)],
    ["a reduction", () => a.grad((x) => b.sum(untyped(x)))(Float64Array.of(1)), TypeError, new RegExp(`^sum: expected .*, ${came}$`)],
    [
      "lane numbers",
      () => a.grad((x: ours.Value, i: ours.Indices) => a.add(x, untyped(b.take(Float64Array.of(1), untyped(i)))))(1, Int32Array.of(0)),
      TypeError,
      new RegExp(`^take: expected .*, ${came}$`),
    ],
    [
      "an argument",
      () => a.grad((x) => untyped(b.grad((y: ours.Value) => y)(untyped(x))))(1),
      TypeError,
      new RegExp(`, ${came} at args\\[0\\]$`),
    ],
  ];
  refuses(mistakes);
});
