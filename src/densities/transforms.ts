/** Constraints: what is free to be any number made positive, bounded, ordered, shares of a whole or a correlation, with the logarithm of the determinant of the Jacobian, which a log density of the free numbers takes besides. */
import { add, atanh, div, exp, log, logSigmoid, mul, neg, sigmoid, sqrt, square, sub, tanh } from "../trace/generated/math.js";
import { type Joined, type Operand } from "../trace/value.js";
import { type Elements, elementsOf } from "./guards.js";

const total = (terms: readonly Operand[]): Operand => terms.reduce((x, y) => add(x, y), 0);

/** A constraint on each number by itself. */
interface Elementwise {
  /** [x, log |dx/du|] */
  <U extends Operand>(u: U): [x: Joined<U>, logJacobian: Joined<U>];
  /** The u of an x. */
  inverse<X extends Operand>(x: X): Joined<X>;
}

/** x = exp u, above 0: `[x, logJacobian]`; `positive.inverse(x)` is u. */
export const positive: Elementwise = /* @__PURE__ */ Object.assign((u: Operand) => [exp(u), u] as never, {
  inverse: (x: Operand) => log(x) as never,
});

/** x between low and high: low + (high − low) σ(u). `[x, logJacobian]`. */
function toInterval<U extends Operand, L extends Operand, H extends Operand>(
  u: U,
  low: L,
  high: H,
): [x: Joined<U, Joined<L, H>>, logJacobian: Joined<U, Joined<L, H>>] {
  const width = sub(high, low) as Operand;
  return [
    add(low, mul(width, sigmoid(u)) as Operand),
    add(log(width), add(logSigmoid(u) as Operand, logSigmoid(neg(u)) as Operand)),
  ] as never;
}

/** x between low and high, low + (high − low) σ(u): `[x, logJacobian]`; `interval.inverse(x, low, high)` is u. */
export const interval = /* @__PURE__ */ Object.assign(toInterval, {
  inverse: <X extends Operand, L extends Operand, H extends Operand>(x: X, low: L, high: H): Joined<X, Joined<L, H>> =>
    sub(log(sub(x, low) as Operand), log(sub(high, x) as Operand)) as never,
});

/** What elements are one by one: of a vector, its lanes. */
type ElementOf<E> = E extends readonly (infer U)[] ? U : E extends Float64Array ? number : E;

/** Numbers in ascending order, x₁ = u₁ and xᵢ = xᵢ₋₁ + exp uᵢ: `[x, logJacobian]`; `ordered.inverse(x)` is u. */
export const ordered = /* @__PURE__ */ Object.assign(
  function ordered<U extends Elements>(u: U): [x: Joined<ElementOf<U>>[], logJacobian: Joined<ElementOf<U>>] {
    const free = elementsOf("ordered", u, "u");
    const x: Operand[] = [];
    free.forEach((ui, i) => x.push(i === 0 ? ui : add(x[i - 1]!, exp(ui))));
    return [x, total(free.slice(1))] as never;
  },
  {
    inverse: <X extends Elements>(x: X): Joined<ElementOf<X>>[] =>
      elementsOf("ordered", x, "x").map((xi, i, all) => (i === 0 ? xi : log(sub(xi, all[i - 1]!)))) as never,
  },
);

/** n + 1 shares that add up to 1, of n free numbers, each the logit of the part that is taken of what is left, moved so that 0 is an equal part (the stick-breaking of Stan's manual): `[x, logJacobian]`; `simplex.inverse(x)` is u. */
export const simplex = /* @__PURE__ */ Object.assign(
  function simplex<U extends Elements>(u: U): [x: Joined<ElementOf<U>>[], logJacobian: Joined<ElementOf<U>>] {
    const free = elementsOf("simplex", u, "u");
    const x: Operand[] = [];
    let [left, jacobian]: Operand[] = [0, 0]; // the logarithm of what is left
    free.forEach((ui, i) => {
      const logit = sub(ui, Math.log(free.length - i));
      const [taken, kept] = [logSigmoid(logit), logSigmoid(neg(logit))];
      x.push(exp(add(left!, taken)));
      jacobian = add(jacobian!, add(left!, add(taken, kept)));
      left = add(left!, kept);
    });
    return [[...x, exp(left!)], jacobian] as never;
  },
  {
    inverse: <X extends Elements>(x: X): Joined<ElementOf<X>>[] => {
      const shares = elementsOf("simplex", x, "x");
      const left = shares.map((_, i) => total(shares.slice(i + 1)));
      return shares.slice(0, -1).map((share, i) => add(sub(log(share), log(left[i]!)), Math.log(shares.length - 1 - i))) as never;
    },
  },
);

/** The size of a matrix whose lower triangle, without the diagonal, holds so many numbers. */
function sizeOf(count: number): number {
  const n = (1 + Math.sqrt(1 + 8 * count)) / 2;
  if (!Number.isInteger(n)) throw new RangeError(`choleskyCorrelation: expected n(n − 1) / 2 numbers as u, got ${count}`);
  return n;
}

/**
 * The Cholesky factor of an n × n correlation matrix, of n(n − 1) / 2 free numbers, row by row: partial correlations tanh uᵢⱼ (Lewandowski, Kurowicka and Joe 2009, as in Stan's manual). `[L, logJacobian]`, L an array of rows with zeros above the diagonal;
 * `choleskyCorrelation.inverse(L)` is u.
 */
export const choleskyCorrelation = /* @__PURE__ */ Object.assign(
  function choleskyCorrelation<U extends Elements>(u: U): [l: (Joined<ElementOf<U>> | number)[][], logJacobian: Joined<ElementOf<U>>] {
    const free = elementsOf("choleskyCorrelation", u, "u");
    const n = sizeOf(free.length);
    let [next, jacobian]: [number, Operand] = [0, 0];
    const rows = Array.from({ length: n }, (_, i) => {
      const row: Operand[] = [];
      let left: Operand = 0; // the logarithm of what the squares so far leave of 1
      for (let k = 0; k < i; k++) {
        const z = free[next++]!;
        const rest = add(2 * Math.LN2, add(logSigmoid(mul(2, z)), logSigmoid(mul(-2, z)))); // log(1 − tanh²)
        row.push(mul(tanh(z), exp(mul(0.5, left))));
        jacobian = add(jacobian, add(rest, mul(0.5, left)));
        left = add(left, rest);
      }
      return [...row, exp(mul(0.5, left)), ...new Array<number>(n - 1 - i).fill(0)];
    });
    return [rows, jacobian] as never;
  },
  {
    inverse: (l: readonly (readonly Operand[] | Float64Array)[]): Operand[] =>
      l.flatMap((row, i) => {
        let left: Operand = 1;
        return Array.from(row.slice(0, i) as readonly Operand[], (x) => {
          const u = atanh(div(x, sqrt(left)));
          left = sub(left, square(x));
          return u;
        });
      }),
  },
);
