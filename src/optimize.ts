/** wengert/optimize: minimisers, least squares and roots, by exact derivatives. */
export { minimize, minimizeAsync, type MinimizeMethod, type MinimizeOptions, type Minimum } from "./optimize/minimize.js";
export { type BoundOf, type Bounds } from "./optimize/parameters.js";
export { type History, type Iteration, type Outcome } from "./optimize/progress.js";
export { type Fit, leastSquares, type LeastSquaresOptions } from "./optimize/leastsquares.js";
export { type Loss } from "./optimize/loss.js";
export { type Root, root, type RootOptions } from "./optimize/root.js";
