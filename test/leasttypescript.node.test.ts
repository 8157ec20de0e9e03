/** The least version of TypeScript that the documents name takes every entry of the packed package, its declarations checked too. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPackage, root } from "./bundles/install.js";

const least = "5.7";
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "wengert-typescript-"));
  installPackage(home);
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("the documents name it", () => {
  const { version } = JSON.parse(readFileSync(join(root, "test/typescript/node_modules/typescript/package.json"), "utf8")) as {
    version: string;
  };
  expect(version).toMatch(new RegExp(`^${least}\\.`));
  expect(readFileSync(join(root, "docs/start.md"), "utf8")).toMatch(new RegExp(`from\\s${least} on`));
});

const app = `
import { grad, mul, sin, type Value, valueAndGrad } from "wengert";
import { normalLogPdf } from "wengert/densities";
import { native } from "wengert/native";
import { minimize } from "wengert/optimize";
import { svg } from "wengert/pictures";
import { load } from "wengert/slim";

const f = ([x, y]: [Value, Value]) => mul(x, y).add(sin(x));
const slopes: [number, number] = grad(f)([2, 3]);
const [value, [first]] = valueAndGrad(f)([2, 3]);
const found: number = minimize((x: Value) => x.square(), 1).x;
const density: number = normalLogPdf(0, 0, 1);
const cube: number = grad(native((x: number) => x ** 3))(2);
export { cube, density, first, found, load, slopes, svg, value };
`;

test.each([
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
])(
  "$moduleResolution",
  async (compilerOptions) => {
    writeFileSync(join(home, "app.ts"), app);
    const options = {
      strict: true,
      skipLibCheck: false,
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      noEmit: true,
      ...compilerOptions,
    };
    writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["app.ts"] }));
    const compiler = join(root, "test/typescript/node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", home]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  },
  60_000,
);
