/** GradBench's ode: y₀′ = x₀, yᵢ′ = xᵢ·yᵢ₋₁ from 0 to 2 by Runge and Kutta's classic steps, and the gradient of the last number. */
import { add, at, compile, concat, grad, mul, repeat, slice, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module, onVector } from "../module.js";

/** The factors x, and how many steps. */
export interface Ode {
  readonly x: readonly number[];
  readonly s: number;
}

const read = (input: Fields): Ode => ({ x: input.numbers("x"), s: input.whole("s", 1) });

/** The end of the way from 0, in s steps that are one loop. */
const solved =
  (n: number, s: number) =>
  (x: Value): Value => {
    const h = 2 / s;
    const slope = (y: Value): Value => mul(x, n === 1 ? 1 : concat([1, slice(y, 0, -1)]));
    const moved = (y: Value, k: Value, far: number): Value => add(y, mul(far, k));
    return repeat(
      s,
      (y: Value) => {
        const k1 = slope(y);
        const k2 = slope(moved(y, k1, h / 2));
        const k3 = slope(moved(y, k2, h / 2));
        const k4 = slope(moved(y, k3, h));
        return moved(y, add(add(k1, mul(2, k2)), add(mul(2, k3), k4)), h / 6);
      },
      new Float64Array(n),
    );
  };

export const ode: Module = {
  primal(input, engine) {
    const { x, s } = read(input);
    const step = compile(solved(x.length, s), [new Float64Array(x)], { engine });
    return onVector(step, x);
  },
  gradient(input, engine) {
    const { x, s } = read(input);
    const last = (x: Value): Value => at(solved(x.shape[0]!, s)(x), -1);
    const step = compile(grad(last), [new Float64Array(x)], { engine });
    return onVector(step, x);
  },
};
