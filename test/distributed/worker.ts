/** A process that takes shards of the cluster at a port until it is ended: node worker.js PORT LOCK_DURATION READER. */
import type { work as Work } from "wengert/distributed";

const [port, lockDuration, reader] = process.argv.slice(2);
const built = new URL("../../dist/distributed.js", import.meta.url).href;
const { work } = (await import(built)) as { work: typeof Work };
await work({ connection: { host: "127.0.0.1", port: Number(port) }, lockDuration: Number(lockDuration), reader: reader! });
process.send!("working");
