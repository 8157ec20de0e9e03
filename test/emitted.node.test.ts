/** The text of two small emitted functions, in test/golden: how emitted code changes is seen there. `npx vitest -u` writes it anew. */
import wabt from "wabt";
import { expect, test } from "vitest";
import { exp, mul, sin, sum, type Value, valueAndGrad } from "wengert";
import { emit, type Emitted } from "../src/engines/jit/emit.js";
import { kernelLibrary } from "../src/engines/kernel/load.js";
import { rewritten } from "../src/passes/pipeline.js";
import { type AnyFunction, programOf } from "../src/trace/program.js";
import { Bytes } from "../src/wasm/bytes.js";

/** Where memory begins in the text, wherever the kernel's own data ends: addresses are easily told from other numbers. */
const BASE = 1_000_000;

const tools = await wabt();
const library = kernelLibrary()!;

/** The content of a section "name" that names the library's functions, so that calls do not depend on their numbers. */
function nameSection(): Uint8Array {
  const names = new Map(library.exported.map(({ name, index }) => [index, name]));
  const functions = new Bytes();
  functions.unsigned(names.size);
  for (const [index, name] of [...names].sort(([a], [b]) => a - b)) {
    functions.unsigned(index);
    functions.name(name);
  }
  const section = new Bytes();
  section.byte(1); // functions
  section.counted(functions.written);
  return section.written;
}

/** The functions behind the library's in folded text, each as its own lines. */
function functionsIn(text: string): string[] {
  const items = text.split(/^ {2}(?=\()/m).map((item) => item.trimEnd());
  return items.flatMap((item) => {
    const number = /^\(func \(;(\d+);\)/.exec(item)?.[1];
    return Number(number) >= library.functions.length ? [item.replace(/^\(func \(;\d+;\)(.*?) \(type \d+\)/, "(func$1")] : [];
  });
}

const count = (text: string, bracket: RegExp): number => text.match(bracket)?.length ?? 0;

/** Folded text with one line a statement. */
function oneLineAStatement(text: string): string {
  const lines: string[] = [];
  let open = 0;
  for (const line of text.split("\n")) {
    if (open > 0) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
    if (!/^ *\((func|loop)\b/.test(line)) open = Math.max(0, open + count(line, /\(/g) - count(line, /\)/g));
  }
  return lines.join("\n");
}

/** What lies where. */
function legend({ places: { inputsAt, outputsAt, arena } }: Emitted): string {
  const numbers = arena.data.map(({ address, values }) => `;; ${address}: ${values.join(" ")}\n`);
  return `;; ${inputsAt}: inputs\n;; ${outputsAt}: outputs\n${numbers.join("")}`;
}

/** What the jit engine emits of a function. */
function emittedText(f: AnyFunction, args: readonly unknown[]): string {
  const emitted = emit(rewritten(programOf("test", f, args, {})), BASE, library, "append");
  const bytes = emitted.module.toBytes(emitted.places.arena.bytes, "env", { name: nameSection() });
  // of a view wabt reads the whole buffer
  const module = tools.readWasm(bytes.slice(), { readDebugNames: true });
  try {
    module.validate();
    module.applyNames();
    const functions = functionsIn(module.toText({ foldExprs: true, inlineExport: true }));
    return `${legend(emitted)}${functions.map(oneLineAStatement).join("\n")}\n`;
  } finally {
    module.destroy();
  }
}

test.each([
  { name: "scalar", f: ([x, y]: [Value, Value]) => mul(x, y).add(sin(x)), args: [[2, 3]] },
  { name: "loop", f: (x: Value) => sum(mul(x, exp(x))), args: [new Float64Array(11)] },
])("$name", async ({ name, f, args }) => {
  const text = emittedText(valueAndGrad(f as (...args: never[]) => Value), args);
  await expect(text).toMatchFileSnapshot(`golden/${name}.wat`);
});
