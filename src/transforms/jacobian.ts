/** Jacobians and Hessians as dense structures: `jacobian`, `jacfwd`, `jacrev` and `hessian`. */
import { own, surplus } from "../data/operands.js";
import { describe, OutOfMemoryError } from "../errors.js";
import { Following, type Source } from "../compiled/following.js";
import { nestedGradient, type TransformOptions } from "./gradient.js";
import { type Graph, type Piece, type Row } from "../graph/graph.js";
import { optionsOf } from "../data/options.js";
import { pushforward } from "../passes/forward.js";
import { pullback } from "../passes/reverse.js";
import { type AnyFunction } from "../trace/program.js";
import { Scope } from "../trace/scope.js";
import { Matrix } from "../data/matrix.js";
import { type Shape } from "../ops/shapes.js";
import { blocks, checkDifferentiated, nested, parameterSide, resultParts, resultSide, type Side, sidesOf } from "../trace/sides.js";
import { structural } from "../ops/rows.js";
import { type Compiled } from "../compiled/step.js";
import { type Mode, singly, Directions } from "./directions.js";
import { asList, currentTrace } from "../trace/trace.js";
import {
  type Argnums,
  type HessianOf,
  type HessianWithAuxOf,
  type JacobianOf,
  type JacobianWithAuxOf,
  type ValueAndJacobianOf,
  type ValueAndJacobianWithAuxOf,
} from "../trace/types.js";
import { type Trace, Value } from "../trace/value.js";

/** Options of the dense transforms. With `hasAux` the function returns [value, aux]. */
export type JacobianOptions = TransformOptions;

/** Options of `jacobian`, which chooses the mode. */
export interface ModeOptions extends JacobianOptions {
  /** "auto", the default, takes the mode that needs fewer sweeps. */
  readonly mode?: Mode | "auto";
}

/** Options of `hessian`. */
export type HessianOptions = Omit<JacobianOptions, "argnums">;

/** The most numbers of a dense matrix: what one Float64Array holds in every browser. */
const MOST_NUMBERS = 2 ** 28;

/** What a Jacobian is made of. */
interface Recipe {
  readonly name: string;
  readonly f: AnyFunction;
  /** What is differentiated: the function, or its gradient. */
  readonly of: (f: AnyFunction) => AnyFunction;
  readonly mode: Mode | "auto";
  readonly options: JacobianOptions;
}

/** The mode that needs fewer sweeps; forward where both need as many, for its sweeps cost less. */
const modeOf = ({ mode }: Recipe, inputs: number, outputs: number): Mode =>
  mode === "auto" ? (inputs <= outputs ? "forward" : "reverse") : mode;

/** The Jacobian of a function on data of one structure. */
class Dense {
  readonly mode: Mode;
  readonly #parameters: Side;
  readonly #results: Side;
  readonly #hasAux: boolean;
  readonly #directions: Directions;

  constructor(recipe: Recipe, { f, trace, compile }: Source) {
    const { name, options, of } = recipe;
    const hasAux = options.hasAux === true;
    const program = trace(of(f), hasAux);
    const sides = sidesOf(name, program, options.argnums ?? 0, hasAux);
    const { parameters, results } = sides;
    const [m, n] = [results.count, parameters.count];
    if (m * n > MOST_NUMBERS)
      throw new OutOfMemoryError(
        `${name}: expected a matrix that fits in memory, got ${m} × ${n} numbers. A sparse one may: see sparseJacobian`,
      );
    this.mode = modeOf(recipe, n, m);
    const directions = this.mode === "forward" ? parameters.count : results.count;
    this.#parameters = parameters;
    this.#results = results;
    this.#hasAux = hasAux;
    this.#directions = new Directions(program, sides, this.mode, directions, compile);
  }

  get compiled(): Compiled {
    return this.#directions.compiled;
  }

  value(): unknown {
    const [m, n] = [this.#results.count, this.#parameters.count];
    const matrix = new Float64Array(m * n);
    if (this.mode === "forward")
      this.#directions.run(singly(n), (first, end, numbers, at, step) => {
        for (let i = 0; i < m; i++) for (let j = first; j < end; j++) matrix[i * n + j] = numbers[at[i]! + (j - first) * step]!;
      });
    else
      this.#directions.run(singly(m), (first, end, numbers, at, step) => {
        for (let i = first; i < end; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = numbers[at[j]! + (i - first) * step]!;
      });
    const jacobian = cut(matrix, this.#results, this.#parameters);
    return this.#hasAux ? [jacobian, this.compiled.read()] : jacobian;
  }
}

/** Numbers as what has the shape: a Float64Array, or a Matrix. */
const inShapeOf = (shape: Shape, numbers: Float64Array): Float64Array | Matrix => (shape.length > 1 ? new Matrix(numbers, shape) : numbers);

/** A matrix, row by row, as the structure of a Jacobian; the Float64Arrays of its rows are views of it. */
function cut(matrix: Float64Array, results: Side, parameters: Side): unknown {
  const n = parameters.count;
  return blocks(results, parameters, (result, parameter) => {
    const first = results.starts[result]! * n + parameters.starts[parameter]!;
    const rows = results.lanes[result];
    const columns = parameters.lanes[parameter];
    if (columns === undefined) {
      if (rows === undefined) return matrix[first]!;
      return inShapeOf(
        results.shapes[result]!,
        Float64Array.from({ length: rows }, (_, i) => matrix[first + i * n]!),
      );
    }
    return nested(results.shapes[result]!, (i) =>
      inShapeOf(parameters.shapes[parameter]!, matrix.subarray(first + i * n, first + i * n + columns)),
    );
  });
}

/** Row of 1 in one lane and 0 in the others, in the shape of an element. */
function unit(graph: Graph, shape: Shape, lane: number): Row {
  const one = graph.constant(1);
  return shape.length === 0 ? one : graph.assemble([[one, lane]], shape);
}

/** Scalar rows as the lanes of a shape; zeros are left out. */
function arrayOf(graph: Graph, rows: readonly Row[], shape: Shape): Row {
  const pieces = rows.flatMap((row, i): Piece[] => (graph.isConstant(row) && graph.constantOf(row) === 0 ? [] : [[row, i]]));
  return pieces.length === 0 ? graph.shared(structural.broadcast, graph.shapeOf(shape), graph.constant(0)) : graph.assemble(pieces, shape);
}

/** The Jacobian inside a trace: rows of its graph, one sweep a direction, which share what is equal. */
function recordJacobian(recipe: Recipe, args: readonly unknown[], outer: Trace): unknown {
  const { name, f, options } = recipe;
  const argnums = options.argnums ?? 0;
  checkDifferentiated(name, argnums, options.staticArgnums, args.length);
  const hasAux = options.hasAux === true;
  const scope = new Scope(name, outer, recipe.of(f), args, asList(argnums), hasAux);
  const parts = resultParts(name, scope.result, hasAux);
  const { graph } = scope;
  const parameters = parameterSide(name, graph, argnums, (n) => scope.parameters.get(n)!);
  const results = resultSide(name, graph, parts.value);
  const mode = modeOf(recipe, parameters.count, results.count);
  const [from, to] = mode === "forward" ? [parameters, results] : [results, parameters];
  const swept = from.rows.flatMap((row, element) =>
    Array.from({ length: from.lanes[element] ?? 1 }, (_, lane) => {
      const direction = new Map([[row, unit(graph, from.shapes[element]!, lane)]]);
      return mode === "forward" ? pushforward(graph, to.rows, direction) : pullback(graph, direction, to.rows);
    }),
  );
  const images = scope.images(swept.flat());
  const value = (row: Row): Value | number => (graph.isConstant(row) ? graph.constantOf(row) : new Value(outer, row));
  const jacobian = blocks(results, parameters, (result, parameter) => {
    const [source, target] = mode === "forward" ? [parameter, result] : [result, parameter];
    const given = Array.from(
      { length: from.lanes[source] ?? 1 },
      (_, lane) => images[(from.starts[source]! + lane) * to.rows.length + target]!,
    );
    const [shape, wide] = [from.shapes[source]!, to.shapes[target]!];
    if (shape.length === 0) return value(given[0]!);
    if (wide.length === 0) return value(arrayOf(graph, given, shape));
    if (mode === "reverse") return nested(shape, (lane) => value(given[lane]!));
    return nested(wide, (lane) =>
      value(
        arrayOf(
          graph,
          given.map((row) => graph.shared(structural.at, 0, row, lane)),
          shape,
        ),
      ),
    );
  });
  return parts.aux ? [jacobian, scope.value(parts.aux)] : jacobian;
}

const itself = (f: AnyFunction): AnyFunction => f;

/** The function that a dense transform returns: swept on data, recorded inside a trace. */
function denseFunction(recipe: Recipe): AnyFunction {
  const { name, f, options } = recipe;
  if (typeof f !== "function") throw new TypeError(`${name}: expected a function, got ${describe(f)}`);
  const following = new Following(f, {
    name,
    variant: [recipe.mode, options.argnums, options.hasAux === true],
    options,
    pair: options.hasAux === true,
    make: (source) => new Dense(recipe, source),
  });
  const onData = <R>(args: readonly unknown[], use: (made: Dense) => R): R => {
    checkDifferentiated(name, options.argnums ?? 0, options.staticArgnums, args.length);
    return following.call(args, [], use);
  };
  const transformed = (...args: unknown[]): unknown => {
    const trace = currentTrace();
    return trace ? recordJacobian(recipe, args, trace) : onData(args, (made) => made.value());
  };
  return own(Object.assign(transformed, { mode: (...args: unknown[]): Mode => onData(args, ({ mode }) => mode) }));
}

/** The mode among options, and the others. */
function modeIn(name: "jacobian" | "valueAndJacobian", options: ModeOptions | undefined): { mode: Mode | "auto"; rest: JacobianOptions } {
  const { mode = "auto", ...rest } = optionsOf(name, options);
  if (!["auto", "forward", "reverse"].includes(mode))
    throw new RangeError(`${name}: expected mode to be one of auto, forward, reverse, got ${describe(mode)}`);
  return { mode, rest };
}

/**
 * The Jacobian of a function, J[i][j] = ∂fᵢ/∂xⱼ: the structure of the result outside, of the argument inside. A vector[m] by a vector[n] gives an array of m Float64Array(n), which
 * lie row by row in one buffer; a number by a vector[n] a Float64Array(n), a vector[m] by a number a Float64Array(m), a number by a number a number; arrays of numbers are arrays.
 * By forward mode where there are no more inputs than outputs, by reverse mode otherwise, unless `mode` says: `jacobian(f).mode(x)` tells which.
 * With \`hasAux\`, f returns [value, aux], and the result is [Jacobian, aux].
 * On data, one compiled sweep carries up to 16 directions (8 of a function that works on vectors) and runs as often as it takes.
 * @throws TypeError where the result or an argument holds no numbers, RangeError where argnums names no argument, OutOfMemoryError beyond 2²⁸ numbers.
 */
export function jacobian<P extends readonly unknown[], R, Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [R, Aux],
  options: ModeOptions & { hasAux: true; argnums?: N },
): JacobianWithAuxOf<P, R, Aux, N>;
export function jacobian<P extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: P) => R,
  options?: ModeOptions & { hasAux?: false; argnums?: N },
): JacobianOf<P, R, N>;
export function jacobian(f: AnyFunction, options?: ModeOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("jacobian", [f, options], more, "argument");
  const { mode, rest } = modeIn("jacobian", options);
  return denseFunction({ name: "jacobian", f, of: itself, mode, options: rest });
}

/** The Jacobian by forward mode: as many sweeps as there are inputs, several a run. See `jacobian`. */
export function jacfwd<P extends readonly unknown[], R, Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [R, Aux],
  options: JacobianOptions & { hasAux: true; argnums?: N },
): JacobianWithAuxOf<P, R, Aux, N>;
export function jacfwd<P extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: P) => R,
  options?: JacobianOptions & { hasAux?: false; argnums?: N },
): JacobianOf<P, R, N>;
export function jacfwd(f: AnyFunction, options?: JacobianOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("jacfwd", [f, options], more, "argument");
  return denseFunction({ name: "jacfwd", f, of: itself, mode: "forward", options: optionsOf("jacfwd", options) });
}

/** The Jacobian by reverse mode: as many sweeps as there are outputs, several a run. See `jacobian`. */
export function jacrev<P extends readonly unknown[], R, Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [R, Aux],
  options: JacobianOptions & { hasAux: true; argnums?: N },
): JacobianWithAuxOf<P, R, Aux, N>;
export function jacrev<P extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: P) => R,
  options?: JacobianOptions & { hasAux?: false; argnums?: N },
): JacobianOf<P, R, N>;
export function jacrev(f: AnyFunction, options?: JacobianOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("jacrev", [f, options], more, "argument");
  return denseFunction({ name: "jacrev", f, of: itself, mode: "reverse", options: optionsOf("jacrev", options) });
}

/** A function's value as what else it returns, so that the run that finds its derivative gives it too; with `hasAux` the value and the aux. */
const withValue =
  (hasAux: boolean) =>
  (f: AnyFunction): AnyFunction =>
  (...args) => {
    const result = f(...args);
    if (!hasAux) return [result, result];
    if (!Array.isArray(result) || result.length !== 2)
      throw new TypeError("valueAndJacobian: expected a function that returns [value, aux], since hasAux is set");
    return [(result as unknown[])[0], result];
  };

/** The value of a function and its Jacobian, from the same runs: `[f(x), jacobian(f)(x)]`; with `hasAux`, where f returns [value, aux], `[[value, aux], Jacobian]`. See `jacobian`. */
export function valueAndJacobian<P extends readonly unknown[], R, Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [R, Aux],
  options: ModeOptions & { hasAux: true; argnums?: N },
): ValueAndJacobianWithAuxOf<P, R, Aux, N>;
export function valueAndJacobian<P extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: P) => R,
  options?: ModeOptions & { hasAux?: false; argnums?: N },
): ValueAndJacobianOf<P, R, N>;
export function valueAndJacobian(f: AnyFunction, options?: ModeOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("valueAndJacobian", [f, options], more, "argument");
  const { mode, rest } = modeIn("valueAndJacobian", options);
  const of = withValue(rest.hasAux === true);
  const both = denseFunction({ name: "valueAndJacobian", f, of, mode, options: { ...rest, hasAux: true } });
  const swapped = (...args: never[]): unknown => {
    const [jacobian, value] = both(...args) as [unknown, unknown];
    return [value, jacobian];
  };
  return Object.assign(own(swapped), { mode: (both as unknown as { readonly mode: AnyFunction }).mode });
}

/**
 * The gradient of a scalar function by its first argument, and what else the function returns, recorded inside a trace; errors carry the name of what asked for it.
 */
export const gradientInside =
  (name: string, f: AnyFunction, hasAux = false): AnyFunction =>
  (...args: unknown[]) =>
    nestedGradient(name, { kind: hasAux ? "gradWithAux" : "grad", f, argnums: 0, hasAux }, args, currentTrace()!);

/**
 * The Hessian of a scalar function by its first argument, H[i][j] = ∂²f/∂xᵢ∂xⱼ: the argument's structure twice, so that a vector[n] gives an array of n Float64Array(n).
 * Forward over reverse mode: the gradient's Jacobian by `jacfwd`. With `hasAux`, f returns [scalar, aux], and the result is [Hessian, aux].
 * @throws TypeError where the function is not scalar.
 */
export function hessian<P extends readonly unknown[], Aux>(
  f: (...args: P) => readonly [Value | number, Aux],
  options: HessianOptions & { hasAux: true },
): HessianWithAuxOf<P, Aux>;
export function hessian<P extends readonly unknown[]>(
  f: (...args: P) => Value | number,
  options?: HessianOptions & { hasAux?: false },
): HessianOf<P>;
export function hessian(f: AnyFunction, given?: HessianOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("hessian", [f, given], more, "argument");
  const options = optionsOf("hessian", given);
  return denseFunction({ name: "hessian", f, of: (f) => gradientInside("hessian", f, options.hasAux), mode: "forward", options });
}
