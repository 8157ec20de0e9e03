/** Constructs of the subset that `native` takes, one row each: the text of a function and arguments, at which neither a test nor a kink is near. */

interface Construct {
  readonly name: string;
  /** The text of a function, with nothing from outside it but what `outside` has. */
  readonly text: string;
  readonly args: readonly unknown[];
  /** Arguments that are fixed. */
  readonly statics: readonly number[];
  /** Arguments that the function jumps with. */
  readonly jumps: readonly number[];
}

const row = (name: string, text: string, args: readonly unknown[], ...statics: number[]): Construct => ({
  name,
  text,
  args,
  statics,
  jumps: [],
});

export const constructs: readonly Construct[] = [
  // operators
  row("arithmetic", "(x, y) => x + y * x - x / y", [2, 3]),
  row("remainder and power", "(x, y) => x % 3 + y ** 2 + y ** 3 + 2 ** x + x ** y", [4.5, 2.5]),
  row("signs", "(x) => -x + +x * 3 - -2", [2]),
  row("comma and void", "(x) => { void x; return (x + 1, x * 2); }", [2]),
  row("comparison as a value", "(x, y) => { const bigger = x > y; return bigger ? x * y : x - y; }", [2, 3]),
  row("all comparisons", "(x, y) => (x < y ? x : 0) + (x <= y ? x : 0) + (x > y ? y : 0) + (x >= y ? y : 0) + (x === y ? 5 : x * x) + (x !== y ? y * y : 7)", [2, 3]),
  row("and, or, not in a test", "(x, y) => { if ((x > 0 && y > 0) || !(x < 5)) return x * y; return x + y; }", [2, 3]),
  row("and of a number", "(x, y) => (x && y) * 2 + (x || y)", [2, 3]),
  row("numbers as tests", "(x) => { if (x) return x * 2; return x; }", [2]),
  row("nullish", "(x, k) => (k ?? 2) * x", [3, null], 1),
  row("chained ternaries", "(x) => (x < 0 ? -x : x < 1 ? x * x : x < 10 ? x * x * x : 1)", [2]),
  row("truths combined", "(x) => { const a = x > 1, b = x < 3; const c = a && b; const d = a === b; return (c ? x : 0) + (d ? x * x : 0) + (!c ? 5 : 1); }", [2]),
  row("a truth assigned on one side", "(x) => { let ok = false; if (x > 1) ok = true; if (ok) return x * 3; return x; }", [2]),
  // Math and numbers
  row("functions of Math", "(x) => Math.sin(x) + Math.exp(-x) * Math.log(x) + Math.sqrt(x) + Math.tanh(x) + Math.atan2(x, 2) + Math.pow(x, 2.5) + Math.PI * x", [0.7]),
  row("Math under another name", "(x) => { const { sin, cos } = Math; const m = Math; return sin(x) * cos(x) + m.abs(x) + [x, 2 * x].map(Math.exp)[1]; }", [0.7]),
  row("max, min and hypot of several", "(x, y) => Math.max(x, y, 1) * Math.min(x, y) + Math.max(...[x, y]) + Math.hypot(x, y, 2) + Math.hypot(x, y) + Math.max(x) + Math.hypot(x)", [2, 3]),
  row("rounding", "(x) => x * (Math.round(x) + Math.floor(x) + Math.ceil(x) + Math.trunc(x) + Math.sign(x)) + Math.round(x * 2.5)", [2.3]),
  row("tests of numbers", "(x) => (Number.isFinite(x) && !isNaN(x) && !Number.isInteger(x) ? x * x : 0) + (isFinite(x) ? x : 1) + Number(x)", [2.5]),
  // variables
  row("compound assignment", "(x) => { let s = x; s += 2; s *= x; s -= 1; s /= 3; s **= 2; s %= 50; return s; }", [2]),
  row("logical assignment", "(x, k) => { let a = k; a ??= 3; let b = 0; b ||= x; let c = 1; c &&= x * x; return a * b * c; }", [2, null], 1),
  row("counting up and down", "(x) => { let i = 0; const a = i++; const b = ++i; const c = i--; let y = x; y++; const z = y++; return a + b * x + c + i + y * z; }", [2]),
  row("a parameter assigned", "(x) => { x = x * x; x += 1; return x; }", [2]),
  row("var", "(x) => { if (x > 1) { var y = x * 2; } else { y = 1; } for (var i = 0; i < 3; i++) y += i * x; return y * i; }", [2]),
  row("shadowing", "(x) => { let y = x; { let y = x * x; y += 1; if (y > 2) { const x = y; y = x * 2; } } const f = (y) => { y += 1; return y * x; }; return f(y) + y; }", [2]),
  row("a swap", "(x, y) => { let a = x, b = y; [a, b] = [b, a * 2]; return a - b * a; }", [2, 3]),
  // patterns
  row("an array taken apart", "([x, [y, z], ...rest]) => x * y + z * rest[0] + rest.length", [[1.5, [2, 3], 4]]),
  row("an object taken apart", "({ a, b: [c, d = 3], ...rest }) => a * c * d + rest.e * rest.f", [{ a: 1.5, b: [2], e: 3, f: 4 }]),
  row("defaults", "(x, k = 2, { m = x } = {}) => x * k * m", [3]),
  row("rest parameters", "(...xs) => xs.reduce((a, b) => a * b, 1) + xs.length", [2, 3, 4]),
  row("elements assigned by a pattern", "(x) => { const a = [0, 0]; ({ p: a[0], q: a[1] } = { p: x, q: x * x }); return a[0] * a[1]; }", [2]),
  row("a vector taken apart", "([x, y]) => x * y", [Float64Array.of(2, 3)]),
  // arrays and objects
  row("arrays", "(x) => { const a = [x, 2 * x, 3]; a[1] = a[0] * a[2]; a[2] += x; a.push(x * x); return a[0] + a[1] * a[2] + a[3] + a.length + a.at(-1); }", [2]),
  row("array methods", "(xs) => { const ys = xs.map((x, i) => x * i).slice(1).concat([1]); let s = 0; ys.forEach((y) => { s += y * y; }); return s + xs.reduce((a, b) => a + b) + ys.reverse()[0] + [...xs, ...ys].length; }", [[1.5, 2, 3]]),
  row("every and some", "(xs) => (xs.every((x) => x > 0) ? xs[0] * xs[1] : 0) + (xs.some((x) => x > 2.5) ? xs[2] : 7) + (xs.every((x) => x > 1.8) ? 100 : xs[0])", [[1.5, 2, 3]]),
  row("every and some of plain numbers", "(x) => ([1, 2].every((k) => k > 0) ? x : 0) + ([1, 2].some((k) => k > 5) ? 1 : x * x) + [3, 1, 2].sort((a, b) => a - b)[0] * x + [1, 2, 3].filter((k) => k % 2 === 1).length * x", [1.5]),
  row("arrays by length", "(x) => { const a = new Array(3).fill(0); for (let i = 0; i < 3; i++) a[i] = x ** i; const b = Array.from({ length: 3 }, (_, i) => a[i] * i); const c = Array.from(b); return a[2] + b[2] + c[1] + Array(2).fill(x)[1] + Array.of(x, 2)[0]; }", [2]),
  row("vectors by length", "(x) => { const v = new Float64Array(3); for (let i = 0; i < v.length; i++) v[i] = x * i; v.fill(x, 2); const w = v.map((y) => y * y); const u = Float64Array.from([x, 1]); let s = u[0]; for (const y of w) s += y; return s + w.slice(1)[0] + new Float64Array([x, 2])[1] + Float64Array.of(x)[0]; }", [2]),
  row("vectors", "(v) => { let s = 0; for (let i = 0; i < v.length; i++) s += v[i] * v[i]; const c = v.slice(); c[0] = s; return s + c.reduce((a, b) => a + b, 0) + v.map((y) => y * 2).reduce((a, b) => a * b, 1) + Math.max(...v) + [...v][1] + v.at(-1); }", [Float64Array.of(1.5, 2, 3)]),
  row("an index that is traced", "(v, x) => v[Math.floor(x)] * x + [x, 2 * x, 3][Math.floor(x)]", [Float64Array.of(1.5, 2, 3), 1.5]),
  row("objects", "(x) => { const p = { a: x, b: [x * 2], ['c' + 1]: 3 }; p.a *= 2; p.b[0] += 1; p.d = p.a * p.c1; const q = { ...p, a: 1 }; let s = 0; for (const k in q) if (k !== 'b') s += q[k]; return s + p.d * q.b[0] + Object.keys(q).length + Object.entries(p)[0][1]; }", [2]),
  row("aliases", "(x) => { const a = [x, 1]; const b = a; b[0] *= 3; const o = { a }; o.a[1] = x; return a[0] * a[1]; }", [2]),
  row("plain indices of columns", "(x, i) => [x, x * x, 3][i[1]] + i.length", [2, Int32Array.of(0, 1)], 1),
  row("a matrix of arrays", "(x) => { const m = [[x, 1], [2, x * x]]; const n = m.map((row) => row.map((e) => e * 2)); let d = n[0][0] * n[1][1] - n[0][1] * n[1][0]; for (const [i, row] of m.entries()) d += row[i]; return d; }", [2]),
  row("strings and templates", "(p) => { let s = 0; for (const k of ['a', 'b']) s += p[`w${k}`] * 2; return s + 'ab'.length * p.wa; }", [{ wa: 2, wb: 3 }]),
  // functions
  row("functions inside", "(x) => { const sq = (y) => y * y; function cube(y) { return y * sq(y); } return cube(x) + twice(x); function twice(y) { return 2 * y; } }", [2]),
  row("closures that assign", "(x) => { let n = 0; const add = (y) => { n += y; return n; }; add(x); add(x * x); const make = () => { let k = x; return () => (k *= 2); }; const f = make(); f(); return n * f(); }", [2]),
  row("closures of loop variables", "(x) => { const fs = []; for (let i = 0; i < 3; i++) fs.push((y) => y * i); let s = 0; for (let j = 0; j < 3; j++) { fs.push(() => j * x); j += 0; } for (const f of fs) s += f(x); return s; }", [2]),
  row("recursion by plain numbers", "function power(x, n) { return n === 0 ? 1 : x * power(x, n - 1); }", [1.5, 4], 1),
  row("a named expression", "(x) => { const f = function g(n) { return n > 0 ? x * g(n - 1) : x; }; return f(3); }", [1.5]),
  row("functions as arguments", "(x) => { const compose = (f, g) => (y) => f(g(y)); const f = compose(Math.sin, (y) => y * y); return [1, 2].map(f)[1] * f(x); }", [1.5]),
  row("an early return in a function inside", "(x) => { const relu = (y) => { if (y < 0) return 0; return y; }; return relu(x) * 3 + relu(-x); }", [1.5]),
  // tests and jumps
  row("if and else", "(x) => { let y = 1; if (x > 1) { y = x * x; } else { y = x; } if (x > 5) y += 3; return y; }", [2]),
  row("early returns", "(x) => { if (x < 0) return -x; if (x < 1) return x * x; const y = x * 2; if (y > 100) { return 1; } else if (y > 3) return y * x; return y; }", [2]),
  row("variables of both sides", "(x) => { let a = 0, b = x; if (x > 1) { a = b * 2; b = a; } else { b = 5; a = b; } return a * b; }", [2]),
  row("elements of both sides", "(x) => { const a = [x, 2, 3], o = { s: 1 }; if (x > 1) { a[0] = x * x; o.s += x; } else { a[1] = x; a[0] = 7; } return a[0] * a[1] + o.s; }", [2]),
  row("arrays made on each side", "(x) => { let a; if (x > 1) { a = [x, 1]; } else { a = [2, x]; } a[0] *= 2; return a[0] * a[1]; }", [2]),
  row("arrays chosen", "(x) => { const a = [x, 1], b = [2, x]; const c = x > 1 ? a : b; return c[0] * 3 + c[1]; }", [2]),
  row("a test inside a test", "(x, y) => { let s = 0; if (x > 1) { if (y > 2) { s = x * y; } else s = x; s += 1; } else if (y > 1) s = y; return s; }", [2, 3]),
  row("a loop inside a test", "(x) => { let s = x; if (x > 1) for (let i = 0; i < 3; i++) s *= x; return s; }", [2]),
  row("closures that assign under a test", "(x) => { let n = 1; const grow = () => { n *= x; }; if (x > 1) grow(); else n = 5; if (x > 10) grow(); return n; }", [2]),
  row("break", "(x) => { let s = 0; for (let i = 0; i < 6; i++) { if (s > 10) break; s += x * i; } return s; }", [2]),
  row("continue", "(x) => { let s = 0; for (let i = 0; i < 6; i++) { if (x * i > 3 && x * i < 7) continue; s += x * i; } return s; }", [2]),
  row("return in a loop", "(x) => { for (let i = 0; i < 6; i++) { const y = x ** i; if (y > 5) return y * i; } return 0; }", [2.5]),
  row("jumps of two loops", "(x) => { let s = 0; for (let i = 1; i < 4; i++) { for (const k of [1, 2, 3]) { if (k * x > 5.5) break; if (k * i === 2) continue; s += k * x * i; if (s > 40) return s * 2; } s += x; } return s; }", [2]),
  row("jumps by plain numbers", "(x) => { let s = 0, i = 0; while (true) { i++; if (i === 2) continue; if (i > 5) break; s += x ** i; } do { s += x; i--; } while (i > 0); return s; }", [1.5]),
  row("for of and in with jumps", "(xs) => { let s = 0; for (const x of xs) { if (x > 2.5) continue; s += x * x; } for (const k in { a: 1, b: 2 }) { if (k === 'b') break; s *= 2; } return s; }", [[1.5, 2, 3]]),
  row("a loop's own variable changed", "(x) => { let s = 0; for (let i = 0; i < 10; i++) { s += x * i; i += 1; } for (let v of [1, 2]) { v *= x; s += v; } for (let i = 0, n = 3; i < n; i++, n -= 0.5) s += i * x; return s; }", [2]),
  row("switch on a plain number", "(x, k) => { switch (k) { case 0: return x; case 1: x = x * 2; case 2: { x = x * 3; break; } default: x = x ** 3; } return x; }", [2, 1], 1),
  row("switch on a string", "(x, kind) => { let y; switch (kind) { case 'a': y = x; break; case 'b': const z = x * x; y = z; break; default: y = 0; } return y; }", [2, "b"], 1),
  { ...row("switch on a traced number", "(x, k) => { switch (k) { case 0: return x; case 1: x = x * 2; case 2: x = x * 3; break; default: x = x ** 3; } return x; }", [2, 1]), jumps: [1] },
  row("continue in a switch", "(x) => { let s = 0; for (let i = 0; i < 4; i++) { switch (i) { case 1: continue; case 2: s += x; break; default: if (s > 100) return s; s += x * x; } s *= x; } return s; }", [2]),
  row("continue in a switch on a traced number", "(x) => { let s = 0; for (let i = 0; i < 4; i++) { switch (Math.floor(x * i)) { case 1: continue; case 3: s += x; break; default: if (s > 100) return s; s += x * x; } s *= x; } return s; }", [1.2]),
  row("throw by plain numbers", "(x, n) => { if (n < 0) throw new RangeError('n'); return x * n; }", [2, 3], 1),
  row("what was chosen not to be has no influence", "(x) => { const f = (y) => (y > 0 ? Math.sqrt(y) * Math.log(y) : 0); return f(x) + f(-x) + (x < 0 ? Math.sqrt(-x) : x / (x > 1 ? x : 0)); }", [2]),
  // the seeds of the field
  row("x·y + sin x", "(x, y) => x * y + Math.sin(x)", [2, 3]),
  row("ln x₁ + x₁x₂ − sin x₂", "([x1, x2]) => Math.log(x1) + x1 * x2 - Math.sin(x2)", [[2, 5]]),
  row("x₁x₂x₃", "([a, b, c]) => a * b * c", [[2, 3, 4]]),
  row("(x + y) / z", "(x, y, z) => (x + y) / z", [2, 3, 4]),
  row("the logistic map", "(a) => { let l = a; for (let i = 0; i < 4; i++) l = 4 * l * (1 - l); return l; }", [0.3]),
  row("16a(1−a)(1−2a)²", "(a) => 16 * a * (1 - a) * (1 - 2 * a) ** 2", [0.3]),
  row("a power by a loop", "(x, n) => { let y = 1; for (let i = 0; i < n; i++) y *= x; return y; }", [1.5, 5], 1),
  row("|x| by a test", "(x) => { if (x > 0) return x; else return -x; }", [-1.5]),
  row("Newton's √a, so many steps", "(a) => { let x = a; for (let i = 0; i < 20; i++) { const next = (x + a / x) / 2; if (Math.abs(next - x) < 1e-9) break; x = next; } return x; }", [2]),
]; // prettier-ignore
