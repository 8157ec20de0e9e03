/** The functions of the table on all they take, outside a trace and inside, and the methods that are the same functions. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { trace, Value } from "wengert";
import { type Op } from "../src/ops/ops.js";
import { spread } from "./numbers.js";
import { table } from "./oracle.js";

type Apply = (...operands: (number | Float64Array | Value)[]) => unknown;
const functions = wengert as unknown as Record<string, Apply>;
const exported = table.filter(({ internal }) => !internal);
const internal = table.filter(({ internal }) => internal);

const meaning = (op: Op, operands: readonly number[]): number => op.value(...(operands as [number, number, number]));

describe.each(exported)("$name", (op) => {
  const apply = functions[op.name]!;
  const points = spread(op.probe, 5);
  const columns = op.probe.map((_, k) => Float64Array.from(points, (point) => point[k]!));

  test("of numbers is a number", () => {
    for (const point of points) expect(apply(...point)).toBe(meaning(op, point));
  });

  test("of Float64Arrays is one", () => {
    expect(apply(...columns)).toEqual(Float64Array.from(points, (point) => meaning(op, point)));
  });

  test("of a Float64Array and numbers combines the numbers with every lane", () => {
    for (const k of columns.keys()) {
      const mixed = columns.map((column, i) => (i === k ? column : column[0]!));
      const wanted = points.map((point) =>
        meaning(
          op,
          mixed.map((operand, i) => (typeof operand === "number" ? operand : point[i]!)),
        ),
      );
      expect(apply(...mixed)).toEqual(Float64Array.from(wanted));
    }
  });

  test("of Values is a row", () => {
    const operands = columns.map(() => 1);
    const text = trace((...values: Value[]) => apply(...values), operands as never).toString();
    expect(text).toContain(` = ${op.name} ${operands.map((_, k) => `%${k}`).join(" ")}\n`);
  });

  test("of constants inside a trace is no row", () => {
    const { rows } = trace((_: Value) => apply(...points[0]!), [1]);
    expect(rows).toBe(1);
  });
});

test("ops for rules and schedulers alone are not exported", () => expect(internal.filter(({ name }) => name in functions)).toEqual([]));

test.each(exported)("$name is a method of a Value", ({ name, partials }) => {
  const operands = partials.map(() => 1);
  type Methods = Record<string, Apply>;
  const byMethod = trace((x: Value, ...rest: Value[]) => (x as unknown as Methods)[name]!(...rest), operands as never).toString();
  expect(byMethod).toBe(trace((...values: Value[]) => functions[name]!(...values), operands as never).toString());
  const surplus = (x: Value, ...rest: Value[]): unknown => (x as unknown as Methods)[name]!(...rest, 1);
  const several = operands.length === 1 ? "one operand" : `${operands.length} operands`;
  expect(() => trace(surplus as () => Value, operands as never)).toThrow(`${name}: expected ${several}, got ${operands.length + 1}: `);
});

test("no other method has the name of an op", () => {
  const methods = Object.getOwnPropertyNames(Value.prototype);
  expect(internal.filter(({ name }) => methods.includes(name))).toEqual([]);
});

test("operands of commutative ops change places, of others not", () => {
  for (const op of exported.filter(({ partials }) => partials.length === 2)) {
    const { rows } = trace((x: Value, y: Value) => [functions[op.name]!(x, y), functions[op.name]!(y, x)], [1, 2]);
    expect(rows, op.name).toBe(op.commutative ? 3 : 4);
  }
});
