/** The menu: functions of the library's first page and of the field's lectures, in plain JavaScript where it can be. */
import type { Shared } from "./address.js";

interface Example extends Shared {
  readonly name: string;
}

export const examples: readonly Example[] = [
  {
    name: "x · y + sin x",
    code: "const f = ([x, y]) => x * y + Math.sin(x);\n\nconst byHand = ([x, y]) => [y + Math.cos(x), x];\n",
    args: "[2, 3]",
  },
  {
    name: "ln x₁ + x₁ x₂ − sin x₂ (Baydin et al.)",
    code: "const f = (x1, x2) => Math.log(x1) + x1 * x2 - Math.sin(x2);\n\nconst byHand = (x1, x2) => [1 / x1 + x2, x1 - Math.cos(x2)];\n",
    args: "2, 5",
  },
  {
    name: "the logistic map, a loop",
    code: "// The iterate l₄: its formula swells, its graph does not.\nfunction f(x) {\n  let l = x;\n  for (let i = 1; i < 4; i++) l = 4 * l * (1 - l);\n  return l;\n}\n",
    args: "0.3",
  },
  {
    name: "a Huber loss, a branch",
    code: "function f(x) {\n  if (Math.abs(x) < 1) return 0.5 * x * x;\n  return Math.abs(x) - 0.5;\n}\n",
    args: "0.25",
  },
  {
    name: "a square root by Newton's steps",
    code: "// d√x / dx = 1 / 2√x, through the steps.\nfunction f(x) {\n  let r = 1;\n  for (let i = 0; i < 5; i++) r = 0.5 * (r + x / r);\n  return r;\n}\n\nconst byHand = (x) => 0.5 / Math.sqrt(x);\n",
    args: "2",
  },
  {
    name: "Rosenbrock's valley",
    code: "const f = ([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;\n",
    args: "[-1.2, 1]",
  },
  {
    name: "a neuron and its loss",
    code: "const sigma = (t) => 1 / (1 + Math.exp(-t));\n\nconst f = ({ w, b }) => (sigma(w * 1.5 + b) - 1) ** 2;\n",
    args: "{ w: 0.5, b: -0.2 }",
  },
  {
    name: "a number that is used again and again",
    code: "// A walk over a tree takes 2ⁿ steps here; the sweep takes n.\nfunction f(x) {\n  let v = x;\n  for (let i = 0; i < 8; i++) v = v + v;\n  return v;\n}\n",
    args: "1",
  },
  {
    name: "log Σ exp of a vector (the library's functions)",
    code: "const f = (x) => logSumExp(mul(x, x));\n",
    args: "Float64Array.of(1, 2, 3)",
  },
];
