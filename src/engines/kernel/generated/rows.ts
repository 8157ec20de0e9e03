// Generated from src/ops/kernelrows.ts by scripts/generate.ts. Do not edit.
/** Codes of the kernel's own rows, which move or combine lanes. */
export enum kernelRow {
  /** v[i] := the number at address a[i] */
  gather = 99,
  /** v[i] := a[b[i]], b lane numbers below c */
  take,
  /** as take, b whole numbers as doubles */
  takeValue,
  /** marks the lanes of v as empty sums */
  segmentBegin,
  /** makes 0 of the lanes of v that nothing was added to */
  segmentEnd,
  /** v[b[i]] += a[i], b lane numbers below c */
  segmentSum,
  /** as segmentSum, b whole numbers as doubles */
  segmentSumValue,
  /** v[i] := a[0] + … + a[i], the running sum at c */
  cumsum,
  /** v[i] := a[−i] */
  reverse,
  /** empties as many sums, at v, as there are lanes */
  sumBegin,
  /** adds the lanes of a to the sum at v */
  sum,
  /** adds the products of the lanes of a and b to the sum at v */
  dot,
  /** v[i] := the total of the i-th sum at a */
  sumEnd,
  /** the number at v := the greatest of it and the lanes of a */
  max,
  /** the number at v := the least of it and the lanes of a */
  min,
  /** the pair (lane, value) at v := the first greatest of it and the lanes of a */
  argmax,
  /** the pair (lane, value) at v := the first least of it and the lanes of a */
  argmin,
  /** v[i] := a[j], j being what the grid at b has in lane i */
  grid,
  /** v := the slot of the stack at a that the counter at b is at; c: the bytes of a slot */
  slotIn,
  /** the slot of the stack at v that the counter at b is at := the numbers at a; c: the bytes of a slot */
  slotOut,
  /** the number at v := the number of the slot that the counter at a is at */
  slotNumber,
  /** v[k] := the number of the stack at address a[k] that the counter at b is at */
  slotsIn,
  /** the number of the stack at address c[k] that the counter at b is at := that at address a[k] */
  slotsOut,
  /** v := the matrices at a with rows and columns swapped; c: how many, their rows, their columns */
  transpose,
  /** v := sums of lanes of a along a dimension; c: outer, count, inner */
  sumAxis,
  /** v := parts of the matrices at a; c: how many, their rows, their columns, the part */
  triangle,
  /** v := products of the matrices at a and b */
  matmul,
  /** v := b by the inverse of triangles at a */
  triangularSolve,
  /** v := the triangular factors of the matrices at a */
  cholesky,
  /** v := the adjoints of what factors at a are of, by theirs at b */
  choleskyAdjoint,
  /** v := the factors of the matrices at a */
  lu,
  /** v := b by the inverses of what the factors at a are of */
  solve,
  /** as solve, of the transposed matrices */
  solveTransposed,
  /** v := the QR factors of the matrices at a */
  qr,
  /** v := a part of each at a; c: how many, its numbers, where it begins, the numbers from one to the next */
  orthogonalFactor,
  /** the same */
  triangularFactor,
  /** v := the eigenvalues and eigenvectors of the symmetric matrices at a */
  eigh,
  /** as orthogonalFactor */
  eigenvalues,
  /** the same */
  eigenvectors,
  /** v := the greatest lanes of a along a dimension; c: outer, count, inner */
  maxAxis,
  /** v := the least lanes of a along a dimension; c: outer, count, inner */
  minAxis,
  /** v := the first places of the greatest along a dimension; c: outer, count, inner */
  argmaxAxis,
  /** v := the first places of the least along a dimension; c: outer, count, inner */
  argminAxis,
  /** v := running sums along a dimension; c: outer, count, inner */
  cumsumAxis,
  /** v := the lanes along a dimension in opposite order; c: outer, count, inner */
  reverseAxis,
  /** v := the places of the lanes of each stretch in ascending order; c: how many stretches, their lanes */
  argsort,
}
