/** Modules that were tampered with: each is refused by the error that is documented, or reads and writes nothing but its leaves. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, GraphError, type Indices, loadModule, mul, sum, take, type Value, valueAndGrad } from "wengert";
import { handmade, identity } from "./handmade.js";
import { lanes, vector } from "./mistakes.js";
import { boundaries } from "./wasmhost.js";

const bytes = compile(
  valueAndGrad((p: { x: Value; y: Value[] }, i: Indices) => mul(sum(take(p.x, i)), sum(p.y))),
  [{ x: vector(1, 2, 3), y: [2, 3] }, lanes(0, 2)],
).toWasm();

/** Loads a module; where that is refused, the error is of the class that is documented. Returns undefined then. */
function tried(module: Uint8Array<ArrayBuffer>): ReturnType<typeof loadModule> | undefined {
  try {
    return loadModule(module);
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/** Views among a Step's inputs and outputs, as intervals of bytes; lone numbers are read. */
function touched(value: unknown, list: [number, number][] = []): [number, number][] {
  if (ArrayBuffer.isView(value)) list.push([value.byteOffset, value.byteOffset + value.byteLength]);
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) touched(item, list);
  return list;
}

/** Uses a Step, which reads and writes nothing but its leaves. */
function uses(step: ReturnType<typeof loadModule> | undefined): void {
  if (step === undefined) return;
  const spans = [...touched(step.inputs), ...touched(step.outputs)].sort(([a], [b]) => a - b);
  spans.forEach(([, end], i) => expect(end).toBeLessThanOrEqual(spans[i + 1]?.[0] ?? step.bytes));
  step.run();
}

describe("bytes that are flipped", () => {
  const start = boundaries(bytes).at(-2);
  const flips = (from: number, to: number) =>
    fc.array(fc.tuple(fc.integer({ min: from, max: to - 1 }), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
  const flipped = (list: readonly (readonly [at: number, bits: number])[]): Uint8Array<ArrayBuffer> => {
    const copy = bytes.slice();
    for (const [at, bits] of list) copy[at]! ^= bits;
    return copy;
  };

  test("in the section, each loads safely or is refused", () => {
    fc.assert(
      fc.property(flips(start, bytes.length), (list) => uses(tried(flipped(list)))),
      { numRuns: 3000 },
    );
  });

  test("in one character of the section that stays a digit or a letter, too", () => {
    const letters = [...'0123456789aegilnrstv[]{}",:'].map((letter) => letter.charCodeAt(0));
    const place = fc.integer({ min: start + 12, max: bytes.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom(...letters), (at, letter) => uses(tried(flipped([[at, bytes[at]! ^ letter]])))),
      { numRuns: 3000 },
    );
  });

  test("anywhere, each is refused or loads", () => {
    fc.assert(
      fc.property(flips(8, bytes.length), (list) => void tried(flipped(list))),
      { numRuns: 1000 },
    );
  });

  test("with sections put in or taken out, each is refused or loads", () => {
    const places = boundaries(bytes).slice(2);
    const section = fc.tuple(fc.integer({ min: 0, max: 13 }), fc.uint8Array({ minLength: 1, maxLength: 6 }));
    const change = fc.tuple(fc.nat(places.length - 2), fc.boolean(), fc.oneof(section, fc.tuple(fc.constant(8), fc.tuple(fc.nat(127)))));
    fc.assert(
      fc.property(change, ([k, keeps, [id, content]]) => {
        const [from, to] = [places[k]!, places[k + 1]!];
        void tried(Uint8Array.from([...bytes.subarray(0, from), id, content.length, ...content, ...bytes.subarray(keeps ? from : to)]));
      }),
      { numRuns: 500 },
    );
  });

  test("and any number that run gives", () => {
    fc.assert(
      fc.property(fc.integer(), (status) => {
        const step = tried(handmade({ body: (code) => code.integer(status) }))!;
        if (status === 0) step.run();
        else expect(() => step.run()).toThrow(status === 1 ? RangeError : GraphError);
      }),
    );
  });

  test("and another value anywhere in the manifest", () => {
    const places: [holder: Record<string, unknown>, key: string][] = [];
    const manifest: unknown = structuredClone(identity);
    const collect = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, item] of Object.entries(value)) {
        places.push([value as Record<string, unknown>, key]);
        collect(item);
      }
    };
    collect(manifest);
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.jsonValue(), (i, value) => {
        const [holder, key] = places[i]!;
        const before = holder[key];
        holder[key] = value;
        const section = JSON.stringify(manifest);
        holder[key] = before;
        uses(tried(handmade({ sections: [section] })));
      }),
      { numRuns: 2000 },
    );
  });
});
