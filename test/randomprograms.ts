/** Random programs of scalars and short vectors, with choices everywhere, that run on the library's functions and on towers of dual numbers alike; fast-check leaves steps out until one that fails is small. */
import fc from "fast-check";
import { type Functions, type Operand, publicOps } from "./guarded.js";
import { numberOf, type Tower, towers } from "./towers.js";

/** How many arguments a program has. */
const NUMBERS = 4;

/** How many lanes its vectors have. */
const LANES = 3;

/** An expression: a number, the name of a scalar or vector, lane numbers, a list, or a call. */
type Term = number | string | Int32Array | readonly Term[] | { readonly name: string; readonly operands: readonly Term[] };

/** A program: one assignment after the other, and what is returned. */
export interface RandomProgram {
  readonly at: readonly number[];
  readonly steps: readonly (readonly [name: string, term: Term])[];
  readonly results: readonly Term[];
}

/** What a step is drawn from: the kind, and numbers that choose its operands among those there are. */
interface Draw {
  readonly kind: string;
  readonly wide: boolean;
  readonly picks: readonly number[];
}

const call = (name: string, ...operands: readonly Term[]): Term => ({ name, operands });

/** The value of a term. */
function valueOf(term: Term, functions: Functions, values: Readonly<Record<string, Operand>>): Operand {
  if (typeof term === "string") return values[term];
  if (typeof term === "number" || term instanceof Int32Array) return term;
  if ("name" in term)
    return (functions[term.name] as (...operands: Operand[]) => Operand)(...term.operands.map((x) => valueOf(x, functions, values)));
  return term.map((x) => valueOf(x, functions, values));
}

/** A program as a function of numbers that is given the functions it calls. */
export const run =
  ({ steps, results }: RandomProgram, functions: Functions) =>
  (x: readonly Operand[]): Operand[] => {
    const values: Record<string, Operand> = Object.fromEntries(x.map((x, i) => [`x${i}`, x]));
    for (const [name, term] of steps) values[name] = valueOf(term, functions, values);
    return results.map((term) => valueOf(term, functions, values));
  };

/** How many steps a body has in a program that is run in bodies. */
const STEPS = 3;

/**
 * The same with its steps in bodies of a few, by turns given their operands and capturing them; two of these in turn are a body themselves, and the program is a body that is
 * called at its own results again. `callable` makes a function one that is called.
 */
export const runInBodies =
  (program: RandomProgram, functions: Functions, callable: <F>(f: F) => F) =>
  (x: readonly Operand[]): Operand[] => {
    type Values = Record<string, Operand>;
    const some =
      (steps: RandomProgram["steps"]) =>
      (values: Values): Values => {
        const all = { ...values };
        for (const [name, term] of steps) all[name] = valueOf(term, functions, all);
        return Object.fromEntries(steps.map(([name]) => [name, all[name]]));
      };
    const inBodies =
      (pieces: readonly RandomProgram["steps"][]) =>
      (values: Values): Values => {
        const all = { ...values };
        const made: Values = {};
        pieces.forEach((steps, i) => {
          const body = some(steps);
          const here = { ...all };
          const results = i % 2 === 0 ? callable(body)(here) : callable(() => body(here))();
          Object.assign(all, results);
          Object.assign(made, results);
        });
        return made;
      };
    const { steps, results } = program;
    const pieces = Array.from({ length: Math.ceil(steps.length / STEPS) }, (_, i) => steps.slice(i * STEPS, (i + 1) * STEPS));
    const pairs = Array.from({ length: Math.ceil(pieces.length / 2) }, (_, i) => pieces.slice(2 * i, 2 * i + 2));
    const whole = callable((x: readonly Operand[]): Operand[] => {
      const values: Values = Object.fromEntries(x.map((x, i) => [`x${i}`, x]));
      for (const pair of pairs) Object.assign(values, callable(inBodies(pair))({ ...values }));
      return results.map((term) => valueOf(term, functions, values));
    });
    const sin = functions["sin"] as (x: Operand) => Operand;
    return whole([...whole(x).map((y) => sin(y)), ...x.slice(2)]);
  };

/** A term as text. */
function textOf(term: Term): string {
  if (typeof term === "string" || typeof term === "number") return Object.is(term, -0) ? "-0" : String(term);
  if (term instanceof Int32Array) return `Int32Array.of(${term.join(", ")})`;
  return "name" in term ? `${term.name}(${term.operands.map(textOf).join(", ")})` : `[${term.map(textOf).join(", ")}]`;
}

/** A program as text. */
export const listing = ({ at, steps, results }: RandomProgram): string =>
  [
    ...at.map((x, i) => `x${i} = ${textOf(x)}`),
    ...steps.map(([name, term]) => `${name} = ${textOf(term)}`),
    `return ${textOf(results)}`,
  ].join("\n");

/** Operands by how many an op takes; the condition of a `where` is a comparison, a truth being no result. */
const arity = new Map(publicOps.filter(({ truth }) => !truth).map(({ name, partials }) => [name, partials.length]));

const comparisons = ["lt", "le", "gt", "ge", "eq", "ne"];

/** Ops that take one operand or another, and so may take what is not finite. */
const choices = ["where", "relu", "clip", "minimum", "maximum"];

const scalarsOfVectors = ["sum", "mean", "max", "min", "argmax", "argmin", "at", "dot", "max of list", "min of list"];

const moves = ["slice", "take", "segmentSum", "cumsum", "reverse", "concat", "broadcast"];

const times = (count: number, names: readonly string[]): string[] => Array<readonly string[]>(count).fill(names).flat();

/** Kinds of steps, those drawn more often more than once. */
const kinds = [
  ...arity.keys(),
  ...times(6, choices),
  ...times(8, ["where"]),
  ...times(3, ["add", "sub", "mul", "div", "sqrt", "log", "stopGradient", "abs", "square"]),
  ...times(4, scalarsOfVectors),
  ...times(4, moves),
];

/** The greatest number that is drawn. */
const MOST = 4095;

const pick = fc.nat({ max: MOST });

const draws: fc.Arbitrary<Draw> = fc.record({
  kind: fc.constantFrom(...kinds),
  wide: fc.boolean(),
  picks: fc.tuple(pick, pick, pick, pick, pick),
});

/** Where choices meet ties, and ops their edges, or anywhere. */
const numbers = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 0, -1, 1, 0.5, -0.5, 2, -2, 1.5) },
  { weight: 2, arbitrary: fc.integer({ min: -1500, max: 1500 }).map((x) => x / 1000) },
);

/** Numbers that stand in programs. */
const literals = [0, 1, -1, 0.5, NaN, Infinity];

/** A program that grows, with its numbers beside it. */
class Growing {
  readonly steps: [string, Term][] = [];
  readonly #values: Record<string, Operand> = {};
  /** The names, the latest last; what is not finite, or large, is for choices alone. */
  readonly #names: { readonly name: string; readonly wide: boolean; readonly tame: boolean }[] = [];
  readonly #read = new Set<string>();

  constructor(readonly at: readonly number[]) {
    at.forEach((x, i) => this.#name(`x${i}`, false, x));
    this.add(true, call("concat", ["x0", "x1", "x2"]));
  }

  #name(name: string, wide: boolean, value: Operand): void {
    this.#values[name] = value;
    this.#names.push({ name, wide, tame: [value].flat().every((x) => Math.abs(numberOf(x as Tower)) < 1e4) });
  }

  add(wide: boolean, term: Term): void {
    const name = `${wide ? "v" : "s"}${this.steps.length}`;
    this.steps.push([name, term]);
    this.#name(name, wide, valueOf(term, towers, this.#values));
  }

  /** A name of a kind that a number picks, mostly one that nothing reads yet. */
  name(pick: number, wide: boolean, wild = false): string {
    const named = (tame: boolean): string[] => this.#names.filter((x) => x.wide === wide && x.tame === tame).map(({ name }) => name);
    const untamed = wild && pick % 3 === 0 ? named(false) : [];
    const all = untamed.length > 0 ? untamed : named(true);
    const unread = all.filter((name) => !this.#read.has(name));
    const names = pick % 5 < 3 && unread.length > 0 ? unread : all;
    const name = names[names.length - 1 - Math.floor(names.length * (pick / (MOST + 1)) ** 3)]!;
    this.#read.add(name);
    return name;
  }

  /** An operand: a name, or now and then a number. */
  operand(pick: number, wide: boolean, wild = false): Term {
    return pick % 8 === 0 ? literals[(pick >> 3) % literals.length]! : this.name(pick, wide && pick % 7 > 1, wild);
  }

  elementwise({ kind, wide, picks }: Draw): Term {
    const wild = choices.includes(kind) || picks[4]! % 16 === 0;
    const operands = Array.from({ length: arity.get(kind)! }, (_, k) => this.operand(picks[k]!, wide, wild));
    const k = picks[3]! % operands.length;
    const first = kind === "where" ? Math.max(1, k) : k;
    if (wide || operands.every((operand) => typeof operand === "number")) operands[first] = this.name(picks[first]!, wide, wild);
    if (kind === "where") operands[0] = this.condition(picks, wide);
    return call(kind, ...operands);
  }

  condition([pick, , , other, which]: readonly number[], wide: boolean): Term {
    const name = comparisons[which! % comparisons.length]!;
    const truth = call(name, this.name(pick!, wide && which! % 4 > 0, which! % 5 === 0), this.operand(other!, wide && which! % 4 > 0));
    if (which! % 11 === 0) return call("not", truth);
    if (which! % 7 !== 0) return truth;
    return call(which! % 2 ? "and" : "or", truth, call("ge", this.name(other!, false), this.operand(pick!, false)));
  }

  /** Some lanes of a vector, or all. */
  part(pick: number): Term {
    const name = this.name(pick, true, pick % 16 === 0);
    return pick % 3 ? name : call("slice", name, (pick >> 4) % 2, 2 + ((pick >> 5) % 2));
  }

  reduction({ kind, picks }: Draw): Term {
    const [a, b, c] = picks as [number, number, number];
    if (kind === "at") return call("at", this.name(a, true), b % LANES);
    if (kind === "dot") return call("dot", this.name(a, true), this.name(b, true));
    if (kind.endsWith("of list")) return call(kind.slice(0, 3), [this.name(a, false), this.operand(b, false), this.operand(c, false)]);
    return call(kind, this.part(a));
  }

  move({ kind, picks }: Draw): Term {
    const [a, b, c, d] = picks as [number, number, number, number];
    const indices = Int32Array.of(b % LANES, c % LANES, d % LANES);
    switch (kind) {
      case "slice":
        return call("concat", [call("slice", this.name(a, true), b % 2, LANES - 1 + (b % 2)), this.operand(c, false)]);
      case "take":
        return call("take", this.name(a, true), indices);
      case "segmentSum":
        return call("segmentSum", this.name(a, true), indices, LANES);
      case "concat":
        return call("concat", [this.operand(a, false, d % 16 === 0), this.name(b, false), this.operand(c, false)]);
      case "broadcast":
        return call("broadcast", this.name(a, false), LANES);
      default:
        return call(kind, this.name(a, true));
    }
  }

  /** The last scalar and vector in a use that is not linear. */
  results(): Term[] {
    const v = this.name(0, true);
    return [call("mul", call("sin", this.name(0, false)), "x3"), call("sum", call("mul", v, v))];
  }

  take(draw: Draw): void {
    if (scalarsOfVectors.includes(draw.kind)) this.add(false, this.reduction(draw));
    else if (moves.includes(draw.kind)) this.add(true, this.move(draw));
    else this.add(draw.wide, this.elementwise(draw));
  }
}

/** Programs of up to `most` steps after the first, which makes a vector of arguments. */
export const randomPrograms = (most: number): fc.Arbitrary<RandomProgram> =>
  fc
    .noBias(
      fc.record({
        at: fc.tuple(...Array.from({ length: NUMBERS }, () => numbers)),
        draws: fc.array(draws, { minLength: 1, maxLength: most, size: "max" }),
      }),
    )
    .map(({ at, draws }) => {
      const growing = new Growing(at);
      for (const draw of draws) growing.take(draw);
      return { at, steps: growing.steps, results: growing.results() };
    });
