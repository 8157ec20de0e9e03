/** The kernel's linear algebra on arrays: what a row of it computes, by the function that emitted code and the tape call. */
import "wengert";
import { instantiate } from "../src/engines/kernel/load.js";

type Routine = (...addresses: number[]) => void;

/** A kernel with room for so many numbers. */
export function linearKernel(
  numbers: number,
): (name: string, operands: readonly Float64Array[], list: readonly number[], scratch: number, result: number) => Float64Array {
  const { exports, memory } = instantiate(8 * numbers + (1 << 20));
  const base = exports.heapBase();
  return (name, operands, list, scratch, result) => {
    let end = base;
    const allocate = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 16) * 16;
      return at;
    };
    const v = allocate(8 * result + 8);
    const at = operands.map((x) => {
      const place = allocate(x.byteLength + 16);
      new Float64Array(memory.buffer, place, x.length).set(x);
      return place;
    });
    const listAt = allocate(4 * (list.length + 1));
    const scratchAt = allocate(scratch);
    new Uint32Array(memory.buffer, listAt, list.length + 1).set([...list, scratchAt]);
    new Float64Array(memory.buffer, v, result).fill(NaN);
    const guard = allocate(16); // what lies behind the scratch stays
    new Float64Array(memory.buffer, guard, 2).fill(42);
    (exports[name] as Routine)(v, ...at, listAt);
    if (new Float64Array(memory.buffer, guard, 2).some((x) => x !== 42)) throw new Error(`${name}: wrote behind its scratch`);
    return new Float64Array(memory.buffer, v, result).slice();
  };
}
