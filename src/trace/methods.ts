/** Gives Values the methods that are functions of vectors and matrices. They stand above Values, so whoever makes the first Value asks for them. */
import { type ArrayMethods } from "./arraymethods.js";
import { reshape, transpose } from "./matrices.js";
import { matmul } from "./products.js";
import { std, variance } from "./statistics.js";
import { Value } from "./value.js";
import { argmax, argmin, logSumExp, max, mean, min, norm, prod, sum } from "./vectors.js";

type Functions = Readonly<Record<Exclude<keyof ArrayMethods, "T">, (x: never, ...more: never[]) => unknown>>;

let isDone = false;

/** Defines the methods, once. */
export function withMethods(): void {
  if (isDone) return;
  isDone = true;
  const functions: Functions = { transpose, reshape, matmul, sum, mean, prod, max, min, argmax, argmin, norm, logSumExp, variance, std };
  for (const [name, f] of Object.entries(functions))
    Object.defineProperty(Value.prototype, name, {
      value(this: Value, ...more: never[]): unknown {
        return f(this as never, ...more);
      },
    });
  Object.defineProperty(Value.prototype, "T", {
    get(this: Value): Value {
      return transpose(this);
    },
  });
}
