/** wengert/pool: a function of a portable module on many threads of one process, for servers. Node; it needs piscina. */
export { type ArgumentSets, pool, type Pool, type PoolOptions, QueueFullError, type RunOptions, TimeLimitError } from "./pool/pool.js";
