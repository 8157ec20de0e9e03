/** A bundle adjustment's Jacobian as compressed sparse rows, from columns of its numbers. */

/** A sparse matrix: row r has its columns and values from rows[r] to rows[r + 1]. */
export interface CompressedRows {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly vals: Float64Array;
}

/** By observation: a column of numbers for each entry of its two rows, and one for the row of its weight. */
export interface Entries {
  readonly reprojection: readonly (readonly Float64Array[])[];
  readonly weight: Float64Array;
}

const [CAMERA, POINT] = [11, 3];
/** Entries of a residual's row: its camera's, its point's, and its weight's. */
const ROW = CAMERA + POINT + 1;

/**
 * Returns what makes the matrix of p observations of n cameras and m points: two rows for each observation, then one for each weight. It writes into the same arrays at every
 * call. Columns are those of the cameras, then of the points, then of the weights.
 */
export function compressedRows(
  { n, m, p }: { readonly n: number; readonly m: number; readonly p: number },
  { cameraOf, pointOf }: { readonly cameraOf: Int32Array; readonly pointOf: Int32Array },
): (entries: Entries) => CompressedRows {
  const count = 2 * ROW * p + p;
  const rows = new Int32Array(3 * p + 1);
  const cols = new Int32Array(count);
  const vals = new Float64Array(count);
  const firstPoint = CAMERA * n;
  const firstWeight = firstPoint + POINT * m;

  function fillRow(at: number, i: number, numbers: readonly Float64Array[]): void {
    const [camera, point] = [CAMERA * cameraOf[i]!, firstPoint + POINT * pointOf[i]!];
    for (let k = 0; k < CAMERA; k++) cols[at + k] = camera + k;
    for (let k = 0; k < POINT; k++) cols[at + CAMERA + k] = point + k;
    cols[at + ROW - 1] = firstWeight + i;
    for (let k = 0; k < ROW; k++) vals[at + k] = numbers[k]![i]!;
  }

  return ({ reprojection, weight }) => {
    const [first, second] = reprojection as [readonly Float64Array[], readonly Float64Array[]];
    let at = 0;
    for (let i = 0; i < p; i++) {
      rows[2 * i] = at;
      fillRow(at, i, first);
      rows[2 * i + 1] = at + ROW;
      fillRow(at + ROW, i, second);
      at += 2 * ROW;
    }
    for (let i = 0; i < p; i++, at++) {
      rows[2 * p + i] = at;
      cols[at] = firstWeight + i;
      vals[at] = weight[i]!;
    }
    rows[3 * p] = at;
    return { rows, cols, vals };
  };
}

/** Of each array the first 30 entries and the last. */
export function excerpt(matrix: CompressedRows): Record<keyof CompressedRows, number[]> {
  const part = (numbers: Int32Array | Float64Array): number[] => [...numbers.subarray(0, 30), numbers[numbers.length - 1]!];
  return { rows: part(matrix.rows), cols: part(matrix.cols), vals: part(matrix.vals) };
}
