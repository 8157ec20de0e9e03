// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** Names and flags of rows, by opcode: of the op table's, then of the structural rows. */

/** How many ops the table has. */
export const opCount = 66;

/** The names of all rows. */
export const opNames: readonly string[] = ["add","sub","mul","div","rem","neg","abs","sign","minimum","maximum","clip","square","reciprocal","sqrt","cbrt","hypot","pow","exp","expm1","log","log1p","log2","log10","sin","cos","tan","asin","acos","atan","atan2","sinh","cosh","tanh","tanhSlope","asinh","acosh","atanh","sigmoid","sigmoidSlope","softplus","relu","erf","erfc","erfSlope","lgamma","digamma","polygamma","floor","ceil","round","trunc","lt","le","gt","ge","eq","ne","and","or","not","where","stopGradient","surrogate","mulAdd","mulSub","subMul","input","placeholder","constant","vector","indices","indexVector","sum","broadcast","at","slice","assemble","take","segmentSum","cumsum","reverse","max","min","argmax","argmin","custom","host"];

/** Opcodes of the table's ops. */
export enum opcode {
  /** a + b */
  add = 0,
  /** a − b */
  sub = 1,
  /** a · b */
  mul = 2,
  /** a / b */
  div = 3,
  /** the remainder of a / b with the sign of a, as JavaScript's % */
  rem = 4,
  /** −a */
  neg = 5,
  /** |a| */
  abs = 6,
  /** the sign of a: −1, 1, or a itself where it is ±0 or NaN */
  sign = 7,
  /** the smaller of a and b, NaN where either is NaN; a tie shares the derivative */
  minimum = 8,
  /** the larger of a and b, NaN where either is NaN; a tie shares the derivative */
  maximum = 9,
  /** a limited to the interval [b, c]; at either end the derivative is a's */
  clip = 10,
  /** a² */
  square = 11,
  /** 1 / a */
  reciprocal = 12,
  /** √a */
  sqrt = 13,
  /** ∛a */
  cbrt = 14,
  /** √(a² + b²) without overflow on the way */
  hypot = 15,
  /** a to the power b, as Math.pow */
  pow = 16,
  /** e to the power a */
  exp = 17,
  /** e^a − 1, accurate near 0 */
  expm1 = 18,
  /** the natural logarithm of a */
  log = 19,
  /** log(1 + a), accurate near 0 */
  log1p = 20,
  /** the base-2 logarithm of a */
  log2 = 21,
  /** the base-10 logarithm of a */
  log10 = 22,
  /** the sine of a */
  sin = 23,
  /** the cosine of a */
  cos = 24,
  /** the tangent of a */
  tan = 25,
  /** the arc sine of a */
  asin = 26,
  /** the arc cosine of a */
  acos = 27,
  /** the arc tangent of a */
  atan = 28,
  /** the angle of the point (b, a), as Math.atan2(a, b) */
  atan2 = 29,
  /** the hyperbolic sine of a */
  sinh = 30,
  /** the hyperbolic cosine of a */
  cosh = 31,
  /** the hyperbolic tangent of a */
  tanh = 32,
  /** 1 − tanh²(a), accurate for large |a| */
  tanhSlope = 33,
  /** the inverse hyperbolic sine of a */
  asinh = 34,
  /** the inverse hyperbolic cosine of a */
  acosh = 35,
  /** the inverse hyperbolic tangent of a */
  atanh = 36,
  /** the logistic function 1 / (1 + e^(−a)) */
  sigmoid = 37,
  /** sigmoid(a) · (1 − sigmoid(a)), accurate at both ends */
  sigmoidSlope = 38,
  /** log(1 + e^a) without overflow */
  softplus = 39,
  /** max(a, 0), NaN where a is NaN; its derivative at 0 is 0 */
  relu = 40,
  /** the error function of a */
  erf = 41,
  /** 1 − erf(a), accurate for large a */
  erfc = 42,
  /** the derivative of erf, 2/√π · e^(−a²), accurate for large |a| */
  erfSlope = 43,
  /** log |Γ(a)| */
  lgamma = 44,
  /** ψ(a), the derivative of lgamma */
  digamma = 45,
  /** the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a */
  polygamma = 46,
  /** the greatest integer not above a */
  floor = 47,
  /** the least integer not below a */
  ceil = 48,
  /** the integer nearest to a, halves to even */
  round = 49,
  /** a without its fraction */
  trunc = 50,
  /** 1 where a < b, else 0 */
  lt = 51,
  /** 1 where a ≤ b, else 0 */
  le = 52,
  /** 1 where a > b, else 0 */
  gt = 53,
  /** 1 where a ≥ b, else 0 */
  ge = 54,
  /** 1 where a = b, else 0 */
  eq = 55,
  /** 1 where a ≠ b, else 0 */
  ne = 56,
  /** 1 where both a and b are true, else 0 */
  and = 57,
  /** 1 where a or b is true, else 0 */
  or = 58,
  /** 1 where a is 0, else 0 */
  not = 59,
  /** b where a is true, else c; the branch not taken has no influence, not even a NaN */
  where = 60,
  /** a, as a constant to every derivative */
  stopGradient = 61,
  /** a, with the derivative of b */
  surrogate = 62,
  /** a · b + c, rounded twice */
  mulAdd = 63,
  /** a · b − c, rounded twice */
  mulSub = 64,
  /** c − a · b, rounded twice */
  subMul = 65,
}

/** Opcodes of the structural rows. */
export enum structural {
  /** number `offset` of the argument leaf, or the whole leaf where it is a vector */
  input = 66,
  /** a parameter of a transform that is being traced; never shared */
  placeholder = 67,
  /** a number */
  constant = 68,
  /** a constant vector */
  vector = 69,
  /** an argument leaf of lane numbers */
  indices = 70,
  /** constant lane numbers */
  indexVector = 71,
  /** Σ aᵢ */
  sum = 72,
  /** the scalar a in every lane */
  broadcast = 73,
  /** lane `index` of a */
  at = 74,
  /** as many lanes of a as the shape says, from `start` */
  slice = 75,
  /** the sum of pieces, each placed at an offset in zeros */
  assemble = 76,
  /** lane bᵢ of a, for every i */
  take = 77,
  /** lane j is the sum of the aᵢ with bᵢ = j */
  segmentSum = 78,
  /** lane i is a₀ + … + aᵢ */
  cumsum = 79,
  /** the lanes of a in opposite order */
  reverse = 80,
  /** the greatest lane, NaN where one is NaN; forward only */
  max = 81,
  /** the least lane, NaN where one is NaN; forward only */
  min = 82,
  /** the first lane that holds the greatest value, a NaN counting as greater; forward only */
  argmax = 83,
  /** the first lane that holds the least value, a NaN counting as less; forward only */
  argmin = 84,
  /** the first operand, with a derivative of its own by the others; never shared */
  custom = 85,
  /** a user's function of numbers, lane by lane; never shared or folded */
  host = 86,
}

/** What the columns of structural rows hold after their operands, where text shows it. */
export const attributeNames: Readonly<Partial<Record<number, readonly string[]>>> = { 66: ["leaf","offset"], 67: ["id"], 68: ["index"], 69: ["index"], 70: ["leaf"], 71: ["index"], 74: ["index"], 75: ["start"] };

/** How many operands each row has; 0 where they stand in the graph's pool. */
export const arity: readonly number[] = [2,2,2,2,2,1,1,1,2,2,3,1,1,1,1,2,2,1,1,1,1,1,1,1,1,1,1,1,1,2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2,1,1,1,1,2,2,2,2,2,2,2,2,1,3,1,2,3,3,3,0,0,0,0,0,0,1,1,1,1,0,2,2,1,1,1,1,1,1,0,0];

/** The ops that users have no function for. */
export const internal: readonly number[] = [33,38,43,62,63,64,65];

/** 1 where the operands may change places. */
export const commutative: readonly number[] = [1,0,1,0,0,0,0,0,1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,0,0,0,0,0,0,0];

/** 1 where the result is what was chosen of the operands. */
export const choice: readonly number[] = [0,0,0,0,0,0,0,0,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0];

/** 1 where the result is a truth value. */
export const truth: readonly number[] = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0];

/** 1 where the result is the same on every machine: arithmetic that rounds at most once a step, comparisons, choices. */
export const exact: readonly number[] = [1,1,1,1,0,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1];

/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = [[23,24],[32,33],[37,38]];

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = ["sinCos","tanhWithSlope","sigmoidWithSlope"];

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = ["add(a, b)","sub(a, b)","mul(a, b)","div(a, b)","rem(a, b)","neg(a)","abs(a)","select(copysign(1, a), a, or(lt(a, 0), gt(a, 0)))","min(a, b)","max(a, b)","min(max(a, b), c)","mul(a, a)","div(1, a)","sqrt(a)","cbrt(a)","hypot(a, b)","pow(a, b)","exp(a)","expm1(a)","log(a)","log1p(a)","log2(a)","log10(a)","sin(a)","cos(a)","tan(a)","asin(a)","acos(a)","atan(a)","atan2(a, b)","sinh(a)","cosh(a)","tanh(a)","tanhSlope(a)","asinh(a)","acosh(a)","atanh(a)","sigmoid(a)","sigmoidSlope(a)","softplus(a)","max(a, 0)","erf(a)","erfc(a)","erfSlope(a)","lgamma(a)","digamma(a)","polygamma(a, b)","floor(a)","ceil(a)","nearest(a)","trunc(a)","select(1, 0, lt(a, b))","select(1, 0, le(a, b))","select(1, 0, gt(a, b))","select(1, 0, ge(a, b))","select(1, 0, eq(a, b))","select(1, 0, ne(a, b))","select(1, 0, and(ne(a, 0), ne(b, 0)))","select(1, 0, or(ne(a, 0), ne(b, 0)))","select(1, 0, eq(a, 0))","select(b, c, ne(a, 0))","a","a","add(mul(a, b), c)","sub(mul(a, b), c)","sub(c, mul(a, b))"];

/** A hash of the table, which the kernel was built with too. */
export const tableHash = 463657069;
