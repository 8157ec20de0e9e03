/** The side that asks: modules sent once, shards as jobs, and results made of their sums. */
import { createHash } from "node:crypto";
import { leavesStep, verifiedModule } from "../compiled/portable.js";
import { argumentsMismatch } from "../compiled/arguments.js";
import { build, inLeaf } from "../data/tree.js";
import { readOptions } from "../data/options.js";
import { bullmq, type Connection, type DistributedOptions, ioredis, moduleKey, queuesOf, type ShardJob } from "./names.js";
import { encoded, OpenSums, type WrittenSums } from "./opensums.js";
import { BLOCK_ROWS, type Sharded } from "./sharded.js";

export { type Connection, type DistributedOptions };

/** Rows that a worker can read: how many, and what its reader makes them of. All shards but the last have a multiple of 8,192 rows. */
export interface Shard {
  readonly rows: number;
  /** JSON. */
  readonly source: unknown;
}

/** Those who compute, seen from one who asks. */
export interface Cluster {
  /** Sends a function's module, once for all that have the same, and gives the function of arguments, with anything in place of the rows, and shards. */
  register<A extends readonly unknown[], R>(f: Sharded<A, R>): Promise<(args: A, shards: readonly Shard[]) => Promise<R>>;
  close(): Promise<void>;
}

const given = () => undefined;
const kinds = {
  connection: given,
  name: (value: unknown) => (typeof value === "string" && /^[\w-]+$/.test(value) ? undefined : "letters, digits, - and _"),
};

/**
 * A cluster of those who `work` at the same Redis under the same name.
 * @throws as rejections Error where bullmq or ioredis is not installed.
 */
export async function cluster(options?: DistributedOptions): Promise<Cluster> {
  const { connection = {}, name = "wengert" } = readOptions<DistributedOptions>("cluster", kinds, options);
  const [{ FlowProducer, Job, Queue, QueueEvents }, { Redis }] = [await bullmq(), await ioredis()];
  const redis = new Redis({ ...connection, maxRetriesPerRequest: null });
  const queues = queuesOf(name);
  const flows = new FlowProducer({ connection });
  const queue = new Queue(queues.shards, { connection });
  const events = new QueueEvents(queues.sums, { connection });
  await events.waitUntilReady();

  /** The sums over all shards: those of each, merged in their order by the job that waits for them. */
  const sumOver = async (jobs: readonly ShardJob[]): Promise<WrittenSums> => {
    const { job, children = [] } = await flows.add({
      name: "sum",
      queueName: queues.sums,
      opts: { removeOnComplete: { age: 60 }, removeOnFail: { age: 3600 } },
      children: jobs.map((data) => ({
        name: "shard",
        queueName: queues.shards,
        data,
        opts: {
          attempts: 5,
          backoff: { type: "exponential", delay: 200 },
          removeOnComplete: true,
          removeOnFail: { age: 3600 },
          failParentOnFailure: true,
        },
      })),
    });
    return job.waitUntilFinished(events).catch(async (cause: unknown) => {
      const shards = await Promise.all(children.map((child) => Job.fromId(queue, child.job.id!)));
      const reason = shards.find((shard) => shard?.failedReason)?.failedReason ?? (cause as Error).message;
      throw new Error(`cluster: expected sums of all shards, got a failure: ${reason}`, { cause });
    }) as Promise<WrittenSums>;
  };

  const register: Cluster["register"] = async <A extends readonly unknown[], R>({ block, finish, rows: argument }: Sharded<A, R>) => {
    const hash = createHash("sha256").update(block).digest("hex");
    await redis.set(moduleKey(name, hash), Buffer.from(block), "NX");
    const { module, manifest } = verifiedModule(finish);
    const step = leavesStep(module);
    return async (args: A, shards: readonly Shard[]): Promise<R> => {
      let [block, count] = [0, 0];
      shards.forEach(({ rows }, i) => {
        if (!Number.isSafeInteger(rows) || rows < 1 || (i < shards.length - 1 && rows % BLOCK_ROWS !== 0))
          throw new RangeError(
            `cluster: expected ${i < shards.length - 1 ? `a multiple of ${BLOCK_ROWS}` : "at least one"} rows, got ${rows} at shards[${i}]`,
          );
        count += rows;
      });
      const leaves: unknown[] = [];
      const sums = new Array<number>(manifest.inputs.at(-1)!.lanes).fill(0);
      const finishing = [...args.map((arg, i) => (i === argument ? null : arg)), count, sums];
      const mismatch = argumentsMismatch(
        { inputTree: manifest.arguments, inputs: manifest.inputs },
        finishing,
        (i, value) => (leaves[i] = value),
        true,
      );
      if (mismatch !== undefined) throw new TypeError(`cluster: ${mismatch}`);
      const flat = encoded(
        Float64Array.from(leaves.slice(0, -2).flatMap((leaf) => (typeof leaf === "number" ? [leaf] : [...(leaf as Float64Array)]))),
      );
      const jobs = shards.map(({ rows, source }, shard): ShardJob => {
        const job = { module: hash, argument, args: flat, count, shard, block, rows, source };
        block += Math.ceil(rows / BLOCK_ROWS);
        return job;
      });
      leaves[leaves.length - 1] = OpenSums.read(await sumOver(jobs)).total(block);
      const results = step(...leaves);
      return build(manifest.results, (i) => {
        const [leaf, value] = [manifest.outputs[i]!, results[i]!];
        if (typeof value === "number") return value;
        return leaf.kind === "numbers" ? Array.from(value) : inLeaf(leaf, value);
      }) as R;
    };
  };

  return {
    register,
    async close() {
      await Promise.all([flows.close(), queue.close(), events.close()]);
      redis.disconnect();
    },
  };
}
