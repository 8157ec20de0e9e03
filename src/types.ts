/** The types by which a function of Values becomes a function of data. */
import { type Indices, type Value } from "./value.js";

/** The data that may stand where a function takes `P`: a number or Float64Array for a Value, an Int32Array for Indices. */
export type Concrete<P> = P extends Value
  ? number | Float64Array
  : P extends Indices
    ? Int32Array
    : P extends Static
      ? P
      : P extends (...args: never[]) => unknown
        ? P
        : P extends object
          ? { [K in keyof P]: Concrete<P[K]> }
          : P;

/** What is structure without numbers: fixed when a function is traced. */
export type Static = string | boolean | null | undefined;

/** What mirrors data of type A leaf by leaf: a gradient, or a copy. */
export type Mirror<A> = A extends number
  ? number
  : A extends Float64Array
    ? Float64Array
    : A extends Int32Array
      ? null
      : A extends Static
        ? A
        : A extends object
          ? { -readonly [K in keyof A]: Mirror<A[K]> }
          : A;

/** The data a traced result becomes: a Value a number, or a Float64Array where it is a vector. */
export type Evaluated<R> = R extends Value
  ? number | Float64Array
  : R extends Static | number | Float64Array
    ? R
    : R extends object
      ? { -readonly [K in keyof R]: Evaluated<R[K]> }
      : R;

/** What a result of one point becomes at many: a column for every number, an array of columns for a short vector. */
export type Columns<R> = R extends Value
  ? Float64Array | Float64Array[]
  : R extends number
    ? Float64Array
    : R extends Static
      ? R
      : R extends object
        ? { -readonly [K in keyof R]: R[K] extends Value ? Float64Array : Columns<R[K]> }
        : R;

/** The resident form of data: an array of numbers is one Float64Array view, a lone number an accessor. */
export type Resident<A> = A extends number | Float64Array | Int32Array | Static
  ? A
  : A extends readonly number[]
    ? Float64Array
    : A extends object
      ? { readonly [K in keyof A]: Resident<A[K]> } & ResidentNumbers<A>
      : A;

/** The lone numbers of an object stay writable. */
type ResidentNumbers<A> = { -readonly [K in keyof A as A[K] extends number ? K : never]: number };

/** The arguments that are differentiated, by number. */
export type Argnums = number | readonly number[];

/** The gradient's type: that of the argument, or a tuple of those of several. */
export type Picked<A extends readonly unknown[], N extends Argnums> = N extends number
  ? A[N]
  : { -readonly [K in keyof N]: N[K] extends number ? A[N[K]] : never };

/** Where a transformed function keeps what it was made of. */
export const transform: unique symbol = Symbol("wengert.transform");

/** The kind of a transform and what its result's type depends on. */
export interface TransformOf<Kind extends string, N extends Argnums, Aux = never> {
  readonly kind: Kind;
  readonly argnums: N;
  readonly aux?: Aux;
}

/** The gradient of a function of P: of data first, of Values last, so that transforms nest. */
export interface GradOf<P extends readonly unknown[], N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): Mirror<Picked<A, N>>;
  (...args: P): Picked<P, N>;
  /** @internal */
  readonly [transform]: TransformOf<"grad", N>;
}

/** The gradient and what else the function returned. */
export interface GradWithAuxOf<P extends readonly unknown[], Aux, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): [Mirror<Picked<A, N>>, Evaluated<Aux>];
  (...args: P): [Picked<P, N>, Aux];
  /** @internal */
  readonly [transform]: TransformOf<"gradWithAux", N, Evaluated<Aux>>;
}

/** The value and the gradient. */
export interface ValueAndGradOf<P extends readonly unknown[], N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): [number, Mirror<Picked<A, N>>];
  (...args: P): [Value, Picked<P, N>];
  /** @internal */
  readonly [transform]: TransformOf<"valueAndGrad", N>;
}

/** The value, what else the function returned, and the gradient. */
export interface ValueAndGradWithAuxOf<P extends readonly unknown[], Aux, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): [[number, Evaluated<Aux>], Mirror<Picked<A, N>>];
  (...args: P): [[Value, Aux], Picked<P, N>];
  /** @internal */
  readonly [transform]: TransformOf<"valueAndGradWithAux", N, Evaluated<Aux>>;
}
