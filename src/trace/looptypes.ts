/** The types of what loops carry, take and give. */
import { type NumericArray } from "../data/arrays.js";
import { type Matrix } from "../data/matrix.js";
import { type ShapedNumbers } from "./matrices.js";
import { type Static } from "./types.js";
import { type Indices, type Operand, type Value } from "./value.js";

/** A tree as a traced step sees it: a Value for every number, vector and matrix. */
export type Carried<C> = C extends Operand | ShapedNumbers
  ? Value
  : C extends Static
    ? C
    : C extends object
      ? { -readonly [K in keyof C]: Carried<C[K]> }
      : C;

/** What a step may give as the next carry: numbers and arrays may stand for Values. */
export type NextCarry<C> = C extends Operand | ShapedNumbers
  ? Operand
  : C extends Static
    ? C
    : C extends object
      ? { readonly [K in keyof C]: NextCarry<C[K]> }
      : C;

/** What a step sees of xs: the slice of each leaf; nothing of a number of steps. */
export type Sliced<X> = X extends number ? undefined : SlicedLeaves<X>;

type SlicedLeaves<X> = X extends Indices | Int32Array
  ? Indices
  : X extends Operand | ShapedNumbers
    ? Value
    : X extends Static
      ? X
      : X extends object
        ? { readonly [K in keyof X]: SlicedLeaves<X[K]> }
        : X;

/** What steps gave, side by side: a vector for each number, a matrix for each vector. */
export type Stacked<Y> = Y extends Operand
  ? Value
  : Y extends Static
    ? Y
    : Y extends object
      ? { -readonly [K in keyof Y]: Stacked<Y[K]> }
      : Y;

/** The same of data. */
export type StackedData<Y> = Y extends number
  ? Float64Array
  : Y extends NumericArray | Matrix
    ? Matrix
    : Y extends Static
      ? Y
      : Y extends object
        ? { -readonly [K in keyof Y]: StackedData<Y[K]> }
        : Y;
