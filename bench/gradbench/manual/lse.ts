/** The logarithm of a sum of exponentials and its gradient by hand. */

interface Numbers {
  readonly x: readonly number[];
}

function greatestOf(x: readonly number[]): number {
  let greatest = -Infinity;
  for (const value of x) greatest = Math.max(greatest, value);
  return greatest;
}

export function primal({ x }: Numbers): number {
  const greatest = greatestOf(x);
  let total = 0;
  for (const value of x) total += Math.exp(value - greatest);
  return greatest + Math.log(total);
}

export function gradient({ x }: Numbers): Float64Array {
  const greatest = greatestOf(x);
  const shares = new Float64Array(x.length);
  let total = 0;
  for (let i = 0; i < x.length; i++) total += shares[i] = Math.exp(x[i]! - greatest);
  for (let i = 0; i < x.length; i++) shares[i]! /= total;
  return shares;
}
