/** Arguments that answer differently when they are looked at again: what was computed is of one answer, or an error says so. */
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  columns,
  compile,
  directional,
  finiteDifference,
  grad,
  hessian,
  type Indices,
  jacobian,
  jvp,
  mul,
  record,
  sparseJacobian,
  sum,
  take,
  type Value,
  valueAndGrad,
  vjp,
  vmap,
} from "wengert";
import { engines } from "./engines.js";
import { lanes, untyped, vector } from "./mistakes.js";

/** An object whose property answers one thing so many times, and then another. */
const shifting = (looks: number, first: unknown, then: unknown): { x: unknown } => ({
  get x() {
    return looks-- > 0 ? first : then;
  },
});

/** An array whose element does. */
function shiftingArray(looks: number, first: unknown, then: unknown): unknown[] {
  const array: unknown[] = [1, 1];
  return Object.defineProperty(array, 1, { enumerable: true, get: () => (looks-- > 0 ? first : then) });
}

const total = (x: Value): Value => (x.length === undefined ? mul(x, x) : sum(mul(x, x)));
const f = (p: { x: Value | Value[] | { y: Value } }): Value => {
  if (Array.isArray(p.x)) return sum(p.x.map((x) => mul(x, x)));
  if (typeof p.x !== "object") return 0 as unknown as Value; // a text, or nothing
  return "y" in p.x ? mul(p.x.y, 2) : total(p.x);
};

/** What an argument answers at first, and later. */
const answers: Record<string, readonly [first: unknown, then: unknown]> = {
  "another number": [2, 3],
  "a text for a number": [2, "3"],
  "nothing for a number": [2, undefined],
  "a vector for a number": [2, vector(1, 2)],
  "another vector": [vector(1, 2), vector(3, 4)],
  "a longer vector": [vector(1, 2), vector(3, 4, 5)],
  "a shorter vector": [vector(1, 2), vector(3)],
  "floats of 32 bits": [vector(1, 2), Float32Array.of(3, 4)],
  "an array for a vector": [vector(1, 2), [3, 4]],
  "another array": [
    [1, 2],
    [3, 4],
  ],
  "a shorter array": [[1, 2], [3]],
  "an array of a text": [
    [1, 2],
    [3, "4"],
  ],
  "another key": [{ y: 1 }, { z: 2 }],
  "structure for a number": [2, { y: 1 }],
};

type Call = (argument: never) => unknown;
const dual = (argument: unknown): unknown => ({ x: (argument as { x: unknown }).x });

/** Everything that takes arguments, called on one. */
const calls: Record<string, Call> = {
  ...Object.fromEntries(
    engines.map((engine): [string, Call] => [`compile in ${engine}`, (p) => compile(valueAndGrad(f), [p], { engine })(p)]),
  ),
  "compile and run": (p) => {
    const step = compile(valueAndGrad(f), [p]);
    step.run();
    return structuredClone(step.outputs[0]);
  },
  grad: (p) => grad(f)(p),
  "grad, frozen": (p) => grad(f, { retrace: false })(p),
  valueAndGrad: (p) => valueAndGrad(f)(p),
  jacobian: (p) => jacobian(f)(p),
  hessian: (p) => hessian(f)(p),
  vjp: (p) => {
    const [value, pull] = vjp(f)(p);
    return [value, pull(1), pull.many([1, 2] as never)];
  },
  "vjp, frozen": (p) => {
    const [value, pull] = vjp(f, { retrace: false })(p);
    return [value, pull(1)];
  },
  finiteDifference: (p) => finiteDifference(f)(p),
  checkGradient: (p) => checkGradient(f, [p]).ok,
  record: (p) => {
    const { value, grad } = record(f, p);
    return [value, grad()];
  },
};

/** What a call gives, or the name of its error. */
function outcome(call: Call, argument: unknown): unknown {
  try {
    return call(untyped(argument));
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^[a-zA-Z]+: expected /);
    return "an error";
  }
}

describe.each(Object.entries(calls))("%s", (_, call) => {
  test.each(Object.entries(answers))("that answers %s", (_, [first, then]) => {
    const right = [first, then].map((x) => outcome(call, { x }));
    for (let looks = 0; looks < 12; looks++) expect([...right, "an error"]).toContainEqual(outcome(call, shifting(looks, first, then)));
  });

  test.each([2, "2", undefined, null])("whose element answers %s later", (then) => {
    const right = [3, then].map((x) => outcome(call, { x: [1, x] }));
    for (let looks = 0; looks < 16; looks++)
      expect([...right, "an error"]).toContainEqual(outcome(call, { x: shiftingArray(looks, 3, then) }));
  });
});

describe.each(engines)("a step in %s", (engine) => {
  const step = compile(
    valueAndGrad((p: { x: Value; y: Value }, q: Value[]): Value => add(mul(sum(p.x), p.y), sum(q))),
    [{ x: vector(1, 2), y: 1 }, [1, 1]],
    {
      engine,
    },
  );

  test("written by what answers differently: one answer, or an error and what was there", () => {
    for (const then of [3, "3", vector(1)])
      for (let looks = 0; looks < 6; looks++) {
        step.write({ x: vector(1, 2), y: 5 }, [1, 1]);
        const { x: y } = Object.getOwnPropertyDescriptors(shifting(looks, 2, then));
        const argument = Object.defineProperty({ x: vector(7, 8), y: 0 }, "y", { ...y, enumerable: true });
        try {
          step.write(argument, [2, 2]);
          expect([2, 3]).toContain(step.inputs[0].y);
          expect(step.inputs[0].x).toEqual(vector(7, 8));
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect([step.inputs[0].x, step.inputs[0].y, step.inputs[1]]).toEqual([vector(1, 2), 5, vector(1, 1)]);
        }
      }
  });

  test("refuses vectors that only pretend their length", () => {
    class Pretending extends Float64Array {
      override get length(): number {
        return 2;
      }
    }
    expect(() => step({ x: new Pretending(3), y: 1 }, [1, 1])).toThrow(TypeError);
    expect(() => step({ x: new Pretending(1), y: 1 }, [1, 1])).toThrow(
      /^step: expected arguments that stay what they are while they are read, and so 2 numbers, got a Pretending of 2 at args\[0\]\.x$/,
    );
    const proxy = new Proxy(vector(1, 2), { get: (target, key) => Reflect.get(target, key) as unknown });
    expect(() => step({ x: proxy, y: 1 }, [1, 1])).toThrow(TypeError);
    expect(step({ x: vector(1, 2), y: 2 }, [1, 1])[0]).toBe(8);
  });
});

test("vectors that pretend their length are refused by transforms", () => {
  class Pretending extends Float64Array {
    override get length(): number {
      return 3;
    }
  }
  expect(() => grad((x: Value) => sum(mul(x, x)))(new Pretending(2))).toThrow(/^grad: expected arguments that stay what they are/);
});

test("a pullback is of the arguments of its call, whatever becomes of them", () => {
  for (const retrace of [true, false]) {
    const x = vector(1, 2);
    const [, pull] = vjp((x: Value) => sum(mul(x, x)), { retrace })(x);
    x.fill(9);
    expect(pull(1)).toEqual(vector(2, 4));
  }
});

test("a sparse Jacobian's pattern is that of the lane numbers it is evaluated with", () => {
  for (const retrace of [true, false]) {
    const g = sparseJacobian((x: Value, i: { x: Indices }) => take(mul(x, x), i.x), { retrace });
    const x = vector(1, 2, 3);
    const right = [lanes(0, 1), lanes(2, 0)].map((i) => g(x, { x: i }));
    for (let looks = 0; looks < 8; looks++) expect(right).toContainEqual(g(x, untyped(shifting(looks, lanes(0, 1), lanes(2, 0)))));
  }
});

test("forward transforms and vmap", () => {
  const g = (x: { x: Value }): Value => mul(x.x, x.x);
  for (let looks = 0; looks < 8; looks++) {
    const point = (): never => untyped(shifting(looks, 2, 3));
    expect([
      [4, 4],
      [9, 6],
    ]).toContainEqual(jvp(g)([point()], [untyped(dual({ x: 1 }))]));
    expect([4, 6]).toContain(directional(g)([point()], [untyped({ x: 1 })]));
    expect([vector(1, 4), vector(9, 16)]).toContainEqual(vmap(g)(untyped(shifting(looks, vector(1, 2), vector(3, 4)))));
  }
});

describe("columns", () => {
  test("of records that answer differently: of one answer, or an error", () => {
    for (const then of [5, "5", undefined])
      for (let looks = 0; looks < 8; looks++) {
        const rows = [{ x: 1 }, shifting(looks, 4, then), { x: 2 }] as { x: number }[];
        try {
          expect([4, 5]).toContain(columns(rows).x[1]);
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^columns: expected a number as in the first record, got ("5"|undefined) at rows\[1\]\.x$/,
          );
        }
      }
  });

  test("of an array that grows or shrinks while it is read", () => {
    const rows = [{ x: 1 }, { x: 2 }];
    const changing = (change: () => void): { x: number }[] => {
      const all = [...rows, { x: 3 }];
      Object.defineProperty(all, 1, { get: () => (change.call(all), { x: 2 }), configurable: true });
      return all;
    };
    const grown = changing(function (this: unknown[]) {
      this.push({ x: 4 });
    });
    expect(columns(grown)).toEqual({ x: vector(1, 2, 3) });
    const shrunk = changing(function (this: unknown[]) {
      this.length = 2;
    });
    expect(() => columns(shrunk)).toThrow(/^columns: expected .*, got undefined at rows\[2\]\.x$/);
  });

  test("of records have no width", () => {
    expect(() => (columns as (rows: unknown, width: unknown) => unknown)([{ x: 1 }], 2)).toThrow(
      /^columns: expected no width of records, got 2\./,
    );
  });
});
