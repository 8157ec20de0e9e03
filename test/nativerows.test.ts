/** Programs as plain TypeScript record the rows that they record with this library's functions, and so are as fast once compiled. */
import { add, cos, exp, mul, neg, sin, square, sub, tanh, trace, type Value } from "wengert";
import { native } from "wengert/native";
import { expect, test } from "vitest";
import { functionOf } from "./nativechecks.js";

type Scalar = Value | number;

/** Sums and products of what may still be a number. */
const plus = (a: Scalar, b: Scalar): Value => add(a as Value, b as Value);
const times = (a: Scalar, b: Scalar): Value => mul(a as Value, b as Value);

/** A program: its text, the same with the library's functions, and where it is looked at. */
const programs: readonly (readonly [name: string, text: string, f: (x: Value[]) => Scalar, at: readonly number[]])[] = [
  [
    "Runge and Kutta's method on a pendulum",
    `([q0, v0]) => {
      const f = (q, v) => [v, -Math.sin(q) - 0.1 * v];
      const h = 0.05;
      let q = q0, v = v0;
      for (let i = 0; i < 50; i++) {
        const [a1, b1] = f(q, v);
        const [a2, b2] = f(q + (h / 2) * a1, v + (h / 2) * b1);
        const [a3, b3] = f(q + (h / 2) * a2, v + (h / 2) * b2);
        const [a4, b4] = f(q + h * a3, v + h * b3);
        q += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
        v += (h / 6) * (b1 + 2 * b2 + 2 * b3 + b4);
      }
      return q * q + v * v;
    }`,
    ([q0, v0]) => {
      const f = (q: Value, v: Value): [Value, Value] => [v, sub(neg(sin(q)), mul(0.1, v))];
      const h = 0.05;
      let [q, v] = [q0!, v0!];
      for (let i = 0; i < 50; i++) {
        const [a1, b1] = f(q, v);
        const [a2, b2] = f(add(q, mul(h / 2, a1)), add(v, mul(h / 2, b1)));
        const [a3, b3] = f(add(q, mul(h / 2, a2)), add(v, mul(h / 2, b2)));
        const [a4, b4] = f(add(q, mul(h, a3)), add(v, mul(h, b3)));
        q = add(q, mul(h / 6, add(add(add(a1, mul(2, a2)), mul(2, a3)), a4)));
        v = add(v, mul(h / 6, add(add(add(b1, mul(2, b2)), mul(2, b3)), b4)));
      }
      return add(mul(q, q), mul(v, v));
    },
    [1, 0.5],
  ],
  [
    "a kinematic chain",
    `(angles) => {
      let x = 0, y = 0, t = 0;
      for (const angle of angles) {
        t += angle;
        x += Math.cos(t);
        y += Math.sin(t);
      }
      return (x - 3) ** 2 + (y - 4) ** 2;
    }`,
    (angles) => {
      let [x, y, t]: Scalar[] = [0, 0, 0];
      for (const angle of angles) {
        t = plus(t!, angle);
        x = plus(x!, cos(t));
        y = plus(y!, sin(t));
      }
      return add(square(sub(x as Value, 3)), square(sub(y as Value, 4)));
    },
    Array.from({ length: 20 }, (_, i) => 0.1 * i - 0.7),
  ],
  [
    "a recurrent network with gates",
    `(w) => {
      const gate = (z) => 1 / (1 + Math.exp(-z));
      let h = 0, c = 0, loss = 0;
      for (let s = 0; s < 10; s++) {
        const x = s / 10;
        const z = Array.from({ length: 4 }, (_, k) => w[3 * k] + w[3 * k + 1] * x + w[3 * k + 2] * h);
        c = gate(z[0]) * c + gate(z[1]) * Math.tanh(z[2]);
        h = gate(z[3]) * Math.tanh(c);
        loss += (h - x) ** 2;
      }
      return loss;
    }`,
    (w) => {
      const gate = (z: Value): Value => add(1, exp(neg(z))).reciprocal();
      let [h, c, loss]: Scalar[] = [0, 0, 0];
      for (let s = 0; s < 10; s++) {
        const x = s / 10;
        const z = Array.from({ length: 4 }, (_, k) => plus(plus(w[3 * k]!, times(w[3 * k + 1]!, x)), times(w[3 * k + 2]!, h!)));
        c = plus(times(gate(z[0]!), c!), times(gate(z[1]!), tanh(z[2]!)));
        h = times(gate(z[3]!), tanh(c));
        loss = plus(loss!, square(sub(h, x)));
      }
      return loss!;
    },
    Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  ],
];

test.each(programs)("%s", (_, text, f, at) => {
  const rows = (g: (x: Value[]) => Scalar): number => trace(g, [at as number[]]).rows;
  const g = native(functionOf(text) as unknown as (x: number[]) => number) as unknown as (x: Value[]) => Value;
  expect(rows(g)).toBeLessThanOrEqual(rows(f));
  expect(rows(f)).toBeGreaterThan(50);
});
