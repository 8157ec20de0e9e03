/** The operations that a traced copy is written with: plain operands at once, as JavaScript computes them, others by what they are. */
import { Value } from "../../trace/value.js";
import { call, holdsTraced, innerFunction, setMaker } from "./calls.js";
import { choose } from "./choose.js";
import { construct, globals, originalOf } from "./globals.js";
import * as members from "./members.js";
import { method } from "./methods.js";
import {
  type binaries,
  binary,
  called,
  disjunction,
  equal,
  isTruth,
  negation,
  negative,
  type Place,
  plainBinary,
  truthOf,
  unary,
  wrong,
} from "./operators.js";
import { round, type Rounds, rounds } from "./rounds.js";
import { activate, Cell, madeHere, put, run } from "./run.js";

type Thunk = () => unknown;

/** The flags of a function that returns elsewhere than at its end. */
interface Frame {
  readonly returned: Cell;
  readonly value: Cell;
}

/** The flags of a loop or switch. */
interface Loop {
  readonly broken: Cell;
  readonly continued: Cell;
  /** How many rounds were begun since a traced test ended it, if it did. */
  rounds: number;
}

type Flags = Frame | Loop;

/** From so many rounds on, a loop that a traced test should end is taken for one that nothing else ends. */
const MOST_ROUNDS = 100_000;

const RECORD = "Run it with record, which branches on values, or bound it by a plain number: for (let i = 0; i < n; i++)";

/** The operations of one text. */
export class Operations {
  constructor(readonly text: string) {}

  #place(site: number): Place {
    return { text: this.text, site };
  }

  /** A global as the traced copy sees it. */
  global(name: string): unknown {
    return globals[name];
  }

  /** A function of the module, which is called by its copy; `make` gives the copy, or says why there is none. */
  helper(f: object, make: () => unknown): object {
    setMaker(f, make);
    return f;
  }
  fn(f: (...args: unknown[]) => unknown, site: number, name: string): (...args: unknown[]) => unknown {
    return innerFunction((...args: unknown[]) => activate(name, this.text, site, () => f(...args)));
  }

  #binary(name: keyof typeof binaries, a: unknown, b: unknown, site: number): unknown {
    return binary(name, a, b, this.#place(site));
  }
  add(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a + b : this.#binary("add", a, b, site);
  }
  sub(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a - b : this.#binary("sub", a, b, site);
  }
  mul(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a * b : this.#binary("mul", a, b, site);
  }
  div(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a / b : this.#binary("div", a, b, site);
  }
  rem(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a % b : this.#binary("rem", a, b, site);
  }
  pow(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a ** b : this.#binary("pow", a, b, site);
  }
  lt(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a < b : this.#binary("lt", a, b, site);
  }
  le(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a <= b : this.#binary("le", a, b, site);
  }
  gt(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a > b : this.#binary("gt", a, b, site);
  }
  ge(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a >= b : this.#binary("ge", a, b, site);
  }
  eq(a: unknown, b: unknown, site: number): unknown {
    return typeof a === "number" && typeof b === "number" ? a === b : equal(a, b, this.#place(site));
  }
  ne(a: unknown, b: unknown, site: number): unknown {
    return negation(this.eq(a, b, site), this.#place(site));
  }
  plain(operator: string, a: unknown, b: unknown, site: number): unknown {
    return plainBinary(operator, a, originalOf(b), this.#place(site));
  }
  unary(operator: string, a: unknown, site: number): unknown {
    return unary(operator, a, this.#place(site));
  }
  neg(a: unknown, site: number): unknown {
    return typeof a === "number" ? -a : negative(a, this.#place(site));
  }
  not(a: unknown, site: number): unknown {
    return negation(a, this.#place(site));
  }

  /** `a && b` in a test. */
  and(a: unknown, b: Thunk, site: number): unknown {
    const place = this.#place(site);
    return choose(
      a,
      () => truthOf(b(), place),
      () => false,
      place,
    );
  }
  /** `a || b` in a test. */
  or(a: unknown, b: Thunk, site: number): unknown {
    const place = this.#place(site);
    return choose(
      a,
      () => true,
      () => truthOf(b(), place),
      place,
    );
  }
  /** `a && b` as a value. */
  both(a: unknown, b: Thunk, site: number): unknown {
    return choose(a, b, () => (isTruth(a) ? false : a), this.#place(site));
  }
  /** `a || b` as a value. */
  either(a: unknown, b: Thunk, site: number): unknown {
    return choose(a, () => (isTruth(a) ? true : a), b, this.#place(site));
  }
  choose(test: unknown, yes: Thunk, no: Thunk | undefined, site: number): unknown {
    return choose(test, yes, no, this.#place(site));
  }

  cell(value: unknown): Cell {
    return new Cell(value);
  }
  put(cell: Cell, value: unknown): unknown {
    return put(cell, value);
  }
  get(x: unknown, key: unknown, site: number): unknown {
    return members.get(x, key, this.#place(site));
  }
  set(x: unknown, key: unknown, value: unknown, site: number): unknown {
    return members.set(x, key, value, this.#place(site));
  }
  update(x: unknown, key: unknown, change: (now: unknown) => unknown, site: number): unknown {
    return members.update(x, key, change, this.#place(site));
  }
  /** `x[key]++` and its kin. */
  step(x: unknown, key: unknown, by: number, isPrefix: boolean, site: number): unknown {
    let before: unknown;
    const after = this.update(x, key, (now) => this.add((before = this.unary("+", now, site)), by, site), site);
    return isPrefix ? after : before;
  }
  list(items: unknown[]): unknown[] {
    return madeHere(items);
  }
  object(x: object): object {
    return madeHere(x);
  }
  iterate(x: unknown, site: number): Iterable<unknown> {
    return members.iterate(x, this.#place(site));
  }
  spread(x: unknown, site: number): unknown {
    return members.spreadable(x, this.#place(site));
  }
  keys(x: unknown, site: number): unknown {
    return members.spreadable(x, this.#place(site));
  }
  elements(x: unknown, count: number, site: number): unknown[] {
    return members.elements(x, count, this.#place(site));
  }
  rest(items: unknown[], from: number): unknown[] {
    return madeHere(items.slice(from));
  }
  others(x: unknown, keys: PropertyKey[], site: number): unknown {
    return members.others(x, keys, this.#place(site));
  }
  /** What stands in a template. */
  words(x: unknown, site: number): unknown {
    return holdsTraced(x) ? wrong("plain values in a template", called(x), this.#place(site)) : x;
  }

  call(f: unknown, args: unknown[], site: number): unknown {
    return call(f, undefined, args, "", this.#place(site));
  }
  method(x: unknown, key: unknown, args: unknown[], site: number): unknown {
    return method(x, key, args, this.#place(site));
  }
  construct(constructor: unknown, args: unknown[], site: number): unknown {
    return construct(constructor, args, this.#place(site));
  }
  throws(error: unknown, site: number): never {
    if (run.branches.length === 0) throw error;
    return wrong(
      "no throw under a test on a traced value",
      "one",
      this.#place(site),
      "Return NaN, or test plain numbers before the function is called",
    );
  }

  frame(): Frame {
    return { returned: new Cell(false), value: new Cell(undefined, true) };
  }
  returns({ returned, value }: Frame, result: unknown): void {
    put(value, result);
    put(returned, true);
  }
  /** What a function returned that has flags. With `isTotal`, its end is not reached. */
  result({ returned, value }: Frame, isTotal: boolean, site: number): unknown {
    if (returned.v instanceof Value && !isTotal)
      wrong(
        "a function that returns on every side of a test on a traced value",
        "one that ends without a result on one",
        this.#place(site),
        "Return on both",
      );
    return value.v;
  }
  /** What is counted of a loop. */
  rounds(): Rounds {
    return rounds();
  }
  /** Begins a round of it. */
  round(of: Rounds, site: number): void {
    round(of, this.#place(site));
  }
  loop(): Loop {
    return { broken: new Cell(false), continued: new Cell(false), rounds: 0 };
  }
  breaks({ broken }: Loop): void {
    put(broken, true);
  }
  continues({ continued }: Loop): void {
    put(continued, true);
  }
  /** Begins a round. */
  next({ continued }: Loop): void {
    put(continued, false);
  }
  /** Whether none of these was left, as a truth. */
  goesOn(...flags: Flags[]): unknown {
    const gone = flags
      .flatMap((flag) => ("returned" in flag ? [flag.returned] : [flag.broken, flag.continued]))
      .reduce<boolean | Value>((any, { v }) => disjunction(any, v as boolean | Value), false);
    return negation(gone, this.#place(0));
  }
  /** Whether a loop is over. A bounded one goes on, on the sides where a traced test did not end it. */
  stops(isBounded: boolean, loop: Loop, frame: Frame | undefined, site: number): boolean {
    const ends = [loop.broken.v, frame?.returned.v ?? false];
    if (ends.includes(true)) return true;
    if (ends.every((end) => end === false)) return false;
    if (!isBounded || ++loop.rounds > MOST_ROUNDS)
      wrong("a loop that a plain test ends", "one that only a test on a traced value does", this.#place(site), RECORD);
    return false;
  }
  /** Whether a loop goes on, by a test that must be plain. */
  decide(test: unknown, kind: string, site: number): boolean {
    const truth = truthOf(test, this.#place(site));
    return typeof truth === "boolean" ? truth : wrong(`a plain test in ${kind}`, called(test), this.#place(site), RECORD);
  }
}
