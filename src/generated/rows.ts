// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** Codes of the kernel's own rows, which move or combine lanes. */
export enum kernelRow {
  /** v[i] := the number at address a[i] */
  gather = 69,
  /** v[i] := a[b[i]], b lane numbers below c */
  take = 70,
  /** as take, b whole numbers as doubles */
  takeValue = 71,
  /** marks the lanes of v as empty sums */
  segmentBegin = 72,
  /** makes 0 of the lanes of v that nothing was added to */
  segmentEnd = 73,
  /** v[b[i]] += a[i], b lane numbers below c */
  segmentSum = 74,
  /** as segmentSum, b whole numbers as doubles */
  segmentSumValue = 75,
  /** v[i] := a[0] + … + a[i], the running sum at c */
  cumsum = 76,
  /** v[i] := a[−i] */
  reverse = 77,
  /** empties as many sums, at v, as there are lanes */
  sumBegin = 78,
  /** adds the lanes of a to the sum at v */
  sum = 79,
  /** adds the products of the lanes of a and b to the sum at v */
  dot = 80,
  /** v[i] := the total of the i-th sum at a */
  sumEnd = 81,
  /** the number at v := the greatest of it and the lanes of a */
  max = 82,
  /** the number at v := the least of it and the lanes of a */
  min = 83,
  /** the pair (lane, value) at v := the first greatest of it and the lanes of a */
  argmax = 84,
  /** the pair (lane, value) at v := the first least of it and the lanes of a */
  argmin = 85,
}
