/** Runs every `check:` script of package.json, two at a time, and prints the output of those that fail. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const checks = Object.keys(scripts).filter((name) => name.startsWith("check:"));

const waiting = [...checks];
const failed: string[] = [];
await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`${failed.length} of ${checks.length} checks failed: ${failed.join(", ")}`);
  process.exit(1);
}

async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const start = performance.now();
    const { ok, output } = await runScript(name);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (ok) continue;
    failed.push(name);
    console.log(`\n${output.trim()}\n`);
  }
}

function runScript(name: string): Promise<{ ok: boolean; output: string }> {
  // attw packs the package, which would build it again: npm is told not to run the scripts that come with packing
  const env = { ...process.env, npm_config_ignore_scripts: "true" };
  return new Promise((resolve) => {
    const child = spawn(`npm run --silent ${name}`, { env, shell: true });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}
