/** wengert/pictures: what is made of traced functions for people to look at, apart from the library, so that applications do not carry it. */
import { optionsOf } from "./data/options.js";
import { type PictureOptions, svg as printSvg } from "./pictures/svg.js";
import { printSource, type SourceOptions } from "./source/source.js";
import { type Traced } from "./transforms/traced.js";

export { type PictureOptions, type SourceOptions };

/**
 * A traced function's graph as SVG, light and dark, the same bytes wherever it is made; with `args` it shows values, by `mode` tangents or adjoints too, and by `step` one step of the sweep.
 * @throws RangeError on more than 120 rows.
 */
export const svg = (traced: Traced, options?: PictureOptions): string => printSvg(traced, optionsOf("svg", options));

/** `traced.toSource(options)`, for a traced function of `wengert/bundle`, which leaves the texts out. */
export const toSource = (traced: Traced, options?: SourceOptions): string => printSource(traced, optionsOf("toSource", options));
