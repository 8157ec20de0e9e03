// Sine, cosine and tangent over the whole double range, one number or two lanes at a time.

/** 2/π from 64 bits before its binary point on, most significant word first: as far as the largest double needs it. */
const TWO_OVER_PI_BITS: usize = memory.data<u64>([
  0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
  0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41,
  0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
  0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
]);

/** Constants of the vector code; a load of one beats a v128.const by 1.4–1.8 times. */
const TABLE: usize = memory.data<f64>([
  0.6366197723675814, // 2/π
  6755399441055744.0, // 3·2^51: added, it rounds to an integer, whose low bits it shows
  1.5707963267923333, // π/2: 36 bits,
  2.5633441515839558e-12, // 36 more,
  1.0562999066987428e-23, // and a full double
  3.469446951953614e-18, // 2^-58
  2.0e5, // below 2^17·π/2
  // (x − sin x)/x³ in x², |x| ≤ π/4: relative error 3.5e-18
  0.16666666666666632, -0.008333333333322366, 0.00019841269829769384, -2.7557313678168507e-6, 2.5050755895968908e-8,
  -1.5896663220392622e-10,
  // (cos x − 1 + x²/2)/x⁴ in x²: 4.8e-20
  0.0416666666666666, -0.0013888888888874012, 2.48015872894137e-5, -2.755731433266036e-7, 2.087572060544757e-9,
  -1.1359509686283164e-11,
  0.5, 1.0,
]);
const INTEGERS: usize = memory.data<u64>([1, 2]);

function constant(index: usize): v128 {
  return v128.load64_splat(TABLE + (index << 3));
}

/** The quarter turn and the low part that go with the result of `reduceExactly`. */
let quarter: u64 = 0;
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
  // A shift by 64 would be one by 0, hence two shifts.
  return (load<u64>(at) << shift) | ((load<u64>(at, 8) >> 1) >> (63 - shift));
}

/**
 * x − q·π/2 for |x| ≥ 1/2, with q in `quarter` and minus the rest beyond a double in `low`: Payne & Hanek 1983. With x = m·2^e, the bits of 2/π
 * that stand for multiples of 4 are left out, and 126 fraction bits of m times the next 192 remain: 62 may cancel, 64 are kept. NaN for NaN and ±∞.
 */
function reduceExactly(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = (bits >> 52) & 0x7ff;
  if (exponent == 0x7ff) return x - x;
  const m = (bits & 0xfffffffffffff) | 0x10000000000000;
  const position = exponent + 63 - 1023 - 52 - 1;
  const first = twoOverPiFrom(position);
  const second = twoOverPiFrom(position + 64);
  const third = twoOverPiFrom(position + 128);
  const carry = upperProduct(m, third);
  const product = m * second;
  const lower = product + carry;
  const upper = m * first + upperProduct(m, second) + u64(lower < product);

  let q = (upper + 0x2000000000000000) >> 62;
  let high = (upper << 2) | (lower >> 62);
  let rest = lower << 2;
  let negative = <i64>high < 0;
  if (negative) {
    rest = ~rest;
    high = ~high;
  }
  const cancelled = clz(high);
  if (cancelled != 0) high = (high << cancelled) | ((rest >> 1) >> (63 - cancelled));
  const angle = upperProduct(high, 0xc90fdaa22168c234); // π/2·2^63
  let scale = reinterpret<f64>((<u64>(1023 - 63) - cancelled) << 52);
  if (x < 0) q = 0 - q;
  if (x < 0 != negative) scale = -scale;
  quarter = q;
  low = <f64>(angle & 0x7ff) * -scale;
  return <f64>(angle & ~0x7ff) * scale;
}

/** sin(x), cos(x) or tan(x) for kind 0, 1, 2; cosines of both lanes go to `cosAt` unless it is 0. */
function circular(x: v128, kind: i64, cosAt: usize): v128 {
  // Cody & Waite reduction in three steps. n·(first two parts) is exact for |n| < 2^17; the rest, negated, keeps what r cannot hold.
  let turns = f64x2.add(f64x2.mul(x, constant(0)), constant(1));
  const n = f64x2.sub(turns, constant(1));
  const a = f64x2.sub(x, f64x2.mul(n, constant(2)));
  const b = f64x2.mul(n, constant(3));
  let r = f64x2.sub(a, b);
  let rest = f64x2.add(f64x2.sub(b, f64x2.sub(a, r)), f64x2.mul(n, constant(4)));
  // Its error is n·2^-126, which must stay small beside r. NaN and ∞ fail the first comparison, huge arguments the second.
  const good = v128.and(
    f64x2.ge(f64x2.abs(r), f64x2.mul(f64x2.abs(n), constant(5))),
    f64x2.le(f64x2.abs(x), constant(6)),
  );
  const which = i64x2.bitmask(good);
  if (which != 3) {
    if ((which & 1) == 0) {
      r = f64x2.replace_lane(r, 0, reduceExactly(f64x2.extract_lane(x, 0)));
      rest = f64x2.replace_lane(rest, 0, low);
      turns = i64x2.replace_lane(turns, 0, quarter);
    }
    if ((which & 2) == 0) {
      r = f64x2.replace_lane(r, 1, reduceExactly(f64x2.extract_lane(x, 1)));
      rest = f64x2.replace_lane(rest, 1, low);
      turns = i64x2.replace_lane(turns, 1, quarter);
    }
  }

  const z = f64x2.mul(r, r);
  const half = f64x2.mul(z, constant(19));
  const w = f64x2.sub(constant(20), half);
  let s = f64x2.add(f64x2.mul(z, constant(12)), constant(11));
  let c = f64x2.add(f64x2.mul(z, constant(18)), constant(17));
  s = f64x2.add(f64x2.mul(z, s), constant(10));
  c = f64x2.add(f64x2.mul(z, c), constant(16));
  s = f64x2.add(f64x2.mul(z, s), constant(9));
  c = f64x2.add(f64x2.mul(z, c), constant(15));
  s = f64x2.add(f64x2.mul(z, s), constant(8));
  c = f64x2.add(f64x2.mul(z, c), constant(14));
  s = f64x2.add(f64x2.mul(z, s), constant(7));
  c = f64x2.add(f64x2.mul(z, c), constant(13));
  // sin(r − rest) and cos(r − rest). The signs are arranged so that −0 stays −0.
  s = f64x2.sub(r, f64x2.add(f64x2.mul(f64x2.mul(r, z), s), f64x2.mul(rest, w)));
  c = f64x2.add(f64x2.mul(f64x2.mul(z, z), c), f64x2.mul(r, rest));
  c = f64x2.add(w, f64x2.add(f64x2.sub(f64x2.sub(constant(20), w), half), c));

  const one = v128.load64_splat(INTEGERS);
  const two = v128.load64_splat(INTEGERS + 8);
  const q = kind == 1 ? i64x2.add(turns, one) : turns;
  const odd = i64x2.eq(v128.and(q, one), one);
  const value = v128.bitselect(c, s, odd);
  const sine = v128.xor(value, i64x2.shl(v128.and(q, two), 62));
  if (kind < 2 && cosAt == 0) return sine;
  const other = v128.bitselect(s, c, odd);
  const cosine = v128.xor(other, i64x2.shl(v128.and(i64x2.add(q, one), two), 62));
  if (kind == 2) return f64x2.div(sine, cosine);
  v128.store(cosAt, cosine);
  return sine;
}

/** sin(x) of two lanes. */
export function sinLanes(x: v128): v128 {
  return circular(x, 0, 0);
}

/** cos(x) of two lanes. */
export function cosLanes(x: v128): v128 {
  return circular(x, 1, 0);
}

/** tan(x) of two lanes. */
export function tanLanes(x: v128): v128 {
  return circular(x, 2, 0);
}

/** sin(x) of two lanes; writes their cosines to the 16 bytes at `cosAt`. */
export function sinCosLanes(x: v128, cosAt: usize): v128 {
  return circular(x, 0, cosAt);
}

/** sin(x). */
export function sin(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 0, 0), 0);
}

/** cos(x). */
export function cos(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 1, 0), 0);
}

/** tan(x). */
export function tan(x: f64): f64 {
  return f64x2.extract_lane(circular(f64x2.splat(x), 2, 0), 0);
}
