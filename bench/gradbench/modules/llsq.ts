/** GradBench's llsq: the least squares fit of a polynomial to the sign function. */
import { add, compile, grad, mul, square, sub, sum, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module } from "../module.js";

/** What is fitted: a polynomial's coefficients at n points from −1 to 1. */
export interface Polynomial {
  readonly x: readonly number[];
  readonly n: number;
}

const read = (input: Fields): Polynomial => ({ x: input.numbers("x"), n: input.whole("n", 2) });

/** ½ Σ (s − Σ xⱼtʲ)² over n points t with signs s, by Horner's rule in lanes. */
function lossAt(n: number): (x: readonly Value[]) => Value {
  const t = Float64Array.from({ length: n }, (_, i) => -1 + (2 * i) / (n - 1));
  const s = t.map(Math.sign);
  return (x) => {
    const polynomial = x.reduceRight((total, coefficient) => add(mul(total, t), coefficient));
    return mul(0.5, sum(square(sub(s, polynomial))));
  };
}

export const llsq: Module = {
  primal(input, engine) {
    const { x, n } = read(input);
    const step = compile(lossAt(n), [x], { engine });
    return () => step(x);
  },
  gradient(input, engine) {
    const { x, n } = read(input);
    const step = compile(grad(lossAt(n)), [x], { engine });
    return () => step(x);
  },
};
