/** Functions that are recorded as calls: what they compute in every engine and mode is what their rows compute in place, and what is recorded is one body for all calls. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  callable,
  compile,
  concat,
  cos,
  customJvp,
  cumsum,
  directional,
  exp,
  grad,
  gt,
  hostOp,
  hvp,
  type Indices,
  jvp,
  log,
  mul,
  numberOf,
  parse,
  pow,
  record,
  relu,
  sin,
  slice,
  sqrt,
  square,
  sub,
  sum,
  take,
  trace,
  type Value,
  valueAndGrad,
  vmap,
  where,
} from "wengert";
import { parseGraph } from "../src/graph/parse.js";
import { bodiesOf } from "../src/graph/print.js";
import { kept } from "../src/compiled/tracecache.js";
import { rewritten } from "../src/passes/pipeline.js";
import { programOf } from "../src/trace/program.js";
import { evaluate, engines } from "./engines.js";
import { secondOrder, numbersOf } from "./modes.js";
import { compareBits } from "./samebits.js";
import { close, furthest } from "./near.js";

type AnyFunction = (...args: never[]) => unknown;

/** How a function is made one that may be called: recorded as a call, or in place. */
type Made = <P extends readonly unknown[], R>(f: (...args: P) => R) => (...args: P) => R;
const asCall = callable as Made;
const inPlace: Made = (f) => f;

/** Joints of a chain in the plane: each turns and shifts what comes after it. */
const chain = (made: Made) => {
  const bone = made(({ angle, length }: { angle: Value; length: Value | number }, [x, y]: readonly [Value, Value]) => {
    const [c, s] = [cos(angle), sin(angle)];
    return [add(mul(c, x), mul(s, add(y, length))), sub(mul(c, y), mul(s, x))] as [Value, Value];
  });
  return (angles: Value[]): Value => {
    const [first, second, ...others] = angles as [Value, Value, ...Value[]];
    const end = others.reduce<readonly [Value, Value]>((p, angle, i) => bone({ angle, length: 0.5 + i }, p), [first, second]);
    return add(square(end[0]), end[1]);
  };
};

/** Functions of one argument with calls in them, each of a kind of its own, and an argument. */
const examples: Readonly<Record<string, readonly [f: (made: Made) => AnyFunction, x: unknown]>> = {
  "a chain of scalars": [chain, [0.3, -0.2, 0.5, 0.7, -0.4, 0.1]],
  "vectors as operands and parts": [
    (made) => {
      const f = made((x: Value, k: Value) => ({ total: sum(mul(x, k)), all: cumsum(mul(sin(x), k)), end: slice(x, 1) }));
      return (x: Value) => {
        const { total, all, end } = f(x, at(x, 0));
        return add(add(total, sum(mul(slice(all, 1), end))), sum(f(all, total).end));
      };
    },
    Float64Array.of(0.3, -0.7, 1.1, 0.4, 0.9),
  ],
  "a call in a call": [
    (made) => {
      const inner = made((x: Value, y: Value) => [mul(sin(x), y), exp(mul(x, y))] as const);
      const outer = made((x: Value, y: Value) => {
        const [a, b] = inner(x, y);
        const [c, d] = inner(b, a);
        return add(mul(a, c), d);
      });
      return ([x, y]: Value[]) => outer(outer(x!, y!), mul(x!, y!));
    },
    [0.4, -0.6],
  ],
  "what is around it": [
    (made) => (x: Value[]) => {
      const scale = exp(x[0]!);
      const f = made((y: Value) => mul(add(y, scale), sin(scale)));
      return mul(f(f(x[1]!)), f(x[2]!));
    },
    [0.2, 0.5, -0.3],
  ],
  "numbers and vectors that it captures": [
    (made) => (x: Value) => sum([1, 2, 3].map((k) => made((y: Value) => sum(mul(y, Float64Array.of(k, 2, 3))).mul(k))(pow(x, k)))),
    Float64Array.of(0.5, 1.5, 2.5),
  ],
  "lane numbers": [
    (made) => {
      const f = made((x: Value, k: number) => take(x, Int32Array.of(2, 0, k)));
      return (x: Value) => sum(mul(f(f(x, 1), 0), x));
    },
    Float64Array.of(0.5, 1.5, 2.5),
  ],
  "a choice that is not taken": [
    (made) => {
      const f = made((x: Value, y: Value) => where(gt(x, 0), sqrt(x), log(y)));
      return ([x, y]: Value[]) => where(gt(x!, 0), f(x!, y!), f(mul(y!, y!), 2 as unknown as Value));
    },
    [4, -1],
  ],
  "choices around a call": [
    (made) => {
      const f = made((x: Value) => [sqrt(x), mul(x, 3)] as const);
      return ([x, y]: Value[]) => {
        const [root, triple] = f(x!);
        return add(where(gt(y!, 0), root, y!), relu(triple));
      };
    },
    [0, -2],
  ],
  "a gradient in a call": [
    (made) => {
      const f = made((x: Value, y: Value) => mul(sin(x), exp(mul(x, y))));
      const slope = made((x: Value, y: Value) => (grad(f as never) as (x: Value, y: Value) => Value)(x, y));
      return ([x, y]: Value[]) => add(mul(slope(x!, y!), f(x!, y!)), slope(y!, x!));
    },
    [0.4, -0.6],
  ],
  "points of a call, and a call of points": [
    (made) => {
      const f = made((x: Value, y: Value) => [mul(sin(x), y), exp(x)] as const);
      return (x: Value) => {
        const [a, b] = (vmap(f as never) as unknown as (x: Value, y: Value) => [Value, Value])(x, mul(x, 2));
        const [c, d] = f(a, b);
        return sum(mul(c, d));
      };
    },
    Float64Array.of(0.2, 0.4, -0.7),
  ],
};

const names = Object.keys(examples);
const of = (name: string, made: Made): { f: AnyFunction; x: unknown } => ({ f: examples[name]![0](made), x: examples[name]![1] });

/** What is derived from a scalar function of one argument. */
const modes: Readonly<Record<string, (f: AnyFunction, x: unknown, engine: (typeof engines)[number]) => unknown>> = {
  value: (f, x, engine) => evaluate(f, [x], engine),
  gradient: (f, x, engine) => evaluate(valueAndGrad(f as never), [x], engine),
  tangent: (f, x, engine) => evaluate((x: never) => jvp(f as never)([x] as never, [x] as never), [x], engine),
  "gradient of a tangent": (f, x, engine) =>
    evaluate(grad(((x: never) => directional(f as never)([x] as never, [x] as never)) as never), [x], engine),
  "tangent of a gradient": (f, x, engine) => evaluate((x: never) => hvp(f as never)([x] as never, x), [x], engine),
  "gradient of a gradient of a gradient": (f, x, engine) => {
    const slope = (f: AnyFunction) => (x: never) => numbersTotal((grad(f as never) as (x: never) => unknown)(x));
    return evaluate(grad(slope(slope(f)) as never), [x], engine);
  },
};

/** The sum of sines of a tree of Values. */
function numbersTotal(tree: unknown): Value {
  const leaves = (Array.isArray(tree) ? tree : [tree]) as Value[];
  return leaves.map((x) => sum(sin(concat([x])))).reduce((x, y) => add(x, y));
}

describe.each(names)("%s", (name) => {
  const called = of(name, asCall);
  const placed = of(name, inPlace);

  test.each(engines)("values are to the bit what they are in place, in %s", (engine) => {
    expect(evaluate(called.f, [called.x], engine)).toEqual(evaluate(placed.f, [placed.x], engine));
  });

  for (const mode of Object.keys(modes))
    test.each(engines)(`${mode} in %s`, (engine) => {
      const [got, wanted] = [called, placed].map(({ f, x }) => numbersOf(modes[mode]!(f, x, engine))) as [number[], number[]];
      expect(furthest(got, wanted)).toBeLessThan(1e-13);
    });

  test("called or in place, kernel, emitted code and modules give the same bits", () => {
    const { f, x } = called;
    for (const derived of [f, valueAndGrad(f as never), (x: never) => hvp(f as never)([x] as never, x)]) {
      const program = programOf("test", derived, [x], {});
      expect(compareBits(program, [program.inputs.map(() => x as ArrayLike<number>)]).complaints).toEqual([]);
    }
  });

  test("jacobian, hessian and their patterns", () => {
    const [got, wanted] = [called, placed].map(({ f, x }) => secondOrder(f, x)) as [number[][], number[][]];
    got.forEach((numbers, i) => expect(furthest(numbers, wanted[i]!)).toBeLessThan(1e-12));
  });

  test("as text, and back", () => {
    const { f, x } = called;
    for (const derived of [f, grad(f as never), (x: never) => hvp(f as never)([x] as never, x)]) {
      const traced = trace(derived as never, [x] as never).verify();
      const text = traced.toString();
      expect(parse(text).verify().toString()).toBe(text);
      expect(parse(text).formula()).toBe(traced.formula());
      expect(traced.prune().verify().formula()).toBe(traced.formula());
      traced.simplify().verify();
    }
  });
});

/** The bodies of a traced function that is differentiated. */
const bodiesIn = (f: AnyFunction, x: unknown): string[] => [...bodiesOf(trace(f as never, [x] as never).graph)].map(({ name }) => name);

describe("what is recorded", () => {
  test("one body for all calls, whatever numbers they use, and one of each derivative", () => {
    const { f, x } = of("a chain of scalars", asCall);
    expect(bodiesIn(f, x)).toEqual(["body"]);
    expect(bodiesIn(grad(f as never), x)).toEqual(["body", "body′"]);
    expect(
      bodiesIn(of("numbers and vectors that it captures", asCall).f, examples["numbers and vectors that it captures"]![1]),
    ).toHaveLength(1);
  });

  test("functions of another structure are other bodies, and equal ones one", () => {
    const [f, g, h] = [(x: Value) => sin(x), (y: Value) => sin(y), (x: Value) => cos(x)].map((f) => callable(f) as (x: Value) => Value) as [
      (x: Value) => Value,
      (x: Value) => Value,
      (x: Value) => Value,
    ];
    expect(bodiesIn((x: Value) => add(f(x), add(g(mul(x, 2)), h(x))), 1)).toHaveLength(2);
  });

  test("a call on equal operands is one call, its derivatives read what it keeps, and it is not made again for them", () => {
    const f = callable((x: Value) => mul(sin(x), exp(x)));
    const traced = trace((x: Value) => add(f(x), (grad(f as never) as (x: Value) => Value)(x)), [1] as never).prune();
    const calls = traced.toString().match(/ = call /g);
    expect(calls).toHaveLength(2);
    expect(traced.toString().match(/ = (sin|exp) /g)).toHaveLength(2);
  });

  test("a part that nobody reads is neither computed nor differentiated", () => {
    const f = callable((x: Value) => ({ used: sin(x), left: exp(cumsum(concat([x, x]))) }));
    const program = rewritten(programOf("test", grad(((x: Value) => f(x).used) as never), [1], {}));
    const rows = parse(
      trace(grad(((x: Value) => f(x).used) as never), [1] as never)
        .prune()
        .toString(),
    ).toString();
    expect(rows).not.toMatch(/exp|cumsum/);
    expect(program.gradientOf).toBeUndefined();
  });

  test("a call whose operands are all data is a call of no operand that depends on anything", () => {
    expect(evaluate(grad(((x: Value) => mul(x, callable((y: number) => y * 2)(3))) as never), [5], "kernel")).toBe(6);
  });

  test("a call on data computes, and inside record it runs on recorded values", () => {
    const f = callable((x: Value | number, n: number) => {
      let y = x;
      for (let i = 0; i < n; i++) y = mul(y, 2);
      return y;
    });
    expect(f(3, 2)).toBe(12);
    const { value, grad: slope } = record((x: Value) => (numberOf(f(x, 1)) > 1 ? f(x, 3) : x), 2);
    expect([value, slope()]).toEqual([16, 8]);
    expect(compile((x: Value) => f(x, 4), [1])(1)).toBe(16);
  });

  test("functions of users are recorded in place", () => {
    const double = hostOp({ name: "double", value: (x) => 2 * x, partials: [() => 2] });
    const cube = customJvp(
      (x: Value) => mul(x, square(x)),
      ([x], [dot]) => mul(dot, mul(3, square(x))),
    );
    for (const f of [double as (x: Value) => Value, cube]) {
      const called = callable((x: Value) => f(mul(x, 2)));
      for (const engine of engines)
        close(
          evaluate(valueAndGrad(((x: Value) => add(called(x), called(sin(x)))) as never), [0.7], engine),
          evaluate(valueAndGrad(((x: Value) => add(f(mul(x, 2)), f(mul(sin(x), 2)))) as never), [0.7], engine) as number[],
        );
    }
  });

  test("what was compiled of a recording is found again, with other numbers in the body too", () => {
    let scale = 2;
    const f = callable((x: Value) => mul(sin(x), scale));
    const slope = grad((x: Value) => f(f(x)));
    const at = (x: number): number => scale * Math.cos(scale * Math.sin(x)) * scale * Math.cos(x);
    expect(slope(0.3)).toBeCloseTo(at(0.3), 13);
    const before = kept().entries;
    for (scale of [3, 4, 5]) expect(slope(0.4)).toBeCloseTo(at(0.4), 13);
    expect(kept().entries).toBe(before);
  });
});

describe("traced once", () => {
  test("the function runs at the first call with arguments of a structure, whatever the numbers are", () => {
    let calls = 0;
    const f = callable(
      (p: { a: Value; b: readonly Value[] }, k: Value): Value[] => {
        calls++;
        return [mul(p.a, k), ...p.b.map((b) => sin(b))];
      },
      { once: true },
    );
    const g = (x: Value[]): Value => {
      const [a, b] = f({ a: x[0]!, b: [x[1]!] }, 2 as unknown as Value) as [Value, Value];
      const [c, d] = f({ a: b, b: [a] }, 5 as unknown as Value) as [Value, Value];
      return add(mul(c, d), sum(f({ a, b: [b, c] }, 1 as unknown as Value)));
    };
    const h = ([x, y]: Value[]): Value => {
      const [a, b] = [mul(x!, 2), sin(y!)];
      const [c, d] = [mul(b, 5), sin(a)];
      return add(mul(c, d), sum([mul(a, 1), sin(b), sin(c)]));
    };
    close(numbersOf(compile(valueAndGrad(g), [[0.3, 0.4]])([0.3, 0.4])), numbersOf(compile(valueAndGrad(h), [[0.3, 0.4]])([0.3, 0.4])));
    compile(g, [[1, 2]]);
    expect(calls).toBe(2);
  });

  test("lane numbers and vectors among the arguments are operands", () => {
    const f = callable((x: Value, i: Indices) => sum(take(x, i)), { once: true });
    const x = Float64Array.of(1, 2, 4);
    expect(compile((x: Value) => add(f(x, Int32Array.of(0, 2) as never), f(x, Int32Array.of(1, 1) as never)), [x])(x)).toBe(9);
    expect(compile((y: Value) => mul(f(x as never, Int32Array.of(0, 2) as never), y), [1])(2)).toBe(10);
  });

  test("what it captures of a trace is refused in the words of the user", () => {
    expect(() => compile((x: Value[]) => callable((y: Value) => mul(y, x[1]!), { once: true })(x[0]!), [[1, 2]])).toThrow(
      new TypeError(
        "callable: expected a function of its arguments alone, since it is traced once, got one that captures args[0][1]. Pass it as an argument",
      ),
    );
  });
});

describe("errors", () => {
  const cases: readonly (readonly [what: string, f: () => unknown, error: Error])[] = [
    ["no function", () => callable(2 as never), new TypeError("callable: expected a function, got 2")],
    [
      "another option",
      () => callable((x: Value) => x, { onces: true } as never),
      new TypeError("callable: expected options of the names once, got one named onces. Did you mean once?"),
    ],
    [
      "an argument that is no tree",
      () => compile((x: Value) => callable((_: unknown) => x)(new Map()), [1]),
      new TypeError("callable: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got a Map at args[0]"),
    ],
    [
      "a result that is no tree",
      () => compile((x: Value) => callable((x: Value) => [x, new Map()])(x)[0] as Value, [1]),
      new TypeError("callable: expected numbers, Float64Arrays, Int32Arrays, or arrays and plain objects of them, got a Map at result[1]"),
    ],
    [
      "a Value as a number, in the user's words",
      () => compile((x: Value[]) => callable((y: Value) => mul(y, Number(y)))(mul(x[0]!, 2)), [[1, 2]]),
      new TypeError(
        "Value: expected a number, got the traced mul(args[0][0], 2). Use the functions of this library (add, lt, sin, where …) in place of operators and Math",
      ),
    ],
  ];
  test.each(cases)("%s", (_, f, error) => expect(f).toThrow(error));

  test("a truth value that nothing uses", () => {
    expect(() => compile((x: Value) => callable((y: Value) => (gt(y, 0) ? y : mul(y, 2)))(x), [1])).toThrow(
      /gt\(args\[0\], 0\) was computed but never used/,
    );
  });

  test.each([
    ["a body that is not there", "%0 = input leaf=0 offset=0\n%1 = call %0 body=0 : [1]\nreturn %0", /number of a body before it/],
    ["rows before it", "%0 = constant 1\nbody 0 f\nreturn", /bodies before the rows/],
    ["another number", "body 1 f\n%0 = constant 1\nreturn %0\nreturn", /body 0, its name/],
    ["a parameter that is none", "body 0 f %0\n%0 = constant 1\nreturn %0\nreturn", /parameters of body f/],
    ["a placeholder that is no parameter", "body 0 f\n%0 = placeholder id=0\nreturn %0\nreturn", /parameters of body f|expected/],
  ])("text with %s", (_, text, message) => {
    const whole = text.startsWith("body") && text.includes("return %0\nreturn") ? text.replace(/return$/, "%0 = constant 1\n%1 = call body=0 : [1]\n%2 = at %1 index=0\nreturn %2") : text; // prettier-ignore
    expect(() => parseGraph(whole)).toThrow(message);
  });

  const body = "body 0 f %0 %1\n%0 = placeholder id=0\n%1 = placeholder id=1 : [3]\n%2 = sin %0\n%3 = mul %1 %0 : [3]\nreturn %2 %3\n%0 = input leaf=0 offset=0\n%1 = input leaf=1 offset=0 : [3]\n"; // prettier-ignore
  test.each([
    ["fewer operands", "%2 = call %0 body=0 : [5]\nreturn %0", /2 operands, one a parameter/],
    ["an operand of another shape", "%2 = call %1 %1 body=0 : [5]\nreturn %0", /operand 0 in the shape of its parameter/],
    ["another length", "%2 = call %0 %1 body=0 : [4]\nreturn %0", /the 5 lanes of its body's results/],
    ["the whole as a result", "%2 = call %0 %1 body=0 : [5]\nreturn %2", /expected parts of a call/],
    ["the whole as an operand", "%2 = call %0 %1 body=0 : [5]\n%3 = sin %2 : [5]\nreturn %3", /a part of operand 0/],
    ["a lane between parts", "%2 = call %0 %1 body=0 : [5]\n%3 = at %2 index=1\nreturn %3", /a part of operand 0/],
    ["lanes of two parts", "%2 = call %0 %1 body=0 : [5]\n%3 = slice %2 start=0 : [4]\nreturn %3", /a part of operand 0/],
  ])("a call with %s", (_, rows, message) => {
    expect(() => parseGraph(body + rows)).toThrow(message);
  });
});
