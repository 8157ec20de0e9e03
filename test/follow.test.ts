/** Transforms follow their function: what it captures is what it is at the call, in every transform, and little is compiled for it. */
import { describe, expect, test } from "vitest";
import {
  add,
  at,
  compile,
  concat,
  customJvp,
  customVjp,
  directional,
  div,
  finiteDifference,
  grad,
  hessian,
  hostOp,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  log,
  mean,
  mul,
  norm,
  pow,
  record,
  segmentSum,
  sin,
  slice,
  sparseHessian,
  sparseJacobian,
  square,
  sub,
  sum,
  take,
  type Value,
  valueAndGrad,
  valueAndJacobian,
  vjp,
  vmap,
  where,
} from "wengert";
import { kept } from "../src/compiled/tracecache.js";
import { vector } from "./mistakes.js";

type F = (x: Value) => Value;
type OnData = (x: Float64Array) => unknown;
interface Retrace {
  readonly retrace?: boolean;
}

const total =
  (f: F): F =>
  (x) =>
    sum(f(x));

/** How many compiled recordings are kept: fewer in browsers. */
const isBrowser = "window" in globalThis;
const MOST = isBrowser ? 32 : 1024;

/** Every transform on data, of a function that takes a vector lane by lane. */
const transforms: Readonly<Record<string, (f: F, options: Retrace) => OnData>> = {
  grad: (f, o) => grad(total(f), o),
  "grad with aux": (f, o) => grad((x: Value) => [sum(f(x)), { f: f(x) }] as const, { hasAux: true, ...o }),
  valueAndGrad: (f, o) => valueAndGrad(total(f), o),
  jvp: (f, o) => (x) => jvp(f, o)([x], [vector(1, 0, 2)]),
  "jvp.many": (f, o) => (x) => jvp(f, o).many([x], [[vector(1, 0, 2)], [x]]),
  directional: (f, o) => (x) => directional(f, o)([x], [x]),
  hvp: (f, o) => (x) => hvp(total(f), o)([x], vector(1, 2, 3)),
  vjp: (f, o) => (x) => {
    const [value, pull] = vjp(f, o)(x);
    return [value, pull(vector(1, 2, 3)), pull(vector(3, 2, 1)), pull.many([vector(1, 0, 0), x])];
  },
  jacobian: (f, o) => jacobian(f, o),
  valueAndJacobian: (f, o) => valueAndJacobian(f, o),
  jacfwd: (f, o) => jacfwd(f, o),
  jacrev: (f, o) => jacrev(f, o),
  hessian: (f, o) => hessian(total(f), o),
  sparseJacobian: (f, o) => sparseJacobian(f, o),
  sparseHessian: (f, o) => sparseHessian(total(f), o),
  vmap: (f, o) => (x) => vmap((p: Value) => f(concat([p, mul(p, 2), 1])), o)(x),
  "vmap of grad": (f, o) => (x) =>
    vmap(
      grad((p: Value) => sum(f(concat([p, mul(p, 2), 1])))),
      o,
    )(x),
  "vmap with what is the same": (f, o) => (x) =>
    vmap((p: Value, q: Value) => mul(p, f(q)), { inAxes: [0, null], ...o })(x, vector(1, 2, 3)),
  "grad of grad": (f, o) => grad((x: Value) => sum(square(grad(total(f))(x))), o),
  "directional of jacobian": (f, o) => (x) => directional((y: Value) => jacrev(total(f))(y), o)([x], [x]),
  finiteDifference: (f, o) => finiteDifference(total(f), o),
};

/** Functions, each in states that it goes through; what a state is sets what the function captures. */
interface Captures {
  /** What changes, in turn. */
  readonly states: readonly unknown[];
  readonly f: (state: () => never) => F;
}

const captures: Readonly<Record<string, Captures>> = {
  "a number": { states: [3, 7, 11, 3], f: (state) => (x) => mul(square(x), state()) },
  "λ through 0, 1, −1, ∞ and NaN": {
    states: [0.5, 0, 1, 0.5, -0, -1, Infinity, 2, NaN, 1],
    f: (state) => (x) => add(mul(mul(state(), x), square(x)), div(mul(x, state()), 2)),
  },
  "λ = μ, then apart, then equal": {
    states: [[1, 1], [2, 2], [2, 3], [0, 3], [3, 3]], // prettier-ignore
    f: (state) => (x) => {
      const [lambda, mu] = state() as unknown as [number, number];
      return add(mul(square(x), lambda), mul(sin(x), mu));
    },
  },
  "a vector": {
    states: [vector(1, 2, 3), vector(4, 5, 6), vector(0, -0, NaN)],
    f: (state) => (x) => mul(square(x), state() as Float64Array),
  },
  "a typed array": {
    states: [Float32Array.of(0.1, 2, 3), Float32Array.of(4, 5, 6), Uint8Array.of(1, 2, 255)],
    f: (state) => (x) => mul(mul(x, state() as Uint8Array), mul(x, state())),
  },
  "a vector of another length": {
    states: [vector(1, 2), vector(1, 2, 3), vector(4, 5, 6, 7), vector(1, 3)],
    f: (state) => (x) => mul(square(x), sum(square(concat([at(x, 0), state() as Float64Array])))),
  },
  "lane numbers": {
    states: [Int32Array.of(0, 1, 2), Int32Array.of(2, 1, 0), Int32Array.of(1, 1, 1), Int32Array.of(0, 1, 2)],
    f: (state) => (x) => mul(take(square(x), state()), segmentSum(x, state(), 3)),
  },
  "a truth": { states: [true, false, true], f: (state) => (x) => (state() ? square(x) : mul(sin(x), x)) },
  "a number of rounds": {
    states: [1, 3, 2, 1],
    f: (state) => (x) => {
      let y = x;
      for (let i = 0; i < state(); i++) y = mul(sin(y), x);
      return y;
    },
  },
  "a number of a gradient inside": {
    states: [2, 0, 1, 3],
    f: (state) => (x) => mul(x, grad((y: Value) => sum(mul(pow(y, 3), state())))(x)),
  },
  "a vector changed inside": {
    states: [1, 5, 2],
    f: (state) => {
      const w = vector(0, 0, 0);
      return (x) => {
        w.fill(state());
        const y = mul(square(x), w);
        w[1] = 10 * state();
        return add(y, mul(mul(x, x), w));
      };
    },
  },
  "a host function, new at each call": {
    states: [2, 3, 2],
    f: (state) => (x) => {
      const n: number = state();
      const power = hostOp({
        name: "power",
        value: (a) => a ** n,
        partials: [
          {
            name: "slope",
            value: (a) => n * a ** (n - 1),
            partials: [{ name: "bend", value: (a) => n * (n - 1) * a ** (n - 2), partials: [() => 0] }],
          },
        ],
      });
      return mul(power(x), x);
    },
  },
  "a rule of tangents, new at each call": {
    states: [2, 3, 2],
    f: (state) => (x) => {
      const n: number = state();
      return customJvp(
        (a: Value) => mul(a, n),
        (primals: [Value], tangents: [Value]) => mul(mul(tangents[0], primals[0]), n),
      )(x);
    },
  },
  "a rule that captures a number and a Value": {
    states: [2, 3, 0],
    f: (state) => {
      const scaled = customVjp(
        (a: Value) => sin(a),
        (a: Value) => [sin(a), a] as const,
        (a: Value, seed: Value) => [mul(mul(seed, state()), a)],
      );
      return (x) => add(scaled(mul(x, 2)), square(x));
    },
  },
};

/** The combinations that mean something: reverse rules serve where transposed, and rules that are not those of the function agree with no differences. */
const isRight = (transform: string, capture: string): boolean => !(transform === "finiteDifference" && capture.startsWith("a rule"));

describe.each(Object.keys(transforms).filter((name) => name !== ""))("%s follows", (name) => {
  const transform = transforms[name]!;
  test.each(Object.keys(captures).filter((capture) => isRight(name, capture)))("%s", (capture) => {
    const { states, f } = captures[capture]!;
    let state: unknown;
    const of = f((() => state) as () => never);
    const [followed, x] = [transform(of, {}), vector(0.5, -1.25, 2)];
    for (state of states) {
      const wanted = transform(of, { retrace: false })(x);
      expect(followed(x)).toEqual(wanted);
      expect(transform((y) => of(y), {})(x)).toEqual(wanted); // written out anew
    }
  });
});

/** How often a function is compiled: each time with a memory of its own. */
function compilations(body: () => void): number {
  let count = 0;
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      count++;
    }
  };
  try {
    body();
  } finally {
    WebAssembly.Memory = Memory;
  }
  return count;
}

describe("what is compiled", () => {
  test("once of a minibatch by closure, and of a vector that changes", () => {
    let [batch, got] = [vector(3), [] as number[]];
    const f = grad((x: Value) => sum(mul(x, batch)));
    const count = compilations(() => {
      for (const number of [3, 7, 11]) {
        batch = vector(number);
        got.push(f(1));
      }
      batch[0] = 13;
      got.push(f(1));
    });
    expect([got, count]).toEqual([[3, 7, 11, 13], 1]);
    got = [];
  });

  test("twice where a number changes, at most three times where others do later", () => {
    let [lambda, mu] = [1, 1];
    const f = grad((x: Value) => add(mul(mul(square(x), lambda), 0.25), mul(x, mu)), { engine: "kernel" });
    const at = (l: number, m: number): number => {
      [lambda, mu] = [l, m];
      return f(2);
    };
    const annealed = (): void => {
      for (let k = 0; k < 40; k++) expect(at(1 / (k + 1), 1)).toBe(1 / (k + 1) + 1);
    };
    expect(compilations(annealed)).toBe(2);
    const apart = (): void => {
      for (let k = 0; k < 40; k++) expect(at(k, 2 * k)).toBe(3 * k);
    };
    expect(compilations(apart)).toBe(1);
    expect(compilations(apart)).toBe(0);
  });

  test("twice where a function draws at random", () => {
    const seen: number[] = [];
    let draw = 0;
    const f = grad((x: Value) => {
      draw = Math.random();
      return mul(mul(x, draw), mul(x, Math.random() < 2 ? draw : 0));
    });
    const count = compilations(() => {
      for (let k = 0; k < 50; k++) seen.push(Math.abs(f(3) - 6 * draw * draw));
    });
    expect([count, Math.max(...seen) < 1e-14]).toEqual([2, true]);
  });

  test("once of a gradient that is written out anew, whatever the function is called", () => {
    const first = grad((x: Value) => sin(sin(sin(x))))(0.5);
    const count = compilations(() => {
      for (let k = 0; k < 100; k++) expect(grad((y: Value) => sin(sin(sin(y))))(0.5)).toBe(first);
    });
    expect(count).toBe(0);
  });

  test("once of many structures in turn", () => {
    const f = grad((x: Value) => sum(mul(square(x), x)));
    const xs = Array.from({ length: Math.min(100, MOST / 2) }, (_, i) => new Float64Array(i + 1).fill(2));
    const round = (): void => {
      for (const x of xs) expect(f(x)[0]).toBe(12);
    };
    expect(compilations(round)).toBeLessThanOrEqual(Math.min(100, MOST / 2));
    expect(compilations(round)).toBe(0);
  });

  test("options are told apart", () => {
    const f = (x: Value, y: Value): readonly [Value, Value] => [mul(x, square(y)), x];
    const scalar = (x: Value, y: Value): Value => mul(x, square(y));
    expect(grad(scalar)(2, 3)).toBe(9);
    expect(grad(scalar, { argnums: 1 })(2, 3)).toBe(12);
    expect(grad(scalar, { argnums: [0] })(2, 3)).toEqual([9]);
    expect(grad(scalar, { argnums: [1, 0] })(2, 3)).toEqual([12, 9]);
    expect(valueAndGrad(scalar)(2, 3)).toEqual([18, 9]);
    expect(grad(f, { hasAux: true })(2, 3)).toEqual([9, 2]);
    expect(jacobian(f)(2, 3)).toEqual([9, 1]);
    expect(jacfwd(f, { argnums: 1 })(2, 3)).toEqual([12, 0]);
    expect(vmap(scalar)(vector(2, 3), vector(1, 2))).toEqual(vector(2, 12));
    expect(vmap((x: Value, y: Value) => mul(x, sum(y)), { inAxes: [0, null] })(vector(2, 3), vector(1, 2))).toEqual(vector(6, 9));
  });

  test("the cache is bounded, and turns through more than it holds find most of it", () => {
    const ops = (code: number, x: Value): Value => {
      let y = x;
      for (let bits = code + 1; bits > 0; bits >>= 1) y = bits & 1 ? sin(y) : mul(y, x);
      return y;
    };
    const round = (): number =>
      compilations(() => {
        for (let code = 0; code < Math.round(1.075 * MOST); code++) grad((x: Value) => ops(code, x), { engine: "kernel" })(0.5);
      });
    round();
    expect(kept().entries).toBeLessThanOrEqual(MOST);
    expect(round()).toBeLessThan((700 / 1024) * MOST);
  }, 60_000);

  // In Node memories are used up in a process of their own: memories.node.test.ts
  test.runIf(isBrowser)("where a page has no address left for a memory, what was kept is let go of", () => {
    for (let i = 0; i < MOST; i++) grad((x: Value) => Array.from({ length: i }).reduce((y: Value) => sin(y), x))(0.5);
    const held: WebAssembly.Memory[] = [];
    try {
      for (;;) held.push(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
    } catch {
      // none is left
    }
    const before = kept().entries;
    expect(grad((x: Value) => mul(x, mul(x, mul(x, sin(x)))))(0)).toBe(0);
    expect(kept().entries).toBeLessThan(before);
    held.length = 0;
  });
});

describe("a recording", () => {
  test("is made once a call, of the function as it is", () => {
    let calls = 0;
    const f = (x: Value): Value => (calls++, square(x));
    const all: readonly OnData[] = [grad(total(f)), jacobian(f), sparseHessian(total(f)), vmap(f), hessian(total(f))];
    for (const g of all) for (let k = 1; k <= 3; k++) g(vector(1, 2));
    expect(calls).toBe(15);
  });

  test("that throws leaves nothing behind", () => {
    let fails = true;
    const f = grad((x: Value) => {
      const y = mul(x, 3);
      if (fails) throw new Error("mine");
      return y;
    });
    expect(() => f(1)).toThrow("mine");
    fails = false;
    expect(f(1)).toBe(3);
    fails = true;
    expect(() => f(1)).toThrow("mine");
  });

  test("of objects that are static arguments follows what is in them", () => {
    const settings = { scale: 2 };
    const f = grad((x: Value, { scale }: { scale: number }) => mul(x, scale), { staticArgnums: 1 });
    expect(f(1, settings)).toBe(2);
    settings.scale = 5;
    expect(f(1, settings)).toBe(5);
  });

  test("of plain numbers that it returns", () => {
    let aux = 1;
    const f = valueAndGrad((x: Value) => [mul(x, 2), { aux, label: `${aux}`, list: vector(aux) }] as const, { hasAux: true });
    for (aux of [1, 2, 3]) expect(f(1)).toEqual([[2, { aux, label: `${aux}`, list: vector(aux) }], 2]);
  });

  test("a pullback is that of the function and the arguments as they were", () => {
    let scale = 2;
    const [x, f] = [vector(1, 2), vjp((x: Value) => mul(square(x), scale))];
    const [, pull] = f(x);
    const twice = pull(vector(1, 1));
    scale = 5;
    x.fill(9);
    expect(pull(vector(1, 1))).toEqual(twice);
    expect(f(vector(1, 2))[1](vector(1, 1))).toEqual(vector(10, 20));
    expect(pull(vector(1, 1))).toEqual(twice);
  });

  test("compile freezes, and record runs", () => {
    let scale = 2;
    const f = (x: Value): Value => mul(x, scale);
    const step = compile(grad(f), [1]);
    scale = 3;
    expect([step(1), grad(f)(1), record(f, 1).grad()]).toEqual([2, 3, 3]);
  });

  test("a Value that outlives its trace says so", () => {
    let leaked: Value | undefined;
    const f = grad((x: Value) => ((leaked = mul(x, 2)), x));
    f(1);
    grad((x: Value) => sin(x))(1);
    expect(leaked!.inspect()).toBe("row of a trace that has ended");
    expect(() => grad((x: Value) => add(x, leaked!))(1)).toThrow(/trace has ended/);
  });

  test("of the same bits as what compile gives", () => {
    const f = (x: Value): Value => add(norm(mul(x, 0.1)), div(mean(log(add(square(x), 1))), slice(x, 1, 2)));
    const g = (x: Value): Value => sum(where(f(x), sin(f(x)), 0.3));
    const x = vector(0.1, 0.7, 1e-3, 44);
    expect(valueAndGrad(g)(x)).toEqual(compile(valueAndGrad(g), [x])(x));
    expect(hessian((y: Value) => sum(sub(f(y), 1)))(x)).toEqual(hessian((y: Value) => sum(sub(f(y), 1)), { retrace: false })(x));
  });
});
