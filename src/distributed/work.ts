/** The side that computes: a process that takes shards, one after another, and merges the sums of those that belong together. */
import { readOptions } from "../data/options.js";
import { bullmq, type Connection, type DistributedOptions, queuesOf, type ShardResult } from "./names.js";
import { OpenSums, type WrittenSums } from "./opensums.js";

/** Options of `work`. */
export interface WorkOptions extends DistributedOptions {
  /** The URL of a module whose default export is a `Reader`; by default `readColumns`. */
  readonly reader?: string | URL;
  /** Milliseconds after which a shard whose process says nothing more is another's: 30,000 by default. */
  readonly lockDuration?: number;
}

/** A process at work. */
export interface Working {
  /** Ends once the shard under way is done. */
  close(): Promise<void>;
}

/** What the thread is told. */
export interface WorkerData {
  readonly connection: Connection;
  readonly name: string;
  readonly reader: string;
}

const given = () => undefined;
const kinds = { connection: given, name: given, reader: given, lockDuration: given };

/** The sums of shards, in their order. */
function merged(results: readonly ShardResult[]): WrittenSums {
  const open = new OpenSums();
  for (const { open: part } of [...results].sort((x, y) => x.shard - y.shard)) open.append(OpenSums.read(part));
  return open.write();
}

/**
 * Takes shards of the cluster until it is closed. They are computed in a thread, so that the process goes on to say that it lives; what a process that died had is computed by another, and the first result counts.
 * @throws as rejections Error where bullmq or ioredis is not installed.
 */
export async function work(options?: WorkOptions): Promise<Working> {
  const { connection = {}, name = "wengert", reader, lockDuration = 30_000 } = readOptions<WorkOptions>("work", kinds, options);
  const { Worker } = await bullmq();
  const queues = queuesOf(name);
  const workerData: WorkerData = { connection, name, reader: String(reader ?? new URL("./shardreader.js", import.meta.url)) };
  const living = { connection, lockDuration, stalledInterval: lockDuration / 2, maxStalledCount: 100 };
  const shards = new Worker(queues.shards, new URL("./shardworker.js", import.meta.url), {
    ...living,
    useWorkerThreads: true,
    workerThreadsOptions: { workerData },
  });
  const sums = new Worker(queues.sums, async (job) => merged(Object.values(await job.getChildrenValues<ShardResult>())), living);
  for (const each of [shards, sums]) each.on("error", (error) => process.emitWarning(`work: ${error.message}`));
  await Promise.all([shards.waitUntilReady(), sums.waitUntilReady()]);
  return {
    async close() {
      await Promise.all([shards.close(), sums.close()]);
    },
  };
}
