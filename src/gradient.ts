/** Reverse mode for users: `grad` and `valueAndGrad`, on data and, nested, on Values. */
import { type EngineChoice } from "./engines/index.js";
import { describe } from "./errors.js";
import { optionsOf } from "./options.js";
import { differentiate } from "./passes/reverse.js";
import { type AnyFunction, arrange, checkArgnums, type Gradient, scalarOf } from "./program.js";
import { type Bundle, bundleArray, numberRows, Scope, withRows } from "./scope.js";
import { TraceCache } from "./tracecache.js";
import { asList, currentTrace, type TraceOptions } from "./trace.js";
import { type Tree } from "./tree.js";
import { type Argnums, type GradOf, type GradWithAuxOf, transform, type ValueAndGradOf, type ValueAndGradWithAuxOf } from "./types.js";
import { type Trace, type Value } from "./value.js";

/** Options of the transforms. */
export interface TransformOptions extends TraceOptions {
  /** The argument or arguments to differentiate by; the first by default. */
  readonly argnums?: Argnums;
  /** The function returns [scalar, aux]; aux comes back undifferentiated. */
  readonly hasAux?: boolean;
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
  /** Traces at every call: for functions that read variables which change. */
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
    return trace ? nestedGradient(name, gradient, args, trace) : cache.call(args);
  };
  const cache = new TraceCache(transformed, name, options);
  return Object.assign(transformed, { [transform]: gradient });
}

/**
 * The gradient of a scalar function by reverse mode: `grad(f)(x)` has the structure of x, its numbers ∂f/∂x.
 * The function is traced on its first call and again for arguments of another structure; variables it captures are frozen then.
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
export function grad(f: unknown, options?: TransformOptions): unknown {
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
export function valueAndGrad(f: unknown, options?: TransformOptions): unknown {
  return gradientFunction("valueAndGrad", f, options);
}
