// Generated from src/ops/kernelrows.ts by scripts/generate.ts. Do not edit.
/** Codes of the rows that move or combine lanes. */
import { STRUCTURAL } from "./lanes";

/** v[i] := the number at address a[i]. */
export const GATHER: u32 = STRUCTURAL;

/** v[i] := a[b[i]], b lane numbers below c. */
export const TAKE: u32 = GATHER + 1;

/** as take, b whole numbers as doubles. */
export const TAKE_VALUE: u32 = TAKE + 1;

/** marks the lanes of v as empty sums. */
export const SEGMENT_BEGIN: u32 = TAKE_VALUE + 1;

/** makes 0 of the lanes of v that nothing was added to. */
export const SEGMENT_END: u32 = SEGMENT_BEGIN + 1;

/** v[b[i]] += a[i], b lane numbers below c. */
export const SEGMENT_SUM: u32 = SEGMENT_END + 1;

/** as segmentSum, b whole numbers as doubles. */
export const SEGMENT_SUM_VALUE: u32 = SEGMENT_SUM + 1;

/** v[i] := a[0] + … + a[i], the running sum at c. */
export const CUMSUM: u32 = SEGMENT_SUM_VALUE + 1;

/** v[i] := a[−i]. */
export const REVERSE: u32 = CUMSUM + 1;

/** empties as many sums, at v, as there are lanes. */
export const SUM_BEGIN: u32 = REVERSE + 1;

/** adds the lanes of a to the sum at v. */
export const SUM: u32 = SUM_BEGIN + 1;

/** adds the products of the lanes of a and b to the sum at v. */
export const DOT: u32 = SUM + 1;

/** v[i] := the total of the i-th sum at a. */
export const SUM_END: u32 = DOT + 1;

/** the number at v := the greatest of it and the lanes of a. */
export const MAX: u32 = SUM_END + 1;

/** the number at v := the least of it and the lanes of a. */
export const MIN: u32 = MAX + 1;

/** the pair (lane, value) at v := the first greatest of it and the lanes of a. */
export const ARGMAX: u32 = MIN + 1;

/** the pair (lane, value) at v := the first least of it and the lanes of a. */
export const ARGMIN: u32 = ARGMAX + 1;

/** v[i] := a[j], j being what the grid at b has in lane i. */
export const GRID: u32 = ARGMIN + 1;

/** v := the slot of the stack at a that the counter at b is at; c: the bytes of a slot. */
export const SLOT_IN: u32 = GRID + 1;

/** the slot of the stack at v that the counter at b is at := the numbers at a; c: the bytes of a slot. */
export const SLOT_OUT: u32 = SLOT_IN + 1;

/** the number at v := the number of the slot that the counter at a is at. */
export const SLOT_NUMBER: u32 = SLOT_OUT + 1;

/** v[k] := the number of the stack at address a[k] that the counter at b is at. */
export const SLOTS_IN: u32 = SLOT_NUMBER + 1;

/** the number of the stack at address c[k] that the counter at b is at := that at address a[k]. */
export const SLOTS_OUT: u32 = SLOTS_IN + 1;

/** v := the matrices at a with rows and columns swapped; c: how many, their rows, their columns. */
export const TRANSPOSE: u32 = SLOTS_OUT + 1;

/** v := sums of lanes of a along a dimension; c: outer, count, inner. */
export const SUM_AXIS: u32 = TRANSPOSE + 1;

/** v := parts of the matrices at a; c: how many, their rows, their columns, the part. */
export const TRIANGLE: u32 = SUM_AXIS + 1;

/** v := products of the matrices at a and b. */
export const MATMUL: u32 = TRIANGLE + 1;

/** v := b by the inverse of triangles at a. */
export const TRIANGULAR_SOLVE: u32 = MATMUL + 1;

/** v := the triangular factors of the matrices at a. */
export const CHOLESKY: u32 = TRIANGULAR_SOLVE + 1;

/** v := the adjoints of what factors at a are of, by theirs at b. */
export const CHOLESKY_ADJOINT: u32 = CHOLESKY + 1;

/** v := the factors of the matrices at a. */
export const LU: u32 = CHOLESKY_ADJOINT + 1;

/** v := b by the inverses of what the factors at a are of. */
export const SOLVE: u32 = LU + 1;

/** as solve, of the transposed matrices. */
export const SOLVE_TRANSPOSED: u32 = SOLVE + 1;

/** v := the QR factors of the matrices at a. */
export const QR: u32 = SOLVE_TRANSPOSED + 1;

/** v := a part of each at a; c: how many, its numbers, where it begins, the numbers from one to the next. */
export const ORTHOGONAL_FACTOR: u32 = QR + 1;

/** the same. */
export const TRIANGULAR_FACTOR: u32 = ORTHOGONAL_FACTOR + 1;

/** v := the eigenvalues and eigenvectors of the symmetric matrices at a. */
export const EIGH: u32 = TRIANGULAR_FACTOR + 1;

/** as orthogonalFactor. */
export const EIGENVALUES: u32 = EIGH + 1;

/** the same. */
export const EIGENVECTORS: u32 = EIGENVALUES + 1;

/** v := the greatest lanes of a along a dimension; c: outer, count, inner. */
export const MAX_AXIS: u32 = EIGENVECTORS + 1;

/** v := the least lanes of a along a dimension; c: outer, count, inner. */
export const MIN_AXIS: u32 = MAX_AXIS + 1;

/** v := the first places of the greatest along a dimension; c: outer, count, inner. */
export const ARGMAX_AXIS: u32 = MIN_AXIS + 1;

/** v := the first places of the least along a dimension; c: outer, count, inner. */
export const ARGMIN_AXIS: u32 = ARGMAX_AXIS + 1;

/** v := running sums along a dimension; c: outer, count, inner. */
export const CUMSUM_AXIS: u32 = ARGMIN_AXIS + 1;

/** v := the lanes along a dimension in opposite order; c: outer, count, inner. */
export const REVERSE_AXIS: u32 = CUMSUM_AXIS + 1;

/** v := the places of the lanes of each stretch in ascending order; c: how many stretches, their lanes. */
export const ARGSORT: u32 = REVERSE_AXIS + 1;
