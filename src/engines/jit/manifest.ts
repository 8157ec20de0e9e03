/** What a portable module says of itself in its custom section: leaves and structure of arguments and results, as JSON. */
import { describe, GraphError } from "../../errors.js";
import { lanesOf, MOST_DIMENSIONS, type Shape, shapeText } from "../../ops/shapes.js";
import { type Leaf, type LeafKind, type Tree, visitTree } from "../../data/tree.js";
import { fromUtf8, utf8 } from "../../wasm/text.js";

/** The custom section's name. */
export const SECTION = "wengert";

/** The export that says where a fault is described, and the bytes that that takes. */
export const FAULT = "fault";
export const FAULT_BYTES = 16;

/** The version of what it holds, and the first that is read: version 1 had no shapes. */
const VERSION = 2;
const FIRST_VERSION = 1;

/** Trees have at most so many levels: those of traced functions, and the few that transforms put around them. */
const DEEPEST = 256;

/** A leaf with the address of its first number. */
export interface PortableLeaf extends Leaf {
  readonly address: number;
}

/** Arguments and results of a module. */
export interface Manifest {
  readonly inputs: readonly PortableLeaf[];
  readonly outputs: readonly PortableLeaf[];
  readonly arguments: Tree;
  readonly results: Tree;
}

/** The bytes of a lane. */
export const laneBytes = ({ kind }: Pick<Leaf, "kind">): number => (kind === "indices" ? 4 : 8);

/** A number as JavaScript prints it, but for −0. */
const digits = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

/** A tree as JSON has it: fixed numbers are texts, since JSON has no NaN, and undefined is left out. */
function portableTree(tree: Tree): object {
  if (tree.kind === "leaf") return tree;
  if (tree.kind !== "static") return { ...tree, items: tree.items.map(portableTree) };
  const { kind, value } = tree;
  if (typeof value === "bigint") return { kind, bigint: String(value) };
  if (typeof value === "number") return { kind, number: digits(value) };
  return { kind, value };
}

/** The section's content. Throws TypeError on fixed values that a caller cannot give again elsewhere: objects, functions, symbols. */
export function writeManifest({ inputs, outputs, ...trees }: Manifest): Uint8Array {
  const refuse = (tree: Tree, root: string): void =>
    visitTree(tree, root, (node, path) => {
      if (node.kind === "leaf" || node.value === null || ["undefined", "boolean", "string", "number", "bigint"].includes(typeof node.value))
        return;
      throw new TypeError(
        `toWasm: expected fixed values that are numbers, strings, booleans, null or undefined, got ${describe(node.value)} at ${path}. Use it inside the function, not as an argument`,
      );
    });
  refuse(trees.arguments, "args");
  refuse(trees.results, "result");
  const [args, results] = [trees.arguments, trees.results].map(portableTree);
  return utf8(JSON.stringify({ version: VERSION, inputs, outputs, arguments: args, results }));
}

const quote = (kind: string): string => JSON.stringify(kind);

/** A value of the JSON and where it stands. */
class Field {
  constructor(
    readonly value: unknown,
    readonly at: string,
  ) {}

  /** Throws an error that says what was expected here. */
  refuse(expected: string, got = describe(this.value)): never {
    throw new GraphError(`loadModule: expected ${expected}, got ${got} at ${this.at}`);
  }

  /** A property of an object. */
  get(key: string): Field {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) this.refuse("an object");
    const value: unknown = Object.hasOwn(this.value, key) ? (this.value as Record<string, unknown>)[key] : undefined;
    return new Field(value, `${this.at}.${key}`);
  }

  /** The elements of an array. */
  list(): Field[] {
    if (!Array.isArray(this.value)) this.refuse("an array");
    return this.value.map((item: unknown, i) => new Field(item, `${this.at}[${i}]`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.refuse("a string");
  }

  /** One of several strings. */
  oneOf<T extends string>(choices: readonly T[]): T {
    return choices.find((choice) => choice === this.value) ?? this.refuse(`one of ${choices.map(quote).join(", ")}`);
  }

  /** A whole number in an interval. */
  whole(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
      this.refuse(`a whole number from ${least} to ${most}`);
    return value;
  }
}

const inputKinds: readonly LeafKind[] = ["number", "numbers", "vector", "indices"];
const outputKinds: readonly LeafKind[] = ["number", "numbers", "vector"];

function readLeaf(field: Field, kinds: readonly LeafKind[]): PortableLeaf {
  const kind = field.get("kind").oneOf(kinds);
  const address = field.get("address");
  const leaf = {
    path: field.get("path").text(),
    kind,
    lanes: field.get("lanes").whole(1, kind === "number" ? 1 : 0x7fffffff),
    address: address.whole(0, 0xffffffff),
  };
  if (leaf.address % laneBytes(leaf) !== 0) address.refuse(`a multiple of ${laneBytes(leaf)}`);
  const shape = field.get("shape");
  return shape.value === undefined ? leaf : { ...leaf, shape: readShape(shape, leaf) };
}

/** The sizes of a matrix' dimensions, which hold as many numbers as the leaf has. */
function readShape(field: Field, { kind, lanes }: PortableLeaf): Shape {
  const sizes = field.list().map((size) => size.whole(1, 0x7fffffff));
  if (kind !== "vector" || sizes.length < 2 || sizes.length > MOST_DIMENSIONS || lanesOf(sizes) !== lanes)
    field.refuse(`two or three sizes of ${lanes} numbers together`, `${shapeText(sizes)} of a ${kind}`);
  return sizes;
}

/** A fixed value; one without any of the three fields is undefined. */
function readStatic(field: Field): Tree {
  const [value, number, bigint] = ["value", "number", "bigint"].map((key) => field.get(key));
  const kind = "static";
  if (number!.value !== undefined) {
    const read = Number(number!.text());
    if (digits(read) !== number!.value) number!.refuse("a number as JavaScript prints it");
    return { kind, value: read };
  }
  if (bigint!.value !== undefined) {
    if (!/^(0|-?[1-9]\d{0,999})$/.test(bigint!.text())) bigint!.refuse("up to 1000 digits of a whole number");
    return { kind, value: BigInt(bigint!.text()) };
  }
  if (!["undefined", "string", "boolean"].includes(typeof value!.value) && value!.value !== null)
    value!.refuse("a string, a boolean or null");
  return { kind, value: value!.value };
}

const treeKinds = ["leaf", "array", "object", "static"] as const;

/** A tree that has each of so many leaves once. */
function readTree(field: Field, leaves: number): Tree {
  const seen = new Set<number>();
  const read = (node: Field, depth: number): Tree => {
    if (depth > DEEPEST) field.refuse("a tree", `one of more than ${DEEPEST} levels`);
    const kind = node.get("kind").oneOf(treeKinds);
    if (kind === "static") return readStatic(node);
    if (kind === "leaf") {
      const leaf = node.get("leaf").whole(0, leaves - 1);
      if (seen.has(leaf)) node.refuse("each leaf once", `leaf ${leaf} twice`);
      seen.add(leaf);
      return { kind, leaf };
    }
    const items = node
      .get("items")
      .list()
      .map((item) => read(item, depth + 1));
    if (kind === "array") return { kind, items };
    const keys = node
      .get("keys")
      .list()
      .map((key) => key.text());
    if (keys.length !== items.length) node.refuse(`${items.length} keys`, String(keys.length));
    if (new Set(keys).size !== keys.length) node.refuse("keys that differ", "one twice");
    return { kind, keys, items };
  };
  const tree = read(field, 0);
  if (seen.size !== leaves) field.refuse(`a tree of ${leaves} leaves`, `one of ${seen.size}`);
  return tree;
}

/** Throws unless every leaf's path is where it stands. */
function checkPaths(tree: Tree, leaves: readonly PortableLeaf[], root: string, list: string): void {
  visitTree(tree, root, (node, path) => {
    if (node.kind !== "leaf" || leaves[node.leaf]!.path === path) return;
    new Field(leaves[node.leaf]!.path, `${list}[${node.leaf}].path`).refuse(quote(path));
  });
}

/**
 * What a section says.
 * @throws GraphError where it is not what `writeManifest` may write.
 */
export function readManifest(bytes: ArrayBuffer): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(fromUtf8(new Uint8Array(bytes)));
  } catch (cause) {
    throw new GraphError(`loadModule: expected JSON in the section ${SECTION}, got other bytes`, { cause });
  }
  const root = new Field(json, SECTION);
  const version = root.get("version");
  if (version.value !== VERSION && version.value !== FIRST_VERSION) version.refuse(`version ${FIRST_VERSION} or ${VERSION}`);
  const [inputs, outputs] = [root.get("inputs"), root.get("outputs")];
  const manifest = {
    inputs: inputs.list().map((leaf) => readLeaf(leaf, inputKinds)),
    outputs: outputs.list().map((leaf) => readLeaf(leaf, outputKinds)),
  };
  const args = root.get("arguments");
  const trees = { arguments: readTree(args, manifest.inputs.length), results: readTree(root.get("results"), manifest.outputs.length) };
  if (trees.arguments.kind !== "array") args.refuse("an array of arguments");
  checkPaths(trees.arguments, manifest.inputs, "args", inputs.at);
  checkPaths(trees.results, manifest.outputs, "result", outputs.at);
  return { ...manifest, ...trees };
}
