// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** Codes of the rows that move or combine lanes. */

/** v[i] := the number at address a[i]. */
export const GATHER: u32 = 99;

/** v[i] := a[b[i]], b lane numbers below c. */
export const TAKE: u32 = 100;

/** as take, b whole numbers as doubles. */
export const TAKE_VALUE: u32 = 101;

/** marks the lanes of v as empty sums. */
export const SEGMENT_BEGIN: u32 = 102;

/** makes 0 of the lanes of v that nothing was added to. */
export const SEGMENT_END: u32 = 103;

/** v[b[i]] += a[i], b lane numbers below c. */
export const SEGMENT_SUM: u32 = 104;

/** as segmentSum, b whole numbers as doubles. */
export const SEGMENT_SUM_VALUE: u32 = 105;

/** v[i] := a[0] + … + a[i], the running sum at c. */
export const CUMSUM: u32 = 106;

/** v[i] := a[−i]. */
export const REVERSE: u32 = 107;

/** empties as many sums, at v, as there are lanes. */
export const SUM_BEGIN: u32 = 108;

/** adds the lanes of a to the sum at v. */
export const SUM: u32 = 109;

/** adds the products of the lanes of a and b to the sum at v. */
export const DOT: u32 = 110;

/** v[i] := the total of the i-th sum at a. */
export const SUM_END: u32 = 111;

/** the number at v := the greatest of it and the lanes of a. */
export const MAX: u32 = 112;

/** the number at v := the least of it and the lanes of a. */
export const MIN: u32 = 113;

/** the pair (lane, value) at v := the first greatest of it and the lanes of a. */
export const ARGMAX: u32 = 114;

/** the pair (lane, value) at v := the first least of it and the lanes of a. */
export const ARGMIN: u32 = 115;
