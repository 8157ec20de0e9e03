/** Functions of matrices against values, gradients and Hessians that are true to the last digit. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, grad, hessian, jacfwd, jacrev, matrix, mul, reshape, slice, sum, type Value, valueAndGrad } from "wengert";
import { engines } from "./engines.js";
import { matrixFunctions, numbersIn } from "./matrixfunctions.js";

interface Truth {
  readonly operands: readonly number[][][];
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian?: readonly (readonly number[])[];
}

const { cases } = JSON.parse(readFileSync(new URL("./matrices.json", import.meta.url), "utf8")) as { cases: Record<string, Truth[]> };

type Loose = (...args: unknown[]) => unknown;

const weighted = (name: string): ((...operands: Value[]) => Value) => {
  const { f } = matrixFunctions.find((one) => one.name === name)!;
  return (...operands) => {
    const flat = reshape(f(...operands).shape.length === 0 ? matrix([[f(...operands)]]) : f(...operands), [-1]);
    return sum(
      mul(
        flat,
        Float64Array.from({ length: flat.length! }, (_, k) => (k % 5) - 1.5),
      ),
    );
  };
};

function near(got: readonly number[], wanted: readonly number[], tolerance: number): void {
  const scale = Math.max(1, ...wanted.map(Math.abs));
  expect(got).toHaveLength(wanted.length);
  got.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(tolerance * scale));
}

describe.each(Object.entries(cases))("%s", (name, truths) => {
  const f = weighted(name);

  test.each(engines)("values and gradients in %s", (engine) => {
    for (const { operands, value, gradient } of truths) {
      const args = operands.map((rows) => matrix(rows));
      const both = compile(valueAndGrad(f, { argnums: args.map((_, k) => k) }) as Loose, args, { engine });
      const [got, adjoints] = both(...args) as [number, unknown];
      near([got], [value], 1e-14);
      near(numbersIn(adjoints), gradient, 2e-14);
    }
  });

  test.each([
    ["forward over reverse", hessian],
    ["reverse over reverse", (g: never) => jacrev(grad(g) as never)],
    ["forward over forward", (g: never) => jacfwd(jacfwd(g) as never)],
  ] as [string, (g: never) => Loose][])("Hessians, %s", (_, second) => {
    for (const { operands, hessian: wanted } of truths) {
      if (wanted === undefined) continue;
      const shapes = operands.map((rows) => [rows.length, rows[0]!.length] as const);
      const flat = Float64Array.from(operands.flat(2));
      const joined = (x: Value): Value => {
        let start = 0;
        return f(...shapes.map(([m, n]) => {
          start += m * n;
          return reshape(slice(x, start - m * n, start), [m, n]);
        })); // prettier-ignore
      };
      near(numbersIn(second(joined as never)(flat)), wanted.flat(), 1e-13);
    }
  });
});
