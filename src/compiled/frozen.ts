/** Functions frozen as they were when first called with arguments of a structure: what `{ retrace: false }` keeps. */
import { memoriesAreFew } from "../engines/kernel/load.js";
import { randomSource } from "../data/random.js";
import { type Made } from "./tracecache.js";

/** How many structures are kept. */
const MOST_STRUCTURES = memoriesAreFew ? 32 : 256;

const sourceOfChance = randomSource(1);

/** What was made for arguments of one structure. */
interface Kept<M extends Made> {
  readonly made: M;
  /** The lane numbers among the arguments, by leaf, that it was made for. */
  readonly indices: ReadonlyMap<number, Int32Array>;
  busy: boolean;
}

/** What was made of a function for the structures that it met, most recently used first. Beyond the bound any but the last goes, so that turns through a few more than are kept find most. */
export class Frozen<M extends Made> {
  readonly #kept: Kept<M>[] = [];

  constructor(
    readonly make: (args: readonly unknown[]) => M,
    /** Whether other lane numbers among the arguments are another structure. */
    readonly fixesIndices: boolean,
  ) {}

  /** Uses what fits the arguments and does not run, made where there is none, with the arguments in place. */
  use<R>(args: readonly unknown[], use: (made: M) => R): R {
    const kept = this.#kept;
    let index = kept.findIndex((other) => !other.busy && fits(other, args));
    if (index < 0) index = kept.push(this.#entry(args)) - 1;
    const [entry] = kept.splice(index, 1) as [Kept<M>];
    kept.unshift(entry);
    if (kept.length > MOST_STRUCTURES) kept.splice(1 + Math.floor(sourceOfChance() * (kept.length - 1)), 1);
    entry.busy = true;
    try {
      entry.made.compiled.write(args);
      return use(entry.made);
    } finally {
      entry.busy = false;
    }
  }

  #entry(args: readonly unknown[]): Kept<M> {
    const made = this.make(args);
    const indices = new Map<number, Int32Array>();
    if (this.fixesIndices)
      made.compiled.mismatch(args, false, (leaf, value) => {
        if (value instanceof Int32Array) indices.set(leaf, value.slice());
      });
    return { made, indices, busy: false };
  }
}

/** Whether something was made for arguments like these. */
function fits<M extends Made>({ made, indices }: Kept<M>, args: readonly unknown[]): boolean {
  let others = false;
  const mismatch = made.compiled.mismatch(args, false, (leaf, value) => {
    others ||= indices.get(leaf)?.some((lane, i) => lane !== (value as Int32Array)[i]) ?? false;
  });
  return mismatch === undefined && !others;
}
