/** The service of examples/service/server.ts under load from a second process, a thread of it killed meanwhile: `npx tsx --tsconfig tsconfig.build.json examples/service.ts [seconds] [requests of each kind a second]`, which takes what is built. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Piscina } from "piscina";
import { type Load, type Report } from "./service/load.js";
import { bytes, exchange } from "./service/model.js";
import { service } from "./service/server.js";

const [seconds = 5, rate] = process.argv.slice(2).map(Number);

// the threads, so that one can be killed
const pools = new Set<Piscina>();
const run = Reflect.get(Piscina.prototype, "run") as (this: Piscina, ...args: unknown[]) => Promise<unknown>;
Piscina.prototype.run = function (this: Piscina, ...args: unknown[]) {
  pools.add(this);
  return run.apply(this, args);
};

const app = await service([{ name: "logistic", bytes }], {
  threads: 2,
  maxQueue: 200,
  timeout: 5000,
  body: 1 << 18,
  batch: 16,
  memory: 1 << 24,
});
const url = `${await app.listen({ port: 0, host: "127.0.0.1" })}/logistic`;

const load: Load = {
  url,
  seconds,
  connections: 4,
  ...(rate === undefined ? {} : { rate }),
  tooLarge: 1 << 19,
  kinds: [
    { name: "one point", ...exchange(1), status: 200 },
    { name: "four points", ...exchange(4), status: 200 },
    { name: "another structure", body: JSON.stringify({ points: [[1, 2]] }), status: 400 },
    { name: "no JSON", body: exchange(1).body.slice(0, 100), status: 400 },
    { name: "too many points", body: exchange(17).body, status: 400 },
  ],
};

const client = fork(new URL("service/load.ts", import.meta.url), { execArgv: ["--import", "tsx"] });
client.send(load);
let killed = 0;
const killing = setInterval(
  () => {
    const [pool] = pools;
    if (pool === undefined) return;
    killed++;
    void pool.threads[killed % pool.threads.length]?.terminate();
  },
  Math.max(1000, (seconds * 1000) / 10),
);
const memory: number[] = [];
const sampling = setInterval(() => memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20)), Math.max(250, seconds * 10));
const [report] = (await once(client, "message")) as [Report];
clearInterval(killing);
clearInterval(sampling);
await app.close();
const { right, wrong, broken, perSecond, p50, p99 } = report;
console.log(`${perSecond.toFixed(0)} requests a second, half within ${p50} ms, 99 % within ${p99} ms; ${killed} threads killed`);
console.log(`right: ${Object.entries(right).map(([name, count]) => `${name} ${count}`).join(", ")}`); // prettier-ignore
console.log(`wrong: ${wrong.length}, broken: ${broken}`);
console.log(`memory in MB: ${Math.min(...memory.slice(1))} to ${Math.max(...memory.slice(1))}, at the end ${memory.at(-1)}`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length + broken === 0 ? 0 : 1;
