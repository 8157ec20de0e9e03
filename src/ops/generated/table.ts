// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** Names and flags of rows, by opcode: of the op table's, then of the structural rows. */

/** How many ops the table has. */
export const opCount = 96;

/** The names of all rows. */
export const opNames: readonly string[] = ["add","sub","mul","div","rem","neg","abs","sign","minimum","maximum","clip","square","reciprocal","sqrt","cbrt","hypot","hypotSlope","pow","powLog","exp","expm1","expDifference","log","log1p","log2","log10","xlogy","xlog1py","exprel","exprelSlope","log1mExp","sin","cos","tan","asin","acos","asinSlope","atan","atanSlope","atan2","atan2Slope","sinc","sincSlope","sinh","cosh","tanh","tanhSlope","asinh","acosh","atanh","atanhSlope","sigmoid","sigmoidSlope","softplus","logSigmoid","logAddExp","logAddExpSlope","relu","erf","erfc","erfSlope","erfcx","erfcxRatio","logErfc","logErfcSlope","normPdf","normCdf","logNormCdf","logNormCdfSlope","normQuantile","normQuantileSlope","lgamma","digamma","polygamma","lbeta","lbetaSlope","floor","ceil","round","trunc","lt","le","gt","ge","eq","ne","and","or","not","where","stopGradient","surrogate","weighted","mulAdd","mulSub","subMul","input","placeholder","constant","vector","indices","indexVector","sum","broadcast","at","slice","assemble","take","segmentSum","cumsum","reverse","max","min","argmax","argmin","custom","host"];

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
  /** a / c for c = hypot(a, b), 0 at the centre; accurate where c is subnormal or has overflowed */
  hypotSlope = 16,
  /** a to the power b, as Math.pow */
  pow = 17,
  /** c · log(a) for c = pow(a, b), where log(0) counts as 0 */
  powLog = 18,
  /** e to the power a */
  exp = 19,
  /** e^a − 1, accurate near 0 */
  expm1 = 20,
  /** e^(a − b), 1 where both are ∞, 0 where both are −∞ */
  expDifference = 21,
  /** the natural logarithm of a */
  log = 22,
  /** log(1 + a), accurate near 0 */
  log1p = 23,
  /** the base-2 logarithm of a */
  log2 = 24,
  /** the base-10 logarithm of a */
  log10 = 25,
  /** a · log(b), but 0 where a is 0 and b any number */
  xlogy = 26,
  /** a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number */
  xlog1py = 27,
  /** (e^a − 1) / a, 1 at 0 */
  exprel = 28,
  /** the a-th derivative of exprel at b, a = 0, 1, 2 … */
  exprelSlope = 29,
  /** log(1 − e^a) for a ≤ 0, accurate at both ends */
  log1mExp = 30,
  /** the sine of a */
  sin = 31,
  /** the cosine of a */
  cos = 32,
  /** the tangent of a */
  tan = 33,
  /** the arc sine of a */
  asin = 34,
  /** the arc cosine of a */
  acos = 35,
  /** 1 / √(1 − a²) */
  asinSlope = 36,
  /** the arc tangent of a */
  atan = 37,
  /** 1 / (1 + a²) */
  atanSlope = 38,
  /** the angle of the point (b, a), as Math.atan2(a, b) */
  atan2 = 39,
  /** b / c² for c = hypot(a, b) */
  atan2Slope = 40,
  /** sin(πa) / (πa), 1 at 0 */
  sinc = 41,
  /** the a-th derivative of sinc at b, a = 0, 1, 2 … */
  sincSlope = 42,
  /** the hyperbolic sine of a */
  sinh = 43,
  /** the hyperbolic cosine of a */
  cosh = 44,
  /** the hyperbolic tangent of a */
  tanh = 45,
  /** 1 − tanh²(a), accurate for large |a| */
  tanhSlope = 46,
  /** the inverse hyperbolic sine of a */
  asinh = 47,
  /** the inverse hyperbolic cosine of a */
  acosh = 48,
  /** the inverse hyperbolic tangent of a */
  atanh = 49,
  /** 1 / (1 − a²) */
  atanhSlope = 50,
  /** the logistic function 1 / (1 + e^(−a)) */
  sigmoid = 51,
  /** sigmoid(a) · (1 − sigmoid(a)), accurate at both ends */
  sigmoidSlope = 52,
  /** log(1 + e^a) without overflow */
  softplus = 53,
  /** the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow */
  logSigmoid = 54,
  /** log(e^a + e^b) without overflow */
  logAddExp = 55,
  /** sigmoid(a − b), accurate where a − b rounds, 1/2 where a = b at infinity too */
  logAddExpSlope = 56,
  /** max(a, 0), NaN where a is NaN; its derivative at 0 is 0 */
  relu = 57,
  /** the error function of a */
  erf = 58,
  /** 1 − erf(a), accurate for large a */
  erfc = 59,
  /** the derivative of erf, 2/√π · e^(−a²), accurate for large |a| */
  erfSlope = 60,
  /** e^(a²) · erfc(a), without underflow for large a */
  erfcx = 61,
  /** the a-th derivative of erfcx over the one before it at b, a = 1, 2 … */
  erfcxRatio = 62,
  /** the logarithm of erfc(a), without underflow */
  logErfc = 63,
  /** the derivative of logErfc, accurate at both ends */
  logErfcSlope = 64,
  /** the density of the standard normal distribution at a */
  normPdf = 65,
  /** the standard normal distribution function at a, accurate for large |a| */
  normCdf = 66,
  /** the logarithm of normCdf(a), without underflow */
  logNormCdf = 67,
  /** the derivative of logNormCdf, accurate at both ends */
  logNormCdfSlope = 68,
  /** the inverse of normCdf at a from 0 to 1, accurate at both ends */
  normQuantile = 69,
  /** the derivative of normQuantile, accurate at both ends */
  normQuantileSlope = 70,
  /** log |Γ(a)| */
  lgamma = 71,
  /** ψ(a), the derivative of lgamma */
  digamma = 72,
  /** the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a */
  polygamma = 73,
  /** log B(a, b), the logarithm of the beta function, for a, b ≥ 0 */
  lbeta = 74,
  /** the c-th derivative of digamma at a less that at a + b, accurate for small b */
  lbetaSlope = 75,
  /** the greatest integer not above a */
  floor = 76,
  /** the least integer not below a */
  ceil = 77,
  /** the integer nearest to a, halves to even */
  round = 78,
  /** a without its fraction */
  trunc = 79,
  /** 1 where a < b, else 0 */
  lt = 80,
  /** 1 where a ≤ b, else 0 */
  le = 81,
  /** 1 where a > b, else 0 */
  gt = 82,
  /** 1 where a ≥ b, else 0 */
  ge = 83,
  /** 1 where a = b, else 0 */
  eq = 84,
  /** 1 where a ≠ b, else 0 */
  ne = 85,
  /** 1 where both a and b are true, else 0 */
  and = 86,
  /** 1 where a or b is true, else 0 */
  or = 87,
  /** 1 where a is 0, else 0 */
  not = 88,
  /** b where a is true, else c; the branch not taken has no influence, not even a NaN */
  where = 89,
  /** a, as a constant to every derivative */
  stopGradient = 90,
  /** a, with the derivative of b */
  surrogate = 91,
  /** a · b with the derivative of a alone: b is a slope that a function states, and derivatives of that slope are b's */
  weighted = 92,
  /** a · b + c, rounded twice */
  mulAdd = 93,
  /** a · b − c, rounded twice */
  mulSub = 94,
  /** c − a · b, rounded twice */
  subMul = 95,
}

/** Opcodes of the structural rows. */
export enum structural {
  /** number `offset` of the argument leaf, or the whole leaf where it is a vector */
  input = 96,
  /** a parameter of a transform that is being traced; never shared */
  placeholder = 97,
  /** a number */
  constant = 98,
  /** a constant vector */
  vector = 99,
  /** an argument leaf of lane numbers */
  indices = 100,
  /** constant lane numbers */
  indexVector = 101,
  /** Σ aᵢ */
  sum = 102,
  /** the scalar a in every lane */
  broadcast = 103,
  /** lane `index` of a */
  at = 104,
  /** as many lanes of a as the shape says, from `start` */
  slice = 105,
  /** the sum of pieces, each placed at an offset in zeros */
  assemble = 106,
  /** lane bᵢ of a, for every i */
  take = 107,
  /** lane j is the sum of the aᵢ with bᵢ = j */
  segmentSum = 108,
  /** lane i is a₀ + … + aᵢ */
  cumsum = 109,
  /** the lanes of a in opposite order */
  reverse = 110,
  /** the greatest lane, NaN where one is NaN; forward only */
  max = 111,
  /** the least lane, NaN where one is NaN; forward only */
  min = 112,
  /** the first lane that holds the greatest value, a NaN counting as greater; forward only */
  argmax = 113,
  /** the first lane that holds the least value, a NaN counting as less; forward only */
  argmin = 114,
  /** the first operand, with a derivative of its own by the others; never shared */
  custom = 115,
  /** a user's function of numbers, lane by lane; never shared or folded */
  host = 116,
}

/** What the columns of structural rows hold after their operands, where text shows it. */
export const attributeNames: Readonly<Partial<Record<number, readonly string[]>>> = { 96: ["leaf","offset"], 97: ["id"], 98: ["index"], 99: ["index"], 100: ["leaf"], 101: ["index"], 104: ["index"], 105: ["start"] };

/** How many operands each row has; 0 where they stand in the graph's pool. */
export const arity: readonly number[] = [2,2,2,2,2,1,1,1,2,2,3,1,1,1,1,2,3,2,3,1,1,2,1,1,1,1,2,2,1,2,1,1,1,1,1,1,1,1,1,2,3,1,2,1,1,1,1,1,1,1,1,1,1,1,1,2,2,1,1,1,1,1,2,1,1,1,1,1,1,1,1,1,1,2,2,3,1,1,1,1,2,2,2,2,2,2,2,2,1,3,1,2,2,3,3,3,0,0,0,0,0,0,1,1,1,1,0,2,2,1,1,1,1,1,1,0,0];

/** The ops that users have no function for. */
export const internal: readonly number[] = [16,18,21,29,36,38,40,42,46,50,52,56,60,62,64,65,68,70,75,91,92,93,94,95];

/** 1 where the operands may change places. */
export const commutative: readonly number[] = [1,0,1,0,0,0,0,0,1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,1,1,1,1,0,0,0,0,0,0,0,0];

/** 1 where the result is what was chosen of the operands. */
export const choice: readonly number[] = [0,0,0,0,0,0,0,0,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0];

/** 1 where the result is a truth value. */
export const truth: readonly number[] = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0];

/** 1 where the result is the same on every machine: arithmetic that rounds at most once a step, comparisons, choices. */
export const exact: readonly number[] = [1,1,1,1,0,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,1,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1];

/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = [[31,32],[45,46],[51,52]];

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = ["sinCos","tanhWithSlope","sigmoidWithSlope"];

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = ["add(a, b)","sub(a, b)","mul(a, b)","div(a, b)","rem(a, b)","neg(a)","abs(a)","select(copysign(1, a), a, or(lt(a, 0), gt(a, 0)))","min(a, b)","max(a, b)","min(max(a, b), c)","mul(a, a)","div(1, a)","sqrt(a)","cbrt(a)","hypot(a, b)","hypotSlope(a, b, c)","pow(a, b)","mul(c, log(select(1, a, eq(a, 0))))","exp(a)","expm1(a)","expDifference(a, b)","log(a)","log1p(a)","log2(a)","log10(a)","select(0, mul(a, log(b)), and(eq(a, 0), eq(b, b)))","select(0, mul(a, log1p(b)), and(eq(a, 0), eq(b, b)))","exprel(a)","exprelSlope(a, b)","select(log(neg(expm1(a))), log1p(neg(exp(a))), gt(a, -0.6931471805599453))","sin(a)","cos(a)","tan(a)","asin(a)","acos(a)","div(1, sqrt(mul(sub(1, a), add(1, a))))","atan(a)","select(div(1, add(1, mul(a, a))), div(div(1, a), a), lt(abs(a), 1000000000))","atan2(a, b)","div(hypotSlope(b, a, c), c)","sinc(a)","sincSlope(a, b)","sinh(a)","cosh(a)","tanh(a)","tanhSlope(a)","asinh(a)","acosh(a)","atanh(a)","div(1, mul(sub(1, a), add(1, a)))","sigmoid(a)","sigmoidSlope(a)","softplus(a)","neg(softplus(neg(a)))","logAddExp(a, b)","logAddExpSlope(a, b)","max(a, 0)","erf(a)","erfc(a)","erfSlope(a)","erfcx(a)","erfcxRatio(a, b)","select(log1p(sub(0, erf(a))), sub(log(erfcx(a)), mul(a, a)), lt(a, 0.5))","select(div(neg(erfSlope(a)), erfc(a)), div(-1.1283791670955126, erfcx(a)), lt(a, 0))","normPdf(a)","normCdf(a)","select(log1p(neg(normCdf(neg(a)))), sub(log(mul(0.5, erfcx(mul(-0.7071067811865476, a)))), mul(0.5, mul(a, a))), gt(a, 0))","select(div(normPdf(a), normCdf(a)), div(0.7978845608028654, erfcx(mul(-0.7071067811865476, a))), gt(a, 0))","normQuantile(a)","div(mul(1.2533141373155003, erfcx(min(30, mul(0.7071067811865476, abs(normQuantile(a)))))), min(a, sub(1, a)))","lgamma(a)","digamma(a)","polygamma(a, b)","lbeta(a, b)","lbetaSlope(a, b, c)","floor(a)","ceil(a)","nearest(a)","trunc(a)","select(1, 0, lt(a, b))","select(1, 0, le(a, b))","select(1, 0, gt(a, b))","select(1, 0, ge(a, b))","select(1, 0, eq(a, b))","select(1, 0, ne(a, b))","select(1, 0, and(ne(a, 0), ne(b, 0)))","select(1, 0, or(ne(a, 0), ne(b, 0)))","select(1, 0, eq(a, 0))","select(b, c, ne(a, 0))","a","a","mul(a, b)","add(mul(a, b), c)","sub(mul(a, b), c)","sub(c, mul(a, b))"];

/** A hash of the table, which the kernel was built with too. */
export const tableHash = 1868715727;
