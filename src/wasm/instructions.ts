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

/** Instructions beside the arithmetic of src/ops/instructions.ts. */
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
  i32_mul = 0x6c,
  i32_div_u = 0x6e,
  i32_rem_u = 0x70,
  i32_and = 0x71,
  i32_shl = 0x74,
  i32_shr_u = 0x76,
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
  v128_andnot = 0xfd00 + 79,
  v128_bitselect = 0xfd00 + 82,
  v128_load64_lane = 0xfd00 + 87,
  v128_load64_zero = 0xfd00 + 93,
}
