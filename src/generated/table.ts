// Generated from src/ops.ts by scripts/generate.ts. Do not edit.
/** Names and flags of the op table's rows, by opcode. */

/** The ops' names. */
export const opNames: readonly string[] = ["add","sub","mul","div","rem","neg","abs","sign","minimum","maximum","clip","square","reciprocal","sqrt","cbrt","hypot","pow","exp","expm1","log","log1p","log2","log10","sin","cos","tan","asin","acos","atan","atan2","sinh","cosh","tanh","tanhSlope","asinh","acosh","atanh","sigmoid","sigmoidSlope","softplus","relu","erf","erfc","erfSlope","lgamma","digamma","polygamma","floor","ceil","round","trunc","lt","le","gt","ge","eq","ne","and","or","not","where","stopGradient","surrogate","guardedMul","mulAdd","mulSub","subMul"];

/** Opcodes by name. */
export const opcode = { add: 0, sub: 1, mul: 2, div: 3, rem: 4, neg: 5, abs: 6, sign: 7, minimum: 8, maximum: 9, clip: 10, square: 11, reciprocal: 12, sqrt: 13, cbrt: 14, hypot: 15, pow: 16, exp: 17, expm1: 18, log: 19, log1p: 20, log2: 21, log10: 22, sin: 23, cos: 24, tan: 25, asin: 26, acos: 27, atan: 28, atan2: 29, sinh: 30, cosh: 31, tanh: 32, tanhSlope: 33, asinh: 34, acosh: 35, atanh: 36, sigmoid: 37, sigmoidSlope: 38, softplus: 39, relu: 40, erf: 41, erfc: 42, erfSlope: 43, lgamma: 44, digamma: 45, polygamma: 46, floor: 47, ceil: 48, round: 49, trunc: 50, lt: 51, le: 52, gt: 53, ge: 54, eq: 55, ne: 56, and: 57, or: 58, not: 59, where: 60, stopGradient: 61, surrogate: 62, guardedMul: 63, mulAdd: 64, mulSub: 65, subMul: 66 } as const;

/** How many operands each op takes. */
export const arity: readonly number[] = [2,2,2,2,2,1,1,1,2,2,3,1,1,1,1,2,2,1,1,1,1,1,1,1,1,1,1,1,1,2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2,1,1,1,1,2,2,2,2,2,2,2,2,1,3,1,2,2,3,3,3];

/** 1 where the operands may change places. */
export const commutative: readonly number[] = [1,0,1,0,0,0,0,0,1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,0,0,0,0,0,0,0,0];

/** 1 where a partial is not finite somewhere. */
export const singular: readonly number[] = [0,0,0,1,1,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,0,0,1,1,1,0,1,1,1,0,0,0,1,1,0,0,0,0,0,0,0,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0];

/** 1 where the result is a truth value. */
export const truth: readonly number[] = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0];

/** Opcodes of ops and of their companions, whose results the kernel gets in one row; the pairs' codes follow the table's. */
export const pairs: readonly (readonly [op: number, companion: number])[] = [[23,24],[32,33],[37,38]];

/** The kernel's functions that give both results of those pairs. */
export const pairCodes: readonly string[] = ["sinCos","tanhWithSlope","sigmoidWithSlope"];

/** The ops' results as formulas over wasm's instructions and the kernel's mathematics. */
export const codes: readonly string[] = ["add(a, b)","sub(a, b)","mul(a, b)","div(a, b)","rem(a, b)","neg(a)","abs(a)","select(copysign(1, a), a, or(lt(a, 0), gt(a, 0)))","min(a, b)","max(a, b)","min(max(a, b), c)","mul(a, a)","div(1, a)","sqrt(a)","cbrt(a)","hypot(a, b)","pow(a, b)","exp(a)","expm1(a)","log(a)","log1p(a)","log2(a)","log10(a)","sin(a)","cos(a)","tan(a)","asin(a)","acos(a)","atan(a)","atan2(a, b)","sinh(a)","cosh(a)","tanh(a)","tanhSlope(a)","asinh(a)","acosh(a)","atanh(a)","sigmoid(a)","sigmoidSlope(a)","softplus(a)","max(a, 0)","erf(a)","erfc(a)","erfSlope(a)","lgamma(a)","digamma(a)","polygamma(a, b)","floor(a)","ceil(a)","nearest(a)","trunc(a)","select(1, 0, lt(a, b))","select(1, 0, le(a, b))","select(1, 0, gt(a, b))","select(1, 0, ge(a, b))","select(1, 0, eq(a, b))","select(1, 0, ne(a, b))","select(1, 0, and(ne(a, 0), ne(b, 0)))","select(1, 0, or(ne(a, 0), ne(b, 0)))","select(1, 0, eq(a, 0))","select(b, c, ne(a, 0))","a","a","select(0, mul(a, b), eq(a, 0))","add(mul(a, b), c)","sub(mul(a, b), c)","sub(c, mul(a, b))"];

/** A hash of the table, which the kernel was built with too. */
export const tableHash = 2114917512;
