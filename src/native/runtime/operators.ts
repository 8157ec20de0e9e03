/** Operators on what may be plain or traced: JavaScript's own on plain operands, the library's functions where a Value is among them. */
import { isNumericArray } from "../../data/arrays.js";
import { describe } from "../../errors.js";
import { truth as isTruthOp } from "../../ops/generated/table.js";
import { add, and, div, eq, ge, gt, le, lt, mul, ne, neg, not, or, pow, rem, square, sub } from "../../trace/generated/math.js";
import { Value } from "../../trace/value.js";
import { Lanes } from "./lanes.js";
import { placeOf } from "../syntax/refusals.js";
import { checkSet, run, Unset } from "./run.js";

/** Where an operation stands: in which text, and where in it. */
export interface Place {
  readonly text: string;
  readonly site: number;
}

/** Throws the error of an operation. */
export function wrong(expected: string, came: string, { text, site }: Place, remedy?: string, kind: typeof TypeError = TypeError): never {
  throw new kind(`native: expected ${expected}, got ${came} at ${placeOf(site, text)}${remedy === undefined ? "" : `. ${remedy}`}`);
}

/** What a value is called in messages. */
export const called = (x: unknown): string => {
  if (x instanceof Value) return `the traced ${["", "vector ", "matrix ", "batch of matrices "][x.shape.length]}${x.words}`;
  return x instanceof Lanes ? `a Float64Array of ${x.length}` : describe(x);
};

/** Whether a Value is a truth: 1 or 0, as comparisons give. */
export const isTruth = (x: unknown): x is Value => x instanceof Value && isTruthOp[x.trace.graph.op[x.row]!] === 1;

/** A truth that may be used or not, as any value of JavaScript. */
export function used(x: Value): Value {
  x.trace.truths.use(x.trace.graph, x.row);
  return x;
}

/** An operand as the library's functions take it. */
export function operand(x: unknown, name: string, place: Place): Value {
  if (x instanceof Value && x.shape.length > 1)
    return wrong(`numbers for ${name}`, called(x), place, "Matrices are operands of this library's functions: add(x, y), matmul(x, y)");
  if (typeof x === "number" || x instanceof Value) return x as Value;
  if (x instanceof Unset) checkSet(x);
  if (typeof x === "boolean") return Number(x) as unknown as Value;
  if (x instanceof Lanes) return x.vector() as unknown as Value;
  if (isNumericArray(x)) return x as unknown as Value;
  return wrong(`numbers for ${name}`, `${called(x)} beside a traced value`, place);
}

/** Whether an operation is traced: a Value, or a vector that may hold some, is among its operands. */
export const isTraced = (x: unknown): boolean => x instanceof Value || x instanceof Lanes;

/** An operator of two operands. */
interface BinaryOperator {
  readonly plain: (a: never, b: never) => unknown;
  readonly traced: (a: Value, b: Value) => Value;
}

/** The operators, one row each. */
export const binaries = {
  add: { plain: (a: number, b: number) => a + b, traced: add },
  sub: { plain: (a: number, b: number) => a - b, traced: sub },
  mul: { plain: (a: number, b: number) => a * b, traced: mul },
  div: { plain: (a: number, b: number) => a / b, traced: div },
  rem: { plain: (a: number, b: number) => a % b, traced: rem },
  pow: { plain: (a: number, b: number) => a ** b, traced: (a, b) => ((b as unknown) === 2 ? square(a) : pow(a, b)) },
  lt: { plain: (a: number, b: number) => a < b, traced: lt },
  le: { plain: (a: number, b: number) => a <= b, traced: le },
  gt: { plain: (a: number, b: number) => a > b, traced: gt },
  ge: { plain: (a: number, b: number) => a >= b, traced: ge },
} satisfies Record<string, BinaryOperator>;

/** How an operator is written. */
const written: Readonly<Record<keyof typeof binaries, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  rem: "%",
  pow: "**",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

/** An operator's value. */
export function binary(name: keyof typeof binaries, a: unknown, b: unknown, place: Place): unknown {
  const { plain, traced } = binaries[name];
  if (!isTraced(a) && !isTraced(b)) {
    checkSet(a);
    checkSet(b);
    return plain(a as never, b as never);
  }
  const word = written[name];
  const result = traced(operand(a, word, place), operand(b, word, place));
  return isTruth(result) ? used(result) : result;
}

/** `a === b`. A traced number equals what is a number alone. */
export function equal(a: unknown, b: unknown, place: Place): unknown {
  checkSet(a);
  checkSet(b);
  if (!(a instanceof Value) && !(b instanceof Value)) {
    for (const x of [a, b])
      if (typeof x === "object" && x !== null && run.fixed.has(x))
        wrong("one array or object in ===", run.fixed.get(x)!, place, "Compare what says which of the two it is");
    return a === b;
  }
  for (const x of [a, b])
    if (x instanceof Value && x.length !== undefined) wrong("numbers for ===", called(x), place, "Compare lanes: x[i] === y[i]");
  const kinds = [a, b].map((x) =>
    typeof x === "boolean" || isTruth(x) ? "truth" : typeof x === "number" || x instanceof Value ? "number" : "other",
  );
  if (kinds[0] !== kinds[1]) return false;
  return used(eq(operand(a, "===", place), operand(b, "===", place)));
}

/** Whether a scalar is known to be true, as JavaScript takes it: its number where it has one, else a truth Value. */
export function truthOf(x: unknown, place: Place): boolean | Value {
  if (!(x instanceof Value)) {
    checkSet(x);
    return Boolean(x);
  }
  if (x.length !== undefined)
    wrong("a number or a comparison in a test", called(x), place, "Lanes are tested one by one; of many points, vmap tests each");
  if (x.trace.open && x.trace.graph.recording?.read(x.row) !== undefined) return Boolean(x.value);
  if (isTruth(x)) return used(x);
  return used(and(used(ne(x, 0)), used(eq(x, x))));
}

/** `!a`. */
export function negation(x: unknown, place: Place): boolean | Value {
  const truth = truthOf(x, place);
  return typeof truth === "boolean" ? !truth : used(not(truth));
}

/** a ∧ b and a ∨ b of truths. */
export const conjunction = (a: boolean | Value, b: boolean | Value): boolean | Value => {
  if (typeof a === "boolean") return a && b;
  return typeof b === "boolean" ? b && a : used(and(a, b));
};
export const disjunction = (a: boolean | Value, b: boolean | Value): boolean | Value => {
  if (typeof a === "boolean") return a || b;
  return typeof b === "boolean" ? b || a : used(or(a, b));
};

/** `-a`. */
export function negative(x: unknown, place: Place): unknown {
  checkSet(x);
  return isTraced(x) ? neg(operand(x, "-", place)) : -(x as number);
}

/** `+a`, `~a` and `typeof a`. */
export function unary(operator: string, x: unknown, place: Place): unknown {
  checkSet(x);
  if (operator === "+") return isTraced(x) ? operand(x, "+", place) : +(x as number);
  if (isTraced(x)) return wrong(`plain values for ${operator}`, called(x), place, remedies[operator] ?? "Write it without");
  return operator === "~" ? ~(x as number) : typeof x;
}

const remedies: Readonly<Record<string, string>> = {
  typeof: "Its type is known where it is written: leave the test out, or make it outside the function",
  "==": "Write ===",
  "!=": "Write !==",
};

const bitwise = "Bits have no derivative: keep what they are computed of as plain numbers";

/** Operators that take plain values alone. */
const plainOperators: Readonly<Record<string, (a: never, b: never) => unknown>> = {
  "==": (a, b) => a == b, // eslint-disable-line eqeqeq -- it is what the text says
  "!=": (a, b) => a != b, // eslint-disable-line eqeqeq -- it is what the text says
  "&": (a: number, b: number) => a & b,
  "|": (a: number, b: number) => a | b,
  "^": (a: number, b: number) => a ^ b,
  "<<": (a: number, b: number) => a << b,
  ">>": (a: number, b: number) => a >> b,
  ">>>": (a: number, b: number) => a >>> b,
  in: (a: PropertyKey, b: object) => a in b,
  instanceof: (a: unknown, b: new () => unknown) => a instanceof b,
};

/** The value of an operator that takes plain values alone. */
export function plainBinary(operator: string, a: unknown, b: unknown, place: Place): unknown {
  for (const x of [a, b]) {
    checkSet(x);
    if (isTraced(x))
      wrong(`plain values for ${operator}`, called(x), place, remedies[operator] ?? (/\w/.test(operator) ? remedies["typeof"] : bitwise));
  }
  return plainOperators[operator]!(a as never, b as never);
}
