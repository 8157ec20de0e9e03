/** wengert/distributed: sums over shards of rows by many processes and machines, with the bits of one. Node and Redis; it needs bullmq and ioredis. */
export { BLOCK_ROWS, sharded, type Sharded, type ShardedOptions } from "./distributed/sharded.js";
export { OpenSums, type WrittenSums } from "./distributed/opensums.js";
export { cluster, type Cluster, type Connection, type DistributedOptions, type Shard } from "./distributed/cluster.js";
export { work, type Working, type WorkOptions } from "./distributed/work.js";
export { type Reader } from "./distributed/shard.js";
export { readColumns, type Columns } from "./distributed/readers.js";
