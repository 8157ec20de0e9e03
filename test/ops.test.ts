/** The op table, row by row: every op in every engine against its meaning, its rule, its pins and the edges of the doubles. */
import { describe, expect, test } from "vitest";
import { arity, opcode, opCount, opNames } from "../src/ops/generated/table.js";
import { operandsOf, parseExpr } from "../src/ops/expr.js";
import { checkCompanion, checkPartials, checkPins, checkSecond, checkValues, edges, modes } from "./checks.js";
import { engineOf, engines } from "./engines.js";
import { table } from "./oracle.js";

describe("the table", () => {
  test.each(table)("$name is complete", ({ name, doc, value, code, partials, probe, pins, companion }) => {
    const operands = ["a", "b", "c"].slice(0, partials.length);
    expect(doc).not.toBe("");
    expect(value.length).toBeLessThanOrEqual(partials.length);
    expect(probe).toHaveLength(partials.length);
    for (const formula of [code, ...partials])
      for (const operand of operandsOf(parseExpr(formula))) expect(["v", ...operands]).toContain(operand);
    expect(operandsOf(parseExpr(code))).not.toContain("v");
    for (const pin of pins ?? []) expect([pin.at.length, pin.partials.length]).toEqual([partials.length, partials.length]);
    if (companion !== undefined) expect(opNames).toContain(companion.op);
    expect(opNames[opcode[name as keyof typeof opcode]]).toBe(name);
    expect(arity[opcode[name as keyof typeof opcode]]).toBe(partials.length);
  });

  test("names are distinct", () => expect([opCount, new Set(opNames).size]).toEqual([table.length, opNames.length]));
});

describe.each(engines)("in %s", (name) => {
  const engine = engineOf(name);

  describe.each(modes)("%s", (mode) => {
    test.each(table)("$name has its value", (op) => expect(checkValues(op, engine, mode)).toEqual([]));
    test.each(table)("$name has its value at the edges", (op) => expect(checkValues(op, engine, mode, edges(op))).toEqual([]));
    test.each(table)("$name has its partials", (op) => expect(checkPartials(op, engine, mode)).toEqual([]));
    test.each(table.filter(({ companion }) => companion))("$name has its value and $companion.op beside it", (op) =>
      expect([...checkCompanion(op, engine, mode), ...checkCompanion(op, engine, mode, edges(op))]).toEqual([]),
    );
    test.each(table.filter(({ pins }) => pins))("$name has its pins", (op) => expect(checkPins(op, engine, mode)).toEqual([]));
  });

  test.each(table)("$name has second derivatives", (op) => expect(checkSecond(op, engine)).toEqual([]));
});
