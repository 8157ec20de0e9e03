/** Reproducible random numbers, so that every run of the bench measures the same functions. */

import { randomSource } from "../../src/data/random.js";

/** Returns a source of standard normal numbers, by Box and Muller's transformation of a uniform source. */
export function normalSource(seed: number): () => number {
  const uniform = randomSource(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
