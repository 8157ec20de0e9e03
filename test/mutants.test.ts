/** Tests of the tests: an op table with one rule 0.1 % off makes an engine that the checks must refuse, naming the op. */
import { describe, expect, test } from "vitest";
import { type Op } from "../src/ops/ops.js";
import { parseGraph } from "../src/graph/parse.js";
import { checkPartials, checkPins, checkValues } from "./checks.js";
import { type Case, checkForward, checkReverse } from "./local.js";
import { oracle, table } from "./oracle.js";

/** The table with one row changed. */
const mutated = (name: string, change: (op: Op) => Partial<Op>): Op[] =>
  table.map((op) => (op.name === name ? { ...op, ...change(op) } : op));

const withValue = (name: string): Op[] => mutated(name, ({ value }) => ({ value: (a, b, c) => 1.001 * value(a, b, c) }));
const withPartial = (name: string, k: number): Op[] =>
  mutated(name, ({ partials }) => ({ partials: partials.map((formula, i) => (i === k ? `1.001 * (${formula})` : formula)) }));

const rules = table.flatMap((op) => op.partials.flatMap((formula, k) => (formula === "0" ? [] : [{ op, k, operand: "abc"[k]! }])));

describe("the checks of an op", () => {
  test.each(table)("refuse a value of $name that is 0.1 % off", (op) => {
    const complaints = checkValues(op, oracle(withValue(op.name)), "lanes");
    // an op that is 0 where it is probed has nothing to be off by
    const flat = checkValues(op, oracle(mutated(op.name, () => ({ value: () => 0 }))), "lanes").length === 0;
    expect(complaints.length > 0).toBe(!flat);
    for (const complaint of complaints) expect(complaint).toMatch(new RegExp(`^${op.name}\\(`));
  });

  test.each(rules)("refuse ∂$op.name/∂$operand that is 0.1 % off", ({ op, k, operand }) => {
    const engine = oracle(withPartial(op.name, k));
    const probed = checkPartials(op, engine, "scalars");
    const complaints = [...probed, ...checkPins(op, engine, "scalars")];
    expect(complaints).not.toEqual([]);
    for (const complaint of complaints) expect(complaint).toContain(`${op.name} ∂/∂${operand} `);
    // differences see it too, but where the derivative is not the value's, or pins alone look where it is not 0
    const sources = new Set(probed.map((complaint) => / by (\w+),/.exec(complaint)![1]));
    expect(sources).toEqual(
      new Set(["surrogate", "weighted"].includes(op.name) ? ["formula"] : probed.length === 0 ? [] : ["formula", "differences"]),
    );
  });

  test.each(table)("pass $name as it is", (op) => {
    expect([...checkValues(op, oracle(), "lanes"), ...checkPartials(op, oracle(), "scalars")]).toEqual([]);
  });
});

describe("the checks of a graph", () => {
  const { graph, results } = parseGraph(`
    %0 = input leaf=0 offset=0 : [5]
    %1 = input leaf=1 offset=0
    %2 = mul %0 %1 : [5]
    %3 = sin %2 : [5]
    %4 = cumsum %3 : [5]
    %5 = div %4 %0 : [5]
    %6 = sum %5
    return %6`);
  const given: Case = { graph, of: results[0]!, leaves: [[0.3, 1.2, -0.7, 2, 0.9], [1.5]] };

  test("pass what is right", () => expect([...checkForward(oracle(), given), ...checkReverse(oracle(), given)]).toEqual([]));

  test.each(["mul", "sin", "div"])("name the row where %s is off", (name) => {
    const complaints = checkForward(oracle(withValue(name)), given);
    expect(complaints).not.toEqual([]);
    for (const complaint of complaints) expect(complaint).toContain(`= ${name} `);
  });

  test.each([
    { name: "mul", k: 0 },
    { name: "mul", k: 1 },
    { name: "sin", k: 0 },
    { name: "div", k: 0 },
    { name: "div", k: 1 },
  ])("name $name among the users of the row whose adjoint its rule $k spoils", ({ name, k }) => {
    const complaints = checkReverse(oracle(withPartial(name, k)), given);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(new RegExp(`users .*\\b${name}\\b`));
  });
});
