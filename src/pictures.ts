/** wengert/pictures: what is made of traced functions for people to look at, apart from the library, so that applications do not carry it. */
import { optionsOf } from "./data/options.js";
import { printSource, type SourceOptions } from "./source/source.js";
import { type Traced } from "./transforms/traced.js";

export { type SourceOptions };

/** `traced.toSource(options)`, for a traced function of `wengert/bundle`, which leaves the texts out. */
export const toSource = (traced: Traced, options?: SourceOptions): string => printSource(traced, optionsOf("toSource", options));
