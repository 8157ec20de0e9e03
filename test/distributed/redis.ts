/** A Redis of a test's own, in a process that ends with it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why there is none; undefined where redis-server is installed. WENGERT_REQUIRE_REDIS=1 makes that an error. */
export const redisNotice =
  spawnSync("redis-server", ["--version"]).status === 0
    ? undefined
    : "redis-server is not installed (Debian: apt-get install redis-server)";
if (redisNotice !== undefined && process.env["WENGERT_REQUIRE_REDIS"] === "1") throw new Error(redisNotice);

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts it, and returns where it is. */
export async function startRedis(): Promise<{ readonly connection: { host: string; port: number }; stop(): Promise<void> }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "wengert-redis-"));
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const server: ChildProcess = spawn("redis-server", settings, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of server.stdout!) if (String(line).includes("Ready to accept connections")) break;
  return {
    connection: { host: "127.0.0.1", port },
    async stop() {
      server.kill();
      if (server.exitCode === null) await once(server, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
