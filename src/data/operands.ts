/** Operands beyond those that a function takes: refused, with what to write instead, except what arrays pass to their callbacks. */
import { describe } from "../errors.js";

const severalAs = (name: string): string => `Of several, write ${name}([a, b, c])`;
const digits = (name: string): string => `To k digits, write div(${name}(mul(a, 10 ** k)), 10 ** k)`;

/** What to write in place of operands that a function does not take. */
const instead = (): Readonly<Record<string, string>> => ({
  add: severalAs("sum"),
  mul: severalAs("prod"),
  minimum: severalAs("min"),
  maximum: severalAs("max"),
  hypot: severalAs("norm"),
  and: "Of three, write and(and(a, b), c)",
  or: "Of three, write or(or(a, b), c)",
  log: "To base b, write div(log(a), log(b)), or log2(a), log10(a)",
  exp: "Of another base, write pow(a, b)",
  sqrt: "The n-th root is pow(a, 1 / n)",
  atan: "Of two, write atan2(a, b)",
  floor: digits("floor"),
  ceil: digits("ceil"),
  round: digits("round"),
  trunc: digits("trunc"),
  max: "Lane by lane, write maximum(a, b); of several, max([a, b, c])",
  min: "Lane by lane, write minimum(a, b); of several, min([a, b, c])",
  norm: "The sum of magnitudes is sum(abs(v)), the greatest max(abs(v)); of several, write norm([a, b, c])",
  ...Object.fromEntries(
    ["sum", "mean", "prod", "argmax", "argmin", "logSumExp", "concat", "vector"].map((name) => [name, severalAs(name)]),
  ),
});

/**
 * Takes what came after a function's operands. Nothing is done where that is an index and an array whose element the last operand is, as in `xs.map(sin)` and `xs.reduce(add)`.
 * @throws TypeError on anything else.
 */
export function surplus(name: string, operands: readonly unknown[], more: readonly unknown[], noun = "operand"): void {
  const [index, array] = more as [unknown, ArrayLike<unknown> | null | undefined];
  const isCallback =
    more.length === 2 &&
    operands.length <= 2 &&
    typeof index === "number" &&
    (Array.isArray(array) || ArrayBuffer.isView(array)) &&
    Object.is(array[index], operands.at(-1));
  if (isCallback) return;
  const wanted = operands.length === 1 ? `one ${noun}` : `${operands.length} ${noun}s`;
  const write = instead()[name];
  const hint = write === undefined ? "" : `. ${write}`;
  throw new TypeError(
    `${name}: expected ${wanted}, got ${operands.length + more.length}: ${[...operands, ...more].map(describe).join(", ")}${hint}`,
  );
}

/** The functions that this library's transforms are and make, which may be called inside the traced copies of others. */
export const ofLibrary = /* @__PURE__ */ new WeakSet<object>();

/** Notes that a function is this library's. */
export function own<F extends object>(f: F): F {
  ofLibrary.add(f);
  return f;
}

/** A function that takes `count` operands, and refuses more. */
export const taking = <F extends (...operands: never[]) => unknown>(name: string, count: number, f: F, noun?: string): F =>
  own((...operands: never[]) => {
    if (operands.length > count) surplus(name, operands.slice(0, count), operands.slice(count), noun);
    const result = f(...operands);
    return typeof result === "function" ? own(result) : result;
  }) as unknown as F;
