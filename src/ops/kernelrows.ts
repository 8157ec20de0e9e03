/** The kernel's rows that move or combine lanes. Imports nothing, so that the generator can read it before anything is generated. */

/** A row of the kernel. */
interface KernelRow {
  readonly name: string;
  /** What the columns a, b and c hold: addresses of numbers, that of a list of addresses, how many lanes there are. */
  readonly operands: readonly ("at" | "list" | "count" | "none")[];
  readonly doc: string;
  /** Whether emitted code calls the function that computes it. */
  readonly called?: true;
}

/** A row that a function computes as a whole, which emitted code calls: of numbers at a, and at b where there are others. */
const called = <N extends string, B extends "at" | "none">(name: N, b: B, doc: string) =>
  ({ name, operands: ["at", b, "list"], doc, called: true }) as const;

/** The kernel's own rows, in the order of their codes; the generator prints them for the kernel. */
export const kernelRows = [
  { name: "gather", operands: ["list"], doc: "v[i] := the number at address a[i]" },
  { name: "take", operands: ["at", "at", "count"], doc: "v[i] := a[b[i]], b lane numbers below c" },
  { name: "takeValue", operands: ["at", "at", "count"], doc: "as take, b whole numbers as doubles" },
  { name: "segmentBegin", operands: [], doc: "marks the lanes of v as empty sums" },
  { name: "segmentEnd", operands: [], doc: "makes 0 of the lanes of v that nothing was added to" },
  { name: "segmentSum", operands: ["at", "at", "count"], doc: "v[b[i]] += a[i], b lane numbers below c" },
  { name: "segmentSumValue", operands: ["at", "at", "count"], doc: "as segmentSum, b whole numbers as doubles" },
  { name: "cumsum", operands: ["at", "none", "at"], doc: "v[i] := a[0] + … + a[i], the running sum at c" },
  { name: "reverse", operands: ["at"], doc: "v[i] := a[−i]" },
  { name: "sumBegin", operands: [], doc: "empties as many sums, at v, as there are lanes" },
  { name: "sum", operands: ["at"], doc: "adds the lanes of a to the sum at v" },
  { name: "dot", operands: ["at", "at"], doc: "adds the products of the lanes of a and b to the sum at v" },
  { name: "sumEnd", operands: ["at"], doc: "v[i] := the total of the i-th sum at a" },
  { name: "max", operands: ["at"], doc: "the number at v := the greatest of it and the lanes of a" },
  { name: "min", operands: ["at"], doc: "the number at v := the least of it and the lanes of a" },
  { name: "argmax", operands: ["at"], doc: "the pair (lane, value) at v := the first greatest of it and the lanes of a" },
  { name: "argmin", operands: ["at"], doc: "the pair (lane, value) at v := the first least of it and the lanes of a" },
  { name: "grid", operands: ["at", "list"], doc: "v[i] := a[j], j being what the grid at b has in lane i" },
  {
    name: "slotIn",
    operands: ["at", "at", "count"],
    doc: "v := the slot of the stack at a that the counter at b is at; c: the bytes of a slot",
  },
  {
    name: "slotOut",
    operands: ["at", "at", "count"],
    doc: "the slot of the stack at v that the counter at b is at := the numbers at a; c: the bytes of a slot",
  },
  { name: "slotNumber", operands: ["at"], doc: "the number at v := the number of the slot that the counter at a is at" },
  { name: "slotsIn", operands: ["list", "at"], doc: "v[k] := the number of the stack at address a[k] that the counter at b is at" },
  {
    name: "slotsOut",
    operands: ["list", "at", "list"],
    doc: "the number of the stack at address c[k] that the counter at b is at := that at address a[k]",
  },
  called("transpose", "none", "v := the matrices at a with rows and columns swapped; c: how many, their rows, their columns"),
  called("sumAxis", "none", "v := sums of lanes of a along a dimension; c: outer, count, inner"),
  called("triangle", "none", "v := parts of the matrices at a; c: how many, their rows, their columns, the part"),
  called("matmul", "at", "v := products of the matrices at a and b"),
  called("triangularSolve", "at", "v := b by the inverse of triangles at a"),
  called("cholesky", "none", "v := the triangular factors of the matrices at a"),
  called("choleskyAdjoint", "at", "v := the adjoints of what factors at a are of, by theirs at b"),
  called("lu", "none", "v := the factors of the matrices at a"),
  called("solve", "at", "v := b by the inverses of what the factors at a are of"),
  called("solveTransposed", "at", "as solve, of the transposed matrices"),
  called("qr", "none", "v := the QR factors of the matrices at a"),
  called(
    "orthogonalFactor",
    "none",
    "v := a part of each at a; c: how many, its numbers, where it begins, the numbers from one to the next",
  ),
  called("triangularFactor", "none", "the same"),
  called("eigh", "none", "v := the eigenvalues and eigenvectors of the symmetric matrices at a"),
  called("eigenvalues", "none", "as orthogonalFactor"),
  called("eigenvectors", "none", "the same"),
  called("maxAxis", "none", "v := the greatest lanes of a along a dimension; c: outer, count, inner"),
  called("minAxis", "none", "v := the least lanes of a along a dimension; c: outer, count, inner"),
  called("argmaxAxis", "none", "v := the first places of the greatest along a dimension; c: outer, count, inner"),
  called("argminAxis", "none", "v := the first places of the least along a dimension; c: outer, count, inner"),
  called("cumsumAxis", "none", "v := running sums along a dimension; c: outer, count, inner"),
  called("reverseAxis", "none", "v := the lanes along a dimension in opposite order; c: outer, count, inner"),
  called("argsort", "none", "v := the places of the lanes of each stretch in ascending order; c: how many stretches, their lanes"),
] as const satisfies readonly KernelRow[];
