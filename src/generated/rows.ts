// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** Codes of the kernel's own rows, which move or combine lanes. */
export enum kernelRow {
  /** v[i] := the number at address a[i] */
  gather = 70,
  /** v[i] := a[b[i]], b lane numbers below c */
  take = 71,
  /** as take, b whole numbers as doubles */
  takeValue = 72,
  /** v[b[i]] += a[i], b lane numbers below c */
  segmentSum = 73,
  /** as segmentSum, b whole numbers as doubles */
  segmentSumValue = 74,
  /** v[i] := a[0] + … + a[i], the running sum at c */
  cumsum = 75,
  /** v[i] := a[−i] */
  reverse = 76,
  /** empties as many sums, at v, as there are lanes */
  sumBegin = 77,
  /** adds the lanes of a to the sum at v */
  sum = 78,
  /** adds the products of the lanes of a and b to the sum at v */
  dot = 79,
  /** v[i] := the total of the i-th sum at a */
  sumEnd = 80,
  /** the number at v := the greatest of it and the lanes of a */
  max = 81,
  /** the number at v := the least of it and the lanes of a */
  min = 82,
  /** the pair (lane, value) at v := the first greatest of it and the lanes of a */
  argmax = 83,
  /** the pair (lane, value) at v := the first least of it and the lanes of a */
  argmin = 84,
}
