/** Functions of matrices that tests loop over, with operands at which they are well conditioned. */
import {
  abs,
  add,
  cholesky,
  concat,
  det,
  div,
  eigh,
  gt,
  inverse,
  logdet,
  lstsq,
  lt,
  matmul,
  Matrix,
  matrix,
  maximum,
  mul,
  outer,
  qr,
  reshape,
  solve,
  sqrt,
  square,
  sub,
  sum,
  triangularSolve,
  type Value,
  where,
} from "wengert";
import { randomSource } from "../src/data/random.js";

/** A function of matrices or vectors whose result is one, or a number. */
type MatrixFunction = (...operands: Value[]) => Value;

/** What a matrix is to be: of a shape, positive definite or with eigenvalues that are apart, anything above its diagonal, or such that its triangles and itself are well conditioned, with a row or a column more than the size too. */
type Kind = readonly number[] | "positive" | "separated" | "dominant" | "tall" | "wide";

interface Case {
  readonly name: string;
  readonly f: MatrixFunction;
  readonly operands: (n: number) => readonly Kind[];
  /** The same in loops over scalars, without pivots. */
  readonly loops?: (...operands: Value[][][]) => Value[][];
}

type Table = Value[][];
const times = (a: Table, b: Table): Table =>
  a.map((row) => b[0]!.map((_, j) => row.map((x, k) => mul(x, b[k]![j]!)).reduce((x, y) => add(x, y))));
const turned = (a: Table): Table => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** Forward substitution by the lower triangle. */
function substituted(t: Table, b: Table, unit = false): Table {
  const x: Table = [];
  t.forEach((row, i) => {
    const left = b[i]!.map((start, j) => row.slice(0, i).reduce((rest, factor, k) => sub(rest, mul(factor, x[k]![j]!)), start));
    x.push(unit ? left : left.map((y) => div(y, row[i]!)));
  });
  return x;
}

function factored(a: Table): Table {
  const zero = mul(a[0]![0]!, 0);
  const l = a.map((row) => row.map(() => zero));
  a.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let left = row[j]!;
      for (let k = 0; k < j; k++) left = sub(left, mul(l[i]![k]!, l[j]![k]!));
      l[i]![j] = i === j ? sqrt(left) : div(left, l[j]![j]!);
    }
  });
  return l;
}

/** Gauss' elimination beside right sides: the triangle, and what the right sides became. */
function eliminated(a: Table, b: Table): { u: Table; c: Table } {
  const [u, c] = [a.map((row) => [...row]), b.map((row) => [...row])];
  for (let j = 0; j < u.length; j++)
    for (let i = j + 1; i < u.length; i++) {
      const factor = div(u[i]![j]!, u[j]![j]!);
      u[i] = u[i]!.map((x, k) => sub(x, mul(factor, u[j]![k]!)));
      c[i] = c[i]!.map((x, k) => sub(x, mul(factor, c[j]![k]!)));
    }
  return { u, c };
}

function solvedTable(a: Table, b: Table): Table {
  const { u, c } = eliminated(a, b);
  const back = (x: Table): Table => [...x].reverse();
  return back(substituted(back(u.map((row) => [...row].reverse())), back(c)));
}

/** QR factors by Gram and Schmidt, their numbers one after the other. */
function orthogonalized(a: Table): Table {
  const columns = turned(a);
  const q: Table = [];
  const zero = mul(a[0]![0]!, 0);
  const r = columns.map(() => columns.map(() => zero));
  const dot = (x: Value[], y: Value[]): Value => x.map((z, i) => mul(z, y[i]!)).reduce((u, v) => add(u, v));
  columns.forEach((column, j) => {
    let left = column;
    q.forEach((unit, i) => {
      const length = (r[i]![j] = dot(unit, column));
      left = left.map((x, l) => sub(x, mul(length, unit[l]!)));
    });
    const length = (r[j]![j] = sqrt(dot(left, left)));
    q.push(left.map((x) => div(x, length)));
  });
  return [...turned(q), ...r].flat().map((x) => [x]);
}

/** Eigenvalues and eigenvectors by Jacobi's rotations, for numbers that are ascending on the diagonal and apart. */
function rotated(lower: Table): Table {
  const n = lower.length;
  const zero = mul(lower[0]![0]!, 0);
  let a = lower.map((row, i) => row.map((_, j) => lower[Math.max(i, j)]![Math.min(i, j)]!));
  let v = a.map((row, i) => row.map((_, j) => add(zero, Number(i === j))));
  for (let sweep = 0; sweep < 6; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const [gap, twice] = [sub(a[q]![q]!, a[p]![p]!), mul(2, a[p]![q]!)];
        const t = div(twice, add(gap, sqrt(add(square(gap), square(twice)))));
        const c = div(1, sqrt(add(1, square(t))));
        const s = mul(t, c);
        const turn = (x: Table): Table =>
          x.map((row) => row.map((y, j) => (j === p ? sub(mul(c, y), mul(s, row[q]!)) : j === q ? add(mul(s, row[p]!), mul(c, y)) : y)));
        a = turned(turn(turned(turn(a))));
        v = turn(v);
      }
  const signed = turned(v).map((x) => {
    const most = x.map((y) => abs(y)).reduce((y, z) => maximum(y, z));
    const lead = x.reduceRight((found, y) => where(gt(abs(y), mul(most, 0.1)), y, found));
    return x.map((y) => mul(y, where(lt(lead, 0), -1, 1)));
  });
  return [...a.map((row, i) => row[i]!), ...turned(signed).flat()].map((x) => [x]);
}

const flat = (...parts: Value[]): Value => concat(parts.map((x) => reshape(x, [-1])));
const qrNumbers = (a: Value): Value => {
  const { q, r } = qr(a);
  return flat(q, r);
};

export const matrixFunctions: readonly Case[] = [
  { name: "matmul", f: (a, b) => matmul(a, b), operands: (n) => [[n, n + 1], [n + 1, 2]], loops: (a, b) => times(a, b) },
  { name: "matmul aᵀ bᵀ", f: (a, b) => matmul(a, b, { transposeA: true, transposeB: true }), operands: (n) => [[n + 1, n], [2, n + 1]], loops: (a, b) => times(turned(a), turned(b)) },
  { name: "matmul aᵀ b", f: (a, b) => matmul(a, b, { transposeA: true }), operands: (n) => [[n + 1, n], [n + 1, 3]] },
  { name: "matmul a bᵀ", f: (a, b) => matmul(a, b, { transposeB: true }), operands: (n) => [[n, 2], [n + 1, 2]] },
  { name: "matmul of a matrix and a vector", f: (a, b) => matmul(a, b), operands: (n) => [[n, n + 1], [n + 1]] },
  { name: "matmul of a vector and a matrix", f: (a, b) => matmul(a, b), operands: (n) => [[n], [n, n + 2]] },
  { name: "matmul of two vectors", f: (a, b) => matmul(a, b), operands: (n) => [[n], [n]] },
  { name: "matmul of a batch and a matrix", f: (a, b) => matmul(a, b), operands: (n) => [[3, n, 2], [2, n]] },
  { name: "matmul of a matrix and a batch", f: (a, b) => matmul(a, b, { transposeA: true }), operands: (n) => [[n, 2], [3, n, 2]] },
  { name: "matmul of two batches", f: (a, b) => matmul(a, b, { transposeB: true }), operands: (n) => [[3, n, 2], [3, n, 2]] },
  { name: "outer", f: (a, b) => outer(reshape(a, [-1]), reshape(b, [-1])), operands: (n) => [[n, 1], [n + 1, 1]] },
  { name: "triangularSolve", f: (a, b) => triangularSolve(a, b), operands: (n) => ["dominant", [n, 2]], loops: (a, b) => substituted(a, b) },
  { name: "triangularSolve upper, transposed", f: (a, b) => triangularSolve(a, b, { upper: true, transpose: true }), operands: (n) => ["dominant", [n, 2]], loops: (a, b) => substituted(turned(a), b) },
  { name: "triangularSolve upper", f: (a, b) => triangularSolve(a, b, { upper: true }), operands: (n) => ["dominant", [n]] },
  { name: "triangularSolve right, unit", f: (a, b) => triangularSolve(a, b, { right: true, unitDiagonal: true }), operands: (n) => ["dominant", [2, n]] },
  { name: "triangularSolve right, upper, transposed", f: (a, b) => triangularSolve(a, b, { right: true, upper: true, transpose: true }), operands: (n) => ["dominant", [3, n]] },
  { name: "cholesky", f: (a) => cholesky(a), operands: () => ["positive"], loops: (a) => factored(a) },
  { name: "solve", f: (a, b) => solve(a, b), operands: (n) => ["dominant", [n, 2]], loops: (a, b) => solvedTable(a, b) },
  { name: "solve of a vector", f: (a, b) => solve(a, b), operands: (n) => ["dominant", [n]] },
  { name: "inverse", f: (a) => inverse(a), operands: () => ["dominant"] },
  { name: "det", f: (a) => det(a), operands: () => ["dominant"], loops: (a) => [[eliminated(a, a).u.map((row, i) => row[i]!).reduce((x, y) => mul(x, y))]] },
  { name: "logdet", f: (a) => logdet(a), operands: () => ["positive"] },
  { name: "qr", f: qrNumbers, operands: () => ["tall"], loops: (a) => orthogonalized(a) },
  { name: "qr of more columns", f: qrNumbers, operands: () => ["wide"] },
  { name: "qr of a batch", f: qrNumbers, operands: (n) => [[2, n + 1, n]] },
  { name: "lstsq", f: (a, b) => lstsq(a, b), operands: (n) => ["tall", [n + 1, 2]], loops: (a, b) => solvedTable(times(turned(a), a), times(turned(a), b)) },
  { name: "lstsq of more columns", f: (a, b) => lstsq(a, b), operands: (n) => ["wide", [n, 2]], loops: (a, b) => times(turned(a), solvedTable(times(a, turned(a)), b)) },
  { name: "lstsq of a vector", f: (a, b) => lstsq(a, b), operands: (n) => ["tall", [n + 1]] },
  { name: "eigh", f: (a) => flat(eigh(a).values, eigh(a).vectors), operands: () => ["separated"], loops: (a) => rotated(a) },
  { name: "eigh, eigenvalues alone", f: (a) => eigh(a).values, operands: () => ["separated"] },
]; // prettier-ignore

/** An operand at size n; numbers are the same for the same seed. */
export function operandOf(kind: Kind, n: number, random = randomSource(7)): Matrix | Float64Array {
  const shape = typeof kind === "string" ? [kind === "tall" ? n + 1 : n, kind === "wide" ? n + 1 : n] : kind;
  const data = Float64Array.from({ length: shape.reduce((x, y) => x * y) }, () => 2 * random() - 1);
  if (typeof kind === "string")
    for (let i = 0; i < n; i++)
      data[i * (shape[1]! + 1)]! += kind === "positive" ? 2 * n : kind === "separated" ? 3 * i : (i % 2 === 0 ? 1 : -1) * (n + random());
  return shape.length > 1 ? matrix(data, shape) : data;
}

/** A scalar of what a function gives, in which no two lanes weigh alike. */
export const scalarOf =
  (f: MatrixFunction): MatrixFunction =>
  (...operands) => {
    const result = f(...operands);
    const flat = result.shape.length === 0 ? result : reshape(result, [-1]);
    const weights = Float64Array.from({ length: flat.length ?? 1 }, (_, k) => (k % 5) - 1.5);
    return result.shape.length === 0 ? mul(flat, -1.5) : add(sum(mul(flat, weights)), mul(0.25, sum(square(flat))));
  };

/** The numbers of a result or a gradient, in order. */
export function numbersIn(x: unknown): number[] {
  if (typeof x === "number") return [x];
  if (x instanceof Matrix) return [...x.data];
  if (x instanceof Float64Array) return [...x];
  return Array.isArray(x) ? x.flatMap(numbersIn) : [];
}
