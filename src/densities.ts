/** wengert/densities: log densities of the usual distributions, and constraints with their Jacobians. */
export {
  betaLogPdf,
  cauchyLogPdf,
  exponentialLogPdf,
  gammaLogPdf,
  inverseGammaLogPdf,
  laplaceLogPdf,
  logisticLogPdf,
  lognormalLogPdf,
  normalLogPdf,
  studentTLogPdf,
  uniformLogPdf,
  weibullLogPdf,
} from "./densities/continuous.js";
export {
  bernoulliLogitLogPmf,
  binomialLogitLogPmf,
  binomialLogPmf,
  categoricalLogitLogPmf,
  negativeBinomial2LogPmf,
  negativeBinomialLogPmf,
  poissonLogLogPmf,
  poissonLogPmf,
} from "./densities/discrete.js";
export { type Elements, type Triangle } from "./densities/guards.js";
export { dirichletLogPdf, lkjCholeskyLogPdf, multivariateNormalCholeskyLogPdf, type Points } from "./densities/several.js";
export { choleskyCorrelation, interval, ordered, positive, simplex } from "./densities/transforms.js";
