/** The whole binary interface of the kernel: a sweep over a tape, and the functions that code emitted beside the kernel calls. */
import { TABLE_HASH } from "./generated/lanes";
import { faultAt, sweepSections } from "./tape";

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
 * Evaluates the tape whose header is given, from its inputs to its outputs.
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
