/** Pools: one function of a portable module on several threads, with a queue that has an end. */
import type { Piscina } from "piscina";
import { argumentsMismatch } from "../compiled/arguments.js";
import { type PortableModule, verifiedModule } from "../compiled/portable.js";
import { type Kinds, readOptions } from "../data/options.js";
import { build, inLeaf, type Leaf } from "../data/tree.js";
import { describe } from "../errors.js";
import { type PoolTask } from "./task.js";

/** Options of `pool`. */
export interface PoolOptions {
  /** How many threads there are: by default as many as the machine runs at once. */
  readonly threads?: number;
  /** How many calls may wait for a thread: 64 for each by default. A call beyond throws a QueueFullError. */
  readonly maxQueue?: number;
  /** Milliseconds from the call to its result, waiting included: by default without end. */
  readonly timeout?: number;
  /** How often a call whose thread died is made again: as often as there are threads by default, which may all die at once. */
  readonly retries?: number;
}

/** Options of a call. */
export interface RunOptions {
  /** Has typed arrays among the arguments move to the thread, and be empty here afterwards, in place of being copied. One that is a part of a larger buffer is copied once, and that copy moves. */
  readonly transfer?: boolean;
  /** Gives the call up; its thread is ended and made anew. */
  readonly signal?: AbortSignal;
}

/** Sets of arguments, as they are there or as they come. */
export type ArgumentSets<A extends readonly unknown[]> = Iterable<A> | AsyncIterable<A>;

/** More calls wait than may. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

/** A call took longer than it may; its thread was ended, and made anew. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

/** A function on several threads. */
export interface Pool<A extends readonly unknown[], R> {
  /**
   * The result of the function, computed by the first thread that is free.
   * @throws as rejections: TypeError where the arguments are not of the function's structure, QueueFullError, TimeLimitError, the reason of `signal`, RangeError where a lane number is out of bounds.
   */
  run(args: A, options?: RunOptions): Promise<R>;
  /** The results for many sets of arguments, in their order. No more sets are taken than keep the threads busy, so their source may be endless. */
  map(sets: ArgumentSets<A>, options?: RunOptions): AsyncGenerator<R, void, undefined>;
  /** How many calls wait for a thread. */
  readonly waiting: number;
  readonly threads: number;
  /** Ends the threads; calls under way are rejected. */
  dispose(): Promise<void>;
}

const count = (least: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= least ? undefined : `a whole number from ${least}`;

const kinds: Kinds<PoolOptions> = {
  threads: count(1),
  maxQueue: count(0),
  timeout: (value) => (typeof value === "number" && value > 0 && value < 2 ** 31 ? undefined : "milliseconds above 0 and below 2³¹"),
  retries: count(0),
};

const runKinds: Kinds<RunOptions> = {
  transfer: (value) => (typeof value === "boolean" ? undefined : "true or false"),
  signal: (value) => (value instanceof AbortSignal ? undefined : "an AbortSignal"),
};

/** The class of pools of threads, of a package that applications install. */
async function piscina(): Promise<typeof Piscina> {
  const loaded = await import("piscina").catch((cause: unknown) => {
    throw new Error("pool: expected piscina beside wengert, got none. Install it: npm install piscina", { cause });
  });
  return loaded.Piscina;
}

/** Whether an error says that a thread ended, which is not the function's own. */
const isLost = (error: unknown): boolean =>
  error instanceof Error &&
  (/^worker exited|^Terminating worker thread/.test(error.message) || (error as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY");

/** Leaves to be sent, and the buffers among them that move: of a part of a buffer a copy does. What is shared stays shared. */
function moving(leaves: readonly unknown[]): { readonly leaves: readonly unknown[]; readonly buffers: readonly ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>();
  const sent = leaves.map((leaf) => {
    if (!ArrayBuffer.isView(leaf) || !(leaf.buffer instanceof ArrayBuffer)) return leaf;
    const whole = leaf.byteLength === leaf.buffer.byteLength ? leaf : (leaf as Float64Array<ArrayBuffer>).slice();
    buffers.add(whole.buffer as ArrayBuffer);
    return whole;
  });
  return { leaves: sent, buffers: [...buffers] };
}

/**
 * The function of a portable module on threads of its own: `await pool(compile(valueAndGrad(f), args).toWasm())`. It is verified once, here; each thread has its memory. The process may end while threads wait.
 * @throws as rejections what `loadModule` throws, Error where piscina is not installed.
 */
export async function pool<A extends readonly unknown[] = unknown[], R = unknown>(
  source: PortableModule,
  options?: PoolOptions,
): Promise<Pool<A, R>> {
  const { availableParallelism } = await import("node:os");
  const { threads = availableParallelism(), maxQueue = 64 * threads, timeout, retries = threads } = readOptions("pool", kinds, options);
  const { module, manifest } = verifiedModule(source);
  const Threads = await piscina();
  const workers = new Threads({
    filename: new URL("./poolworker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    // a thread that waits for its next task hears that the process ends
    atomics: "disabled",
  });
  const failed = new Promise<never>((_, reject) => workers.on("error", reject)); // later of a thread without a task, which is made anew
  const begun: PoolTask = { module, leaves: undefined };
  await Promise.race([failed, workers.run(begun)]).catch(async (cause: unknown) => {
    await workers.destroy();
    throw new Error(`pool: expected threads that begin, got one that ended: ${(cause as Error).message}`, { cause });
  });
  const results = manifest.outputs;
  let underWay = 0;
  let disposed = false;
  const gone = (): Error => new Error("run: expected a pool that is in use, got one that was disposed of. Make another");

  const leavesOf = (args: A): unknown[] => {
    const leaves = new Array<unknown>(manifest.inputs.length);
    const take = (leaf: number, value: unknown): void => void (leaves[leaf] = value);
    const structure = { inputTree: manifest.arguments, inputs: manifest.inputs };
    const mismatch = Array.isArray(args)
      ? argumentsMismatch(structure, args, take, true)
      : `expected an array of arguments, got ${describe(args)}`;
    if (mismatch !== undefined) throw new TypeError(`run: ${mismatch}`);
    return leaves;
  };

  const resultOf = (leaves: readonly (number | Float64Array)[]): R =>
    build(manifest.results, (i) => {
      const leaf: Leaf = results[i]!;
      const value = leaves[i]!;
      if (typeof value === "number") return value;
      return leaf.kind === "numbers" ? Array.from(value) : inLeaf(leaf, value);
    }) as R;

  /** Sends leaves to a thread; again where that one died, unless they moved to it. */
  const computed = async (leaves: readonly unknown[], transfer: boolean, signal: AbortSignal): Promise<R> => {
    const moved = transfer ? moving(leaves) : undefined;
    const task: PoolTask = { module, leaves: moved?.leaves ?? leaves };
    const transferList = moved?.buffers ?? [];
    for (let left = transfer ? 0 : retries; ; left--) {
      try {
        return resultOf((await workers.run(task, { signal, transferList })) as (number | Float64Array)[]);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (disposed) throw gone();
        if (!isLost(error)) throw error;
        if (left === 0)
          throw new Error(
            `run: expected a thread that lives, got one that ended${transfer ? " with the arguments that had moved to it" : ""}. Call it again`,
            { cause: error },
          );
      }
    }
  };

  const run = async (args: A, given?: RunOptions): Promise<R> => {
    const { transfer = false, signal } = readOptions("run", runKinds, given);
    const leaves = leavesOf(args);
    if (signal?.aborted) throw signal.reason;
    if (disposed) throw gone();
    if (underWay >= threads + maxQueue)
      throw new QueueFullError(`run: expected at most ${maxQueue} calls that wait, got one more. Call it later, or have map wait for you`);
    const ended = new AbortController();
    const give = (): void => ended.abort(signal!.reason);
    const late = (): void => ended.abort(new TimeLimitError(`run: expected a result within ${timeout} ms, got none`));
    const timer = timeout === undefined ? undefined : setTimeout(late, timeout);
    signal?.addEventListener("abort", give, { once: true });
    underWay++;
    try {
      return await computed(leaves, transfer, ended.signal);
    } finally {
      underWay--;
      clearTimeout(timer);
      signal?.removeEventListener("abort", give);
    }
  };

  async function* map(sets: ArgumentSets<A>, given?: RunOptions): AsyncGenerator<R, void, undefined> {
    const pending: Promise<R>[] = [];
    try {
      for await (const args of sets) {
        if (pending.length === 2 * threads) yield await pending.shift()!;
        const result = run(args, given);
        result.catch(() => undefined); // thrown in its turn
        pending.push(result);
      }
      while (pending.length > 0) yield await pending.shift()!;
    } finally {
      await Promise.allSettled(pending);
    }
  }

  return {
    run,
    map,
    threads,
    get waiting() {
      return Math.max(0, underWay - threads);
    },
    dispose() {
      disposed = true;
      return workers.destroy();
    },
  };
}
