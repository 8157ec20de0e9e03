/** Triangular systems as plain loops, in the order of the unknowns. */

/** Which system of a triangle T (n × n) is solved: T X = B with B n × m, or X T = B with B m × n, of T or of its transpose. */
export interface Triangle {
  readonly batch: number;
  readonly n: number;
  readonly m: number;
  readonly upper: boolean;
  readonly transposed: boolean;
  /** Whether the diagonal counts as ones. */
  readonly unit: boolean;
  /** Whether the unknown stands to the left of the triangle. */
  readonly right: boolean;
  readonly aStep: number;
  readonly bStep: number;
}

/** A matrix in an array: where it begins, and what lies between rows and columns. */
interface Strided {
  readonly array: Float64Array;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** X := T⁻¹ X, T lower triangular: the products of unknowns found before are subtracted one by one, and what is left is divided by the diagonal. */
function solveLower(t: Strided, x: Strided, n: number, m: number, unit: boolean): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const at = x.start + i * x.row + j * x.column;
      let left = x.array[at]!;
      for (let k = 0; k < i; k++) left -= t.array[t.start + i * t.row + k * t.column]! * x.array[x.start + k * x.row + j * x.column]!;
      x.array[at] = unit ? left : left / t.array[t.start + i * (t.row + t.column)]!;
    }
  }
}

/** Solves in place for what lies in x from `start` on, by the triangle in t from `at` on: an upper triangle is a lower one in opposite order. */
export function solveTriangle(
  t: Float64Array,
  at: number,
  x: Float64Array,
  start: number,
  { n, m, upper, transposed, unit, right }: Omit<Triangle, "batch" | "aStep" | "bStep">,
): void {
  // X T = B is Tᵀ Xᵀ = Bᵀ
  const turned = transposed !== right;
  const [row, column] = turned ? [1, n] : [n, 1];
  const [xRow, xColumn] = right ? [1, n] : [m, 1];
  const last = n - 1;
  if (upper === turned) solveLower({ array: t, start: at, row, column }, { array: x, start, row: xRow, column: xColumn }, n, m, unit);
  else
    solveLower(
      { array: t, start: at + last * (n + 1), row: -row, column: -column },
      { array: x, start: start + last * xRow, row: -xRow, column: xColumn },
      n,
      m,
      unit,
    );
}

/** v := b with the triangles at a divided off. */
export function triangularSolveLanes(a: Float64Array, b: Float64Array, of: Triangle, v: Float64Array): Float64Array {
  const size = of.n * of.m;
  for (let i = 0; i < of.batch; i++) {
    v.set(b.subarray(i * of.bStep, i * of.bStep + size), i * size);
    solveTriangle(a, i * of.aStep, v, i * size, of);
  }
  return v;
}
