/** Held values: whatever is on the stack, in locals, or loaded again, a function computes what its operations say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Held } from "../src/engines/jit/held.js";
import { instructions } from "../src/ops/instructions.js";
import { type Code, type Local } from "../src/wasm/code.js";
import { I, Type } from "../src/wasm/instructions.js";
import { Library } from "../src/wasm/library.js";
import { Module } from "../src/wasm/module.js";
import { PREAMBLE } from "../src/wasm/sections.js";

/** A function of numbers that lie in memory: each operation subtracts two nodes, which are numbers at first and then results. */
interface Task {
  readonly numbers: number;
  readonly operations: readonly (readonly [x: number, y: number])[];
  /** Nodes that must be in memory too. */
  readonly stored: ReadonlySet<number>;
  /** Whether what was loaded is worth a local. */
  readonly keeps: boolean;
}

/** What a function computes, what it stores, and how many locals it has. */
function run({ numbers, operations, stored, keeps }: Task): { result: number; memory: Float64Array; locals: number } {
  const module = new Module(new Library(Uint8Array.from(PREAMBLE)), "append");
  const code = module.code();
  const taken = new Set<Local>();
  const take = code.take.bind(code);
  code.take = (type) => {
    const local = take(type);
    taken.add(local);
    return local;
  };
  const nodes = numbers + operations.length;
  const held: Held = new Held(nodes, Type.f64, {
    load: (node) => code.load(I.f64_load, 8 * node),
    keeps: () => keeps,
    isStored: (node) => stored.has(node),
    store: (node, local) => storeAt(code, node, local),
  });
  held.code = code;
  for (const [x, y] of operations) for (const node of [x, y]) held.expect(node);
  held.expect(nodes - 1);
  operations.forEach(([x, y], i) => {
    held.settle(x);
    held.push(x);
    held.push(y);
    code.op(instructions.sub.f64);
    held.define(numbers + i);
  });
  held.push(nodes - 1);
  module.export("run", module.add([Type.f64], code));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes(65536, "own")));
  const memory = new Float64Array((instance.exports["memory"] as WebAssembly.Memory).buffer, 0, nodes);
  for (let node = 0; node < numbers; node++) memory[node] = valueOf(node);
  return { result: (instance.exports["run"] as () => number)(), memory, locals: taken.size };
}

const valueOf = (node: number): number => 1.5 * node - 2;

function storeAt(code: Code, node: number, local: Local): void {
  code.integer(0);
  code.get(local);
  code.memory(I.f64_store, 8 * node);
}

/** The values of all nodes. */
function valuesOf({ numbers, operations }: Task): number[] {
  const values = Array.from({ length: numbers }, (_, node) => valueOf(node));
  for (const [x, y] of operations) values.push(values[x]! - values[y]!);
  return values;
}

/** Tasks each of whose results is read, so that none stays on the stack: by the next operation, or the last. */
const tasks = fc
  .record({
    numbers: fc.integer({ min: 1, max: 6 }),
    picks: fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 })), { minLength: 1, maxLength: 40 }),
    stored: fc.array(fc.nat({ max: 45 })),
    keeps: fc.boolean(),
  })
  .map(({ numbers, picks, stored, keeps }): Task => {
    const operations = picks.map(([x, y], i): [number, number] => [x % (numbers + i), y % (numbers + i)]);
    const unread = new Set(operations.map((_, i) => numbers + i));
    for (const node of operations.flat()) unread.delete(node);
    unread.delete(numbers + operations.length - 1);
    let last = numbers + operations.length - 1;
    for (const node of unread) last = numbers + operations.push([last, node]) - 1;
    return { numbers, operations, stored: new Set(stored.filter((node) => node >= numbers && node < numbers + operations.length)), keeps };
  });

test("are what they were computed to be, and stored where they must be", () => {
  fc.assert(
    fc.property(tasks, (task) => {
      const values = valuesOf(task);
      const { result, memory } = run(task);
      expect(result).toBe(values[values.length - 1]);
      for (const node of task.stored) expect(memory[node]).toBe(values[node]);
    }),
    { numRuns: 500, seed: 7 },
  );
});

describe("take as few locals as they can", () => {
  const chain = (length: number): [number, number][] => Array.from({ length }, (_, i) => [i === 0 ? 0 : i, 0]);
  test.each([
    { what: "what the next operation alone reads stays on the stack", operations: chain(9), locals: 0 },
    { what: "what is read twice is in one local", operations: [[0, 0], [1, 1]] as [number, number][], locals: 1 }, // prettier-ignore
    { what: "a local is given back after the last use", operations: [[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]] as [number, number][], locals: 1 }, // prettier-ignore
    { what: "what waits has a local each", operations: [[0, 0], [0, 0], [0, 0], [1, 2], [4, 3]] as [number, number][], locals: 3 }, // prettier-ignore
  ])("$what", ({ operations, locals }) => {
    expect(run({ numbers: 1, operations, stored: new Set(), keeps: false }).locals).toBe(locals);
  });

  test("what was loaded is kept where that is worth it", () => {
    const operations: [number, number][] = [[0, 0], [1, 0]]; // prettier-ignore
    expect(run({ numbers: 1, operations, stored: new Set(), keeps: true }).locals).toBe(1);
    expect(run({ numbers: 1, operations, stored: new Set(), keeps: false }).locals).toBe(0);
  });
});

test("what is not read after all is given back", () => {
  const module = new Module(new Library(Uint8Array.from(PREAMBLE)), "append");
  const code = module.code();
  const held = new Held(2, Type.f64, { load: () => undefined, keeps: () => false, isStored: () => false, store: () => undefined });
  held.code = code;
  held.expect(0, 2);
  code.number(1);
  held.put(0);
  held.skip(0);
  held.skip(0);
  expect(code.take(Type.f64)).toBe(0);
});
