/** Compiled functions: a traced function in an engine's memory, with its inputs and outputs resident. */
import { type Executable } from "./engines/engine.js";
import { type EngineChoice, type EngineName, engineNamed } from "./engines/index.js";
import { describe } from "./errors.js";
import { programOf } from "./program.js";
import { type OutputLeaf, type Program, type TraceOptions } from "./trace.js";
import { build, type Tree, walk } from "./tree.js";
import {
  type Concrete,
  type Evaluated,
  type Mirror,
  type Picked,
  type Resident,
  type ResidentPicked,
  type transform,
  type TransformOf,
} from "./types.js";

/** Options of `compile`. */
export interface CompileOptions extends TraceOptions {
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
}

/** A function compiled for arguments of type A, with results of type R. */
export interface Step<A extends readonly unknown[], R, O = Resident<R>> {
  /** Copies the arguments in, runs, and copies the results out. Throws TypeError where the structure is not that of the traced arguments. */
  (...args: A): R;
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
  /** Gives the memory back; any later call throws. */
  dispose(): void;
}

/** Lone numbers among the arguments are writable. */
type ResidentArguments<A extends readonly unknown[]> = { -readonly [K in keyof A as A[K] extends number ? K : never]: number };

/** A program in an engine, with its memory. The graph is not kept. */
export class Compiled {
  readonly engine: EngineName;
  /** The program's leaves and structures. */
  readonly program: Omit<Program, "graph">;
  #executable: Executable | undefined;

  constructor({ graph, ...program }: Program, choice: EngineChoice | undefined) {
    const { name, engine } = engineNamed(choice);
    this.engine = name;
    this.program = program;
    this.#executable = engine({ graph, ...program });
  }

  /** What runs. Throws where it was disposed of. */
  get executable(): Executable {
    if (!this.#executable) throw new Error("step: expected a function that is in use, got one that was disposed of. Compile it again");
    return this.#executable;
  }

  /** What does not fit of the arguments; undefined where all do. With `views`, a Float64Array may stand for an array of numbers. */
  mismatch(args: readonly unknown[], views = false, visit: (leaf: number, value: unknown) => void = () => undefined): string | undefined {
    const { inputTree, inputs } = this.program;
    const wanted = inputTree.kind === "array" ? inputTree.items.length : 0;
    if (args.length !== wanted) return `expected ${wanted} argument${wanted === 1 ? "" : "s"}, got ${args.length}`;
    return walk(inputTree, args, inputs, "args", visit, views);
  }

  /** Copies the arguments into memory, but for those in `instead`, which stand in their place; they must fit. */
  write(args: readonly unknown[], instead?: ReadonlyMap<number, ArrayLike<number>>): void {
    const { inputTree, inputs: leaves } = this.program;
    const { inputs, indices } = this.executable;
    const copy = (leaf: number, value: unknown): void => {
      const { kind, position } = leaves[leaf]!;
      if (kind === "number") inputs[position] = value as number;
      else (kind === "indices" ? indices : inputs).set(instead?.get(leaf) ?? (value as ArrayLike<number>), position);
    };
    walk(inputTree, args, leaves, "args", copy, true);
  }

  /** Whether a value is a view of this memory that stands for another leaf, so that writing may overwrite it. */
  isMoved(leaf: number, value: unknown): value is Float64Array | Int32Array {
    const { inputs, indices } = this.executable;
    if (!(value instanceof Float64Array || value instanceof Int32Array)) return false;
    const memory = value instanceof Float64Array ? inputs : indices;
    const own = memory.byteOffset + this.program.inputs[leaf]!.position * memory.BYTES_PER_ELEMENT;
    return value.buffer === memory.buffer && value.byteOffset !== own;
  }

  /** The results, copied out of memory. */
  read(): unknown {
    const { outputs } = this.executable;
    return build(this.program.outputTree, (index) => {
      const { kind, position, lanes } = this.program.outputs[index]!;
      if (kind === "number") return outputs[position]!;
      return kind === "numbers" ? Array.from(outputs.subarray(position, position + lanes)) : outputs.slice(position, position + lanes);
    });
  }

  /** Lets go of the memory, which is then the garbage collector's. */
  dispose(): void {
    this.#executable = undefined;
  }
}

type ResidentLeaf = Pick<OutputLeaf, "kind" | "lanes" | "position" | "path">;

/** A tree's leaves as views of memory in its structure, which cannot be replaced; lone numbers are accessors of the object that holds them. */
function resident(tree: Tree, leaves: readonly ResidentLeaf[], doubles: Float64Array, integers: Int32Array): { readonly root: unknown } {
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
  const view = ({ kind, position, lanes }: ResidentLeaf): unknown =>
    (kind === "indices" ? integers : doubles).subarray(position, position + lanes);
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

/** A compiled program as the function users call. */
function stepOf(program: Program, args: readonly unknown[], choice: EngineChoice | undefined): Step<never[], unknown> {
  const compiled = new Compiled(program, choice);
  compiled.write(args);
  const { inputs, indices, outputs, bytes } = compiled.executable;
  const step = (...args: unknown[]): unknown => {
    let moved: Map<number, ArrayLike<number>> | undefined;
    const mismatch = compiled.mismatch(args, true, (leaf, value) => {
      if (compiled.isMoved(leaf, value)) (moved ??= new Map<number, ArrayLike<number>>()).set(leaf, value.slice());
    });
    if (mismatch !== undefined) throw new TypeError(`step: ${mismatch}. Compile the function for arguments of this structure`);
    compiled.write(args, moved);
    compiled.executable.run();
    return compiled.read();
  };
  let views: { inputs: unknown; outputs: { root: unknown } } | undefined = {
    inputs: resident(program.inputTree, program.inputs, inputs, indices).root,
    outputs: resident(program.outputTree, program.outputs, outputs, indices),
  };
  const live = (): NonNullable<typeof views> => (compiled.executable, views!);
  return Object.defineProperties(step, {
    inputs: { get: () => live().inputs, enumerable: true },
    outputs: { get: () => live().outputs.root, enumerable: true },
    engine: { value: compiled.engine, enumerable: true },
    bytes: { get: () => (views ? bytes : 0), enumerable: true },
    run: { value: () => compiled.executable.run() },
    dispose: {
      value: () => {
        views = undefined;
        compiled.dispose();
      },
    },
  }) as unknown as Step<never[], unknown>;
}

type Kind = "grad" | "gradWithAux" | "valueAndGrad" | "valueAndGradWithAux";

/** The results of a compiled function. */
type ResultOf<F, A extends readonly unknown[], R> = F extends { readonly [transform]: TransformOf<infer K, infer N, infer Aux> }
  ? {
      grad: Mirror<Picked<A, N>>;
      gradWithAux: [Mirror<Picked<A, N>>, Aux];
      valueAndGrad: [number, Mirror<Picked<A, N>>];
      valueAndGradWithAux: [[number, Aux], Mirror<Picked<A, N>>];
    }[K & Kind]
  : Evaluated<R>;

/** Those results over memory: the pairs that transforms make are arrays, not vectors. */
type OutputsOf<F, A extends readonly unknown[], R> = F extends { readonly [transform]: TransformOf<infer K, infer N, infer Aux> }
  ? {
      grad: ResidentPicked<A, N>;
      gradWithAux: readonly [ResidentPicked<A, N>, Resident<Aux>];
      valueAndGrad: readonly [number, ResidentPicked<A, N>];
      valueAndGradWithAux: readonly [readonly [number, Resident<Aux>], ResidentPicked<A, N>];
    }[K & Kind]
  : Resident<Evaluated<R>>;

/**
 * Traces a function on arguments of the given structure and makes it ready to run many times: `compile(valueAndGrad(loss), [params, rows])`.
 * The arguments also become the first contents of `inputs`.
 * @throws TypeError where the arguments are not trees of numbers, OutOfMemoryError where the function needs more memory than there can be.
 */
export function compile<P extends readonly unknown[], R, F extends (...args: P) => R, A extends readonly unknown[] | []>(
  f: F & ((...args: P) => R),
  args: A & Concrete<P>,
  options: CompileOptions = {},
): Step<A, ResultOf<F, A, R>, OutputsOf<F, A, R>> {
  const program = programOf("compile", f, args, options);
  return stepOf(program, args, options.engine) as unknown as Step<A, ResultOf<F, A, R>, OutputsOf<F, A, R>>;
}
