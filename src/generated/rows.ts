// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** Codes of the kernel's own rows, which move or combine lanes. */
export enum kernelRow {
  /** v[i] := the number at address a[i] */
  gather = 69,
  /** v[i] := a[b[i]], b lane numbers below c */
  take = 70,
  /** as take, b whole numbers as doubles */
  takeValue = 71,
  /** v[b[i]] += a[i], b lane numbers below c */
  segmentSum = 72,
  /** as segmentSum, b whole numbers as doubles */
  segmentSumValue = 73,
  /** v[i] := a[0] + … + a[i], the running sum at c */
  cumsum = 74,
  /** v[i] := a[−i] */
  reverse = 75,
  /** empties as many sums, at v, as there are lanes */
  sumBegin = 76,
  /** adds the lanes of a to the sum at v */
  sum = 77,
  /** adds the products of the lanes of a and b to the sum at v */
  dot = 78,
  /** v[i] := the total of the i-th sum at a */
  sumEnd = 79,
  /** the number at v := the greatest of it and the lanes of a */
  max = 80,
  /** the number at v := the least of it and the lanes of a */
  min = 81,
  /** the pair (lane, value) at v := the first greatest of it and the lanes of a */
  argmax = 82,
  /** the pair (lane, value) at v := the first least of it and the lanes of a */
  argmin = 83,
}
