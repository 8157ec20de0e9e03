/** Arguments copied into memory, each looked at once: what is another at a second look, by an accessor or a proxy, is refused and not half read. */
import { type Executable } from "../engines/engine.js";
import { describe } from "../errors.js";
import { type Leaf, type Tree, walk } from "../data/tree.js";

/** The length of a typed array, whatever a subclass makes of it. */
const length = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Float64Array.prototype), "length")!;

const isTypedArray = (value: unknown): value is Float64Array => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Throws the error of an argument that changed between two looks. */
function refuse(name: string, expected: string, came: unknown, path: string): never {
  throw new TypeError(
    `${name}: expected arguments that stay what they are while they are read, and so ${expected}, got ${describe(came)} at ${path}`,
  );
}

/** What does not fit of the arguments of a structure; undefined where all do. With `views`, a Float64Array may stand for an array of numbers. */
export function argumentsMismatch(
  { inputTree, inputs }: { readonly inputTree: Tree; readonly inputs: readonly Leaf[] },
  args: readonly unknown[],
  visit: (leaf: number, value: unknown) => void,
  views: boolean,
): string | undefined {
  const wanted = inputTree.kind === "array" ? inputTree.items.length : 0;
  if (args.length !== wanted) return `expected ${wanted} argument${wanted === 1 ? "" : "s"}, got ${args.length}`;
  return walk(inputTree, args, inputs, "args", visit, views);
}

/** Copies the value of a leaf, which fitted when it was looked at, to its place among the inputs. */
export function copyLeaf(
  name: string,
  { inputs, indices }: Pick<Executable, "inputs" | "indices">,
  { kind, lanes, path }: Leaf,
  position: number,
  value: unknown,
): void {
  if (kind === "number") {
    inputs[position] = value as number;
  } else if (isTypedArray(value)) {
    if (length.get!.call(value) !== lanes) refuse(name, `${lanes} numbers`, value, path);
    (kind === "indices" ? indices : inputs).set(value, position);
  } else if (kind === "numbers" && Array.isArray(value)) {
    for (let i = 0; i < lanes; i++) {
      const number: unknown = value[i];
      if (typeof number !== "number") refuse(name, "a number", number, `${path}[${i}]`);
      inputs[position + i] = number;
    }
  } else refuse(name, kind === "numbers" ? "an array of numbers" : "a typed array", value, path);
}
