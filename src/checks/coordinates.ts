/** A scalar function by the numbers of its arguments: each a coordinate that can be moved in the function's own memory. */
import { type Compiled } from "../compiled/step.js";
import { checkArgnums, scalarOf } from "../trace/program.js";
import { asList } from "../trace/trace.js";
import { leavesOf } from "../data/tree.js";
import { type Argnums } from "../trace/types.js";

/** One number of the arguments: where it stands, as in `args[0].w[2]`, and where it lies among the inputs. */
interface Coordinate {
  readonly path: string;
  readonly position: number;
}

/** A compiled scalar function whose arguments have been written to memory. */
export class Coordinates {
  readonly list: readonly Coordinate[];
  readonly #compiled: Compiled;
  readonly #output: number;

  /** @throws TypeError where the function is not scalar or the arguments that `argnums` names hold no numbers, RangeError where it names none. */
  constructor(name: string, compiled: Compiled, argnums: Argnums) {
    const { inputs, inputTree, outputs, outputTree } = compiled.signature;
    const args = inputTree.kind === "array" ? inputTree.items : [];
    checkArgnums(name, { argnums }, args.length);
    this.#compiled = compiled;
    this.#output = outputs[scalarOf(name, outputTree, outputs, false).leaf]!.position;
    this.list = asList(argnums).flatMap((n) => {
      const numbers = leavesOf(args[n]!).flatMap((leaf) => {
        const { kind, lanes, path, position } = inputs[leaf]!;
        if (kind === "indices") return [];
        if (kind === "number") return [{ path, position }];
        return Array.from({ length: lanes }, (_, k) => ({ path: `${path}[${k}]`, position: position + k }));
      });
      if (numbers.length === 0) throw new TypeError(`${name}: expected argument ${n} to hold numbers to differentiate by, got none`);
      return numbers;
    });
  }

  /** The numbers themselves. */
  read(): Float64Array {
    const { inputs } = this.#compiled.executable;
    return Float64Array.from(this.list, ({ position }) => inputs[position]!);
  }

  /** The function where coordinate i is `values[i]`. */
  at(values: Float64Array): number {
    const { executable } = this.#compiled;
    this.list.forEach(({ position }, i) => (executable.inputs[position] = values[i]!));
    executable.run();
    return executable.outputs[this.#output]!;
  }

  /** The function with one coordinate moved to x; the others stay. */
  moved(i: number, x: number): number {
    const { executable } = this.#compiled;
    const { position } = this.list[i]!;
    const kept = executable.inputs[position]!;
    executable.inputs[position] = x;
    executable.run();
    executable.inputs[position] = kept;
    return executable.outputs[this.#output]!;
  }
}
