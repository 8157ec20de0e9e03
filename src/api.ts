/** The public names, apart from how the kernel is loaded. */
export * from "./trace/generated/math.js";
export {
  argmax,
  argmin,
  at,
  broadcast,
  concat,
  cumsum,
  diagonal,
  dot,
  type LaneMap,
  type LaneNumbers,
  logSumExp,
  matrixTrace,
  max,
  mean,
  min,
  norm,
  prod,
  type Reduction,
  reverse,
  segmentSum,
  slice,
  sort,
  sum,
  take,
} from "./trace/vectors.js";
export { cummax, cumprod, logCumSumExp } from "./trace/scans.js";
export { logSoftmax, type ScoreMap, softmax, std, type Variance, variance, type VarianceOptions } from "./trace/statistics.js";
export { type NumericArray } from "./data/arrays.js";
export { type Column, vector } from "./trace/vector.js";
export { Matrix, type Nested } from "./data/matrix.js";
export { type AlongOptions, type AxisOptions } from "./trace/axes.js";
export { argsort, diag, eye, ones, roll, type SortMap, stack, tril, triu, zeros } from "./trace/places.js";
export { matrix, type MatrixLike, reshape, type ShapedNumbers, type ToMatrix, transpose } from "./trace/matrices.js";
export { matmul, type MatmulOptions, outer } from "./trace/products.js";
export {
  cholesky,
  det,
  inverse,
  logdet,
  solve,
  type SquareMap,
  type SquareNumber,
  triangularSolve,
  type TriangularOptions,
} from "./trace/systems.js";
export { einsum, type EinsumOperand } from "./trace/einsum.js";
export { eigh, type Eigen, lstsq, qr, type QrFactors } from "./trace/decompositions.js";
export { type Array2, type Numbers2 } from "./trace/wholes.js";
export { type Binary, Indices, numberOf, type Operand, type Ternary, type Unary, Value } from "./trace/value.js";
export { type LeafOf, type MappedTree, treeFlatten, treeMap, type TreeStructure, treeUnflatten } from "./trace/trees.js";
export { grad, type TransformOptions, valueAndGrad } from "./transforms/gradient.js";
export { columns, type ColumnsOf } from "./data/columns.js";
export { vmap, type VmapOf, type VmapOptions } from "./transforms/vmap.js";
export { directional, type DirectionalOf, hvp, type HvpOf, jvp, type JvpOf, type JvpOptions } from "./transforms/jvp.js";
export {
  hessian,
  type HessianOptions,
  jacfwd,
  jacobian,
  type JacobianOptions,
  jacrev,
  type ModeOptions,
  valueAndJacobian,
} from "./transforms/jacobian.js";
export { type Mode } from "./transforms/directions.js";
export {
  sparseHessian,
  type SparseHessianOf,
  type SparseHessianOptions,
  sparseJacobian,
  type SparseMatrix,
  type SparseOf,
  type SparseOptions,
} from "./transforms/sparse.js";
export { type Pullback, vjp, type VjpOf, type VjpOptions } from "./transforms/vjp.js";
export { callable, type CallableOf, type CallableOptions } from "./transforms/callable.js";
export { customJvp, customVjp, type Gradients } from "./transforms/custom.js";
export { cond, switchCase } from "./transforms/cond.js";
export { repeat, scan, type ScanOptions } from "./transforms/scan.js";
export { type HostFunction, type HostOp, hostOp } from "./transforms/hostop.js";
export { record, type Recorded } from "./transforms/record.js";
export { compile, compileAsync, type CompileOptions } from "./compiled/compile.js";
export { type Step } from "./compiled/step.js";
export { loadModule, loadModuleAsync, type PortableModule } from "./compiled/portable.js";
export { type TraceOptions } from "./trace/trace.js";
export { type DiagramOptions } from "./pictures/diagrams.js";
export { type TableOptions } from "./pictures/table.js";
export { type SourceOptions } from "./source/source.js";
export { parse, trace, type Traced } from "./transforms/traced.js";
export {
  type DifferenceMethod,
  type DifferenceOf,
  type DifferenceOptions,
  type DifferenceWithErrorOf,
  finiteDifference,
} from "./checks/differences.js";
export { checkGradient, type CheckOptions, type GradientFailure, type GradientReport } from "./checks/check.js";
export { type PlainCall } from "./checks/plain.js";
export { type Dual, dual, duals, type Tangent } from "./checks/dual.js";
export { type FormulaNames, type Operations } from "./graph/formula.js";
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
  type ValueAndJacobianOf,
  type ValueAndJacobianWithAuxOf,
} from "./trace/types.js";
