/** Written-out functions where WebAssembly is refused, and of the bundle, which has no texts. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { trace, type Value, valueAndGrad, lgamma, mul, sin } from "wengert";
import { toSource } from "wengert/pictures";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = (file: string): string => pathToFileURL(join(root, "dist", file)).href;

const f = ([x, y]: [Value, Value]): Value => mul(x, lgamma(y)).add(sin(x));

/** What a script prints, as data. */
const printed = (script: string, ...flags: string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [...flags, "--input-type=module", "--eval", script], { encoding: "utf8" }));

test("without WebAssembly", () => {
  const script = `${trace(valueAndGrad(f), [[2, 3]]).toSource()}\nconsole.log(JSON.stringify([typeof WebAssembly, f([2, 3])]));`;
  expect(printed(script, "--jitless")).toEqual(["undefined", valueAndGrad(f, { engine: "reference" })([2, 3])]);
});

test("the bundle names wengert/pictures, whose function is of any copy of the library", () => {
  const script = `
    import { grad, lgamma, mul, sin, trace } from "${dist("wengert.min.js")}";
    import { toSource } from "${dist("pictures.js")}";
    const traced = trace(grad(([x, y]) => mul(x, lgamma(y)).add(sin(x))), [[2, 3]]);
    let refusal = "";
    try { traced.toSource(); } catch (error) { refusal = error.message; }
    console.log(JSON.stringify([refusal, toSource(traced, { name: "g" })]));`;
  const [refusal, source] = printed(script) as [string, string];
  expect(refusal).toContain("Call toSource(traced) of wengert/pictures");
  expect(source).toContain("function g([x0, x1]) {");
  expect(source).toContain("function lgamma(");
});

test("the entry's function is the method", () => {
  const traced = trace(valueAndGrad(f), [[2, 3]]);
  expect(toSource(traced, { name: "g" })).toBe(traced.toSource({ name: "g" }));
  expect(() => toSource(traced, { nam: "g" } as never)).toThrow("toSource: expected options");
});
