/** Functions in an engine's memory, with their inputs and outputs resident. */
import { argumentsMismatch, copyLeaf } from "./arguments.js";
import { type Executable } from "../engines/engine.js";
import { type EngineName } from "../engines/index.js";
import { describe } from "../errors.js";
import { build, inLeaf, type Leaf, leavesOf, type Tree } from "../data/tree.js";
import { type Resident } from "../trace/types.js";

/** A function compiled for arguments of type A, with results of type R. */
export interface Step<A extends readonly unknown[], R, O = Resident<R>> {
  /**
   * Copies the arguments in, runs, and copies the results out. Throws TypeError where the structure is not that of the traced arguments,
   * Error where it is called, written to or run from within its own run, by a `hostOp` or an accessor.
   */
  (...args: A): R;
  /** Copies the arguments in, without running. Throws TypeError where the structure is not that of the traced arguments. */
  write(...args: A): void;
  /** The arguments' structure over memory: write here, then `run()`. */
  readonly inputs: { readonly [K in keyof A]: Resident<A[K]> } & ResidentArguments<A>;
  /** The results' structure over memory, as the last run left them; zeros before the first. */
  readonly outputs: O;
  /** Evaluates from `inputs` to `outputs`, without copying or allocating. Throws RangeError where a lane number is out of bounds. */
  run(): void;
  /** The engine that evaluates. */
  readonly engine: EngineName;
  /** The bytes of memory the function holds; 0 when it was disposed of. */
  readonly bytes: number;
  /**
   * The function as the bytes of one WebAssembly module with its mathematics and its memory, which `loadModule` and any WebAssembly host can run: docs/modules.md documents its exports.
   * Its inputs hold zeros.
   * @throws TypeError where the function calls a `hostOp`, or a fixed argument or result is an object, a function or a symbol; OutOfMemoryError where it needs more than 4 GiB;
   * Error where the kernel was loaded as a WebAssembly.Module, whose bytes cannot be had.
   */
  toWasm(): Uint8Array<ArrayBuffer>;
  /** Gives the memory back; any later call throws. */
  dispose(): void;
}

/** Lone numbers among the arguments are writable. */
type ResidentArguments<A extends readonly unknown[]> = { -readonly [K in keyof A as A[K] extends number ? K : never]: number };

/** A leaf of the arguments or results, with its position among the numbers of memory of its kind. */
interface PlacedLeaf extends Leaf {
  readonly position: number;
}

/** The structure of a function's arguments and results, and where their numbers lie. */
interface Signature {
  readonly inputs: readonly PlacedLeaf[];
  readonly inputTree: Tree;
  readonly outputs: readonly PlacedLeaf[];
  readonly outputTree: Tree;
}

/** A function that an engine made executable. */
export class Compiled {
  #executable: Executable | undefined;
  #isRunning = false;
  /** The leaves of the arguments that are being written. */
  readonly #given: unknown[];

  constructor(
    readonly signature: Signature,
    executable: Executable,
  ) {
    this.#executable = executable;
    this.#given = leavesOf(signature.inputTree).map(() => undefined); // other inputs are directions, which follow
  }

  /** What runs. Throws where it was disposed of. */
  get executable(): Executable {
    if (!this.#executable) throw new Error("step: expected a function that is in use, got one that was disposed of. Compile it again");
    return this.#executable;
  }

  /** Takes the memory for a call. Throws where one is under way: a function that the run calls, or an accessor among the arguments, calls it again. */
  enter(): Executable {
    if (this.#isRunning)
      throw new Error(
        "step: expected a function that is not running, got a call from within its own run: from a hostOp, or from an accessor among its arguments. Compile another one for re-entrant calls, or use grad and the like, which take memory for each",
      );
    const { executable } = this;
    this.#isRunning = true;
    return executable;
  }

  /** Gives the memory back after a call, whether it threw or not. */
  leave(): void {
    this.#isRunning = false;
  }

  /** What does not fit of the arguments; undefined where all do. With `views`, a Float64Array may stand for an array of numbers. */
  mismatch(args: readonly unknown[], views = false, visit: (leaf: number, value: unknown) => void = () => undefined): string | undefined {
    return argumentsMismatch(this.signature, args, visit, views);
  }

  /**
   * Copies the arguments into memory. Each is read once, before any is copied; a Float64Array may stand for an array of numbers.
   * @throws TypeError where their structure is not that of the traced arguments.
   */
  write(args: readonly unknown[]): void {
    const { inputs: leaves } = this.signature;
    const { executable } = this;
    const given = this.#given;
    const mismatch = this.mismatch(args, true, this.#give);
    if (mismatch !== undefined) throw new TypeError(`step: ${mismatch}. Compile the function for arguments of this structure`);
    for (let i = 0; i < given.length; i++) {
      const value = given[i];
      if (this.#isMoved(executable, i, value)) given[i] = value.slice();
    }
    for (let i = 0; i < given.length; i++) {
      copyLeaf("step", executable, leaves[i]!, leaves[i]!.position, given[i]);
      given[i] = undefined; // what was given is not held
    }
  }

  readonly #give = (leaf: number, value: unknown): void => {
    this.#given[leaf] = value;
  };

  /** Whether a value is a view of this memory that stands for another leaf, so that writing may overwrite it. */
  #isMoved({ inputs, indices }: Executable, leaf: number, value: unknown): value is Float64Array | Int32Array {
    if (!(value instanceof Float64Array || value instanceof Int32Array)) return false;
    const memory = value instanceof Float64Array ? inputs : indices;
    const own = memory.byteOffset + this.signature.inputs[leaf]!.position * memory.BYTES_PER_ELEMENT;
    return value.buffer === memory.buffer && value.byteOffset !== own;
  }

  /** The results, copied out of memory. */
  read(): unknown {
    const { outputs } = this.executable;
    return build(this.signature.outputTree, (index) => {
      const leaf = this.signature.outputs[index]!;
      const { kind, position, lanes } = leaf;
      if (kind === "number") return outputs[position]!;
      if (kind !== "numbers") return inLeaf(leaf, outputs.slice(position, position + lanes));
      // Made at its length, which is many times as fast as growing.
      const numbers = new Array<number>(lanes);
      for (let i = 0; i < lanes; i++) numbers[i] = outputs[position + i]!;
      return numbers;
    });
  }

  /** Lets go of the memory, which is then the garbage collector's. */
  dispose(): void {
    this.#executable = undefined;
  }
}

/** A tree's leaves as views of memory in its structure, which cannot be replaced; lone numbers are accessors of the object that holds them. */
function resident(tree: Tree, leaves: readonly PlacedLeaf[], doubles: Float64Array, integers: Int32Array): { readonly root: unknown } {
  const hold = (holder: object, key: string | number, node: Tree): void => {
    const leaf = node.kind === "leaf" ? leaves[node.leaf]! : undefined;
    if (leaf?.kind === "number") {
      const { position, path } = leaf;
      const set = (value: number): void => {
        if (typeof value !== "number") throw new TypeError(`step: expected a number, got ${describe(value)} at ${path}`);
        doubles[position] = value;
      };
      // Defined on an object that does not have the property yet, which keeps it in the engine's fast mode.
      Object.defineProperty(holder, key, { enumerable: true, get: () => doubles[position]!, set });
    } else Object.defineProperty(holder, key, { enumerable: true, value: leaf ? view(leaf) : container(node) });
  };
  const view = (leaf: PlacedLeaf): unknown => {
    const { kind, position, lanes } = leaf;
    return kind === "indices" ? integers.subarray(position, position + lanes) : inLeaf(leaf, doubles.subarray(position, position + lanes));
  };
  const container = (node: Tree): unknown => {
    if (node.kind === "static" || node.kind === "leaf") return node.kind === "static" ? node.value : undefined;
    const holder = node.kind === "array" ? [] : {};
    node.items.forEach((item, i) => hold(holder, node.kind === "object" ? node.keys[i]! : i, item));
    return Object.freeze(holder);
  };
  const root = {};
  hold(root, "root", tree);
  return root as { root: unknown };
}

/** A compiled function as the one that users call. `toWasm`, which makes its module, and what that keeps are let go of with it. */
export function stepOf(compiled: Compiled, toWasm: () => Uint8Array<ArrayBuffer>): Step<never[], unknown> {
  const { signature } = compiled;
  const { inputs, indices, outputs, bytes } = compiled.executable;
  const write = (...args: unknown[]): void => {
    compiled.enter();
    try {
      compiled.write(args);
    } finally {
      compiled.leave();
    }
  };
  const run = (): void => {
    const executable = compiled.enter();
    try {
      executable.run();
    } finally {
      compiled.leave();
    }
  };
  const step = (...args: unknown[]): unknown => {
    compiled.enter();
    try {
      compiled.write(args);
      compiled.executable.run();
      return compiled.read();
    } finally {
      compiled.leave();
    }
  };
  let live: { inputs: unknown; outputs: { root: unknown }; toWasm: typeof toWasm } | undefined = {
    inputs: resident(signature.inputTree, signature.inputs, inputs, indices).root,
    outputs: resident(signature.outputTree, signature.outputs, outputs, indices),
    toWasm,
  };
  const inUse = (): NonNullable<typeof live> => (compiled.executable, live!);
  return Object.defineProperties(step, {
    inputs: { get: () => inUse().inputs, enumerable: true },
    outputs: { get: () => inUse().outputs.root, enumerable: true },
    engine: { get: () => compiled.executable.engine, enumerable: true },
    bytes: { get: () => (live ? bytes : 0), enumerable: true },
    write: { value: write },
    run: { value: run },
    toWasm: { value: () => inUse().toWasm() },
    dispose: {
      value: () => {
        live = undefined;
        compiled.dispose();
      },
    },
  }) as unknown as Step<never[], unknown>;
}
