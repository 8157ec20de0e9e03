/** The options of every function that takes some: which there are, and the error of one that a function does not have. */
import type { CallableOptions } from "../transforms/callable.js";
import type { ScanOptions } from "../transforms/scan.js";
import type { CheckOptions } from "../checks/check.js";
import type { CompileOptions } from "../compiled/compile.js";
import type { DifferenceOptions } from "../checks/differences.js";
import { describe } from "../errors.js";
import type { TransformOptions } from "../transforms/gradient.js";
import type { HostOp } from "../graph/graph.js";
import type { HessianOptions, JacobianOptions, ModeOptions } from "../transforms/jacobian.js";
import type { JvpOptions } from "../transforms/jvp.js";
import type { SparseHessianOptions, SparseOptions } from "../transforms/sparse.js";
import type { AlongOptions, AxisOptions } from "../trace/axes.js";
import type { MatmulOptions } from "../trace/products.js";
import type { TriangularOptions } from "../trace/systems.js";
import type { VarianceOptions } from "../trace/statistics.js";
import type { DiagramOptions } from "../pictures/diagrams.js";
import type { PictureOptions } from "../pictures/svg.js";
import type { TableOptions } from "../pictures/table.js";
import type { SourceOptions } from "../source/source.js";
import type { TraceOptions } from "../trace/trace.js";
import { isPlain } from "./tree.js";
import type { VjpOptions } from "../transforms/vjp.js";
import type { VmapOptions } from "../transforms/vmap.js";

/** The reductions, which take a dimension and whether to keep it. */
export type ReductionName = "sum" | "mean" | "max" | "min" | "argmax" | "argmin" | "prod" | "norm" | "logSumExp";

/** The functions along a dimension. */
export type AlongName =
  | "at"
  | "slice"
  | "take"
  | "concat"
  | "stack"
  | "roll"
  | "cumsum"
  | "reverse"
  | "sort"
  | "argsort"
  | "cumprod"
  | "cummax"
  | "logCumSumExp"
  | "softmax"
  | "logSoftmax";

/** The functions that take options, and what these are. */
interface OptionsOf extends Readonly<Record<ReductionName, AxisOptions> & Record<AlongName, AlongOptions>> {
  readonly grad: TransformOptions;
  readonly valueAndGrad: TransformOptions;
  readonly jvp: JvpOptions;
  readonly directional: JvpOptions;
  readonly hvp: JvpOptions;
  readonly vjp: VjpOptions;
  readonly jacobian: ModeOptions;
  readonly valueAndJacobian: ModeOptions;
  readonly jacfwd: JacobianOptions;
  readonly jacrev: JacobianOptions;
  readonly hessian: HessianOptions;
  readonly sparseJacobian: SparseOptions;
  readonly sparseHessian: SparseHessianOptions;
  readonly vmap: VmapOptions;
  readonly compile: CompileOptions;
  readonly compileAsync: CompileOptions;
  readonly trace: TraceOptions;
  readonly toSource: SourceOptions;
  readonly table: TableOptions;
  readonly svg: PictureOptions;
  readonly toDot: DiagramOptions;
  readonly toMermaid: DiagramOptions;
  readonly finiteDifference: DifferenceOptions;
  readonly checkGradient: CheckOptions;
  readonly callable: CallableOptions;
  readonly scan: ScanOptions;
  readonly repeat: ScanOptions;
  readonly hostOp: HostOp;
  readonly matmul: MatmulOptions;
  readonly triangularSolve: TriangularOptions;
  readonly variance: VarianceOptions;
  readonly std: VarianceOptions;
}

/** What an option must be: in words where it is something else, undefined where it is right. */
export type Kind = (value: unknown) => string | undefined;

export const flag: Kind = (value) => (typeof value === "boolean" ? undefined : "true or false");
const isNumber = (value: unknown): boolean => typeof value === "number";
const numbers: Kind = (value) =>
  isNumber(value) || (Array.isArray(value) && value.every(isNumber)) ? undefined : "an argument's number or an array of them";
const divisor: Kind = (value) => (isNumber(value) ? undefined : "a number");
/** What the function itself looks at. */
export const own: Kind = () => undefined;

/** Every option of a function, so that one which is added to its interface must be added here. */
export type Kinds<Options> = { readonly [Name in keyof Options]-?: Kind };

const tracing: Kinds<TraceOptions> = { staticArgnums: numbers };
const running: Kinds<JvpOptions> = { engine: own, retrace: flag };
const transform: Kinds<TransformOptions> = { argnums: numbers, hasAux: flag, ...tracing, ...running };
const pulling: Kinds<VjpOptions> = { argnums: numbers, ...tracing, ...running };
const compiling: Kinds<CompileOptions> = { ...tracing, engine: own };

const along: Kinds<AlongOptions> = { axis: divisor };
const reducing: Kinds<AxisOptions> = { ...along, keepDims: flag };

/** One entry for several names. */
const forEach = <Name extends string, T>(names: readonly Name[], entry: T): Record<Name, T> =>
  Object.fromEntries(names.map((name) => [name, entry])) as Record<Name, T>;

const kinds: { readonly [Name in keyof OptionsOf]: Kinds<OptionsOf[Name]> } = {
  grad: transform,
  valueAndGrad: transform,
  jvp: running,
  directional: running,
  hvp: running,
  vjp: pulling,
  jacobian: { ...transform, mode: own },
  valueAndJacobian: { ...transform, mode: own },
  jacfwd: transform,
  jacrev: transform,
  hessian: { hasAux: flag, ...tracing, ...running },
  sparseJacobian: pulling,
  sparseHessian: { ...tracing, ...running },
  vmap: { inAxes: own, ...tracing, ...running },
  compile: compiling,
  compileAsync: compiling,
  trace: tracing,
  toSource: { name: own, names: own },
  table: { mode: own, format: own, seed: own, names: own, digits: own },
  svg: { args: own, mode: own, seed: own, step: own, names: own, digits: own, direction: own, theme: own, title: own },
  toDot: { names: own },
  toMermaid: { names: own },
  finiteDifference: { ...pulling, method: own, step: own, withError: flag },
  checkGradient: { ...compiling, argnums: numbers, directions: own, tolerance: own, seed: own },
  callable: { once: flag },
  scan: { reverse: flag },
  repeat: { reverse: flag },
  hostOp: { name: own, value: own, partials: own },
  matmul: { transposeA: flag, transposeB: flag },
  triangularSolve: { upper: flag, transpose: flag, unitDiagonal: flag, right: flag },
  ...forEach<ReductionName, Kinds<AxisOptions>>(["sum", "mean", "max", "min", "argmax", "argmin", "prod", "norm", "logSumExp"], reducing),
  ...forEach<AlongName, Kinds<AlongOptions>>(
    [
      "at",
      "slice",
      "take",
      "concat",
      "stack",
      "roll",
      "cumsum",
      "reverse",
      "sort",
      "argsort",
      "cumprod",
      "cummax",
      "logCumSumExp",
      "softmax",
      "logSoftmax",
    ],
    along,
  ),
  variance: { correction: divisor, ...reducing },
  std: { correction: divisor, ...reducing },
};

/** How many characters must be put in, taken out or replaced to make one word of another (Wagner and Fischer 1974). */
function distance(x: string, y: string): number {
  let row = Array.from({ length: y.length + 1 }, (_, k) => k);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let k = 1; k <= y.length; k++) next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (x[i - 1] === y[k - 1] ? 0 : 1)));
    row = next;
  }
  return row[y.length]!;
}

/** A name as others may write it: static_argnums is staticArgnums. */
const plain = (name: string): string => name.replace(/[^a-z]/gi, "").toLowerCase();

/** The name that was meant, of those there are; undefined where none is near. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const meant = plain(name);
  const far = (other: string): number => distance(meant, plain(other));
  const best = names.reduce((x, y) => (far(y) < far(x) ? y : x));
  return far(best) <= Math.max(1, Math.floor(meant.length / 3)) ? best : undefined;
}

/** The options that were given to a function of the table. */
export const optionsOf = <Name extends keyof OptionsOf, Options extends OptionsOf[Name]>(name: Name, given: Options | undefined): Options =>
  readOptions(name, kinds[name], given);

/**
 * The options that were given to a function, each read once, so that neither a change nor an accessor makes them others later.
 * @throws TypeError where they are no plain object, one has a name that the function does not know, or is of another kind.
 */
export function readOptions<Options extends object>(
  name: string,
  known: Readonly<Record<string, Kind>>,
  given: Options | undefined,
): Options {
  if (given === undefined) return {} as Options;
  const names = Object.keys(known);
  if (typeof given !== "object" || given === null || !isPlain(given)) {
    const hint = "argnums" in known && numbers(given) === undefined ? `. Write { argnums: ${JSON.stringify(given)} }` : "";
    throw new TypeError(`${name}: expected a plain object of options (${names.join(", ")}), got ${describe(given)}${hint}`);
  }
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, key)) {
      const meant = nearest(key, names);
      const hint = meant === undefined ? "" : `. Did you mean ${meant}?`;
      throw new TypeError(`${name}: expected options of the names ${names.join(", ")}, got one named ${key}${hint}`);
    }
    const wanted = value === undefined ? undefined : known[key]!(value);
    if (wanted !== undefined) throw new TypeError(`${name}: expected ${wanted} as ${key}, got ${describe(value)}`);
    if (value !== undefined) options[key] = Array.isArray(value) ? value.slice() : value;
  }
  return options as Options;
}
