/** The kernel's mathematics: every function on one f64 and, as NAMELanes, on two lanes, with the same bits. */
export { expDifferenceLanes, expLanes, expm1Lanes } from "./exp";
export { logLanes, log1pLanes, log2Lanes, log10Lanes } from "./log";
export { acoshLanes, asinhLanes, atanhLanes, coshLanes, sinhLanes, tanhLanes, tanhSlopeLanes, tanhWithSlopeLanes } from "./hyperbolic";
export { logAddExpLanes, logAddExpSlopeLanes, sigmoidLanes, sigmoidSlopeLanes, sigmoidWithSlopeLanes, softplusLanes } from "./logistic";
export { cbrtLanes, hypotLanes, hypotSlopeLanes, powLanes } from "./power";
export { cosLanes, sinCosLanes, sinLanes, tanLanes } from "./trigonometric";
export { acosLanes, asinLanes, atanLanes, atan2Lanes } from "./inverse";
export { erfLanes, erfcLanes, erfcxLanes, erfcxRatioLanes, erfSlopeLanes, normCdfLanes, normPdfLanes } from "./erf";
export { normQuantileLanes } from "./quantile";
export { exprelLanes, exprelSlopeLanes, sincLanes, sincSlopeLanes } from "./averages";
export { lbetaLanes, lbetaSlopeLanes } from "./beta";
export { digammaLanes, lgammaLanes, polygammaLanes } from "./gamma";
export { remLanes } from "./remainder";
