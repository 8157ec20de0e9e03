/**
 * The rows of linear algebra: v := what is made of the matrices at a and b, row by row in memory. The list at c holds, u32 each, what a row's definition says,
 * in src/ops/linear/, and at last the address of its scratch.
 */
import { factor, factorAdjoint } from "./cholesky";
import { decompose } from "./eigen";
import { factorRows } from "./lu";
import { product } from "./product";
import { factorColumns } from "./qr";
import { solveLower } from "./solve";
import { WRITE } from "./tile";
import { columnsTimes, rowsTimes } from "./vector";

/** Number i of a list. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function at(list: usize, i: usize): u32 {
  return load<u32>(list + (i << 2));
}

/** The bytes of so many numbers. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function bytes(count: u32): usize {
  return (<usize>count) << 3;
}

/** v := a · b, of each pair in a batch. c: the batch, m, n, k, flags (1: aᵀ, 2: bᵀ), the numbers from one a to the next, from one b to the next. */
export function matmul(v: usize, a: usize, b: usize, c: usize): void {
  const batch = at(c, 0);
  const m = at(c, 1);
  const n = at(c, 2);
  const k = at(c, 3);
  const flags = at(c, 4);
  const aStep = bytes(at(c, 5));
  const bStep = bytes(at(c, 6));
  const scratch: usize = at(c, 7);
  const aRow: usize = flags & 1 ? 8 : bytes(k);
  const aColumn: usize = flags & 1 ? bytes(m) : 8;
  const bRow: usize = flags & 2 ? 8 : bytes(n);
  const bColumn: usize = flags & 2 ? bytes(k) : 8;
  for (let i: u32 = 0; i < batch; i++, a += aStep, b += bStep, v += bytes(m) * n) {
    if (n === 1) {
      if (flags & 1) columnsTimes(v, a, aColumn, b, m, k);
      else rowsTimes(v, a, aRow, b, m, k);
    } else if (m === 1) {
      if (flags & 2) rowsTimes(v, b, bColumn, a, n, k);
      else columnsTimes(v, b, bRow, a, n, k);
    } else product(v, bytes(n), 8, a, aRow, aColumn, b, bRow, bColumn, m, n, k, WRITE, scratch);
  }
}

/** v := a triangle's inverse applied to b, from the left or from the right. c: the batch, n, m (the other size of b), flags (1: upper, 2: transposed, 4: unit, 8: from the right), steps as above. */
export function triangularSolve(v: usize, a: usize, b: usize, c: usize): void {
  const batch = at(c, 0);
  const n = at(c, 1);
  const m = at(c, 2);
  const flags = at(c, 3);
  const aStep = bytes(at(c, 4));
  const bStep = bytes(at(c, 5));
  const scratch: usize = at(c, 6);
  const size = bytes(n) * m;
  for (let i: u32 = 0; i < batch; i++, a += aStep, b += bStep, v += size) {
    memory.copy(v, b, size);
    solveTriangle(a, bytes(n), v, n, m, flags, scratch);
  }
}

/** X := T⁻¹ X and its like, in place; the triangle's rows are `step` apart, those of X follow each other. */
function solveTriangle(t: usize, step: usize, x: usize, n: u32, m: u32, flags: u32, scratch: usize): void {
  const right = (flags & 8) !== 0;
  // X T = B is Tᵀ Xᵀ = Bᵀ, and an upper triangle is a lower one in opposite order.
  const transposed = ((flags & 2) !== 0) !== right;
  const reversed = ((flags & 1) !== 0) !== transposed;
  let row: usize = transposed ? 8 : step;
  let column: usize = transposed ? step : 8;
  let xRow: usize = right ? 8 : bytes(m);
  const xColumn: usize = right ? bytes(n) : 8;
  if (reversed) {
    t += <usize>(n - 1) * (step + 8);
    x += <usize>(n - 1) * xRow;
    row = <usize>0 - row;
    column = <usize>0 - column;
    xRow = <usize>0 - xRow;
  }
  solveLower(t, row, column, x, xRow, xColumn, n, m, (flags & 4) !== 0, scratch);
}

/** v := the lower triangular factor of a. c: the batch, n. */
export function cholesky(v: usize, a: usize, c: usize): void {
  const n = at(c, 1);
  const size = bytes(n) * n;
  for (let i = at(c, 0); i; i--, v += size, a += size) factor(v, a, n, at(c, 2));
}

/** v := the adjoint of what was factored into a, by that of a, b. c: the batch, n. */
export function choleskyAdjoint(v: usize, a: usize, b: usize, c: usize): void {
  const n = at(c, 1);
  const size = bytes(n) * n;
  for (let i = at(c, 0); i; i--, v += size, a += size, b += size) factorAdjoint(v, a, b, n, at(c, 2));
}

/** v := the factors of a by rows that change places, their order, and its sign. c: the batch, n. */
export function lu(v: usize, a: usize, c: usize): void {
  const n = at(c, 1);
  const size = bytes(n) * n;
  for (let i = at(c, 0); i; i--, v += size + bytes(n) + 8, a += size) factorRows(v, a, n, at(c, 2));
}

/** v := the inverse of what was factored into a, applied to b. c: the batch, n, m, steps as above. */
export function solve(v: usize, a: usize, b: usize, c: usize): void {
  const n = at(c, 1);
  const m = at(c, 2);
  const scratch: usize = at(c, 5);
  const width = bytes(m);
  for (let i = at(c, 0); i; i--, a += bytes(at(c, 3)), b += bytes(at(c, 4)), v += width * n) {
    const order = a + bytes(n) * n;
    for (let r: u32 = 0; r < n; r++) memory.copy(v + <usize>r * width, b + <usize>load<f64>(order + bytes(r)) * width, width);
    solveTriangle(a, bytes(n), v, n, m, 4, scratch);
    solveTriangle(a, bytes(n), v, n, m, 1, scratch);
  }
}

/** The same of the transposed: Aᵀ is Uᵀ Lᵀ P, so that the rows find their places at the end. */
export function solveTransposed(v: usize, a: usize, b: usize, c: usize): void {
  const n = at(c, 1);
  const m = at(c, 2);
  const width = bytes(m);
  const held: usize = at(c, 5);
  const scratch = held + ((width * n + 15) & ~15);
  for (let i = at(c, 0); i; i--, a += bytes(at(c, 3)), b += bytes(at(c, 4)), v += width * n) {
    const order = a + bytes(n) * n;
    memory.copy(held, b, width * n);
    solveTriangle(a, bytes(n), held, n, m, 3, scratch);
    solveTriangle(a, bytes(n), held, n, m, 2 | 4, scratch);
    for (let r: u32 = 0; r < n; r++) memory.copy(v + <usize>load<f64>(order + bytes(r)) * width, held + <usize>r * width, width);
  }
}

/** v := Q and R of a, one behind the other. c: the batch, m, n. */
export function qr(v: usize, a: usize, c: usize): void {
  const m = at(c, 1);
  const n = at(c, 2);
  for (let i = at(c, 0); i; i--, v += bytes(m + n) * n, a += bytes(m) * n) factorColumns(v, a, m, n, at(c, 3));
}

/** v := the eigenvalues and eigenvectors of a, one behind the other. c: the batch, n. */
export function eigh(v: usize, a: usize, c: usize): void {
  const n = at(c, 1);
  for (let i = at(c, 0); i; i--, v += bytes(n + 1) * n, a += bytes(n) * n) decompose(v, a, n, at(c, 2));
}

/** v := a part of each of what lies at a. c: the batch, the numbers of the part, where it begins, the numbers from one to the next. */
export function part(v: usize, a: usize, c: usize): void {
  const size = bytes(at(c, 1));
  a += bytes(at(c, 2));
  for (let i = at(c, 0); i; i--, v += size, a += bytes(at(c, 3))) memory.copy(v, a, size);
}
