/** The codes of WebAssembly's instructions and types, under the specification's names; those above 0xff are 0xfd (vectors) and 0xfc with the second byte after it. */

/** Value types. */
export enum Type {
  i32 = 0x7f,
  f64 = 0x7c,
  v128 = 0x7b,
}

/** A value type's code. */
export type TypeCode = Type;

/** The type of blocks without a result. */
export const VOID = 0x40;

const vector = (code: number): number => 0xfd00 + code;

/** Instructions that are no arithmetic on numbers. */
export enum I {
  unreachable = 0x00,
  loop = 0x03,
  if = 0x04,
  end = 0x0b,
  br_if = 0x0d,
  return = 0x0f,
  call = 0x10,
  select = 0x1b,
  local_get = 0x20,
  local_set = 0x21,
  local_tee = 0x22,
  i32_load = 0x28,
  i64_load = 0x29,
  f64_load = 0x2b,
  i32_store = 0x36,
  f64_store = 0x39,
  i32_const = 0x41,
  i64_const = 0x42,
  f64_const = 0x44,
  i32_eqz = 0x45,
  i32_lt_s = 0x48,
  i32_lt_u = 0x49,
  i32_ge_u = 0x4f,
  i64_eq = 0x51,
  i32_add = 0x6a,
  i32_sub = 0x6b,
  i32_and = 0x71,
  i32_shl = 0x74,
  i32_shr_u = 0x76,
  f64_add = 0xa0,
  f64_mul = 0xa2,
  f64_min = 0xa4,
  f64_max = 0xa5,
  f64_copysign = 0xa6,
  f64_convert_i32_s = 0xb7,
  memory_copy = 0xfc00 + 10,
  memory_fill = 0xfc00 + 11,
  v128_load = 0xfd00 + 0,
  v128_load64_splat = 0xfd00 + 10,
  v128_store = 0xfd00 + 11,
  i8x16_shuffle = 0xfd00 + 13,
  f64x2_splat = 0xfd00 + 20,
  f64x2_extract_lane = 0xfd00 + 33,
  f64x2_replace_lane = 0xfd00 + 34,
  v128_and = 0xfd00 + 78,
  v128_andnot = 0xfd00 + 79,
  v128_bitselect = 0xfd00 + 82,
  v128_load64_lane = 0xfd00 + 87,
  v128_load64_zero = 0xfd00 + 93,
  f64x2_add = 0xfd00 + 240,
  f64x2_mul = 0xfd00 + 242,
  f64x2_min = 0xfd00 + 244,
  f64x2_max = 0xfd00 + 245,
}

/** The instructions that formulas name, on one number and on two lanes. */
export const arithmetic: Readonly<Record<string, readonly [f64: number, f64x2: number]>> = {
  eq: [0x61, vector(71)],
  ne: [0x62, vector(72)],
  lt: [0x63, vector(73)],
  gt: [0x64, vector(74)],
  le: [0x65, vector(75)],
  ge: [0x66, vector(76)],
  and: [I.i32_and, I.v128_and],
  or: [0x72, vector(80)],
  abs: [0x99, vector(236)],
  neg: [0x9a, vector(237)],
  ceil: [0x9b, vector(116)],
  floor: [0x9c, vector(117)],
  trunc: [0x9d, vector(122)],
  nearest: [0x9e, vector(148)],
  sqrt: [0x9f, vector(239)],
  add: [I.f64_add, I.f64x2_add],
  sub: [0xa1, vector(241)],
  mul: [I.f64_mul, I.f64x2_mul],
  div: [0xa3, vector(243)],
  min: [I.f64_min, I.f64x2_min],
  max: [I.f64_max, I.f64x2_max],
};
