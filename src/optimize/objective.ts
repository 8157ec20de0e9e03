/** Compiled functions of a vector of parameters: a scalar with its gradient, and the Hessian's products. */
import { compiledProgram } from "../compiled/compile.js";
import { type Compiled } from "../compiled/step.js";
import { type EngineChoice } from "../engines/index.js";
import { hvp } from "../transforms/jvp.js";
import { valueAndGrad } from "../transforms/gradient.js";
import { type AnyFunction, programOf } from "../trace/program.js";
import { type Value } from "../trace/value.js";
import { type Vector } from "./vectors.js";

/** The places of the numbers that leaves hold. */
export const placesOf = (leaves: Compiled["signature"]["inputs"]): Int32Array =>
  Int32Array.from(
    leaves.flatMap(({ kind, lanes, position }) => (kind === "indices" ? [] : Array.from({ length: lanes }, (_, i) => position + i))),
  );

/** Writes a vector to places of memory. */
export function scatter(memory: Float64Array, places: Int32Array, x: Vector): void {
  for (let i = 0; i < x.length; i++) memory[places[i]!] = x[i]!;
}

/** Reads a vector from places of memory, the first of which is `from`. */
export function gather(x: Vector, memory: Float64Array, places: Int32Array, from = 0): void {
  for (let i = 0; i < x.length; i++) x[i] = memory[places[from + i]!]!;
}

/** A scalar function in memory of its own. */
export class Objective {
  /** How often the function and its gradient were evaluated, and the Hessian times a vector. */
  readonly counts = { evaluations: 0, products: 0 };
  readonly #compiled: Compiled;
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;
  readonly #product: () => Product;

  constructor(name: string, f: AnyFunction, x0: unknown, engine: EngineChoice | undefined) {
    this.#compiled = compiledProgram(programOf(name, valueAndGrad(f as (x: Value) => Value), [x0], {}), engine);
    this.#compiled.write([x0]);
    const { inputs, outputs } = this.#compiled.signature;
    this.#inputs = placesOf(inputs);
    this.#outputs = placesOf(outputs);
    let made: Product | undefined;
    this.#product = () => (made ??= productOf(name, f, x0, engine));
  }

  /** The value at x; writes the gradient. */
  evaluate(x: Vector, gradient: Vector): number {
    const { executable } = this.#compiled;
    scatter(executable.inputs, this.#inputs, x);
    executable.run();
    gather(gradient, executable.outputs, this.#outputs, 1);
    this.counts.evaluations++;
    return executable.outputs[this.#outputs[0]!]!;
  }

  /** into ← H(x) v */
  product(into: Vector, x: Vector, v: Vector): void {
    const { compiled, inputs, outputs } = this.#product();
    const { executable } = compiled;
    const n = x.length;
    for (let i = 0; i < n; i++) {
      executable.inputs[inputs[i]!] = x[i]!;
      executable.inputs[inputs[n + i]!] = v[i]!;
    }
    executable.run();
    gather(into, executable.outputs, outputs);
    this.counts.products++;
  }
}

/** The product of the Hessian with a vector, compiled. */
interface Product {
  readonly compiled: Compiled;
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
}

function productOf(name: string, f: AnyFunction, x0: unknown, engine: EngineChoice | undefined): Product {
  const times = (x: Value, v: Value): Value => hvp(f as (x: Value) => Value)([x] as [Value], v);
  const compiled = compiledProgram(programOf(name, times, [x0, x0], {}), engine);
  compiled.write([x0, x0]);
  const { inputs, outputs } = compiled.signature;
  return { compiled, inputs: placesOf(inputs), outputs: placesOf(outputs) };
}
