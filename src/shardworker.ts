/** What the thread of a worker of `wengert/distributed` runs: shards, while the process renews the locks of their jobs. */
import { createHash } from "node:crypto";
import { workerData } from "node:worker_threads";
import type { Job } from "bullmq";
import { ioredis, moduleKey, type ShardJob, type ShardResult } from "./distributed/names.js";
import { type Reader, shardComputer } from "./distributed/shard.js";
import { type WorkerData } from "./distributed/work.js";

const { connection, name, reader } = workerData as WorkerData;
const { Redis } = await ioredis();
const redis = new Redis({ ...connection, maxRetriesPerRequest: null });
const { default: read } = (await import(reader)) as { default: Reader };
const computers = new Map<string, ReturnType<typeof shardComputer>>();

/** The open sums of a shard. */
export default async function compute({ data }: Job<ShardJob>): Promise<ShardResult> {
  let computer = computers.get(data.module);
  if (computer === undefined) {
    const bytes = await redis.getBuffer(moduleKey(name, data.module));
    if (bytes === null || createHash("sha256").update(bytes).digest("hex") !== data.module)
      throw new Error(`work: expected the module ${data.module}, got ${bytes === null ? "none" : "other bytes"}. Register it again`);
    computers.set(data.module, (computer = shardComputer(new Uint8Array(bytes))));
  }
  return computer(data, read);
}
