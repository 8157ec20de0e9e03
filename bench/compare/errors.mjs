/** How far results are off. */

/** A value or a gradient that is further off than this is wrong: float32 is within. */
const WRONG = 1e-3;

/** The greatest difference between two lists, relative to the greatest number of the second. */
function difference(ours, truth) {
  if (ours.length !== truth.length) throw new Error(`difference: expected ${truth.length} numbers, got ${ours.length}`);
  const scale = truth.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return truth.reduce((most, x, i) => (ours[i] === x ? most : Math.max(most, Math.abs(ours[i] - x) / scale)), 0);
}

/** How far a value and its gradient, in one list, are from the true ones; throws where they are wrong. */
export function errorsOf([value, ...gradient], [trueValue, ...trueGradient]) {
  const errors = { value: difference([value], [trueValue]), gradient: difference(gradient, trueGradient) };
  for (const [name, error] of Object.entries(errors))
    if (!(error <= WRONG)) throw new Error(`errorsOf: expected the ${name} that is written by hand, got one that is off by ${error}`);
  return errors;
}
