// The remainder of a division, exactly, as JavaScript's % has it.

/**
 * a − n·b with n = a/b truncated, as JavaScript's % has it: exact, with the sign of a; NaN for b = 0, infinite a or NaN.
 *
 * Source: long division of the significands, eleven binary digits at a time, which is what fits above 53 bits. a/b = 2^2000 takes 190 divisions.
 */
export function rem(a: f64, b: f64): f64 {
  const sizeA = reinterpret<u64>(abs(a));
  const sizeB = reinterpret<u64>(abs(b));
  if (sizeA < sizeB && sizeB <= 0x7ff0000000000000) return a;
  if (sizeB == 0 || sizeA >= 0x7ff0000000000000 || sizeB > 0x7ff0000000000000) return NaN;

  const exponent = max<u64>(sizeB >> 52, 1); // subnormal numbers count from the same power of two as the smallest normal ones
  const divisor = significand(sizeB);
  let r = significand(sizeA);
  let steps = max<u64>(sizeA >> 52, 1) - exponent;
  while (steps > 11) {
    r = (r << 11) % divisor;
    steps -= 11;
  }
  r = (r << steps) % divisor;
  if (r == 0) return copysign(0, a);
  const shift = clz(r) - 11;
  const bits = exponent > shift ? (r << shift) + ((exponent - shift - 1) << 52) : r << (exponent - 1);
  return copysign(reinterpret<f64>(bits), a);
}

/** A double's significand as an integer. */
function significand(bits: u64): u64 {
  const fraction = bits & 0x000fffffffffffff;
  return bits >> 52 == 0 ? fraction : fraction | 0x0010000000000000;
}

/** a % b in two lanes, the same bits as rem. */
export function remLanes(a: v128, b: v128): v128 {
  const lane0 = rem(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0));
  return f64x2.replace_lane(f64x2.splat(lane0), 1, rem(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1)));
}
