/** Options: what a function does not know, it refuses by name, and says which was meant. */
import { describe, expect, test } from "vitest";
import {
  checkGradient,
  compile,
  compileAsync,
  directional,
  finiteDifference,
  grad,
  hessian,
  hostOp,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  loadModule,
  loadModuleAsync,
  mul,
  sparseHessian,
  sparseJacobian,
  trace,
  type Value,
  valueAndGrad,
  valueAndJacobian,
  vjp,
  vmap,
} from "wengert";
import { type Mistake, refuses, untyped } from "./mistakes.js";

const f = (x: Value): Value => mul(x, x);

/** Every function that takes options, given some, and the options that it knows. */
const takers: Record<string, { readonly call: (options: never) => unknown; readonly knows: readonly string[] }> = {
  grad: { call: (o) => grad(f, o), knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace"] },
  valueAndGrad: { call: (o) => valueAndGrad(f, o), knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace"] },
  jvp: { call: (o) => jvp(f, o), knows: ["engine", "retrace"] },
  directional: { call: (o) => directional(f, o), knows: ["engine", "retrace"] },
  hvp: { call: (o) => hvp(f, o), knows: ["engine", "retrace"] },
  vjp: { call: (o) => vjp(f, o), knows: ["argnums", "staticArgnums", "engine", "retrace"] },
  jacobian: { call: (o) => jacobian(f, o), knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace", "mode"] },
  valueAndJacobian: {
    call: (o) => valueAndJacobian(f, o),
    knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace", "mode"],
  },
  jacfwd: { call: (o) => jacfwd(f, o), knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace"] },
  jacrev: { call: (o) => jacrev(f, o), knows: ["argnums", "hasAux", "staticArgnums", "engine", "retrace"] },
  hessian: { call: (o) => hessian(f, o), knows: ["hasAux", "staticArgnums", "engine", "retrace"] },
  sparseJacobian: { call: (o) => sparseJacobian(f, o), knows: ["argnums", "staticArgnums", "engine", "retrace"] },
  sparseHessian: { call: (o) => sparseHessian(f, o), knows: ["staticArgnums", "engine", "retrace"] },
  vmap: { call: (o) => vmap(f, o), knows: ["inAxes", "staticArgnums", "engine", "retrace"] },
  compile: { call: (o) => compile(f, [1], o), knows: ["staticArgnums", "engine"] },
  trace: { call: (o) => trace(f, [1], o), knows: ["staticArgnums"] },
  finiteDifference: {
    call: (o) => finiteDifference(f, o),
    knows: ["argnums", "staticArgnums", "engine", "retrace", "method", "step", "withError"],
  },
  checkGradient: {
    call: (o) => checkGradient(f, [1], o),
    knows: ["staticArgnums", "engine", "argnums", "directions", "tolerance", "seed"],
  },
};

/** A right value of every option. */
const right: Record<string, unknown> = {
  argnums: 0,
  hasAux: false,
  staticArgnums: [],
  engine: "kernel",
  retrace: true,
  mode: "forward",
  inAxes: 0,
  method: "richardson",
  step: 0.1,
  withError: true,
  directions: 2,
  tolerance: 1e-3,
  seed: 2,
};

/** Options as others write them, and which are meant. */
const misspelt: Record<string, string> = {
  argnum: "argnums",
  arg_nums: "argnums",
  has_aux: "hasAux",
  hasaux: "hasAux",
  static_argnums: "staticArgnums",
  staticArgnum: "staticArgnums",
  engin: "engine",
  Engine: "engine",
  retraces: "retrace",
  mod: "mode",
  in_axes: "inAxes",
  inAxis: "inAxes",
  methods: "method",
  stepp: "step",
  with_error: "withError",
  direction: "directions",
  tolerence: "tolerance",
  seeed: "seed",
};

describe.each(Object.entries(takers))("%s", (name, { call, knows }) => {
  test.each(Object.keys(right))("takes %s where it knows it, and refuses it where not", (option) => {
    const given = () => call(untyped({ ...(option === "withError" ? { method: "richardson" } : {}), [option]: right[option] }));
    if (knows.includes(option)) given();
    else expect(given).toThrow(new RegExp(`^${name}: expected options of the names ${knows.join(", ")}, got one named (${option}|method)`));
  });

  refuses([
    ...(knows.includes("engine") ? [["an engine that is none", () => call(untyped({ engine: "gpu" })), RangeError, new RegExp(`^${name}: expected engine to be one of auto, reference, tape, kernel, jit, got "gpu"$`)] satisfies Mistake] : []), // prettier-ignore
    ...Object.entries(misspelt)
      .filter(([, meant]) => knows.includes(meant))
      .map(([written, meant]): Mistake => [
        written,
        () => call(untyped({ [written]: right[meant] })),
        TypeError,
        new RegExp(`got one named ${written}\\. Did you mean ${meant}\\?$`),
      ]),
    ["an unknown one that is undefined", () => call(untyped({ colour: undefined })), TypeError, /got one named colour$/],
    ...Object.entries({ number: 3, null: null, string: "auto", truth: true, array: [0], Map: new Map(), function: () => 1 }).map(
      ([kind, options]): Mistake => [
        `no object: ${kind}`,
        () => call(untyped(options)),
        TypeError,
        new RegExp(`^${name}: expected a plain object of options \\(${knows.join(", ")}\\), got `),
      ],
    ),
    ...["hasAux", "retrace", "withError"]
      .filter((flag) => knows.includes(flag))
      .map((flag): Mistake => [
        `${flag} that is no truth value`,
        () => call(untyped({ [flag]: "no" })),
        TypeError,
        new RegExp(`^${name}: expected true or false as ${flag}, got "no"$`),
      ]),
    ...["argnums", "staticArgnums"]
      .filter((numbers) => knows.includes(numbers))
      .flatMap((numbers) =>
        ["0", {}, ["0"], null].map((value): Mistake => [
          `${numbers} of ${JSON.stringify(value)}`,
          () => call(untyped({ [numbers]: value })),
          TypeError,
          new RegExp(`^${name}: expected an argument's number or an array of them as ${numbers}, got `),
        ]),
      ),
  ]);

  test("takes options that are undefined, and none", () => {
    call(untyped(undefined));
    call(untyped(Object.fromEntries(knows.map((option) => [option, undefined]))));
  });
});

test("modules are loaded without options", async () => {
  const bytes = compile(f, [1]).toWasm();
  const message = /^loadModule: expected a module and no options, got an object beside it$/;
  const [load, loadAsync] = [loadModule, loadModuleAsync] as unknown as [
    (...args: unknown[]) => unknown,
    (...args: unknown[]) => Promise<unknown>,
  ];
  expect(() => load(bytes, { engine: "jit" })).toThrow(message);
  await expect(loadAsync(bytes, {})).rejects.toThrow(message);
});

test("compileAsync rejects", async () => {
  await expect(compileAsync(f, [1], untyped({ engin: "jit" }))).rejects.toThrow(/^compileAsync: .* Did you mean engine\?$/);
});

describe("hostOp", () => {
  const value = (x: number): number => x;
  refuses([
    [
      "partial",
      () => hostOp(untyped({ name: "f", value, partial: [value] })),
      TypeError,
      /got one named partial\. Did you mean partials\?$/,
    ],
    [
      "a partial's partial",
      () => hostOp({ name: "f", value, partials: [untyped({ name: "g", value, partial: [value] })] }),
      TypeError,
      /got one named partial\. Did you mean partials\?$/,
    ],
  ]);
});

test("an argument's number in place of options: says how to write it", () => {
  expect(() => grad(f, untyped(1))).toThrow(/got 1\. Write \{ argnums: 1 \}$/);
  expect(() => vjp(f, untyped([0, 1]))).toThrow(/got an array of 2\. Write \{ argnums: \[0,1\] \}$/);
  expect(() => jvp(f, untyped(1))).toThrow(/got 1$/);
});

test("by no argument: nothing, and what else the function returns", () => {
  const none = { argnums: [] };
  expect(grad(f, none)(3)).toEqual([]);
  expect(valueAndGrad(f, none)(3)).toEqual([9, []]);
  expect(vjp(f, none)(3)[1](1)).toEqual([]);
  for (const dense of [jacobian, jacfwd, jacrev] as (typeof jacfwd)[]) {
    expect(dense(f, none)(3)).toEqual([]);
    expect(dense((x: Value) => [f(x), { y: mul(x, 2) }] as const, { ...none, hasAux: true })(3)).toEqual([[], { y: 6 }]);
  }
  expect(jacobian((x: Value) => ({ y: f(x) }), none)(3)).toEqual({ y: [] });
  expect(sparseJacobian(f, none)(3)).toEqual([]);
  expect(finiteDifference(f, none)(3)).toEqual([]);
  expect(() => checkGradient(f, [3], none)).toThrow(
    new RangeError("checkGradient: expected at least one argument to differentiate by, got none"),
  );
});

test("options are read when the transform is made", () => {
  const options = { argnums: [1], engine: "kernel" as const };
  const gradient = grad((x: Value, y: Value) => mul(x, mul(y, y)), options);
  options.argnums[0] = 0;
  options.argnums.push(0);
  expect(gradient(3, 5)).toEqual([30]);
});
