/** How a written-out function takes its arguments apart and puts its result together. */
import { type Leaf, propertyPath, type Tree } from "../data/tree.js";
import { type Graph, type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { type Shape } from "../ops/shapes.js";

/** A function's arguments and results as trees. */
export interface Signature {
  readonly inputs: readonly Leaf[];
  readonly inputTree: Tree;
  readonly outputs: readonly Leaf[];
  readonly outputTree: Tree;
}

/** The last property that a path names, with the numbers after it; without a property x, and of several arguments x0, x1 … */
export function nameByPath(path: string, single: boolean): string {
  const [, property, rest] = /^args\[\d+\](?:.*\.([A-Za-z_$][\w$]*))?(.*)$/.exec(path) ?? [];
  const numbers = (text: string): string => (text.match(/\d+/g) ?? []).join("_");
  if (property !== undefined) return property + numbers(rest!);
  const [argument, ...inside] = path.match(/\d+/g) ?? [];
  return `x${single ? inside.join("_") : [argument, ...inside].join("_")}`;
}

/** A key as JavaScript writes it: `w`, or `"two words"`. */
const isPlainKey = (key: string): boolean => propertyPath("", key).startsWith(".");

/** A tree as the pattern that takes it apart; what is fixed or not named is left out. */
export function pattern(tree: Tree, nameOf: (leaf: number) => string | readonly string[]): string | undefined {
  switch (tree.kind) {
    case "static":
      return undefined;
    case "leaf": {
      const name = nameOf(tree.leaf);
      return typeof name === "string" ? name : `[${name.join(", ")}]`;
    }
    case "array":
      return `[${tree.items.map((item) => pattern(item, nameOf) ?? "").join(", ")}]`;
    case "object": {
      const items = tree.items.flatMap((item, i) => {
        const [key, inside] = [tree.keys[i]!, pattern(item, nameOf)];
        if (inside === undefined) return [];
        return [inside === key ? key : `${isPlainKey(key) ? key : JSON.stringify(key)}: ${inside}`];
      });
      return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
    }
  }
}

const fixed = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));

/** A tree as the expression that makes it. */
export function expression(tree: Tree, leafText: (leaf: number) => string): string {
  switch (tree.kind) {
    case "static":
      return fixed(tree.value);
    case "leaf":
      return leafText(tree.leaf);
    case "array":
      return `[${tree.items.map((item) => expression(item, leafText)).join(", ")}]`;
    case "object": {
      const items = tree.items.map((item, i) => {
        const [key, text] = [tree.keys[i]!, expression(item, leafText)];
        if (key === "__proto__") return `["__proto__"]: ${text}`; // without brackets it would be the prototype
        return text === key ? key : `${isPlainKey(key) ? key : JSON.stringify(key)}: ${text}`;
      });
      return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
    }
  }
}

/** How many lanes a row has, and the sizes of a matrix. */
const sizesOf = (graph: Graph, row: Row): { readonly lanes: number; readonly shape?: Shape } => ({
  lanes: graph.lanes(row),
  ...(graph.sizes(row).length > 1 && { shape: graph.sizes(row) }),
});

/** The signature that the rows of a graph tell where nothing else is known, as of a graph from text: an argument a leaf, a result a row. */
export function signatureOf(graph: Graph, results: readonly Row[]): Signature {
  const inputs: Leaf[] = [];
  for (let row = 0; row < graph.length; row++) {
    const op = graph.op[row];
    if (op !== structural.input && op !== structural.indices) continue;
    const [leaf, offset] = [graph.a[row]!, op === structural.input ? graph.b[row]! : 0];
    const path = `args[${leaf}]`;
    if (op === structural.indices) inputs[leaf] = { kind: "indices", lanes: graph.lanes(row), path };
    else if (graph.shape[row] !== SCALAR) inputs[leaf] = { kind: "vector", ...sizesOf(graph, row), path };
    else {
      const lanes = Math.max(inputs[leaf]?.lanes ?? 1, offset + 1);
      inputs[leaf] = { kind: lanes > 1 ? "numbers" : "number", lanes, path };
    }
  }
  const leaves = Array.from(inputs, (leaf, i): Leaf => (leaf as Leaf | undefined) ?? { kind: "number", lanes: 1, path: `args[${i}]` });
  const outputs = results.map((row, i): Leaf => ({
    kind: graph.isScalar(row) ? "number" : "vector",
    ...sizesOf(graph, row),
    path: `result[${i}]`,
  }));
  const items = outputs.map((_, leaf): Tree => ({ kind: "leaf", leaf }));
  return {
    inputs: leaves,
    inputTree: { kind: "array", items: leaves.map((_, leaf): Tree => ({ kind: "leaf", leaf })) },
    outputs,
    outputTree: items.length === 1 ? items[0]! : { kind: "array", items },
  };
}
