/** Imports point one way: every folder of src/ imports from those below it, and no value import closes a circle. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../src", import.meta.url));

/** An import of one file by another. */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
  /** Whether nothing of it is left at run time: `import type`. What is inside braces alone is still loaded. */
  readonly erased: boolean;
}

const files = (readdirSync(source, { recursive: true }) as string[])
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"))
  .sort();

/** The imports and re-exports of a file of src/ that lead to another. */
function importsOf(from: string): Import[] {
  const text = readFileSync(join(source, from), "utf8");
  return [...text.matchAll(/^(?:import|export)\s([^;]*?)\bfrom\s+"(\.[^"]+)"/gm)].map(([, names, path]) => {
    const to = relative(source, normalize(join(source, dirname(from), path!)))
      .split(sep)
      .join("/")
      .replace(/\.js$/, ".ts");
    const listed = /^\{([^}]*)\}\s*$/
      .exec(names!.trim())?.[1]
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const erased = /^type\s/.test(names!);
    return { from, to, erased, typesOnly: erased || (listed?.every((name) => name.startsWith("type ")) ?? false) };
  });
}

const imports = files.flatMap(importsOf);
const values = imports.filter(({ typesOnly }) => !typesOnly);

/**
 * The folders of src/, top first, as ARCHITECTURE.md lists them. A file imports values from its own folder or from those below it.
 */
const layers: readonly RegExp[] = [
  /^(index|slim|pictures|optimize|densities|pool|poolworker|distributed|shardworker|shardreader|native|nativebuilt|plugin|hook|register|api)\.ts$/,
  /^optimize\//,
  /^pool\//,
  /^distributed\//,
  /^densities\//,
  /^native\//,
  /^checks\//,
  /^transforms\//,
  /^pictures\//,
  /^compiled\//,
  /^engines\//,
  /^wasm\//,
  /^passes\//,
  /^trace\//,
  /^source\//,
  /^graph\//,
  /^data\//,
  /^ops\//,
  /^errors\.ts$/,
];

const layerOf = (file: string): number => layers.findIndex((pattern) => pattern.test(file));

test("every import names a file, and every file lies in a folder of the list", () => {
  expect(imports.filter(({ to }) => !files.includes(to))).toEqual([]);
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

test("imports of values point down", () => {
  expect(values.filter(({ from, to }) => layerOf(from) > layerOf(to)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

/** The circles of imports. */
function circlesOf(imports: readonly Import[]): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) {
      for (const { to } of imports.filter(({ from }) => from === file)) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  return circles;
}

test("no circle of value imports", () => {
  expect(circlesOf(values)).toEqual([]);
});

test("no circle of what is loaded where types are stripped one by one", () => {
  expect(circlesOf(imports.filter(({ erased }) => !erased))).toEqual([]);
});

test("no circle of types either in engines/, wasm/, passes/, graph/ and ops/", () => {
  const low = /^(engines|wasm|passes|graph|ops)\//;
  expect(circlesOf(imports.filter(({ from, to }) => low.test(from) && low.test(to)))).toEqual([]);
});

test("the kernel's bytes are reached from the full entry alone", () => {
  expect(imports.filter(({ to }) => to === "engines/kernel/generated/kernel.ts").map(({ from }) => from)).toEqual(["index.ts"]);
});

/** Where parsers are imported, which the build bundles, and what belongs to the host that they run in. */
const parsing = /^(native\/|(plugin|hook|register)\.ts$)/;

/** Where packages are imported that servers install. */
const serving = /^(pool\/|distributed\/|(poolworker|shardworker)\.ts$)/;

/** Lays pictures out by dagre, which is bundled into their entry. */
const drawing = "pictures/layout.ts";

test("pictures are laid out for their entry alone", () => {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { to } of values.filter(({ from }) => from === file)) reach(to);
  };
  reach("index.ts");
  expect(reached.has(drawing)).toBe(false);
});

test("nothing of the library but its loader is imported from elsewhere", () => {
  const outside = files
    .filter((file) => !parsing.test(file) && !serving.test(file) && file !== drawing)
    .flatMap((file) =>
      [...readFileSync(join(source, file), "utf8").matchAll(/^(?:import|export)\s[^;]*?\bfrom\s+"([^."][^"]*)"/gm)].map(([, name]) => name),
    );
  expect(new Set(outside)).toEqual(new Set(["@assemblyscript/loader"]));
});
