/** Colourings: which columns of a sparse matrix can share a sweep. */
import { type Pattern } from "./pattern.js";

/** A colour for every column (or row), from 0 to count − 1. */
export interface Coloring {
  readonly colors: Int32Array;
  readonly count: number;
}

/** Rows of more entries than this keep a set of their colours; those of others are looked up. */
const LONG = 64;

/** What has each of some colours: the members of group g stand from starts[g] to starts[g + 1]. */
export interface Groups {
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

/** The numbers from 0 on by their colours, by a counting sort. */
export function grouped(colors: Int32Array, count: number): Groups {
  const starts = new Int32Array(count + 1);
  for (const color of colors) starts[color + 1]!++;
  for (let color = 0; color < count; color++) starts[color + 1]! += starts[color]!;
  const next = starts.slice();
  const members = new Int32Array(colors.length);
  for (let i = 0; i < colors.length; i++) members[next[colors[i]!]!++] = i;
  return { starts, members };
}

/** The pattern of the transposed matrix. */
export function transposed({ rows, columns, shape: [m, n] }: Pattern): Pattern {
  const rowOf = new Int32Array(columns.length);
  for (let row = 0; row < m; row++) rowOf.fill(row, rows[row], rows[row + 1]);
  const { starts, members } = grouped(columns, n);
  return { rows: starts, columns: members.map((p) => rowOf[p]!), shape: [n, m] };
}

/** The pattern of a square matrix and its transposed one together. */
export function symmetrized(pattern: Pattern): Pattern {
  const other = transposed(pattern);
  const [n] = pattern.shape;
  const rows = new Int32Array(n + 1);
  const columns = new Int32Array(2 * pattern.columns.length);
  let length = 0;
  for (let row = 0; row < n; row++) {
    let [p, q] = [pattern.rows[row]!, other.rows[row]!];
    const [pEnd, qEnd] = [pattern.rows[row + 1]!, other.rows[row + 1]!];
    while (p < pEnd || q < qEnd) {
      const x = p < pEnd ? pattern.columns[p]! : Infinity;
      const y = q < qEnd ? other.columns[q]! : Infinity;
      columns[length++] = Math.min(x, y);
      if (x <= y) p++;
      if (y <= x) q++;
    }
    rows[row + 1] = length;
  }
  return { rows, columns: columns.slice(0, length), shape: pattern.shape };
}

/** The most entries in a row, which no colouring of columns can do with fewer colours than. */
export function longestRow({ rows, shape: [m] }: Pattern): number {
  let longest = 0;
  for (let row = 0; row < m; row++) longest = Math.max(longest, rows[row + 1]! - rows[row]!);
  return longest;
}

/** 0 to n − 1 by falling weight, equal ones in order. */
function largestFirst(weights: Float64Array): Int32Array {
  return Int32Array.from(weights.keys()).sort((i, k) => weights[k]! - weights[i]! || i - k);
}

/**
 * Colours columns so that no two of one colour have entries in the same row: then one sweep gives them all (Curtis, Powell and Reid 1974). Greedy, largest first
 * (Coleman and Moré 1983), a column's weight being the entries of the rows it meets.
 */
export function columnColoring(pattern: Pattern): Coloring {
  const {
    rows,
    columns,
    shape: [m, n],
  } = pattern;
  const rowsOf = transposed(pattern);
  const length = (row: number): number => rows[row + 1]! - rows[row]!;
  const weights = new Float64Array(n);
  for (let row = 0; row < m; row++) for (let p = rows[row]!; p < rows[row + 1]!; p++) weights[columns[p]!]! += length(row);
  const colors = new Int32Array(n).fill(-1);
  const longRows = new Map<number, { used: Set<number>; free: number }>();
  for (let row = 0; row < m; row++) if (length(row) > LONG) longRows.set(row, { used: new Set(), free: 0 });
  const taken = new Int32Array(n + 1).fill(-1);
  let count = 0;
  for (const column of largestFirst(weights)) {
    const long = [];
    let color = 0;
    for (let q = rowsOf.rows[column]!; q < rowsOf.rows[column + 1]!; q++) {
      const row = rowsOf.columns[q]!;
      const entry = longRows.get(row);
      if (entry) {
        long.push(entry);
        color = Math.max(color, entry.free);
      } else
        for (let p = rows[row]!; p < rows[row + 1]!; p++) {
          const other = colors[columns[p]!]!;
          if (other >= 0) taken[other] = column;
        }
    }
    while (taken[color] === column || long.some(({ used }) => used.has(color))) color++;
    colors[column] = color;
    count = Math.max(count, color + 1);
    for (const entry of long) {
      entry.used.add(color);
      while (entry.used.has(entry.free)) entry.free++;
    }
  }
  return { colors, count };
}

/** A star colouring, and for each entry (i, j) of the pattern 1 where it is to be read as (j, i). */
interface StarColoring extends Coloring {
  readonly mirrored: Uint8Array;
}

/**
 * Colours the columns of a symmetric matrix so that of each pair of entries (i, j) and (j, i) one can be read from the sum of its colour's columns (Powell and Toint 1979): neighbours
 * differ, and no path of four vertices has two colours, a star colouring (Coleman and Moré 1984). Greedy, largest first.
 */
export function starColoring({ rows, columns, shape: [n] }: Pattern): StarColoring {
  const colors = new Int32Array(n).fill(-1);
  // While the graph is being coloured, a vertex has a slot for each colour among its neighbours: the colour, how many have it, and the first that got it.
  const used = new Int32Array(n);
  const slotColors = new Int32Array(columns.length);
  const counts = new Int32Array(columns.length);
  const firsts = new Int32Array(columns.length);
  /** 1 where the only neighbour of that colour has another neighbour of this vertex's colour: it is the centre of a star. */
  const centre = new Uint8Array(columns.length);
  const forbidden = new Int32Array(n + 1).fill(-1);

  /** The slot of a colour around a vertex; −1 where no neighbour has it. */
  function slotOf(vertex: number, color: number): number {
    const start = rows[vertex]!;
    for (let slot = start; slot < start + used[vertex]!; slot++) if (slotColors[slot] === color) return slot;
    return -1;
  }

  /** How many neighbours of a vertex have a colour. */
  function countOf(vertex: number, color: number): number {
    const slot = slotOf(vertex, color);
    return slot < 0 ? 0 : counts[slot]!;
  }

  function add(vertex: number, neighbour: number, color: number): number {
    let slot = slotOf(vertex, color);
    if (slot < 0) {
      slot = rows[vertex]! + used[vertex]!++;
      slotColors[slot] = color;
      firsts[slot] = neighbour;
    }
    counts[slot]!++;
    return slot;
  }

  const mark = (vertex: number, color: number): void => void (centre[slotOf(vertex, color)] = 1);

  /** The least colour for a vertex that leaves no path of four vertices with two colours. */
  function leastColor(vertex: number): number {
    for (const w of columns.subarray(rows[vertex], rows[vertex + 1])) {
      if (w === vertex || colors[w]! < 0) continue;
      const others = countOf(vertex, colors[w]!) > 1;
      forbidden[colors[w]!] = vertex;
      const start = rows[w]!;
      for (let slot = start; slot < start + used[w]!; slot++) if (others || centre[slot]) forbidden[slotColors[slot]!] = vertex;
    }
    let color = 0;
    while (forbidden[color] === vertex) color++;
    return color;
  }

  function paint(vertex: number, color: number): void {
    colors[vertex] = color;
    const neighbours = columns.subarray(rows[vertex], rows[vertex + 1]).filter((w) => w !== vertex);
    for (const w of neighbours) {
      const slot = add(w, vertex, color);
      if (colors[w]! < 0 || counts[slot]! < 2) continue;
      // w has become, or is, the centre of a star: its neighbours of this colour must stay leaves
      mark(vertex, colors[w]!);
      mark(firsts[slot]!, colors[w]!);
    }
    for (const w of neighbours) if (colors[w]! >= 0 && countOf(vertex, colors[w]!) > 1) mark(w, color);
  }

  let count = 0;
  for (const vertex of largestFirst(Float64Array.from({ length: n }, (_, i) => rows[i + 1]! - rows[i]!))) {
    const color = leastColor(vertex);
    paint(vertex, color);
    count = Math.max(count, color + 1);
  }
  const mirrored = new Uint8Array(columns.length);
  for (let i = 0; i < n; i++)
    for (let p = rows[i]!; p < rows[i + 1]!; p++) mirrored[p] = Number(columns[p] !== i && countOf(i, colors[columns[p]!]!) > 1);
  return { colors, count, mirrored };
}
