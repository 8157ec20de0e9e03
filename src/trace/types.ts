/** The types by which a function of Values becomes a function of data. */
import { type NumericArray } from "../data/arrays.js";
import { type Matrix } from "../data/matrix.js";
import { type ShapedNumbers } from "./matrices.js";
import { type Indices, type Value } from "./value.js";

/** The data that may stand where a function takes `P`: a number, a Float64Array or another typed array that is copied for a Value, an Int32Array for Indices. */
export type Concrete<P> = P extends Value
  ? number | NumericArray | ShapedNumbers
  : P extends Indices
    ? Int32Array
    : P extends Static
      ? P
      : P extends (...args: never[]) => unknown
        ? P
        : P extends object
          ? { readonly [K in keyof P]: Concrete<P[K]> }
          : P;

/** What is structure without numbers: fixed when a function is traced. */
export type Static = string | boolean | null | undefined;

/** What mirrors data of type A leaf by leaf: a gradient, or a copy. Of every vector it is a Float64Array, of every matrix a Matrix. */
export type Mirror<A> = A extends number
  ? number
  : A extends NumericArray
    ? Float64Array
    : A extends ShapedNumbers
      ? Matrix
      : A extends Int32Array
        ? null
        : A extends Static
          ? A
          : A extends object
            ? { -readonly [K in keyof A]: Mirror<A[K]> }
            : A;

/** The data a traced result becomes: a Value a number, a Float64Array where it is a vector, a Matrix where it is one. */
export type Evaluated<R> = R extends Value
  ? number | Float64Array | Matrix
  : R extends Static | number | Float64Array | Matrix
    ? R
    : R extends NumericArray
      ? Float64Array
      : R extends object
        ? { -readonly [K in keyof R]: Evaluated<R[K]> }
        : R;

/** What a result of one point becomes at many: a column for every number, an array of columns for a short vector. */
export type Columns<R> = R extends Value | number
  ? Float64Array
  : R extends Static
    ? R
    : R extends object
      ? { -readonly [K in keyof R]: Columns<R[K]> }
      : R;

/** What a result of one point becomes at many points that are rows of a matrix: a column for a number, a Matrix for a vector or a matrix. */
export type Rows<R> = R extends Value
  ? Float64Array | Matrix
  : R extends number
    ? Float64Array
    : R extends Static
      ? R
      : R extends object
        ? { -readonly [K in keyof R]: Rows<R[K]> }
        : R;

/** Whether data holds a matrix. */
export type HasMatrix<A> = A extends NumericArray | Int32Array | number | Static
  ? false
  : A extends ShapedNumbers
    ? true
    : A extends object
      ? true extends { [K in keyof A]: HasMatrix<A[K]> }[keyof A & (A extends readonly unknown[] ? number : unknown)]
        ? true
        : false
      : false;

/** The resident form of data: an array of numbers is one Float64Array view, a lone number an accessor. */
export type Resident<A> = A extends number
  ? number
  : A extends Float64Array | Int32Array | Static | Matrix
    ? A
    : A extends NumericArray
      ? Float64Array
      : A extends ShapedNumbers
        ? Matrix
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

/** The resident form of a gradient. */
export type ResidentPicked<A extends readonly unknown[], N extends Argnums> = N extends number
  ? Resident<A[N]>
  : { readonly [K in keyof N]: N[K] extends number ? Resident<A[N[K]]> : never };

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

/** A traced result's data, a Value inside structure being taken for a scalar. */
type Scalars<R> = R extends Value
  ? number
  : R extends Static | Float64Array | Matrix
    ? R
    : R extends NumericArray
      ? Float64Array
      : { -readonly [K in keyof R]: Scalars<R[K]> };

/** The derivative of a vector by data of type A: a Float64Array for every number, one a lane for a vector, a Matrix a lane for a matrix. */
type ByVector<A> = A extends number
  ? Float64Array
  : A extends NumericArray
    ? Float64Array[]
    : A extends ShapedNumbers
      ? Matrix[]
      : A extends Static | Int32Array
        ? Mirror<A>
        : { -readonly [K in keyof A]: ByVector<A[K]> };

/** The derivative of a matrix by data of type A: a Matrix for every number, arrays of rows of Float64Arrays for a vector, of Matrices for a matrix. */
type ByMatrix<A> = A extends number
  ? Matrix
  : A extends NumericArray
    ? Float64Array[][]
    : A extends ShapedNumbers
      ? Matrix[][]
      : A extends Static | Int32Array
        ? Mirror<A>
        : { -readonly [K in keyof A]: ByMatrix<A[K]> };

/** The Jacobian of data of type D by data of type A: the structure of D outside, of A inside. */
export type DataJacobian<D, A> = D extends number
  ? Mirror<A>
  : D extends NumericArray
    ? ByVector<A>
    : D extends ShapedNumbers
      ? ByMatrix<A>
      : D extends Static
        ? D
        : { -readonly [K in keyof D]: DataJacobian<D[K], A> };

/** The same of a vector or a scalar inside a trace: vectors by vectors are arrays of Values. */
type TracedBlock<P> = P extends Value ? Value | Value[] : P;

/** The Jacobian of a traced result R by a traced argument P. */
export type TracedJacobian<R, P> = R extends Value | number
  ? TracedBlock<P>
  : R extends Static
    ? R
    : { -readonly [K in keyof R]: R[K] extends Value | number ? P : TracedJacobian<R[K], P> };

/** The Jacobian of a function of P with result R: of data first, of Values last, so that transforms nest. */
export interface JacobianOf<P extends readonly unknown[], R, N extends Argnums = 0> {
  <A extends Concrete<P>>(...args: A): DataJacobian<R extends Value ? number | Float64Array | Matrix : Scalars<R>, Picked<A, N>>;
  (...args: P): TracedJacobian<R, Picked<P, N>>;
  /** The mode by which the Jacobian at such arguments is evaluated. */
  mode(...args: Concrete<P> & readonly unknown[]): "forward" | "reverse";
}

/** The Hessian of a scalar function of P by its first argument. */
export interface HessianOf<P extends readonly unknown[]> {
  <A extends Concrete<P>>(...args: A): DataJacobian<A[0], A[0]>;
  (...args: P): TracedJacobian<P[0], P[0]>;
}

/** The Jacobian of a function of P that returns [R, Aux], and the aux. */
export interface JacobianWithAuxOf<P extends readonly unknown[], R, Aux, N extends Argnums = 0> {
  <A extends Concrete<P>>(
    ...args: A
  ): [DataJacobian<R extends Value ? number | Float64Array | Matrix : Scalars<R>, Picked<A, N>>, Evaluated<Aux>];
  (...args: P): [TracedJacobian<R, Picked<P, N>>, Aux];
  /** The mode by which the Jacobian at such arguments is evaluated. */
  mode(...args: Concrete<P> & readonly unknown[]): "forward" | "reverse";
}

/** The value of a function of P with result R, and its Jacobian. */
export interface ValueAndJacobianOf<P extends readonly unknown[], R, N extends Argnums = 0> {
  <A extends Concrete<P>>(
    ...args: A
  ): [Evaluated<R>, DataJacobian<R extends Value ? number | Float64Array | Matrix : Scalars<R>, Picked<A, N>>];
  (...args: P): [R, TracedJacobian<R, Picked<P, N>>];
  /** The mode by which the Jacobian at such arguments is evaluated. */
  mode(...args: Concrete<P> & readonly unknown[]): "forward" | "reverse";
}

/** What a function of P returns as [R, Aux], and the Jacobian of the first. */
export interface ValueAndJacobianWithAuxOf<P extends readonly unknown[], R, Aux, N extends Argnums = 0> {
  <A extends Concrete<P>>(
    ...args: A
  ): [[Evaluated<R>, Evaluated<Aux>], DataJacobian<R extends Value ? number | Float64Array | Matrix : Scalars<R>, Picked<A, N>>];
  (...args: P): [[R, Aux], TracedJacobian<R, Picked<P, N>>];
  /** The mode by which the Jacobian at such arguments is evaluated. */
  mode(...args: Concrete<P> & readonly unknown[]): "forward" | "reverse";
}

/** The Hessian of a function of P that returns [scalar, Aux] by its first argument, and the aux. */
export interface HessianWithAuxOf<P extends readonly unknown[], Aux> {
  <A extends Concrete<P>>(...args: A): [DataJacobian<A[0], A[0]>, Evaluated<Aux>];
  (...args: P): [TracedJacobian<P[0], P[0]>, Aux];
}
