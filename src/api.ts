/** The public names, apart from how the kernel is loaded. */
export * from "./generated/math.js";
export {
  argmax,
  argmin,
  at,
  broadcast,
  concat,
  cumsum,
  dot,
  type LaneMap,
  type LaneNumbers,
  logSumExp,
  max,
  mean,
  min,
  norm,
  prod,
  type Reduction,
  reverse,
  segmentSum,
  slice,
  sum,
  take,
} from "./vectors.js";
export { cummax, cumprod, logCumSumExp } from "./scans.js";
export { logSoftmax, type ScoreMap, softmax, std, type Variance, variance, type VarianceOptions } from "./statistics.js";
export { type NumericArray } from "./arrays.js";
export { type Column, vector } from "./vector.js";
export { type Binary, Indices, numberOf, type Operand, type Ternary, type Unary, Value } from "./value.js";
export { grad, type TransformOptions, valueAndGrad } from "./gradient.js";
export { columns, type ColumnsOf } from "./columns.js";
export { vmap, type VmapOf, type VmapOptions } from "./vmap.js";
export { directional, type DirectionalOf, hvp, type HvpOf, jvp, type JvpOf, type JvpOptions } from "./jvp.js";
export { hessian, type HessianOptions, jacfwd, jacobian, type JacobianOptions, jacrev, type ModeOptions } from "./jacobian.js";
export { type Mode } from "./sweeps.js";
export {
  sparseHessian,
  type SparseHessianOf,
  type SparseHessianOptions,
  sparseJacobian,
  type SparseMatrix,
  type SparseOf,
  type SparseOptions,
} from "./sparse.js";
export { type Pullback, vjp, type VjpOf, type VjpOptions } from "./vjp.js";
export { customJvp, customVjp, type Gradients } from "./custom.js";
export { type HostFunction, type HostOp, hostOp } from "./hostop.js";
export { record, type Recorded } from "./record.js";
export { compile, compileAsync, type CompileOptions } from "./compile.js";
export { type Step } from "./step.js";
export { loadModule, loadModuleAsync, type PortableModule } from "./portable.js";
export { type TraceOptions } from "./trace.js";
export { parse, trace, type Traced } from "./traced.js";
export {
  type DifferenceMethod,
  type DifferenceOf,
  type DifferenceOptions,
  type DifferenceWithErrorOf,
  finiteDifference,
} from "./differences.js";
export { checkGradient, type CheckOptions, type GradientFailure, type GradientReport } from "./check.js";
export { type PlainCall } from "./plain.js";
export { type Dual, dual, duals, type Tangent } from "./dual.js";
export { type FormulaNames, type Operations } from "./formula.js";
export { type EngineChoice, type EngineName } from "./engines/index.js";
export { GraphError, OutOfMemoryError } from "./errors.js";
export {
  type Argnums,
  type Columns,
  type Concrete,
  type DataJacobian,
  type Evaluated,
  type GradOf,
  type GradWithAuxOf,
  type HessianOf,
  type HessianWithAuxOf,
  type JacobianOf,
  type JacobianWithAuxOf,
  type Mirror,
  type Resident,
  type Static,
  type TracedJacobian,
  type ValueAndGradOf,
  type ValueAndGradWithAuxOf,
} from "./types.js";
