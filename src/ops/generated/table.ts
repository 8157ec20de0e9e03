// Generated from src/ops/ops.ts by scripts/generate.ts. Do not edit.
/** Names and flags of rows, by opcode: of the op table's, then of the structural rows. */

/** Opcodes of the table's ops. */
export enum opcode {
  /** a + b */
  add,
  /** a − b */
  sub,
  /** a · b */
  mul,
  /** a / b */
  div,
  /** the remainder of a / b with the sign of a, as JavaScript's % */
  rem,
  /** −a */
  neg,
  /** |a| */
  abs,
  /** the sign of a: −1, 1, or a itself where it is ±0 or NaN */
  sign,
  /** the smaller of a and b, NaN where either is NaN; a tie shares the derivative */
  minimum,
  /** the larger of a and b, NaN where either is NaN; a tie shares the derivative */
  maximum,
  /** a limited to the interval [b, c]; at either end the derivative is a's */
  clip,
  /** a² */
  square,
  /** 1 / a */
  reciprocal,
  /** √a */
  sqrt,
  /** ∛a */
  cbrt,
  /** √(a² + b²) without overflow on the way */
  hypot,
  /** a / c for c = hypot(a, b), 0 at the centre; accurate where c is subnormal or has overflowed */
  hypotSlope,
  /** a to the power b, as Math.pow */
  pow,
  /** c · log(a) for c = pow(a, b), where log(0) counts as 0 */
  powLog,
  /** e to the power a */
  exp,
  /** e^a − 1, accurate near 0 */
  expm1,
  /** e^(a − b), 1 where both are ∞, 0 where both are −∞ */
  expDifference,
  /** the natural logarithm of a */
  log,
  /** log(1 + a), accurate near 0 */
  log1p,
  /** the base-2 logarithm of a */
  log2,
  /** the base-10 logarithm of a */
  log10,
  /** a · log(b), but 0 where a is 0 and b any number */
  xlogy,
  /** a · log(1 + b), accurate for small b, but 0 where a is 0 and b any number */
  xlog1py,
  /** (e^a − 1) / a, 1 at 0 */
  exprel,
  /** the a-th derivative of exprel at b, a = 0, 1, 2 … */
  exprelSlope,
  /** log(1 − e^a) for a ≤ 0, accurate at both ends */
  log1mExp,
  /** the sine of a */
  sin,
  /** the cosine of a */
  cos,
  /** the tangent of a */
  tan,
  /** the arc sine of a */
  asin,
  /** the arc cosine of a */
  acos,
  /** 1 / √(1 − a²) */
  asinSlope,
  /** the arc tangent of a */
  atan,
  /** 1 / (1 + a²) */
  atanSlope,
  /** the angle of the point (b, a), as Math.atan2(a, b) */
  atan2,
  /** b / c² for c = hypot(a, b) */
  atan2Slope,
  /** sin(πa) / (πa), 1 at 0 */
  sinc,
  /** the a-th derivative of sinc at b, a = 0, 1, 2 … */
  sincSlope,
  /** the hyperbolic sine of a */
  sinh,
  /** the hyperbolic cosine of a */
  cosh,
  /** the hyperbolic tangent of a */
  tanh,
  /** 1 − tanh²(a), accurate for large |a| */
  tanhSlope,
  /** the inverse hyperbolic sine of a */
  asinh,
  /** the inverse hyperbolic cosine of a */
  acosh,
  /** the inverse hyperbolic tangent of a */
  atanh,
  /** 1 / (1 − a²) */
  atanhSlope,
  /** the logistic function 1 / (1 + e^(−a)) */
  sigmoid,
  /** sigmoid(a) · (1 − sigmoid(a)), accurate at both ends */
  sigmoidSlope,
  /** log(1 + e^a) without overflow */
  softplus,
  /** the logarithm of sigmoid(a), −log(1 + e^(−a)) without overflow */
  logSigmoid,
  /** log(e^a + e^b) without overflow */
  logAddExp,
  /** sigmoid(a − b), accurate where a − b rounds, 1/2 where a = b at infinity too */
  logAddExpSlope,
  /** max(a, 0), NaN where a is NaN; its derivative at 0 is 0 */
  relu,
  /** the error function of a */
  erf,
  /** 1 − erf(a), accurate for large a */
  erfc,
  /** the derivative of erf, 2/√π · e^(−a²), accurate for large |a| */
  erfSlope,
  /** e^(a²) · erfc(a), without underflow for large a */
  erfcx,
  /** the a-th derivative of erfcx over the one before it at b, a = 1, 2 … */
  erfcxRatio,
  /** the logarithm of erfc(a), without underflow */
  logErfc,
  /** the derivative of logErfc, accurate at both ends */
  logErfcSlope,
  /** the density of the standard normal distribution at a */
  normPdf,
  /** the standard normal distribution function at a, accurate for large |a| */
  normCdf,
  /** the logarithm of normCdf(a), without underflow */
  logNormCdf,
  /** the derivative of logNormCdf, accurate at both ends */
  logNormCdfSlope,
  /** the inverse of normCdf at a from 0 to 1, accurate at both ends */
  normQuantile,
  /** the derivative of normQuantile, accurate at both ends */
  normQuantileSlope,
  /** log |Γ(a)| */
  lgamma,
  /** ψ(a), the derivative of lgamma */
  digamma,
  /** the a-th derivative of digamma at b, a = 0, 1, 2 …; no derivative flows to a */
  polygamma,
  /** log B(a, b), the logarithm of the beta function, for a, b ≥ 0 */
  lbeta,
  /** the c-th derivative of digamma at a less that at a + b, accurate for small b */
  lbetaSlope,
  /** the greatest integer not above a */
  floor,
  /** the least integer not below a */
  ceil,
  /** the integer nearest to a, halves to even */
  round,
  /** a without its fraction */
  trunc,
  /** 1 where a < b, else 0 */
  lt,
  /** 1 where a ≤ b, else 0 */
  le,
  /** 1 where a > b, else 0 */
  gt,
  /** 1 where a ≥ b, else 0 */
  ge,
  /** 1 where a = b, else 0 */
  eq,
  /** 1 where a ≠ b, else 0 */
  ne,
  /** 1 where both a and b are true, else 0 */
  and,
  /** 1 where a or b is true, else 0 */
  or,
  /** 1 where a is 0, else 0 */
  not,
  /** b where a is true, else c; the branch not taken has no influence, not even a NaN */
  where,
  /** a, as a constant to every derivative */
  stopGradient,
  /** a, with the derivative of b */
  surrogate,
  /** a · b with the derivative of a alone: b is a slope that a function states, and its derivatives are b's */
  weighted,
  /** a · b + c, rounded twice */
  mulAdd,
  /** a · b − c, rounded twice */
  mulSub,
  /** c − a · b, rounded twice */
  subMul,
}

/** How many ops the table has. */
export const opCount: number = opcode.subMul + 1;

/** Opcodes of the structural rows. */
export enum structural {
  /** number `offset` of the argument leaf, or the whole leaf where it is a vector */
  input = opcode.subMul + 1,
  /** a parameter of a transform that is being traced; never shared */
  placeholder,
  /** a number */
  constant,
  /** a constant vector */
  vector,
  /** an argument leaf of lane numbers */
  indices,
  /** constant lane numbers */
  indexVector,
  /** Σ aᵢ */
  sum,
  /** the scalar a in every lane */
  broadcast,
  /** lane `index` of a */
  at,
  /** as many lanes of a as the shape says, from `start` */
  slice,
  /** the sum of pieces, each placed at an offset in zeros */
  assemble,
  /** lane bᵢ of a, for every i */
  take,
  /** lane j is the sum of the aᵢ with bᵢ = j */
  segmentSum,
  /** lane i is a₀ + … + aᵢ */
  cumsum,
  /** the lanes of a in opposite order */
  reverse,
  /** the lanes of a, in order, in another shape */
  reshape,
  /** a with its last two dimensions swapped */
  transpose,
  /** a broadcast to the row's shape, sizes of 1 and missing ones repeated */
  expand,
  /** the sums of the lanes of a along the dimensions that its shape has beyond the row's, which broadcasts to it */
  sumAxis,
  /** a part of a matrix, zeros elsewhere: 0 on and below the diagonal, 1 below it, 2 on and above it, 3 above it, 4 on it */
  triangle,
  /** the product of two matrices; flags: 1 of aᵀ, 2 of bᵀ */
  matmul,
  /** the inverse of a triangle of a, applied to b; flags: 1 the upper one, 2 transposed, 4 with ones on the diagonal, 8 from the right */
  triangularSolve,
  /** the lower triangular L with L Lᵀ = a, of which the lower triangle is read; NaN where a is not positive definite */
  cholesky,
  /** the adjoint of what was factored into the triangle a, by that of a */
  choleskyAdjoint,
  /** of a: L below the diagonal and U from it on, with L U = P a; the order of its rows; the determinant of P. No derivative flows: that of what it solves flows to a */
  lu,
  /** c⁻¹ b, by the factors a of c */
  solve,
  /** the transposed c⁻¹ b, by the factors a of c */
  solveTransposed,
  /** of a (m × n, m ≥ n): Q with orthonormal columns, and below it R, upper triangular with a diagonal that is not negative, of Q R = a. Derivatives flow by their parts */
  qr,
  /** the orthonormal columns of QR factors a, of b */
  orthogonalFactor,
  /** the triangle of QR factors a, of b */
  triangularFactor,
  /** of a symmetric matrix, of which the lower triangle is read: its eigenvalues, ascending, and below them eigenvectors as columns. Derivatives flow by their parts */
  eigh,
  /** the eigenvalues among a, of b */
  eigenvalues,
  /** the eigenvectors among a, of b */
  eigenvectors,
  /** running sums along a dimension */
  cumsumAxis,
  /** the lanes along a dimension in opposite order */
  reverseAxis,
  /** the greatest lanes along a dimension, NaN where one is NaN; forward only */
  maxAxis,
  /** the least lanes along a dimension, NaN where one is NaN; forward only */
  minAxis,
  /** the first places along a dimension that hold the greatest values, a NaN counting as greater; forward only */
  argmaxAxis,
  /** the first places along a dimension that hold the least values, a NaN counting as less; forward only */
  argminAxis,
  /** the places along the last dimension in ascending order, equal ones in theirs, NaN last; forward only */
  argsort,
  /** the greatest lane, NaN where one is NaN; forward only */
  max,
  /** the least lane, NaN where one is NaN; forward only */
  min,
  /** the first lane that holds the greatest value, a NaN counting as greater; forward only */
  argmax,
  /** the first lane that holds the least value, a NaN counting as less; forward only */
  argmin,
  /** the first operand, with a derivative of its own by the others; never shared */
  custom,
  /** a user's function of numbers, lane by lane; never shared or folded */
  host,
  /** the results of a body on the operands, side by side */
  call,
  /** what the steps of a loop on the operands give: carries, stacks and sums, side by side */
  loop,
}

/** Of each row the name, the number of its operands and, of an op, its code. */
const rows: readonly (readonly [name: string, arity: number, code?: string])[] = [
  ["add",2,"add(a, b)"],
  ["sub",2,"sub(a, b)"],
  ["mul",2,"mul(a, b)"],
  ["div",2,"div(a, b)"],
  ["rem",2,"rem(a, b)"],
  ["neg",1,"neg(a)"],
  ["abs",1,"abs(a)"],
  ["sign",1,"select(copysign(1, a), a, or(lt(a, 0), gt(a, 0)))"],
  ["minimum",2,"min(a, b)"],
  ["maximum",2,"max(a, b)"],
  ["clip",3,"min(max(a, b), c)"],
  ["square",1,"mul(a, a)"],
  ["reciprocal",1,"div(1, a)"],
  ["sqrt",1,"sqrt(a)"],
  ["cbrt",1,"cbrt(a)"],
  ["hypot",2,"hypot(a, b)"],
  ["hypotSlope",3,"hypotSlope(a, b, c)"],
  ["pow",2,"pow(a, b)"],
  ["powLog",3,"mul(c, log(select(1, a, eq(a, 0))))"],
  ["exp",1,"exp(a)"],
  ["expm1",1,"expm1(a)"],
  ["expDifference",2,"expDifference(a, b)"],
  ["log",1,"log(a)"],
  ["log1p",1,"log1p(a)"],
  ["log2",1,"log2(a)"],
  ["log10",1,"log10(a)"],
  ["xlogy",2,"select(0, mul(a, log(b)), and(eq(a, 0), eq(b, b)))"],
  ["xlog1py",2,"select(0, mul(a, log1p(b)), and(eq(a, 0), eq(b, b)))"],
  ["exprel",1,"exprel(a)"],
  ["exprelSlope",2,"exprelSlope(a, b)"],
  ["log1mExp",1,"select(log(neg(expm1(a))), log1p(neg(exp(a))), gt(a, -0.6931471805599453))"],
  ["sin",1,"sin(a)"],
  ["cos",1,"cos(a)"],
  ["tan",1,"tan(a)"],
  ["asin",1,"asin(a)"],
  ["acos",1,"acos(a)"],
  ["asinSlope",1,"div(1, sqrt(mul(sub(1, a), add(1, a))))"],
  ["atan",1,"atan(a)"],
  ["atanSlope",1,"select(div(1, add(1, mul(a, a))), div(div(1, a), a), lt(abs(a), 1000000000))"],
  ["atan2",2,"atan2(a, b)"],
  ["atan2Slope",3,"div(hypotSlope(b, a, c), c)"],
  ["sinc",1,"sinc(a)"],
  ["sincSlope",2,"sincSlope(a, b)"],
  ["sinh",1,"sinh(a)"],
  ["cosh",1,"cosh(a)"],
  ["tanh",1,"tanh(a)"],
  ["tanhSlope",1,"tanhSlope(a)"],
  ["asinh",1,"asinh(a)"],
  ["acosh",1,"acosh(a)"],
  ["atanh",1,"atanh(a)"],
  ["atanhSlope",1,"div(1, mul(sub(1, a), add(1, a)))"],
  ["sigmoid",1,"sigmoid(a)"],
  ["sigmoidSlope",1,"sigmoidSlope(a)"],
  ["softplus",1,"softplus(a)"],
  ["logSigmoid",1,"neg(softplus(neg(a)))"],
  ["logAddExp",2,"logAddExp(a, b)"],
  ["logAddExpSlope",2,"logAddExpSlope(a, b)"],
  ["relu",1,"max(a, 0)"],
  ["erf",1,"erf(a)"],
  ["erfc",1,"erfc(a)"],
  ["erfSlope",1,"erfSlope(a)"],
  ["erfcx",1,"erfcx(a)"],
  ["erfcxRatio",2,"erfcxRatio(a, b)"],
  ["logErfc",1,"select(log1p(sub(0, erf(a))), sub(log(erfcx(a)), mul(a, a)), lt(a, 0.5))"],
  ["logErfcSlope",1,"select(div(neg(erfSlope(a)), erfc(a)), div(-1.1283791670955126, erfcx(a)), lt(a, 0))"],
  ["normPdf",1,"normPdf(a)"],
  ["normCdf",1,"normCdf(a)"],
  ["logNormCdf",1,"select(log1p(neg(normCdf(neg(a)))), sub(log(mul(0.5, erfcx(mul(-0.7071067811865476, a)))), mul(0.5, mul(a, a))), gt(a, 0))"],
  ["logNormCdfSlope",1,"select(div(normPdf(a), normCdf(a)), div(0.7978845608028654, erfcx(mul(-0.7071067811865476, a))), gt(a, 0))"],
  ["normQuantile",1,"normQuantile(a)"],
  ["normQuantileSlope",1,"div(mul(1.2533141373155003, erfcx(min(30, mul(0.7071067811865476, abs(normQuantile(a)))))), min(a, sub(1, a)))"],
  ["lgamma",1,"lgamma(a)"],
  ["digamma",1,"digamma(a)"],
  ["polygamma",2,"polygamma(a, b)"],
  ["lbeta",2,"lbeta(a, b)"],
  ["lbetaSlope",3,"lbetaSlope(a, b, c)"],
  ["floor",1,"floor(a)"],
  ["ceil",1,"ceil(a)"],
  ["round",1,"nearest(a)"],
  ["trunc",1,"trunc(a)"],
  ["lt",2,"select(1, 0, lt(a, b))"],
  ["le",2,"select(1, 0, le(a, b))"],
  ["gt",2,"select(1, 0, gt(a, b))"],
  ["ge",2,"select(1, 0, ge(a, b))"],
  ["eq",2,"select(1, 0, eq(a, b))"],
  ["ne",2,"select(1, 0, ne(a, b))"],
  ["and",2,"select(1, 0, and(ne(a, 0), ne(b, 0)))"],
  ["or",2,"select(1, 0, or(ne(a, 0), ne(b, 0)))"],
  ["not",1,"select(1, 0, eq(a, 0))"],
  ["where",3,"select(b, c, ne(a, 0))"],
  ["stopGradient",1,"a"],
  ["surrogate",2,"a"],
  ["weighted",2,"mul(a, b)"],
  ["mulAdd",3,"add(mul(a, b), c)"],
  ["mulSub",3,"sub(mul(a, b), c)"],
  ["subMul",3,"sub(c, mul(a, b))"],
  ["input",0],
  ["placeholder",0],
  ["constant",0],
  ["vector",0],
  ["indices",0],
  ["indexVector",0],
  ["sum",1],
  ["broadcast",1],
  ["at",1],
  ["slice",1],
  ["assemble",0],
  ["take",2],
  ["segmentSum",2],
  ["cumsum",1],
  ["reverse",1],
  ["reshape",1],
  ["transpose",1],
  ["expand",1],
  ["sumAxis",1],
  ["triangle",1],
  ["matmul",2],
  ["triangularSolve",2],
  ["cholesky",1],
  ["choleskyAdjoint",2],
  ["lu",1],
  ["solve",3],
  ["solveTransposed",3],
  ["qr",1],
  ["orthogonalFactor",2],
  ["triangularFactor",2],
  ["eigh",1],
  ["eigenvalues",2],
  ["eigenvectors",2],
  ["cumsumAxis",1],
  ["reverseAxis",1],
  ["maxAxis",1],
  ["minAxis",1],
  ["argmaxAxis",1],
  ["argminAxis",1],
  ["argsort",1],
  ["max",1],
  ["min",1],
  ["argmax",1],
  ["argmin",1],
  ["custom",0],
  ["host",0],
  ["call",0],
  ["loop",0],
];

/** The names of all rows. */
export const opNames: readonly string[] = rows.map(([name]) => name);

/** How many operands each row has; 0 where they stand in the graph's pool. */
export const arity: readonly number[] = rows.map(([, arity]) => arity);

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = rows.slice(0, opCount).map(([, , code]) => code!);

/** What the columns of structural rows hold after their operands, where text shows it. */
export const attributeNames: Readonly<Partial<Record<number, readonly string[]>>> = {
  [structural.input]: ["leaf","offset"],
  [structural.placeholder]: ["id"],
  [structural.constant]: ["index"],
  [structural.vector]: ["index"],
  [structural.indices]: ["leaf"],
  [structural.indexVector]: ["index"],
  [structural.at]: ["index"],
  [structural.slice]: ["start"],
  [structural.triangle]: ["part"],
  [structural.matmul]: ["flags"],
  [structural.triangularSolve]: ["flags"],
  [structural.cumsumAxis]: ["axis"],
  [structural.reverseAxis]: ["axis"],
};

/** 1 or 0 for every op. */
type Flags = readonly number[];
const flags = (ops: readonly number[]): Flags => Array.from({ length: opCount }, (_, op) => (ops.includes(op) ? 1 : 0));

/** 1 where users have no function. */
export const internal: Flags = flags([
  opcode.hypotSlope,
  opcode.powLog,
  opcode.expDifference,
  opcode.exprelSlope,
  opcode.asinSlope,
  opcode.atanSlope,
  opcode.atan2Slope,
  opcode.sincSlope,
  opcode.tanhSlope,
  opcode.atanhSlope,
  opcode.sigmoidSlope,
  opcode.logAddExpSlope,
  opcode.erfSlope,
  opcode.erfcxRatio,
  opcode.logErfcSlope,
  opcode.normPdf,
  opcode.logNormCdfSlope,
  opcode.normQuantileSlope,
  opcode.lbetaSlope,
  opcode.surrogate,
  opcode.weighted,
  opcode.mulAdd,
  opcode.mulSub,
  opcode.subMul,
]);

/** 1 where the operands may change places. */
export const commutative: Flags = flags([
  opcode.add,
  opcode.mul,
  opcode.minimum,
  opcode.maximum,
  opcode.hypot,
  opcode.logAddExp,
  opcode.lbeta,
  opcode.eq,
  opcode.ne,
  opcode.and,
  opcode.or,
]);

/** 1 where the result is what was chosen of the operands. */
export const choice: Flags = flags([
  opcode.minimum,
  opcode.maximum,
  opcode.clip,
  opcode.relu,
  opcode.where,
]);

/** 1 where the result is a truth value. */
export const truth: Flags = flags([
  opcode.lt,
  opcode.le,
  opcode.gt,
  opcode.ge,
  opcode.eq,
  opcode.ne,
  opcode.and,
  opcode.or,
  opcode.not,
]);

/** 1 where the result is the same on every machine: arithmetic that rounds at most once a step, comparisons, choices. */
export const exact: Flags = flags([
  opcode.add,
  opcode.sub,
  opcode.mul,
  opcode.div,
  opcode.neg,
  opcode.abs,
  opcode.sign,
  opcode.minimum,
  opcode.maximum,
  opcode.clip,
  opcode.square,
  opcode.reciprocal,
  opcode.sqrt,
  opcode.asinSlope,
  opcode.atanSlope,
  opcode.atanhSlope,
  opcode.relu,
  opcode.floor,
  opcode.ceil,
  opcode.round,
  opcode.trunc,
  opcode.lt,
  opcode.le,
  opcode.gt,
  opcode.ge,
  opcode.eq,
  opcode.ne,
  opcode.and,
  opcode.or,
  opcode.not,
  opcode.where,
  opcode.stopGradient,
  opcode.surrogate,
  opcode.weighted,
  opcode.mulAdd,
  opcode.mulSub,
  opcode.subMul,
]);

/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = [
  [opcode.sin, opcode.cos],
  [opcode.tanh, opcode.tanhSlope],
  [opcode.sigmoid, opcode.sigmoidSlope],
];

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = [
  "sinCos",
  "tanhWithSlope",
  "sigmoidWithSlope",
];

/** A hash of the table, which the kernel was built with too. */
export const tableHash = 2724591202;
