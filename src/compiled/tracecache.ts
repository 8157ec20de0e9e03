/** What was compiled of recordings, kept in one bounded cache: found by the recording, and run with the numbers that the function uses now. */
import { type NumericArray } from "../data/arrays.js";
import { memoriesAreFew, relieveBy } from "../engines/kernel/load.js";
import { type HostOp } from "../graph/graph.js";
import { randomSource } from "../data/random.js";
import { type Captured, type RawGraph, sameContents } from "../graph/rawgraph.js";
import { type Captures, capturedLeaves, liveHost } from "./replay.js";
import { hashOf, Skeleton, type Subject } from "../graph/skeleton.js";
import { type Compiled } from "./step.js";

/** What is made of a recording: at least a compiled function. */
export interface Made {
  readonly compiled: Compiled;
}

/**
 * How much is kept. Memory is what compiled functions cost, so that is bounded; and their number, since every memory reserves address space,
 * of which V8 has enough for some 12,000.
 */
const MOST_BYTES = 512 << 20;
const MOST_ENTRIES = memoriesAreFew ? 32 : 1024;

/** How many entries are looked at for the one used longest ago; in turn through a few more structures than are kept, most stay. */
const SAMPLE = 8;

const sourceOfChance = randomSource(1);

/** A recording, and what was compiled of it. */
export class Entry<M extends Made> {
  /** When it was used last. */
  used = 0;
  /** Whether it runs, so that its memory is taken. */
  busy = false;
  /** The bytes that it holds. */
  bytes = 0;
  made: M;
  readonly skeleton: Skeleton;
  /** The numbers that were compiled as constants, and 1 for those that are inputs. */
  #numbers: Float64Array;
  #given: Uint8Array;
  #captures: Captures;
  /** Where captured vectors lie, and the captured lane numbers. */
  #places: readonly (Captured | undefined)[] = [];
  readonly #firstLeaf: number;
  readonly #hosts: { live: readonly HostOp[] } = { live: [] };
  readonly #liveHosts: readonly HostOp[];

  constructor(
    readonly key: string,
    readonly hash: number,
    subject: Subject,
    make: (captures: Captures) => M,
    /** One that runs, whose inputs this one should have too. */
    twin?: Entry<M>,
  ) {
    const { graph, leaves } = subject;
    this.skeleton = new Skeleton(subject);
    this.#firstLeaf = leaves.length;
    this.#given = twin ? twin.#given.slice() : new Uint8Array(graph.constants.length);
    const hosts = this.#hosts;
    this.#liveHosts = graph.hosts.map((op, i) => liveHost(op, () => hosts.live[i]!));
    this.#numbers = Float64Array.from(graph.constants);
    this.#captures = this.#capturesOf(graph, this.#given);
    this.made = make(this.#captures);
    this.#settle(graph);
  }

  #capturesOf(graph: RawGraph, given: Uint8Array): Captures {
    const numbers: number[] = [];
    given.forEach((flag, i) => flag && numbers.push(i));
    return { numbers, leaves: capturedLeaves(graph, numbers), hosts: this.#liveHosts };
  }

  /** Finds the places of what was captured in the memory of what was made. */
  #settle({ vectors }: RawGraph): void {
    const { executable, signature } = this.made.compiled;
    this.bytes = executable.bytes + this.skeleton.bytes + this.#numbers.byteLength;
    let leaf = this.#firstLeaf + (this.#captures.numbers.length > 0 ? 1 : 0);
    this.#places = vectors.map((values, k) => {
      if (values instanceof Int32Array) return this.skeleton.indices[k];
      const { position } = signature.inputs[leaf++]!;
      return executable.inputs.subarray(position, position + values.length);
    });
  }

  /** Where a recording that may be this one puts captured array k. */
  readonly place = (k: number, values: NumericArray | Int32Array): Captured | undefined => {
    const place = this.#places[k];
    if (place?.length !== values.length) return undefined;
    if (place instanceof Float64Array) {
      if (values instanceof Int32Array) return undefined;
      place.set(values);
      return place;
    }
    return values instanceof Int32Array && sameContents(place, values) ? place : undefined;
  };

  /**
   * Makes it anew where a number that was compiled is another now: all that differ become inputs. Where that happens again, all numbers do, so that it does not a third time.
   */
  adapt({ graph }: Subject, make: (captures: Captures) => M): void {
    const { constants } = graph;
    const numbers = this.#numbers;
    let given: Uint8Array | undefined;
    for (let i = 0; i < constants.length; i++) {
      if (this.#given[i] === 1 || Object.is(numbers[i], constants[i])) continue;
      if (this.#captures.numbers.length > 0) {
        given = new Uint8Array(constants.length).fill(1);
        break;
      }
      given ??= this.#given.slice();
      given[i] = 1;
    }
    if (given === undefined) return;
    const captures = this.#capturesOf(graph, given);
    this.made = make(captures);
    this.#given = given;
    this.#captures = captures;
    this.#numbers = Float64Array.from(constants);
    this.#settle(graph);
  }

  /** Puts in place what the function captured, and the host functions that it used. */
  write({ graph: { constants, vectors, hosts } }: Subject): void {
    const { executable, signature } = this.made.compiled;
    const { numbers } = this.#captures;
    if (numbers.length > 0) {
      const { position } = signature.inputs[this.#firstLeaf]!;
      for (let k = 0; k < numbers.length; k++) executable.inputs[position + k] = constants[numbers[k]!]!;
    }
    for (let k = 0; k < vectors.length; k++) {
      const place = this.#places[k]!;
      if (place !== vectors[k] && place instanceof Float64Array) place.set(vectors[k]!);
    }
    if (hosts.length > 0) this.#hosts.live = hosts.slice();
  }

  /** Gives its memory free for the next call. */
  release(): void {
    this.busy = false;
    if (this.#hosts.live.length > 0) this.#hosts.live = [];
  }
}

/** All entries, by hash, and in no order; by key, the one that was used last. */
const byHash = new Map<number, Entry<Made>[]>();
const all: Entry<Made>[] = [];
const latest = new Map<string, Entry<Made>>();
let bytes = 0;
let clock = 0;

/** What the next recording for a key is expected to be; undefined where nothing is known. */
export function expected(key: string): Entry<Made> | undefined {
  const entry = latest.get(key);
  return entry?.busy ? undefined : entry;
}

function drop(place: number): void {
  const entry = all[place]!;
  all[place] = all.at(-1)!;
  all.pop();
  bytes -= entry.bytes;
  const alike = byHash.get(entry.hash)!;
  alike.splice(alike.indexOf(entry), 1);
  if (alike.length === 0) byHash.delete(entry.hash);
  if (latest.get(entry.key) === entry) latest.delete(entry.key);
}

/** Lets go of entries, but for the last one that was added, until the rest is within bounds. */
function shrink(): void {
  while (all.length > 1 && (bytes > MOST_BYTES || all.length > MOST_ENTRIES)) {
    let oldest = 0;
    for (let i = 0; i < SAMPLE; i++) {
      const place = Math.floor(sourceOfChance() * (all.length - 1));
      if (i === 0 || all[place]!.used < all[oldest]!.used) oldest = place;
    }
    drop(oldest);
  }
}

/** Lets go of the half of the entries that was used longest ago, but for those that run, where a memory cannot be had; the host collects theirs. */
function relieve(): boolean {
  const free = all.filter(({ busy }) => !busy).sort((x, y) => x.used - y.used);
  for (const entry of free.slice(0, Math.ceil(free.length / 2))) drop(all.indexOf(entry));
  return free.length > 0;
}

/** What is kept: entries, and their bytes. */
export const kept = (): { readonly entries: number; readonly bytes: number } => ({ entries: all.length, bytes });

const seedOf = (key: string): number => {
  let h = 0;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return h;
};

/** The entry of a recording that is free, made where there is none; it is busy then, with what the function captured in place. */
export function acquire<M extends Made>(key: string, subject: Subject, make: (captures: Captures) => M): Entry<M> {
  let entry = expected(key) as Entry<M> | undefined;
  if (!entry?.skeleton.matches(subject)) {
    const hash = hashOf(subject, seedOf(key));
    const alike = (byHash.get(hash) ?? []).filter((other) => other.key === key && other.skeleton.matches(subject)) as unknown as Entry<M>[];
    entry = alike.find(({ busy }) => !busy) ?? added(new Entry(key, hash, subject, make, alike[0]));
  }
  const before = entry.bytes;
  entry.busy = true; // and so not let go of, where making it anew takes a memory that can only be had for others
  try {
    entry.adapt(subject, make);
  } catch (error) {
    entry.busy = false;
    throw error;
  }
  bytes += entry.bytes - before;
  entry.used = ++clock;
  latest.set(key, entry);
  entry.write(subject);
  return entry;
}

function added<M extends Made>(entry: Entry<M>): Entry<M> {
  const any = entry as unknown as Entry<Made>;
  const alike = byHash.get(entry.hash);
  if (alike) alike.push(any);
  else byHash.set(entry.hash, [any]);
  all.push(any);
  relieveBy(relieve);
  bytes += entry.bytes;
  shrink();
  return entry;
}
