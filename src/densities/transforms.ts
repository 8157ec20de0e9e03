/** Constraints: what is free to be any number made positive, bounded, ordered, shares of a whole or a correlation, with the logarithm of the determinant of the Jacobian, which a log density of the free numbers takes besides. */
import { add, atanh, div, exp, log, logSigmoid, mul, neg, sigmoid, sqrt, square, sub, tanh } from "../trace/generated/math.js";
import { Matrix } from "../data/matrix.js";
import { type MatrixLike, reshape } from "../trace/matrices.js";
import { type Joined, type Operand, type Value } from "../trace/value.js";
import { concat, cumsum, sum, take } from "../trace/vectors.js";
import { type Elements, elementsOf, rowsOf, type Triangle, withInverse } from "./guards.js";

const total = (terms: readonly Operand[]): Operand => terms.reduce((x, y) => add(x, y), 0);

/** A constraint on each number by itself. */
interface Elementwise {
  /** [x, log |dx/du|] */
  <U extends Operand>(u: U): [x: Joined<U>, logJacobian: Joined<U>];
  /** The u of an x. */
  inverse<X extends Operand>(x: X): Joined<X>;
}

/** x = exp u, above 0: `[x, logJacobian]`; `positive.inverse(x)` is u. */
export const positive: Elementwise = /* @__PURE__ */ withInverse(
  (u: Operand) => [exp(u), u] as never,
  (x: Operand) => log(x) as never,
);

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
export const interval = /* @__PURE__ */ withInverse(
  toInterval,
  <X extends Operand, L extends Operand, H extends Operand>(x: X, low: L, high: H): Joined<X, Joined<L, H>> =>
    sub(log(sub(x, low) as Operand), log(sub(high, x) as Operand)) as never,
);

/** What elements are one by one: of a vector, its lanes. */
type ElementOf<E> = E extends readonly (infer U)[] ? U : E extends Float64Array ? number : E;

/** Numbers in ascending order, x₁ = u₁ and xᵢ = xᵢ₋₁ + exp uᵢ: `[x, logJacobian]`; `ordered.inverse(x)` is u. */
export const ordered = /* @__PURE__ */ withInverse(
  function ordered<U extends Elements>(u: U): [x: Joined<ElementOf<U>>[], logJacobian: Joined<ElementOf<U>>] {
    const free = elementsOf("ordered", u, "u");
    const x: Operand[] = [];
    free.forEach((ui, i) => x.push(i === 0 ? ui : add(x[i - 1]!, exp(ui))));
    return [x, total(free.slice(1))] as never;
  },
  <X extends Elements>(x: X): Joined<ElementOf<X>>[] =>
    elementsOf("ordered", x, "x").map((xi, i, all) => (i === 0 ? xi : log(sub(xi, all[i - 1]!)))) as never,
);

/** n + 1 shares that add up to 1, of n free numbers, each the logit of the part that is taken of what is left, moved so that 0 is an equal part (the stick-breaking of Stan's manual): `[x, logJacobian]`; `simplex.inverse(x)` is u. */
export const simplex = /* @__PURE__ */ withInverse(
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
  <X extends Elements>(x: X): Joined<ElementOf<X>>[] => {
    const shares = elementsOf("simplex", x, "x");
    const left = shares.map((_, i) => total(shares.slice(i + 1)));
    return shares.slice(0, -1).map((share, i) => add(sub(log(share), log(left[i]!)), Math.log(shares.length - 1 - i))) as never;
  },
);

/** The size of a matrix whose lower triangle, without the diagonal, holds so many numbers. */
function sizeOf(count: number): number {
  const n = (1 + Math.sqrt(1 + 8 * count)) / 2;
  if (!Number.isInteger(n)) throw new RangeError(`choleskyCorrelation: expected n(n − 1) / 2 numbers as u, got ${count}`);
  return n;
}

/** Of free numbers in an array, rows; of a vector, a matrix. */
type FactorOf<U> = U extends Float64Array ? Matrix : U extends Value ? Value : (Joined<ElementOf<U>> | number)[][];

/** log(1 − tanh² z) */
const logRest = (z: Operand): Operand => add(2 * Math.LN2, add(logSigmoid(mul(2, z)), logSigmoid(mul(-2, z))));

/** The factor row by row, of numbers or columns. */
function factorRows(free: readonly Operand[], n: number): readonly [Operand[][], Operand] {
  let [next, jacobian]: [number, Operand] = [0, 0];
  const rows = Array.from({ length: n }, (_, i) => {
    const row: Operand[] = [];
    let left: Operand = 0; // the logarithm of what the squares so far leave of 1
    for (let k = 0; k < i; k++) {
      const z = free[next++]!;
      const rest = logRest(z);
      row.push(mul(tanh(z), exp(mul(0.5, left))));
      jacobian = add(jacobian, add(rest, mul(0.5, left)));
      left = add(left, rest);
    }
    return [...row, exp(mul(0.5, left)), ...new Array<number>(n - 1 - i).fill(0)];
  });
  return [rows, jacobian];
}

/** The same as a matrix, of the numbers of a vector at once. */
function factorMatrix(free: Value, n: number): readonly [Value, Operand] {
  const count = (n * (n - 1)) / 2;
  const place = (i: number, k: number): number => (i * (i - 1)) / 2 + k;
  /** A matrix of lanes of x and numbers behind it. */
  const spread = (x: Operand, more: readonly number[], lane: (i: number, k: number) => number): Value =>
    reshape(
      take(
        concat([x, ...more]),
        Int32Array.from({ length: n * n }, (_, at) => lane(Math.floor(at / n), at % n)),
      ),
      [n, n],
    );
  const rest = logRest(free);
  const left = cumsum(
    spread(rest, [0], (i, k) => (k > 0 && k <= i ? place(i, k - 1) : count)),
    { axis: 1 },
  );
  const correlations = spread(tanh(free), [1, 0], (i, k) => (k < i ? place(i, k) : k === i ? count : count + 1));
  const weights = Float64Array.from(Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_, k) => 1 + (i - 1 - k) / 2)).flat());
  return [mul(correlations, exp(mul(0.5, left))), sum(mul(rest, weights) as Value)];
}

/**
 * The Cholesky factor of an n × n correlation matrix, of n(n − 1) / 2 free numbers, row by row: partial correlations tanh uᵢⱼ (Lewandowski, Kurowicka and Joe 2009, as in Stan's manual). `[L, logJacobian]`, L with zeros above the diagonal: an array of rows, or of a
 * vector u a matrix; `choleskyCorrelation.inverse(L)` is u.
 */
export const choleskyCorrelation = /* @__PURE__ */ withInverse(
  function choleskyCorrelation<U extends Elements>(u: U): [l: FactorOf<U>, logJacobian: Joined<ElementOf<U>>] {
    const free = elementsOf("choleskyCorrelation", u, "u");
    const n = sizeOf(free.length);
    if (Array.isArray(u)) return factorRows(free, n) as never;
    return (n === 1 ? [new Matrix(Float64Array.of(1), [1, 1]), 0] : factorMatrix(u as Value, n)) as never;
  },
  <L extends Triangle>(l: L): L extends Value ? Value : L extends MatrixLike ? Float64Array : Operand[] => {
    const u = rowsOf("choleskyCorrelation.inverse", l).flatMap((row, i) => {
      let left: Operand = 1;
      return row.slice(0, i).map((x) => {
        const u = atanh(div(x, sqrt(left)));
        left = sub(left, square(x));
        return u;
      });
    });
    return (Array.isArray(l) ? u : u.length === 0 ? new Float64Array() : concat(u)) as never;
  },
);
