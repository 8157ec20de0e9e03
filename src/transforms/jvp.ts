/** Forward mode for users: `jvp`, and what it makes of gradients: `hvp`; `directional` for the tangent alone. */
import { describe } from "../errors.js";
import { evaluated, Following } from "../compiled/following.js";
import { nestedGradient, type TransformOptions } from "./gradient.js";
import { type Row } from "../graph/graph.js";
import { surplus, taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { pushforward } from "../passes/forward.js";
import { type AnyFunction, type Gradient } from "../trace/program.js";
import { alike, type Bundle, bundleArray, bundleOf, type Leaves, numberRows, Scope, withRows } from "../trace/scope.js";
import { currentTrace } from "../trace/trace.js";
import { leafText, sameLeaf, type Leaf } from "../data/tree.js";
import { type Concrete, type Evaluated, type Mirror } from "../trace/types.js";
import { type Trace, type Value } from "../trace/value.js";

/** Options of the forward transforms. */
export type JvpOptions = Pick<TransformOptions, "engine" | "retrace">;

/** The value of a function of P, and its derivative along a tangent. */
export interface JvpOf<P extends readonly unknown[], R> {
  <A extends Concrete<P>>(primals: A, tangents: Mirror<A>): [Evaluated<R>, Evaluated<R>];
  (primals: P, tangents: P): [R, R];
  /** The value and its derivatives along several tangents, in one evaluation, which computes the function once. */
  readonly many: {
    <A extends Concrete<P>>(primals: A, tangents: readonly Mirror<A>[]): [Evaluated<R>, Evaluated<R>[]];
    (primals: P, tangents: readonly P[]): [R, R[]];
  };
}

/** The derivative of a function of P along a tangent. */
export interface DirectionalOf<P extends readonly unknown[], R> {
  <A extends Concrete<P>>(primals: A, tangents: Mirror<A>): Evaluated<R>;
  (primals: P, tangents: P): R;
}

/** The Hessian of a function of P by its first argument, times a vector of that argument's structure. */
export interface HvpOf<P extends readonly unknown[]> {
  <A extends Concrete<P>>(primals: A, vector: Mirror<A[0]>): Mirror<A[0]>;
  (primals: P, vector: P[0]): P[0];
}

/** The leaves that hold numbers, each with its rows. */
const withoutLaneNumbers = ({ leaves, rows }: Leaves): { leaf: Leaf; rows: readonly Row[] }[] =>
  leaves.flatMap((leaf, i) => (leaf.kind === "indices" ? [] : [{ leaf, rows: rows[i]! }]));

/** The placeholders of the arguments with the rows of their tangents. */
function tangentRows({ name, outer, parameters }: Scope, tangents: readonly unknown[], pathOf: (n: number) => string): Map<Row, Row> {
  const rows = new Map<Row, Row>();
  for (const [n, parameter] of parameters) {
    const given = withoutLaneNumbers(alike(name, parameter, bundleOf(name, outer, tangents[n], pathOf(n)), pathOf(n)));
    const wanted = withoutLaneNumbers(parameter);
    if (given.length !== wanted.length) {
      throw new TypeError(
        `${name}: expected tangents of the primals' structure, with ${wanted.length} leaves, got ${given.length} at ${pathOf(n)}`,
      );
    }
    wanted.forEach(({ leaf, rows: placeholders }, i) => {
      const { leaf: came, rows: images } = given[i]!;
      if (!sameLeaf(came, leaf)) {
        throw new TypeError(`${name}: expected a tangent like ${leaf.path} (${leafText(leaf)}), got ${leafText(came)} at ${came.path}`);
      }
      placeholders.forEach((row, k) => rows.set(row, images[k]!));
    });
  }
  return rows;
}

/** A function recorded for its tangents. */
const scopeOf = (name: string, f: AnyFunction, primals: readonly unknown[], outer: Trace): Scope =>
  new Scope(name, outer, f, primals, [...primals.keys()]);

/** Records the result's tangent; `pathOf` says where the tangents stand. */
function tangentOf(scope: Scope, tangents: unknown, pathOf = (n: number): string => `tangents[${n}]`): Bundle {
  const { name, graph, result, parameters } = scope;
  if (!Array.isArray(tangents) || tangents.length !== parameters.size) {
    throw new TypeError(`${name}: expected an array of ${parameters.size} tangents, one an argument, got ${describe(tangents)}`);
  }
  return withRows(result, pushforward(graph, numberRows(result), tangentRows(scope, tangents, pathOf)));
}

/** Records what a forward transform gives inside a trace. */
type RecordForward = (f: AnyFunction, primals: readonly unknown[], tangents: unknown, outer: Trace) => unknown;

/** Makes the function that a forward transform returns: followed on data, recorded inside a trace. `variant` tells apart those of one name. */
function forwardFunction(name: string, f: AnyFunction, options: JvpOptions, record: RecordForward, variant?: string): AnyFunction {
  const following = new Following(f, {
    name,
    variant,
    options,
    spread: true,
    make: ({ f, trace, compile }) => ({
      compiled: compile(trace((primals: readonly unknown[], tangents: unknown) => record(f, primals, tangents, currentTrace()!))),
    }),
  });
  return (primals: unknown, tangents: unknown, ...more: unknown[]) => {
    if (more.length > 0) surplus(name, [primals, tangents], more, "argument");
    if (!Array.isArray(primals) || primals.length === 0)
      throw new TypeError(`${name}: expected an array of arguments, got ${describe(primals)}`);
    const trace = currentTrace();
    return trace ? record(f, primals, tangents, trace) : following.call([primals], [tangents], evaluated);
  };
}

/**
 * The value of a function and its derivative along a tangent, by forward mode: `jvp(f)([x], [xDot])` is `[f(x), f′(x)·xDot]`.
 * Tangents have the structure of the arguments; the result's derivative has the structure of the result. `many` takes several tangents at once.
 * @throws TypeError where tangents are not like the primals.
 */
export const jvp = /* @__PURE__ */ taking(
  "jvp",
  2,
  function jvp<P extends readonly unknown[], R>(f: (...args: P) => R, options?: JvpOptions): JvpOf<P, R> {
    if (typeof f !== "function") throw new TypeError(`jvp: expected a function, got ${describe(f)}`);
    const checked = optionsOf("jvp", options);
    const one = forwardFunction("jvp", f, checked, (f, primals, tangents, outer) => {
      const scope = scopeOf("jvp", f, primals, outer);
      return scope.value(bundleArray([scope.result, tangentOf(scope, tangents)]));
    });
    const several = (f: AnyFunction, primals: readonly unknown[], tangents: unknown, outer: Trace): unknown => {
      if (!Array.isArray(tangents) || tangents.length === 0)
        throw new TypeError(`jvp: expected a non-empty array of tangents, got ${describe(tangents)}`);
      const scope = scopeOf("jvp", f, primals, outer);
      return scope.value(bundleArray([scope.result, bundleArray(tangents.map((tangent) => tangentOf(scope, tangent)))]));
    };
    const many = forwardFunction("jvp", f, checked, several, "many");
    return Object.assign(one, { many }) as unknown as JvpOf<P, R>;
  },
  "argument",
);

/** The derivative of a function along a tangent, f′(x)·xDot: `directional(f)([x], [xDot])`. See `jvp`. */
export const directional = /* @__PURE__ */ taking(
  "directional",
  2,
  function directional<P extends readonly unknown[], R>(f: (...args: P) => R, options?: JvpOptions): DirectionalOf<P, R> {
    if (typeof f !== "function") throw new TypeError(`directional: expected a function, got ${describe(f)}`);
    const transformed = forwardFunction("directional", f, optionsOf("directional", options), (f, primals, tangents, outer) => {
      const scope = scopeOf("directional", f, primals, outer);
      return scope.value(tangentOf(scope, tangents));
    });
    return transformed as unknown as DirectionalOf<P, R>;
  },
  "argument",
);

/**
 * The Hessian of a scalar function by its first argument, times a vector: `hvp(f)([x], v)` is H(x)·v, by forward over reverse mode in one evaluation; H itself is not built.
 * @throws TypeError where the function is not scalar, or the vector is not like the first argument.
 */
export const hvp = /* @__PURE__ */ taking(
  "hvp",
  2,
  function hvp<P extends readonly unknown[]>(f: (...args: P) => Value | number, options?: JvpOptions): HvpOf<P> {
    if (typeof f !== "function") throw new TypeError(`hvp: expected a function, got ${describe(f)}`);
    const transformed = forwardFunction("hvp", f, optionsOf("hvp", options), (f, [x, ...others], vector, outer) => {
      const gradient: Gradient = { kind: "grad", f, argnums: 0, hasAux: false };
      const gradientBy = (first: unknown): unknown => nestedGradient("hvp", gradient, [first, ...others], currentTrace()!);
      const scope = new Scope("hvp", outer, gradientBy, [x], [0]);
      return scope.value(tangentOf(scope, [vector], () => "vector"));
    });
    return transformed as unknown as HvpOf<P>;
  },
  "argument",
);
