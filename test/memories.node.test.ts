/** A process whose addresses are used up by memories says so, and what to dispose of; what was disposed of can be had again, and compiled recordings that are kept make room. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Takes memories until there are none left, then what the library does; the message of each error. */
const program = `
import { compile, grad, loadModule, loadModuleAsync, mul, record } from "./src/index.ts";
const step = compile((x) => mul(x, x), [1]);
const chain = (length) => grad((x) => Array.from({ length }).reduce((y) => mul(y, x), x))(1);
const bytes = step.toWasm();
const held = [];
try {
  for (;;) held.push(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
} catch {}
const said = async (run) => {
  try {
    return String(await run());
  } catch (error) {
    return error.name + ": " + error.message;
  }
};
const runs = [
  ...["tape", "kernel", "jit", "auto"].map((engine) => () => compile((x) => mul(x, x), [1], { engine })(3)),
  () => grad((x) => mul(x, x))(3),
  () => record((x) => mul(x, x), 3).value,
  () => loadModule(bytes)(3),
  async () => (await loadModuleAsync(bytes))(3),
];
const full = [];
for (const run of runs) full.push(await said(run));
const live = await said(() => step(3));
held.length = 0;
for (let i = 0; i < 64; i++) chain(i);
try {
  for (;;) held.push(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
} catch {}
const relieved = [];
for (const run of [...runs.slice(0, 5), () => chain(200)]) relieved.push(await said(run));
held.length = 0;
const after = [];
for (const run of runs) after.push(await said(run));
console.log(JSON.stringify({ full, live, relieved, after }));`;

test("memories that use up all addresses", () => {
  const output = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: root,
    encoding: "utf8",
  });
  const { full, live, relieved, after } = JSON.parse(output) as Record<"full" | "relieved" | "after", string[]> & { live: string };
  for (const message of full)
    expect(message).toMatch(
      /^OutOfMemoryError: (compile|record|loadModule): expected .*, got none from this machine\. .*about 12,500 can live at once\. Call dispose\(\) on Steps/,
    );
  expect(live).toBe("9");
  expect(relieved).toEqual(["9", "9", "9", "9", "6", "201"]);
  expect(after).toEqual(["9", "9", "9", "9", "6", "9", "9", "9"]);
}, 60_000);
