/** Compiled residuals: their values, and a model of them that is linear at a point, with a dense Jacobian. */
import { checkGradient } from "../checks/check.js";
import { compiledProgram } from "../compiled/compile.js";
import { type Compiled } from "../compiled/step.js";
import { type EngineChoice } from "../engines/index.js";
import { Directions, singly } from "../transforms/directions.js";
import { type AnyFunction, programOf } from "../trace/program.js";
import { sidesOf } from "../trace/sides.js";
import { mul } from "../trace/generated/math.js";
import { treeFlatten } from "../trace/trees.js";
import { type Value } from "../trace/value.js";
import { concat, flattened, sum } from "../trace/vectors.js";
import { gather, placesOf, scatter } from "./objective.js";
import { LevenbergStep, Qr } from "./qr.js";
import { type Vector, zeros } from "./vectors.js";

/** All numbers of a tree of residuals. */
export const inOneVector = (tree: unknown): Value =>
  concat(treeFlatten(tree)[0].map((leaf) => flattened("leastSquares", leaf as Value) as Value));

/** Compares the Jacobian with differences: by the gradient of Σ cos(i + 1) rᵢ, in which every row has a share that is no other's. */
export function checkResiduals(f: AnyFunction, x0: unknown): void {
  const shares = (r: Value): Value => {
    const all = inOneVector(r);
    return sum(
      mul(
        all,
        Float64Array.from({ length: all.length! }, (_, i) => Math.cos(i + 1)),
      ),
    );
  };
  checkGradient((x: unknown) => shares(f(x as never) as Value), [x0] as never).throwIfWrong();
}

/** Residuals in memory of their own. */
export class Residuals {
  /** How many there are. */
  readonly count: number;
  readonly counts = { evaluations: 0, jacobians: 0 };
  readonly #compiled: Compiled;
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(
    readonly name: string,
    readonly f: AnyFunction,
    readonly x0: unknown,
    readonly engine: EngineChoice | undefined,
  ) {
    const program = programOf(name, f, [x0], {});
    this.count = sidesOf(name, program, 0).results.count; // refuses results without numbers
    this.#compiled = compiledProgram(program, engine);
    this.#compiled.write([x0]);
    this.#inputs = placesOf(this.#compiled.signature.inputs);
    this.#outputs = placesOf(this.#compiled.signature.outputs);
  }

  evaluate(r: Vector, x: Vector): void {
    const { executable } = this.#compiled;
    scatter(executable.inputs, this.#inputs, x);
    executable.run();
    gather(r, executable.outputs, this.#outputs);
    this.counts.evaluations++;
  }
}

/** What residuals are near a point: r + J p, each weighted. */
export interface Model {
  /** Finds the Jacobian at x, with weights for its rows, and its products with the residuals. */
  set(x: Vector, r: Vector, weights: Vector): void;
  /** Jᵀ r, weighted. */
  readonly gradient: Vector;
  /** The lengths of J's columns, weighted. */
  readonly lengths: Vector;
  /** ‖J p‖², weighted. */
  square(p: Vector): number;
  /** p ← the step within ‖D p‖ ≤ Δ of the numbers that are free that lowers the model, nearly, most. */
  step(p: Vector, free: Uint8Array, scale: Vector, radius: number): void;
}

/** A model with all numbers of the Jacobian, stepping by QR. */
export class DenseModel implements Model {
  readonly gradient: Vector;
  readonly lengths: Vector;
  readonly qr: Qr;
  readonly #rows: number;
  readonly #j: Vector;
  readonly #b: Vector;
  readonly #levenberg: LevenbergStep;
  readonly #find: (x: Vector) => void;
  #isFactored = false;

  constructor(
    readonly residuals: Residuals,
    size: number,
  ) {
    const { count, name, f, x0, engine } = residuals;
    const rows = Math.max(count, size);
    this.gradient = zeros(size);
    this.lengths = zeros(size);
    this.#rows = rows;
    const j = (this.#j = zeros(rows * size));
    this.#b = zeros(rows);
    this.qr = new Qr(rows, size);
    this.#levenberg = new LevenbergStep(this.qr);
    const program = programOf(name, f, [x0], {});
    const forward = size <= count;
    const directions = new Directions(
      program,
      sidesOf(name, program, 0),
      forward ? "forward" : "reverse",
      forward ? size : count,
      (program) => compiledProgram(program, engine),
    );
    directions.compiled.write([x0]);
    const inputs = placesOf(directions.compiled.signature.inputs.slice(0, program.inputs.length));
    const all = singly(forward ? size : count);
    const visit = (first: number, end: number, numbers: Float64Array, at: Int32Array, step: number): void => {
      for (let k = first; k < end; k++) {
        const shift = (k - first) * step;
        if (forward) for (let i = 0; i < count; i++) j[k * rows + i] = numbers[at[i]! + shift]!;
        else for (let i = 0; i < size; i++) j[i * rows + k] = numbers[at[i]! + shift]!;
      }
    };
    this.#find = (x) => {
      scatter(directions.compiled.executable.inputs, inputs, x);
      directions.run(all, visit);
    };
  }

  set(x: Vector, r: Vector, weights: Vector): void {
    this.#find(x);
    this.residuals.counts.jacobians++;
    const j = this.#j;
    const b = this.#b;
    const rows = this.#rows;
    for (let i = 0; i < r.length; i++) b[i] = weights[i]! * r[i]!;
    for (let k = 0; k < this.gradient.length; k++) {
      let total = 0;
      let most = 0;
      for (let i = 0; i < r.length; i++) {
        const slope = (j[k * rows + i]! *= weights[i]!);
        total += slope * b[i]!;
        most = Math.max(most, Math.abs(slope));
      }
      let square = 0;
      if (most > 0) for (let i = 0; i < r.length; i++) square += (j[k * rows + i]! / most) ** 2;
      this.gradient[k] = total;
      this.lengths[k] = most * Math.sqrt(square);
    }
    this.#isFactored = false;
  }

  square(p: Vector): number {
    const j = this.#j;
    const rows = this.#rows;
    let square = 0;
    for (let i = 0; i < rows; i++) {
      let total = 0;
      for (let k = 0; k < p.length; k++) total += j[k * rows + i]! * p[k]!;
      square += total * total;
    }
    return square;
  }

  step(p: Vector, free: Uint8Array, scale: Vector, radius: number): void {
    this.factor(free);
    this.#levenberg.solve(p, scale, radius);
  }

  factor(free: Uint8Array): void {
    if (!this.#isFactored) this.qr.factor(this.#j, this.#b, free);
    this.#isFactored = true;
  }
}
