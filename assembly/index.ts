/**
 * The whole binary interface of the kernel: the sweeps of a tape that was recorded row by row, the sweep of a planned program, and the functions
 * that code emitted beside the kernel calls.
 */
import { TABLE_HASH } from "./generated/lanes";
import { forwardRows, reverseRows } from "./generated/sweeps";
import { faultAt, sweepSections } from "./tape";

export { eigh, part as eigenvalues, part as eigenvectors, part as orthogonalFactor, part as triangularFactor, qr } from "./linear/index";
export { cholesky, choleskyAdjoint, lu, matmul, solve, solveTransposed, triangularSolve } from "./linear/index";
export { argmaxAxis, argminAxis, argsort, cumsumAxis, maxAxis, minAxis, reverseAxis, sumAxis, transpose, triangle } from "./matrices";
export { laneAt, segmentBegin, segmentEnd } from "./move";
export { argExtreme, sumBegin, sumClose, sumEnd } from "./reduce";
export * from "./math/index";

/** The hash of the op table that this kernel was built from; the loader compares it with its own. */
export function tableHash(): u32 {
  return TABLE_HASH;
}

/** The first address that the kernel's own data leaves free. */
export function heapBase(): usize {
  return (__heap_base + 15) & ~15;
}

/**
 * Evaluates rows first … first + count − 1 of a recorded tape, into the cells from `cell` on. `tape` is the address of its header: the addresses u32 of
 * its columns, as src/ops/tapecolumns.ts lists them.
 */
export function forward(tape: usize, first: u32, count: u32, cell: u32): void {
  forwardRows(tape, first, count, cell);
}

/** Sweeps those rows' adjoints back to their operands', from the last row to the first. */
export function reverse(tape: usize, first: u32, count: u32, cell: u32): void {
  reverseRows(tape, first, count, cell);
}

/**
 * Evaluates the planned program whose header is given, from its inputs to its outputs.
 * Reads: header, columns, sections, and what the rows read. Writes: what the rows write. Needs: addresses inside memory.
 * Returns 0; 1 where a lane number was out of bounds, and then `fault` says which; or 2 where the host is to make a call, after which another sweep goes on.
 */
export function sweep(header: usize): u32 {
  return sweepSections(header);
}

/** The address of the last fault: lane u32, lanes u32, the lane number f64. */
export function fault(): usize {
  return faultAt();
}
