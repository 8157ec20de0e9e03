/** What a workload over columns is: a loss written with vectors, its data, and the same as a hand-written gradient in C wants it. */
import { compile, type EngineName } from "wengert";
import { type Gradient } from "../workload.js";

/** What the bench hopes for: so many times strict C, or so many µs. */
type Aim = { readonly timesC: number } | { readonly microseconds: number };

/** What the C side is given: which gradient, its sizes, and its inputs in its own order. */
export interface Native {
  readonly program: string;
  readonly sizes: readonly number[];
  readonly inputs: Float64Array;
}

/** The engines that are compared with C. */
export const compared = ["kernel", "jit"] as const;

/** What the bench hopes for of each. */
export type Aims = Readonly<Record<(typeof compared)[number], Aim>>;

/** A loss over columns of data, by name. */
export interface ColumnsWorkload {
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  readonly aims: Aims;
  /** Makes the data, and with it both sides. Results are in one order: the value, then the gradient in the order of the arguments. */
  readonly prepare: () => { readonly gradient: (engine: EngineName) => Gradient; readonly native: Native };
}

type AnyFunction = (...args: unknown[]) => unknown;

/** A gradient function compiled for its arguments, without regard to types. */
export const compiled = (f: unknown, args: readonly unknown[], engine: EngineName): Gradient =>
  compile(f as AnyFunction, [...args], { engine });
