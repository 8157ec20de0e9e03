/** The kernel's rows that move or combine lanes. Imports nothing, so that the generator can read it before anything is generated. */

/** The kernel's own rows, in the order of their codes; the generator prints them for the kernel. */
export const kernelRows = [
  { name: "gather", doc: "v[i] := the number at address a[i]" },
  { name: "take", doc: "v[i] := a[b[i]], b lane numbers below c" },
  { name: "takeValue", doc: "as take, b whole numbers as doubles" },
  { name: "segmentBegin", doc: "marks the lanes of v as empty sums" },
  { name: "segmentEnd", doc: "makes 0 of the lanes of v that nothing was added to" },
  { name: "segmentSum", doc: "v[b[i]] += a[i], b lane numbers below c" },
  { name: "segmentSumValue", doc: "as segmentSum, b whole numbers as doubles" },
  { name: "cumsum", doc: "v[i] := a[0] + … + a[i], the running sum at c" },
  { name: "reverse", doc: "v[i] := a[−i]" },
  { name: "sumBegin", doc: "empties as many sums, at v, as there are lanes" },
  { name: "sum", doc: "adds the lanes of a to the sum at v" },
  { name: "dot", doc: "adds the products of the lanes of a and b to the sum at v" },
  { name: "sumEnd", doc: "v[i] := the total of the i-th sum at a" },
  { name: "max", doc: "the number at v := the greatest of it and the lanes of a" },
  { name: "min", doc: "the number at v := the least of it and the lanes of a" },
  { name: "argmax", doc: "the pair (lane, value) at v := the first greatest of it and the lanes of a" },
  { name: "argmin", doc: "the pair (lane, value) at v := the first least of it and the lanes of a" },
] as const;
