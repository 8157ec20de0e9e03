/** Sets of indices for sparsity patterns: equal small sets are one, large sets are unions of others, listed only when asked for. */
import { grown } from "../../data/growth.js";

/** Sets of more indices than this are not listed while patterns are found. */
const MOST_LISTED = 64;

/** Remembered unions of two sets; a newer pair takes the place of an older one. */
const REMEMBERED = 1 << 18;

/** How far down a union is searched for a set that it may hold already. */
const DEEPEST = 16;

/** The number of a set: 0 is the empty one. */
export type IndexSet = number;

/**
 * A store of sets of indices, each 8 bytes and its list. A set of at most 64 indices lists them and exists once; a larger one lists the sets whose union it is,
 * so that the union of two costs its 16 bytes however many indices they hold.
 */
export class IndexSets {
  #count = 1;
  #starts = new Int32Array(256);
  /** Lengths of the lists; −k for a list of k sets. */
  #lengths = new Int32Array(256);
  #pool = new Int32Array(1024);
  #poolLength = 0;
  /** Small sets by their hash: the set's number, 0 where free. */
  #table = new Int32Array(1024);
  readonly #pairs = new Int32Array(3 * REMEMBERED);
  readonly #merged = new Int32Array(2 * MOST_LISTED);
  #seen = new Int32Array(256);
  #round = 0;

  /** {index}. */
  singleton(index: number): IndexSet {
    this.#merged[0] = index;
    return this.#interned(1);
  }

  /** a ∪ b. */
  union(a: IndexSet, b: IndexSet): IndexSet {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    if (a > b) [a, b] = [b, a];
    const slot = 3 * ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) & (REMEMBERED - 1));
    if (this.#pairs[slot] === a && this.#pairs[slot + 1] === b) return this.#pairs[slot + 2]!;
    const set = this.#unite(a, b);
    this.#pairs[slot] = a;
    this.#pairs[slot + 1] = b;
    this.#pairs[slot + 2] = set;
    return set;
  }

  /** The union of many. */
  unionAll(sets: Int32Array): IndexSet {
    const distinct = [...new Set(sets)].filter((set) => set !== 0);
    let total = 0;
    for (const set of distinct) {
      total = this.union(total, set);
      if (this.#lengths[total]! < 0) return distinct.length > 2 ? this.#append(distinct, -distinct.length) : total;
    }
    return total;
  }

  /** The indices of a set, in order. */
  list(set: IndexSet): Int32Array {
    if (set === 0) return new Int32Array(0);
    const start = this.#starts[set]!;
    if (this.#lengths[set]! >= 0) return this.#pool.subarray(start, start + this.#lengths[set]!);
    if (this.#seen.length < this.#count) this.#seen = new Int32Array(2 * this.#count);
    const round = ++this.#round;
    const found: number[] = [];
    const pending = [set];
    for (let next; (next = pending.pop()) !== undefined;) {
      const [first, length] = [this.#starts[next]!, this.#lengths[next]!];
      for (let i = first; i < first + Math.abs(length); i++) {
        const item = this.#pool[i]!;
        if (length > 0) found.push(item);
        else if (this.#seen[item] !== round) {
          this.#seen[item] = round;
          pending.push(item);
        }
      }
    }
    const sorted = Int32Array.from(found).sort();
    let length = 0;
    for (const index of sorted) if (length === 0 || sorted[length - 1] !== index) sorted[length++] = index;
    return sorted.subarray(0, length);
  }

  #unite(a: IndexSet, b: IndexSet): IndexSet {
    const [m, n] = [this.#lengths[a]!, this.#lengths[b]!];
    if (m < 0 && this.#holds(a, b)) return a;
    if (n < 0 && this.#holds(b, a)) return b;
    if (m > 0 && n > 0) {
      const length = this.#merge(a, b);
      if (length <= MOST_LISTED) return this.#interned(length);
    }
    return this.#append(n < 0 && m > 0 ? [b, a] : [a, b], -2);
  }

  /** Whether a union is known to hold a set; it may hold more than is found. */
  #holds(union: IndexSet, set: IndexSet): boolean {
    for (let depth = 0; depth < DEEPEST && this.#lengths[union]! < 0; depth++) {
      const start = this.#starts[union]!;
      if (this.#pool[start] === set || this.#pool[start + 1] === set) return true;
      union = this.#pool[start]!;
    }
    return union === set;
  }

  /** Merges two lists and returns the length of the result. */
  #merge(a: IndexSet, b: IndexSet): number {
    const merged = this.#merged;
    const pool = this.#pool;
    let [i, k, length] = [this.#starts[a]!, this.#starts[b]!, 0];
    const [iEnd, kEnd] = [i + this.#lengths[a]!, k + this.#lengths[b]!];
    while (i < iEnd && k < kEnd) {
      const [x, y] = [pool[i]!, pool[k]!];
      merged[length++] = Math.min(x, y);
      if (x <= y) i++;
      if (y <= x) k++;
    }
    while (i < iEnd) merged[length++] = pool[i++]!;
    while (k < kEnd) merged[length++] = pool[k++]!;
    return length;
  }

  /** The set of the merged list: the one there is, or a new one. */
  #interned(length: number): IndexSet {
    if (2 * this.#count >= this.#table.length) this.#growTable();
    const mask = this.#table.length - 1;
    let slot = hashed(this.#merged, 0, length) & mask;
    for (let set; (set = this.#table[slot]!) !== 0; slot = (slot + 1) & mask) if (this.#isMerged(set, length)) return set;
    return (this.#table[slot] = this.#append(this.#merged.subarray(0, length), length));
  }

  #isMerged(set: IndexSet, length: number): boolean {
    if (this.#lengths[set] !== length) return false;
    const start = this.#starts[set]!;
    for (let i = 0; i < length; i++) if (this.#pool[start + i] !== this.#merged[i]) return false;
    return true;
  }

  #append(list: ArrayLike<number>, length: number): IndexSet {
    while (this.#pool.length < this.#poolLength + list.length) this.#pool = grown(this.#pool);
    if (this.#count === this.#starts.length) [this.#starts, this.#lengths] = [grown(this.#starts), grown(this.#lengths)];
    this.#pool.set(list, this.#poolLength);
    this.#starts[this.#count] = this.#poolLength;
    this.#lengths[this.#count] = length;
    this.#poolLength += list.length;
    return this.#count++;
  }

  #growTable(): void {
    this.#table = new Int32Array(2 * this.#table.length);
    const mask = this.#table.length - 1;
    for (let set = 1; set < this.#count; set++) {
      if (this.#lengths[set]! < 0) continue;
      let slot = hashed(this.#pool, this.#starts[set]!, this.#lengths[set]!) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = set;
    }
  }
}

function hashed(list: Int32Array, start: number, length: number): number {
  let h = length;
  for (let i = start; i < start + length; i++) h = Math.imul(h ^ list[i]!, 0x9e3779b1) ^ (h >>> 15);
  return h ^ (h >>> 13);
}
