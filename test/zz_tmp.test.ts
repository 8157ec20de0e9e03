import { test } from "vitest";
import { at, hessian, mul, slice, square, sub, sum, sparseHessian, sparseJacobian, type Value, sin, concat, add } from "wengert";
const rosen = (x: Value) => sum(slice(x, 1).sub(slice(x, 0, -1).square()).square().mul(100).add(square(sub(1, slice(x, 0, -1)))));
const rosenS = (x: Value[]) => sum(x.slice(1).map((next, i) => add(mul(100, square(sub(next, square(x[i]!)))), square(sub(1, x[i]!)))));
const arrow = (x: Value) => add(sum(mul(at(x, 0), square(slice(x, 1)))), sum(sin(x)));
const timeit = <T>(name: string, f: () => T): T => { const t = performance.now(); const r = f(); console.log(name, (performance.now() - t).toFixed(1), "ms"); return r; };
test("small", () => {
  const x = Float64Array.from({ length: 6 }, (_, i) => Math.sin(i + 1));
  for (const f of [rosen, arrow]) { console.log(sparseHessian(f)(x), hessian(f)(x)); }
  console.log(sparseHessian(rosenS)([...x]));
  console.log(sparseJacobian((x: Value) => concat([square(x), sum(x)]))(x));
}, 1e6);
test("speed", () => {
  const x = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i + 1));
  for (const [name, d, s, a] of [["vector", hessian(rosen), sparseHessian(rosen), x], ["scalars", hessian(rosenS as never), sparseHessian(rosenS as never), [...x]]] as [string, any, any, any][]) {
    for (let i = 0; i < 4; i++) timeit(name + " dense", () => d(a));
    for (let i = 0; i < 4; i++) timeit(name + " sparse", () => s(a));
  }
  const big = Float64Array.from({ length: 100000 }, (_, i) => Math.sin(i + 1));
  for (const [name, f] of [["rosen", rosen], ["arrow", arrow]] as const) {
    const s = sparseHessian(f);
    for (let i = 0; i < 3; i++) console.log(timeit(name + " 1e5", () => s(big)).colors);
  }
  const s = sparseHessian(rosenS);
  const list = [...big];
  for (let i = 0; i < 2; i++) console.log(timeit("rosen scalars 1e5", () => s(list)).colors);
}, 1e6);
