/** Reverse mode for users: `grad` and `valueAndGrad`, on data and, nested, on Values. */
import { own, surplus } from "../data/operands.js";
import { type EngineChoice } from "../engines/index.js";
import { describe } from "../errors.js";
import { optionsOf } from "../data/options.js";
import { differentiate } from "../passes/reverse.js";
import { evaluated, Following } from "../compiled/following.js";
import { type AnyFunction, arrange, checkArgnums, type Gradient, gradientProgram, scalarOf } from "../trace/program.js";
import { type Bundle, bundleArray, numberRows, Scope, withRows } from "../trace/scope.js";
import { asList, currentTrace, type TraceOptions } from "../trace/trace.js";
import { type Tree } from "../data/tree.js";
import {
  type Argnums,
  type GradOf,
  type GradWithAuxOf,
  transform,
  type ValueAndGradOf,
  type ValueAndGradWithAuxOf,
} from "../trace/types.js";
import { type Trace, type Value } from "../trace/value.js";

/** Options of the transforms. */
export interface TransformOptions extends TraceOptions {
  /** The argument or arguments to differentiate by; the first by default. */
  readonly argnums?: Argnums;
  /** The function returns [scalar, aux]; aux comes back undifferentiated. */
  readonly hasAux?: boolean;
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
  /** On data, f is recorded at every call, and so follows the variables that it reads; false freezes them at the first call with arguments of a structure. */
  readonly retrace?: boolean;
}

/** A gradient inside a function that is being traced: rows of the same graph. */
export function nestedGradient(name: string, gradient: Gradient, args: readonly unknown[], outer: Trace): unknown {
  const argnums = asList(gradient.argnums);
  checkArgnums(name, gradient, args.length);
  const scope = new Scope(name, outer, gradient.f, args, argnums, gradient.hasAux);
  const { graph, result, parameters } = scope;
  const { leaf, aux } = scalarOf(name, result.tree, result.leaves, gradient.hasAux);
  const bundles = argnums.map((n) => parameters.get(n)!);
  const adjoints = differentiate(graph, result.rows[leaf]![0]!, bundles.flatMap(numberRows));
  const mirrors = bundles.map((bundle) => withRows(bundle, adjoints.splice(0, numberRows(bundle).length)));
  const mirror = typeof gradient.argnums === "number" ? mirrors[0]! : bundleArray(mirrors);
  const part = (tree: Tree | undefined): Bundle => ({ ...result, tree: tree ?? { kind: "static", value: undefined } });
  return scope.value(arrange<Bundle>(gradient.kind, part({ kind: "leaf", leaf }), part(aux), mirror, (x, y) => bundleArray([x, y])));
}

/** Makes the function that a transform returns: traced and cached on data, nested inside a trace. */
function gradientFunction(name: "grad" | "valueAndGrad", f: unknown, given: TransformOptions | undefined): AnyFunction {
  if (typeof f !== "function") throw new TypeError(`${name}: expected a function, got ${describe(f)}`);
  const options = optionsOf(name, given);
  const { argnums = 0, hasAux = false, staticArgnums } = options;
  const kind = hasAux ? (`${name}WithAux` as const) : name;
  const gradient: Gradient = { kind, f: f as AnyFunction, argnums, hasAux, ...(staticArgnums === undefined ? {} : { staticArgnums }) };
  const transformed: AnyFunction = (...args: unknown[]) => {
    const trace = currentTrace();
    if (trace) return nestedGradient(name, gradient, args, trace);
    checkArgnums(name, gradient, args.length);
    return following.call(args, [], evaluated);
  };
  const following = new Following(gradient.f, {
    name,
    variant: [argnums, hasAux],
    options,
    pair: hasAux,
    make: ({ f, trace, compile }) => ({ compiled: compile(gradientProgram(name, gradient, trace(f, hasAux))) }),
  });
  return own(Object.assign(transformed, { [transform]: gradient }));
}

/**
 * The gradient of a scalar function by reverse mode: `grad(f)(x)` has the structure of x, its numbers ∂f/∂x.
 * On data, each call records f anew and runs what was compiled of such a recording, with the numbers and arrays that f captures as they are now; only `compile` freezes them.
 * @throws TypeError where the result is not a scalar, or an argument is no tree of numbers.
 */
export function grad<P extends readonly unknown[], Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [Value | number, Aux],
  options: TransformOptions & { hasAux: true; argnums?: N },
): GradWithAuxOf<P, Aux, N>;
export function grad<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options?: TransformOptions & { hasAux?: false; argnums?: N },
): GradOf<P, N>;
export function grad(f: unknown, options?: TransformOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("grad", [f, options], more, "argument");
  return gradientFunction("grad", f, options);
}

/** The value of a scalar function and its gradient, in one evaluation: `[f(x), grad(f)(x)]`. See `grad`. */
export function valueAndGrad<P extends readonly unknown[], Aux, const N extends Argnums = 0>(
  f: (...args: P) => readonly [Value | number, Aux],
  options: TransformOptions & { hasAux: true; argnums?: N },
): ValueAndGradWithAuxOf<P, Aux, N>;
export function valueAndGrad<P extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: P) => Value | number,
  options?: TransformOptions & { hasAux?: false; argnums?: N },
): ValueAndGradOf<P, N>;
export function valueAndGrad(f: unknown, options?: TransformOptions, ...more: unknown[]): unknown {
  if (more.length > 0) surplus("valueAndGrad", [f, options], more, "argument");
  return gradientFunction("valueAndGrad", f, options);
}
