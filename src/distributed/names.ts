/** What the processes of a cluster agree on: names of queues and keys, what jobs hold, and the packages that they need. */
import type * as Bullmq from "bullmq";
import type * as Ioredis from "ioredis";
import { type WrittenSums } from "./opensums.js";

/** Where Redis is. */
export interface Connection {
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
}

/** Options of all that takes part. */
export interface DistributedOptions {
  readonly connection?: Connection;
  /** The name of the cluster: "wengert" by default. */
  readonly name?: string;
}

/** What a shard's job holds. */
export interface ShardJob {
  readonly module: string;
  /** Which argument holds the rows. */
  readonly argument: number;
  /** The leaves of the other arguments, one after another, in base64. */
  readonly args: string;
  /** The rows of all shards. */
  readonly count: number;
  /** The shard's number, its first block and how many rows it has. */
  readonly shard: number;
  readonly block: number;
  readonly rows: number;
  readonly source: unknown;
}

/** What a shard's job gives. */
export interface ShardResult {
  readonly shard: number;
  readonly open: WrittenSums;
}

export const queuesOf = (name: string) => ({ shards: `${name}-shards`, sums: `${name}-sums` });
export const moduleKey = (name: string, hash: string): string => `${name}:module:${hash}`;

const missing = (name: string, cause: unknown): never => {
  throw new Error(`distributed: expected ${name} beside wengert, got none. Install it: npm install ${name}`, { cause });
};

/** The packages that applications install. */
export const bullmq = (): Promise<typeof Bullmq> => import("bullmq").catch((cause: unknown) => missing("bullmq", cause));
export const ioredis = (): Promise<typeof Ioredis> => import("ioredis").catch((cause: unknown) => missing("ioredis", cause));
