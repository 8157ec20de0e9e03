// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** Codes of the kernel's own rows, which move or combine lanes. */
export enum kernelRow {
  /** v[i] := the number at address a[i] */
  gather = 99,
  /** v[i] := a[b[i]], b lane numbers below c */
  take = 100,
  /** as take, b whole numbers as doubles */
  takeValue = 101,
  /** marks the lanes of v as empty sums */
  segmentBegin = 102,
  /** makes 0 of the lanes of v that nothing was added to */
  segmentEnd = 103,
  /** v[b[i]] += a[i], b lane numbers below c */
  segmentSum = 104,
  /** as segmentSum, b whole numbers as doubles */
  segmentSumValue = 105,
  /** v[i] := a[0] + … + a[i], the running sum at c */
  cumsum = 106,
  /** v[i] := a[−i] */
  reverse = 107,
  /** empties as many sums, at v, as there are lanes */
  sumBegin = 108,
  /** adds the lanes of a to the sum at v */
  sum = 109,
  /** adds the products of the lanes of a and b to the sum at v */
  dot = 110,
  /** v[i] := the total of the i-th sum at a */
  sumEnd = 111,
  /** the number at v := the greatest of it and the lanes of a */
  max = 112,
  /** the number at v := the least of it and the lanes of a */
  min = 113,
  /** the pair (lane, value) at v := the first greatest of it and the lanes of a */
  argmax = 114,
  /** the pair (lane, value) at v := the first least of it and the lanes of a */
  argmin = 115,
}
