/** The order of rows: operands before users, and no more values waiting at once than in the order that was given. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Scheduler } from "../src/engines/plan/schedule.js";

/** The operands of every node. */
type Operands = readonly (readonly number[])[];

const schedulerOf = (operands: Operands): Scheduler =>
  new Scheduler(operands.length, (node, visit) => operands[node]!.forEach((operand) => void visit(operand)));

/** How many values wait at once at most: from where they are computed to their last use, or for good where nothing of the set uses them. */
function mostWaiting(order: readonly number[], operands: Operands): number {
  const place = new Map(order.map((node, i) => [node, i]));
  const ends = new Map<number, number>();
  for (const node of order) for (const operand of operands[node]!) if (place.has(operand)) ends.set(operand, Math.max(ends.get(operand) ?? 0, place.get(node)!)); // prettier-ignore
  const waiting = order.map((_, i) => order.filter((node) => ends.has(node) && place.get(node)! <= i && i < ends.get(node)!).length);
  return Math.max(0, ...waiting);
}

/** Graphs whose nodes have operands before them. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 1000 }), { maxLength: 3 }), { minLength: 1, maxLength: 40 })
  .map((picks) => picks.map((list, node) => (node === 0 ? [] : list.map((pick) => pick % node))));

test("is an order of the same nodes, operands before users, in which no more wait", () => {
  fc.assert(
    fc.property(graphs, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (operands, chosen) => {
      const nodes = operands.map((_, node) => node).filter((node) => chosen[node]);
      const order = schedulerOf(operands).order(nodes);
      expect([...order].sort((x, y) => x - y)).toEqual(nodes);
      const place = new Map(order.map((node, i) => [node, i]));
      for (const node of order)
        for (const operand of operands[node]!) if (place.has(operand)) expect(place.get(operand)).toBeLessThan(place.get(node)!);
      expect(mostWaiting(order, operands)).toBeLessThanOrEqual(mostWaiting(nodes, operands));
    }),
    { numRuns: 500, seed: 7 },
  );
});

/** A node for each of `count` numbers, as many nodes of one operand, and their sum from the left. */
function recordedInRows(count: number): Operands {
  const operands: number[][] = [];
  for (let i = 0; i < count; i++) operands.push([]);
  for (let i = 0; i < count; i++) operands.push([i]);
  for (let i = 1, sum = count; i < count; i++) sum = operands.push([sum, count + i]) - 1;
  return operands;
}

/** A tree over the nodes 0 … 2ⁿ − 1, level by level. */
function tree(levels: number): Operands {
  const operands: number[][] = Array.from({ length: 2 ** levels }, () => []);
  for (let level = operands.map((_, i) => i); level.length > 1;)
    level = level.flatMap((node, i) => (i % 2 === 0 ? [operands.push([node, level[i + 1]!]) - 1] : []));
  return operands;
}

test.each([
  { what: "numbers, their squares and the sum", operands: recordedInRows(50), given: 50, wanted: 2 },
  { what: "a tree of 64 leaves", operands: tree(6), given: 64, wanted: 7 },
  { what: "a chain", operands: Array.from({ length: 30 }, (_, i) => (i === 0 ? [] : [i - 1])), given: 1, wanted: 1 },
])("$what: $given wait as recorded, $wanted as ordered", ({ operands, given, wanted }) => {
  const nodes = operands.map((_, node) => node);
  expect(mostWaiting(nodes, operands)).toBe(given);
  expect(mostWaiting(schedulerOf(operands).order(nodes), operands)).toBe(wanted);
});

test("one scheduler orders one set after another", () => {
  const operands = recordedInRows(20);
  const scheduler = schedulerOf(operands);
  const nodes = operands.map((_, node) => node);
  const alone = [nodes.slice(0, 30), nodes.slice(10), nodes].map((set) => schedulerOf(operands).order(set));
  expect([nodes.slice(0, 30), nodes.slice(10), nodes].map((set) => scheduler.order(set))).toEqual(alone);
});
