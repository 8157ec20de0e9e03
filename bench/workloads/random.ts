/** Reproducible random numbers, so that every run of the bench measures the same functions. */

/** Returns a source of numbers uniform in [0, 1): mulberry32 by Tommy Ettinger. */
function randomSource(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a source of standard normal numbers, by Box and Muller's transformation of a uniform source. */
export function normalSource(seed: number): () => number {
  const uniform = randomSource(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
