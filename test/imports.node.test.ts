/** Imports point one way: every file of src/ imports from layers below its own, and no value import closes a circle. */
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
    return { from, to, typesOnly: /^type\s/.test(names!) || (listed?.every((name) => name.startsWith("type ")) ?? false) };
  });
}

const imports = files.flatMap(importsOf);
const values = imports.filter(({ typesOnly }) => !typesOnly);

/**
 * The layers, top first, as ARCHITECTURE.md lists them. A file imports values from its own layer or from layers below it.
 */
const layers: readonly (readonly RegExp[])[] = [
  [/^(index|slim)\.ts$/],
  [/^api\.ts$/],
  [
    /^(gradient|compile|step|arguments|portable|traced|tracecache|following|frozen|vmap|columns|jvp|vjp|jacobian|sparse|sweeps|coordinates|differences|check|plain|record|custom|hostop)\.ts$/,
  ],
  [/^engines\//, /^generated\/kernel\.ts$/],
  [/^wasm\//],
  [/^(program|scope|sides|coloring|skeleton|replay)\.ts$/, /^passes\//],
  [/^trace\.ts$/],
  [/^(vectors|vector|statistics|scans|dual)\.ts$/, /^generated\/math\.ts$/],
  [/^value\.ts$/, /^types\.ts$/],
  [/^(parse|verify|print|arrays|words|truths|formula|tree|options|operands|recording|structuralvalues)\.ts$/],
  [/^(graph|rawgraph)\.ts$/],
  [/^structural\.ts$/],
  [/^generated\/(table|rules|rows|evaluate|sweeps|methods)\.ts$/],
  [/^(ops|special|lanes|structuralops)\.ts$/, /^special\//],
  [/^(expr|errors|random)\.ts$/],
];

const layerOf = (file: string): number => layers.findIndex((patterns) => patterns.some((pattern) => pattern.test(file)));

test("every import names a file, and every file has a layer", () => {
  expect(imports.filter(({ to }) => !files.includes(to))).toEqual([]);
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

test("imports of values point down", () => {
  expect(values.filter(({ from, to }) => layerOf(from) > layerOf(to)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test("no circle of value imports", () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) {
      for (const { to } of values.filter(({ from }) => from === file)) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("the kernel's bytes are reached from the full entry alone", () => {
  expect(imports.filter(({ to }) => to === "generated/kernel.ts").map(({ from }) => from)).toEqual(["index.ts"]);
});

test("nothing of the library but its loader is imported from elsewhere", () => {
  const outside = files.flatMap((file) =>
    [...readFileSync(join(source, file), "utf8").matchAll(/^(?:import|export)\s[^;]*?\bfrom\s+"([^."][^"]*)"/gm)].map(([, name]) => name),
  );
  expect(new Set(outside)).toEqual(new Set(["@assemblyscript/loader"]));
});
