/** The functions of the kernel's mathematics on one f64, for the tape; those on two lanes have the same bits. */
export { exp, expDifference, expm1 } from "./exp";
export { log, log1p, log2, log10 } from "./log";
export { acosh, asinh, atanh, cosh, sinh, tanh, tanhSlope } from "./hyperbolic";
export { logAddExp, logAddExpSlope, sigmoid, sigmoidSlope, softplus } from "./logistic";
export { cbrt, hypot, hypotSlope, pow } from "./power";
export { cos, sin, tan } from "./trigonometric";
export { acos, asin, atan, atan2 } from "./inverse";
export { erf, erfc, erfcx, erfcxRatio, erfSlope, normCdf, normPdf } from "./erf";
export { normQuantile } from "./quantile";
export { exprel, exprelSlope, sinc, sincSlope } from "./averages";
export { lbeta, lbetaSlope } from "./beta";
export { digamma, lgamma, polygamma } from "./gamma";
export { rem } from "./remainder";
