/** Runs programs: the answers of the playground, made in a worker of the sandbox. */
import {
  compile,
  type EngineName,
  finiteDifference,
  grad,
  jvp,
  trace,
  type Traced,
  treeFlatten,
  treeUnflatten,
  valueAndGrad,
} from "wengert";
import { svg } from "wengert/pictures";
import type { Answer, EngineTime, Failure, Mode, Request, StepError, Way } from "./answers.js";
import { type AnyFunction, type ArgumentNames, functionOf, ProgramError, read, type Source, within } from "./program.js";

const ENGINES: readonly EngineName[] = ["reference", "tape", "kernel", "jit"];

/** Formulas that are longer are said to be long, not shown. */
const LONGEST_FORMULA = 20_000;

/** How long a call is timed, in ms. */
const TIMED = 25;

/** The program that pictures are of. */
let current: { readonly source: Source; readonly traced: Traced } | undefined;

const numbersOf = (tree: unknown): number[] =>
  (treeFlatten(tree as never)[0] as readonly unknown[]).flatMap((leaf) =>
    typeof leaf === "number"
      ? [leaf]
      : [...((leaf as { data?: ArrayLike<number> }).data ? (leaf as { data: Float64Array }).data : (leaf as Float64Array))],
  );

/** What an argument's numbers are called: by the names of its parameters, as far as these go, and by their places in it. */
function pathsOf(tree: unknown, names: ArgumentNames): string[] {
  if (typeof names !== "string")
    return Object.entries(names).flatMap(([key, part]) => pathsOf((tree as Record<string, unknown>)[key], part));
  const path = names;
  if (typeof tree === "number") return [path];
  if (ArrayBuffer.isView(tree)) return Array.from(tree as Float64Array, (_, i) => `${path}[${i}]`);
  if (Array.isArray(tree)) return tree.flatMap((part, i) => pathsOf(part, `${path}[${i}]`));
  if (typeof tree !== "object" || tree === null) return [];
  if ("shape" in tree && "data" in tree) return Array.from(tree.data as Float64Array, (_, i) => `${path}[${i}]`);
  return Object.entries(tree).flatMap(([key, part]) => pathsOf(part, `${path}.${key}`));
}

/** The same arguments with a step along the first number. */
function moved(args: readonly unknown[], step: number): unknown[] {
  const [leaves, structure] = treeFlatten(args as never) as unknown as [unknown[], never];
  const first = leaves[0];
  const next = typeof first === "number" ? first + step : Float64Array.from(first as Float64Array, (x, i) => (i === 0 ? x + step : x));
  return treeUnflatten(structure, [next, ...leaves.slice(1)] as never);
}

/** A direction of the tangents: the first number alone. */
function alongFirst(args: readonly unknown[]): unknown[] {
  const [leaves, structure] = treeFlatten(args as never) as unknown as [unknown[], never];
  const zero = (leaf: unknown, at: boolean): unknown =>
    typeof leaf === "number" ? Number(at) : Float64Array.from(leaf as Float64Array, (_, i) => Number(at && i === 0));
  return treeUnflatten(structure, leaves.map((leaf, i) => zero(leaf, i === 0)) as never);
}

/** The errors of differences along the first number, against the derivative. */
function stepErrorsOf(f: AnyFunction, args: readonly unknown[], slope: number): StepError[] {
  const at = (step: number): number => f(...moved(args, step)) as number;
  const here = at(0);
  return Array.from({ length: 31 }, (_, i) => 10 ** (-i / 2)).flatMap((step) => [
    { method: "forward" as const, step, error: Math.abs((at(step) - here) / step - slope) },
    { method: "central" as const, step, error: Math.abs((at(step) - at(-step)) / (2 * step) - slope) },
  ]);
}

function timesOf(f: AnyFunction, args: readonly unknown[], argnums: readonly number[]): EngineTime[] {
  return ENGINES.map((engine) => {
    const start = performance.now();
    const step = compile(valueAndGrad(f as never, { argnums } as never) as never, args as never, { engine }) as unknown as {
      run(): void;
      dispose(): void;
    };
    step.run();
    const ready = performance.now() - start;
    let [calls, spent] = [0, 0];
    for (let batch = 1; spent < TIMED; batch *= 2) {
      const began = performance.now();
      for (let i = 0; i < batch; i++) step.run();
      spent += performance.now() - began;
      calls += batch;
    }
    step.dispose();
    return { engine, ready: 1000 * ready, call: (1000 * spent) / calls };
  });
}

/** The cells of a table in Markdown. */
const cellsOf = (markdown: string): string[][] =>
  markdown
    .trim()
    .split("\n")
    .filter((_, i) => i !== 1)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );

/** A text, or why there is none. */
function textOf(make: () => string): string {
  try {
    const text = make();
    return text.length <= LONGEST_FORMULA ? text : `(${text.length.toLocaleString("en")} characters)`;
  } catch (error) {
    return `(${(error as Error).message})`;
  }
}

/** A table with names, or without where they do not fit. */
function named<T>(source: Source, make: (names: object) => T): T {
  if (source.names === undefined) return make({});
  try {
    return make({ names: source.names });
  } catch {
    return make({});
  }
}

function waysOf({ f, byHand, args }: Source, argnums: readonly number[], gradient: readonly number[]): Way[] {
  const difference = (method: "forward" | "central" | "richardson"): Way => ({
    name: `numerical, ${method}`,
    how: { forward: "(f(x + h) − f(x)) / h", central: "(f(x + h) − f(x − h)) / 2h", richardson: "ten steps, extrapolated to 0" }[method],
    numbers: args.flatMap((_, k) =>
      numbersOf((finiteDifference(f as never, { method, argnums: k } as never) as unknown as AnyFunction)(...args)),
    ),
  });
  const forward = jvp(f as never) as unknown as (primals: unknown, tangents: unknown) => [unknown, number];
  const written = functionOf(
    `${trace(grad(f as never, { argnums } as never) as never, args as never).toSource({ name: "slope" })}\nreturn slope;`,
  )() as AnyFunction;
  return [
    ...(byHand ? [{ name: "by hand", how: "byHand", numbers: numbersOf([byHand(...args)]) }] : []),
    difference("forward"),
    difference("central"),
    difference("richardson"),
    { name: "symbolic", how: "the derivative written out as a program", numbers: numbersOf([written(...args)]) },
    { name: "automatic, forward", how: "tangents, along the first number", numbers: [forward(args, alongFirst(args))[1]] },
    { name: "automatic, reverse", how: "adjoints, all numbers at once", numbers: [...gradient] },
  ];
}

function answer(code: string, argsText: string): Answer {
  const source = read(code, argsText);
  const { f, args } = source;
  return within(code, source.written, () => {
    const traced = trace(f as never, args as never);
    current = { source, traced };
    const argnums = args.map((_, i) => i);
    const derived = grad(f as never, { argnums } as never) as unknown as AnyFunction;
    const [value, slopes] = (valueAndGrad(f as never, { argnums } as never) as unknown as AnyFunction)(...args) as [number, unknown];
    const gradient = numbersOf(slopes);
    const tableOf = (mode: Mode): string[][] =>
      named(source, (names) => cellsOf(traced.table(args as never, { ...names, mode, format: "markdown" })));
    const tables = { forward: tableOf("forward"), reverse: tableOf("reverse") };
    const tracedSlope = trace(derived as never, args as never);
    const rows = tables.forward.filter(([symbol]) => symbol!.startsWith("v")).length;
    const names = source.names;
    return {
      value,
      paths: args.flatMap((arg, i) => pathsOf(arg, names?.[i] ?? `args[${i}]`)),
      gradient,
      tables,
      steps: rows <= 120 ? rows - 1 : 0,
      formula: textOf(() => traced.formula(names as never)),
      derivative: textOf(() => tracedSlope.formula(names as never)),
      source: textOf(() => tracedSlope.toSource({ name: "slope" })),
      operations: [
        { of: "f", traced },
        { of: "its gradient", traced: tracedSlope },
      ].map(({ of, traced: { operations } }) => ({ of, graph: operations.shared, written: operations.unshared.toString() })),
      ways: waysOf(source, argnums, gradient),
      stepErrors: stepErrorsOf(f, args, gradient[0]!),
      engines: timesOf(f, args, argnums),
      moduleBytes: (
        compile(valueAndGrad(f as never, { argnums } as never) as never, args as never) as unknown as { toWasm(): Uint8Array }
      ).toWasm().length,
    };
  });
}

function picture(mode: Mode, step: number): string {
  if (current === undefined) throw new ProgramError("expected a program that has run, got none", undefined);
  const { source, traced } = current;
  return named(source, (names) => svg(traced, { ...names, args: source.args, mode, step }));
}

const failureOf = (error: unknown): Failure =>
  error instanceof ProgramError
    ? { message: error.message, ...(error.line === undefined ? {} : { line: error.line }) }
    : { message: error instanceof Error ? error.message : String(error) };

self.onmessage = ({ data }: MessageEvent<Request>) => {
  try {
    self.postMessage({ ok: data.kind === "run" ? answer(data.code, data.args) : picture(data.mode, data.step) });
  } catch (error) {
    self.postMessage({ failure: failureOf(error) });
  }
};
self.postMessage("ready");
