/** Sums of numbers wherever they lie, in the order of all sums (reduce.ts), without a state in memory. */

import { CLOSE, FROM_THE_LEFT } from "./generated/layout";

/** The sum of the n numbers whose cells u32 lie at `terms`, cell 0 being at `values`; at least one. Reads: terms, the numbers there. */
export function sumTerms(terms: usize, n: u32, values: usize): f64 {
  if (n > FROM_THE_LEFT) return sumTree(terms, n, values);
  let total = numberAt(terms, values);
  for (let k: u32 = 1; k < n; k++) total += numberAt(terms + ((<usize>k) << 2), values);
  return total;
}

/** The number whose cell lies at `term`. */
function numberAt(term: usize, values: usize): f64 {
  return load<f64>(values + ((<usize>load<u32>(term)) << 3));
}

/** The tree over blocks of 8,192 terms: the left side has as many as a power of two leaves something to the right. */
function sumTree(terms: usize, n: u32, values: usize): f64 {
  if (n <= CLOSE) return sumBlock(terms, n, values);
  let left = CLOSE;
  while (left << 1 < n) left <<= 1;
  const first = sumTree(terms, left, values);
  return first + sumTree(terms + ((<usize>left) << 2), n - left, values);
}

/** A block: term k adds into accumulator k mod 8; they begin as −0, which added to x is x. */
function sumBlock(terms: usize, n: u32, values: usize): f64 {
  let s0 = -0.0;
  let s1 = -0.0;
  let s2 = -0.0;
  let s3 = -0.0;
  let s4 = -0.0;
  let s5 = -0.0;
  let s6 = -0.0;
  let s7 = -0.0;
  for (; n >= 8; n -= 8, terms += 32) {
    s0 += numberAt(terms, values);
    s1 += numberAt(terms + 4, values);
    s2 += numberAt(terms + 8, values);
    s3 += numberAt(terms + 12, values);
    s4 += numberAt(terms + 16, values);
    s5 += numberAt(terms + 20, values);
    s6 += numberAt(terms + 24, values);
    s7 += numberAt(terms + 28, values);
  }
  if (n > 0) s0 += numberAt(terms, values);
  if (n > 1) s1 += numberAt(terms + 4, values);
  if (n > 2) s2 += numberAt(terms + 8, values);
  if (n > 3) s3 += numberAt(terms + 12, values);
  if (n > 4) s4 += numberAt(terms + 16, values);
  if (n > 5) s5 += numberAt(terms + 20, values);
  if (n > 6) s6 += numberAt(terms + 24, values);
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}
