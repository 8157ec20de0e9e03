/** Functions with a traced copy: the original runs outside traces, the copy inside them. */
import { type Matrix } from "../../data/matrix.js";
import { currentTrace } from "../../trace/trace.js";
import { type Value } from "../../trace/value.js";
import { copyOf, exported, setCopy } from "./calls.js";
import { running } from "./run.js";

type Callable = (...args: never[]) => unknown;

/** What a value of type T is while it is traced: numbers, vectors and matrices are Values, structure is itself. */
export type Lift<T> = T extends number | Float64Array | Matrix
  ? Value
  : T extends string | boolean | null | undefined | ((...args: never[]) => unknown)
    ? T
    : T extends object
      ? { [K in keyof T]: Lift<T[K]> }
      : T;

/** Arguments while they are traced. */
export type Lifted<P extends readonly unknown[]> = { [K in keyof P]: Lift<P[K]> };

/** A function of plain numbers that every transform takes: on numbers the original, on Values its traced copy. */
export interface Native<P extends readonly unknown[], R> {
  (...args: P): R;
  (...args: Lifted<P>): Lift<R>;
}

/** The traced copy that a text's operations make; it is made when it is first needed. */
export type MakeCopy = () => Callable;

/** A function with a traced copy. */
export function dual(original: Callable, make: MakeCopy): Callable {
  let made: Callable | undefined;
  const copy = (...args: unknown[]): unknown => running(() => (made ??= make())(...(args as never[])));
  const both = (...args: unknown[]): unknown => (currentTrace() ? exported(running(() => copy(...args))) : original(...(args as never[])));
  setCopy(both, copy);
  Object.defineProperty(both, "name", { value: original.name, configurable: true });
  Object.defineProperty(both, "length", { value: original.length, configurable: true });
  return both;
}

/** Calls the traced copy of a function, inside a trace or not. */
export function traced(f: Callable, ...args: unknown[]): unknown {
  const copy = copyOf(f)!;
  return exported(running(() => copy(...args)));
}
