/** Portable modules in a host that is neither this library's nor JavaScript's: wabt's interpreter gives the bits that the jit engine gives. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compile, type Indices, sum, take, type Value, valueAndGrad } from "wengert";
import { compiled } from "./engines.js";
import { lanes, vector } from "./mistakes.js";
import { erased } from "./modes.js";
import { programs } from "./programs.js";
import { Host, type SectionLeaf, sectionOf } from "./wasmhost.js";

const tools = ["wast2json", "spectest-interp"];
const present = tools.every((tool) => spawnSync(tool, ["--version"]).status === 0);
if (!present)
  test("the host", (context) =>
    context.skip(`${tools.join(" and ")} were not found, so portable modules ran in V8 alone: apt-get install wabt`));

const folder = mkdtempSync(join(tmpdir(), "wengert-host-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes and reads the memory of the module under test, by bits. */
const probe = `(module
  (import "module" "memory" (memory 0))
  (func (export "write64") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "write32") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "read64") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "read32") (param i32) (result i32) (i32.load (local.get 0))))`;

/** Bytes as a string of the text format. */
const quoted = (bytes: Uint8Array): string => `"${Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}"`;

/** Runs commands on a module and the probe; returns what the interpreter says, but for the commands without assertions, which it repeats. */
function interpret(module: Uint8Array, commands: readonly string[]): string {
  const [script, json] = [join(folder, "script.wast"), join(folder, "script.json")];
  writeFileSync(script, [`(module $module binary ${quoted(module)})`, `(register "module" $module)`, probe, ...commands].join("\n"));
  for (const [tool, ...args] of [
    ["wast2json", script, "-o", json],
    ["spectest-interp", json],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(tool, args, { encoding: "utf8" });
    if (status !== 0 || tool === "spectest-interp") return `${stdout}${stderr}`.replaceAll(/^write.*=>\n/gm, "").trim();
  }
  return "";
}

/** The commands that write or check every word of a leaf as another host has it. */
function eachWord(
  { memory }: Host,
  { kind, lanes, address }: SectionLeaf,
  command: (type: "i32" | "i64", at: number, bits: string) => string,
): string[] {
  return Array.from({ length: lanes }, (_, i) =>
    kind === "indices"
      ? command("i32", address + 4 * i, `${memory.getInt32(address + 4 * i, true)}`)
      : command("i64", address + 8 * i, `${memory.getBigInt64(address + 8 * i, true)}`),
  );
}

/** Runs a module on arguments in V8 and has the interpreter assert the same: addresses, status, and the bits of `checked`. */
function asserted(module: Uint8Array<ArrayBuffer>, args: readonly unknown[], checked?: readonly SectionLeaf[]): string {
  const host = new Host(module);
  const { inputs, outputs } = sectionOf(module);
  host.write(args);
  const status = host.run();
  return interpret(module, [
    ...[...inputs, ...outputs].map(
      ({ path, address }) => `(assert_return (get $module ${quoted(new TextEncoder().encode(path))}) (i32.const ${address}))`,
    ),
    ...inputs.flatMap((leaf) =>
      eachWord(host, leaf, (type, at, bits) => `(invoke "write${type.slice(1)}" (i32.const ${at}) (${type}.const ${bits}))`),
    ),
    `(assert_return (invoke $module "run") (i32.const ${status}))`,
    ...(checked ?? outputs).flatMap((leaf) =>
      eachWord(host, leaf, (type, at, bits) => `(assert_return (invoke "read${type.slice(1)}" (i32.const ${at})) (${type}.const ${bits}))`),
    ),
  ]);
}

/** What the interpreter says when all went well. */
const allPassed = /^(\d+)\/\1 tests passed\.$/;

describe.skipIf(!present)("in wabt's interpreter", () => {
  test.each(programs)("$name", ({ f, args }) => {
    expect(asserted(compiled(valueAndGrad(erased(f)), args, "kernel").toWasm(), args)).toMatch(allPassed);
  });

  const taking = compile((x: Value, i: Indices) => sum(take(x, i)), [vector(1, 2, 3), lanes(0, 2)]).toWasm();

  test("a lane number out of bounds is a status and a description", () => {
    const address = new Host(taking).at("fault");
    const fault = [
      { path: "", kind: "indices", lanes: 2, address },
      { path: "", kind: "number", lanes: 1, address: address + 8 },
    ];
    expect(asserted(taking, [vector(1, 2, 3), lanes(1, 3)], fault)).toMatch(allPassed);
  });

  test("what is false is noticed", () => {
    const [result] = sectionOf(taking).outputs;
    const wrong = `(assert_return (invoke "read64" (i32.const ${result!.address})) (i64.const 1))`;
    expect(interpret(taking, [wrong])).toMatch(/mismatch in result 0 of assert_return: expected i64:1, got i64:0\n2\/3 tests passed\.$/);
  });
});
