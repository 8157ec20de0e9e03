// Sine, cosine and tangent over the whole double range, one number or two lanes at a time.

// 2/π from 64 bits before its binary point on, most significant word first: as far as the largest double needs it.
const TWO_OVER_PI_BITS: usize = memory.data<u64>([
  0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
  0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
  0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
  0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
]);

const CONSTANTS: usize = memory.data<f64>([
  0.6366197723675814, // 2/π
  6755399441055744.0, // 1.5·2^52: adding it rounds to an integer, which is then in the low bits
  1.5707963267923333, // π/2 to 36 bits, so that its product with any n that occurs is exact
  2.5633441515839558e-12, // 36 bits more
  1.0562999066987428e-23, // and the rest
  3.3e-7, // a little less than 2^17 times the second part of π/2
  0.5,
  1.0,
]);
const TWO_OVER_PI: usize = CONSTANTS;
const SHIFT: usize = CONSTANTS + 8;
const HALF_PI_HIGH: usize = CONSTANTS + 16;
const HALF_PI_MIDDLE: usize = CONSTANTS + 24;
const HALF_PI_LOW: usize = CONSTANTS + 32;
const MIDDLE_LIMIT: usize = CONSTANTS + 40;
const HALF: usize = CONSTANTS + 48;
const ONE: usize = CONSTANTS + 56;

// (x − sin x)/x³ in x², |x| ≤ π/4: error 3.5e-18 of sin.
const SINE: usize = memory.data<f64>([
  0.16666666666666632, -0.008333333333322366, 0.00019841269829769384, -2.7557313678168507e-6, 2.5050755895968908e-8,
  -1.5896663220392622e-10,
]);

// (cos x − 1 + x²/2)/x⁴ in x², |x| ≤ π/4: error 4.8e-20 of cos.
const COSINE: usize = memory.data<f64>([
  0.0416666666666666, -0.0013888888888874012, 2.48015872894137e-5, -2.755731433266036e-7, 2.087572060544757e-9, -1.1359509686283164e-11,
]);

const QUARTER_TURNS: usize = memory.data<u64>([1, 2]);

// The quarter turns, and the low part, that go with the result of `reduceExactly`.
let quarterTurns: u64 = 0;
let low: f64 = 0;

/** The upper half of the 128-bit product. */
function upperProduct(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const cross = aHigh * bLow + ((aLow * bLow) >> 32);
  const middle = aLow * bHigh + (cross & 0xffffffff);
  return aHigh * bHigh + (cross >> 32) + (middle >> 32);
}

/** 64 bits of 2/π from a bit position on. */
function twoOverPiFrom(position: u64): u64 {
  const at = TWO_OVER_PI_BITS + ((<usize>(position >> 6)) << 3);
  const shift = position & 63;
  // Two shifts, because one by 64 would be one by 0.
  return (load<u64>(at) << shift) | ((load<u64>(at, 8) >> 1) >> (63 - shift));
}

/**
 * x − q·π/2 for any x from 1/2 on, |result| ≤ π/4, with q modulo 4 in `quarterTurns` and minus what the double cannot hold in `low`; NaN for NaN and ±∞.
 *
 * Source: M. Payne and R. Hanek, Radian reduction for trigonometric functions, SIGNUM 18 (1983): of x·2/π with x = m·2^e, the bits of 2/π that only
 * make multiples of 4 are left out. m times the next 192 leaves 126 fraction bits; at most 62 cancel, so 64 good ones are left.
 */
function reduceExactly(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = (bits >> 52) & 0x7ff;
  if (exponent == 0x7ff) return x - x;
  const m = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  const position = exponent - 1013; // e − 1 in TWO_OVER_PI_BITS, whose bit 63 stands for 2^0 and where e = exponent − 1075
  const second = twoOverPiFrom(position + 64);
  const product = m * second;
  const lower = product + upperProduct(m, twoOverPiFrom(position + 128));
  const upper = m * twoOverPiFrom(position) + upperProduct(m, second) + u64(lower < product);

  // Two bits of quarter turns, rounded to the nearest, and a fraction with its sign.
  const turns = (upper + 0x2000000000000000) >> 62;
  let fraction = (upper << 2) | (lower >> 62);
  let rest = lower << 2;
  const isBelow = <i64>fraction < 0;
  if (isBelow) {
    fraction = ~fraction;
    rest = ~rest;
  }
  const cancelled = clz(fraction);
  if (cancelled != 0) fraction = (fraction << cancelled) | ((rest >> 1) >> (63 - cancelled));
  const angle = upperProduct(fraction, 0xc90fdaa22168c234); // π/2·2^63
  const unit = reinterpret<f64>((960 - cancelled) << 52); // 2^−(63 + cancelled)
  const scale = x < 0 != isBelow ? -unit : unit;
  quarterTurns = x < 0 ? 0 - turns : turns;
  low = <f64>(angle & 0x7ff) * -scale;
  return <f64>(angle & ~0x7ff) * scale;
}

/**
 * sin(x), cos(x) or tan(x) in two lanes for kind 0, 1, 2. With kind 0, the cosines go to the 16 bytes at `cosAt` unless that is 0.
 *
 * Source: W. Cody and W. Waite, Software Manual for the Elementary Functions (1980): x = n·π/2 + r in three steps, of which those with π/2's first two parts are
 * exact; `rest` is minus what r cannot hold. Both polynomials are evaluated, as fdlibm arranges them, and n modulo 4 chooses between them and their signs.
 */
function circular(x: v128, kind: i64, cosAt: usize): v128 {
  let turns = f64x2.add(f64x2.mul(x, v128.load64_splat(TWO_OVER_PI)), v128.load64_splat(SHIFT));
  const n = f64x2.sub(turns, v128.load64_splat(SHIFT));
  const a = f64x2.sub(x, f64x2.mul(n, v128.load64_splat(HALF_PI_HIGH)));
  const b = f64x2.mul(n, v128.load64_splat(HALF_PI_MIDDLE));
  let r = f64x2.sub(a, b);
  let rest = f64x2.add(f64x2.sub(b, f64x2.sub(a, r)), f64x2.mul(n, v128.load64_splat(HALF_PI_LOW)));
  // Three steps are not enough where r is not above the second, nor, as a product is then inexact, for |n| ≥ 2^17. NaN fails here too, and ∞, whose b is ∞.
  const ordinary = i64x2.bitmask(f64x2.le(f64x2.abs(b), f64x2.pmin(f64x2.abs(r), v128.load64_splat(MIDDLE_LIMIT))));
  if (ordinary != 3) {
    if ((ordinary & 1) == 0) {
      r = f64x2.replace_lane(r, 0, reduceExactly(f64x2.extract_lane(x, 0)));
      rest = f64x2.replace_lane(rest, 0, low);
      turns = i64x2.replace_lane(turns, 0, quarterTurns);
    }
    if ((ordinary & 2) == 0) {
      r = f64x2.replace_lane(r, 1, reduceExactly(f64x2.extract_lane(x, 1)));
      rest = f64x2.replace_lane(rest, 1, low);
      turns = i64x2.replace_lane(turns, 1, quarterTurns);
    }
  }

  const z = f64x2.mul(r, r);
  const z2 = f64x2.mul(z, z);
  const half = f64x2.mul(z, v128.load64_splat(HALF));
  const w = f64x2.sub(v128.load64_splat(ONE), half);
  let s = f64x2.add(f64x2.mul(z, v128.load64_splat(SINE + 40)), v128.load64_splat(SINE + 32));
  let c = f64x2.add(f64x2.mul(z, v128.load64_splat(COSINE + 40)), v128.load64_splat(COSINE + 32));
  s = f64x2.add(f64x2.mul(z2, s), f64x2.add(f64x2.mul(z, v128.load64_splat(SINE + 24)), v128.load64_splat(SINE + 16)));
  c = f64x2.add(f64x2.mul(z2, c), f64x2.add(f64x2.mul(z, v128.load64_splat(COSINE + 24)), v128.load64_splat(COSINE + 16)));
  s = f64x2.add(f64x2.mul(z2, s), f64x2.add(f64x2.mul(z, v128.load64_splat(SINE + 8)), v128.load64_splat(SINE)));
  c = f64x2.add(f64x2.mul(z2, c), f64x2.add(f64x2.mul(z, v128.load64_splat(COSINE + 8)), v128.load64_splat(COSINE)));
  // sin(r − rest) ≈ sin r − rest·cos r and cos(r − rest) ≈ cos r + rest·sin r. The signs are such that −0 stays −0.
  s = f64x2.sub(r, f64x2.add(f64x2.mul(f64x2.mul(r, z), s), f64x2.mul(rest, w)));
  c = f64x2.add(f64x2.mul(z2, c), f64x2.mul(r, rest));
  c = f64x2.add(w, f64x2.add(f64x2.sub(f64x2.sub(v128.load64_splat(ONE), w), half), c));

  const one = v128.load64_splat(QUARTER_TURNS);
  const two = v128.load64_splat(QUARTER_TURNS + 8);
  if (kind == 1) turns = i64x2.add(turns, one);
  const isOdd = i64x2.eq(v128.and(turns, one), one);
  const first = v128.xor(v128.bitselect(c, s, isOdd), i64x2.shl(v128.and(turns, two), 62));
  if (kind < 2 && cosAt == 0) return first;
  const second = v128.xor(v128.bitselect(s, c, isOdd), i64x2.shl(v128.and(i64x2.add(turns, one), two), 62));
  if (kind == 2) return f64x2.div(first, second);
  v128.store(cosAt, second);
  return first;
}

/** sin x in two lanes; at most 0.80 ulp, for every x; NaN at ±∞. */
export function sinLanes(x: v128): v128 {
  return circular(x, 0, 0);
}

/** cos x in two lanes; at most 0.80 ulp, for every x; NaN at ±∞. */
export function cosLanes(x: v128): v128 {
  return circular(x, 1, 0);
}

/** tan x = sin x / cos x in two lanes; at most 2.2 ulp, for every x; NaN at ±∞. */
export function tanLanes(x: v128): v128 {
  return circular(x, 2, 0);
}

/** sin x in two lanes, and cos x in the 16 bytes at `cosAt`, which is not 0: the bits of sinLanes and cosLanes from one reduction. */
export function sinCosLanes(x: v128, cosAt: usize): v128 {
  return circular(x, 0, cosAt);
}

/** sin x, the same bits as sinLanes. */
export function sin(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 0, 0), 0);
}

/** cos x, the same bits as cosLanes. */
export function cos(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 1, 0), 0);
}

/** tan x, the same bits as tanLanes. */
export function tan(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 2, 0), 0);
}
