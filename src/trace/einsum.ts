/** Sums of products by subscripts, as products of matrices, sums along dimensions, and lanes in another order. */
import { type NumericArray } from "../data/arrays.js";
import { type Matrix } from "../data/matrix.js";
import { own } from "../data/operands.js";
import { lanesOf, type Shape } from "../ops/shapes.js";
import { mul } from "./generated/math.js";
import { reshape, shapeOf, type ShapedNumbers, transpose } from "./matrices.js";
import { matmul } from "./products.js";
import { readSubscripts } from "./subscripts.js";
import { Value } from "./value.js";
import { free, sum, take } from "./vectors.js";

type Labels = readonly string[];

/** Numbers in row-major order over labelled dimensions, as many as there may be, in whatever shape; a number where there are none. */
interface Labelled {
  readonly x: Value;
  readonly labels: Labels;
}

type Sizes = ReadonlyMap<string, number>;

const count = (labels: Labels, sizes: Sizes): number => lanesOf(labels.map((label) => sizes.get(label)!));
const without = (labels: Labels, others: Labels): Labels => labels.filter((label) => !others.includes(label));
const common = (labels: Labels, others: Labels): Labels => labels.filter((label) => others.includes(label));
const isAlike = (labels: Labels, others: Labels): boolean =>
  labels.length === others.length && labels.every((label, i) => label === others[i]);
const shaped = (x: Value, shape: Shape): Value => reshape(x, shape);

/** Sums over some labels. */
function summed(of: Labelled, over: Labels, sizes: Sizes): Labelled {
  if (over.length === 0) return of;
  if (over.length === of.labels.length) return { x: sum(shaped(of.x, [-1])), labels: [] };
  const [label] = over as [string];
  const at = of.labels.indexOf(label);
  const [before, behind] = [of.labels.slice(0, at), of.labels.slice(at + 1)];
  const outer = before.length > 0 ? [count(before, sizes)] : [];
  const x = sum(shaped(of.x, [...outer, sizes.get(label)!, count(behind, sizes)]), { axis: outer.length });
  return summed({ x, labels: [...before, ...behind] }, over.slice(1), sizes);
}

/** The same numbers over labels in another order: the longest beginning of it that stands in order stays, and each of the others is moved behind the last. */
function inOrder(of: Labelled, order: Labels, sizes: Sizes): Labelled {
  let kept = 0;
  for (const label of of.labels) if (label === order[kept]) kept++;
  let { x, labels } = of;
  for (const label of order.slice(kept)) {
    const at = labels.indexOf(label);
    const [before, behind] = [labels.slice(0, at), labels.slice(at + 1)];
    const outer = before.length > 0 ? [count(before, sizes)] : [];
    if (behind.length > 0) x = transpose(shaped(x, [...outer, sizes.get(label)!, count(behind, sizes)]));
    labels = [...before, ...behind, label];
  }
  return { x, labels };
}

/** An operand without labels that it has twice, or with the size 1 where others have more. */
function plain(x: Value, labels: Labels, shape: Shape, sizes: Sizes): Labelled {
  const once = labels.filter((label, i) => labels.indexOf(label) === i && shape[i] === sizes.get(label));
  if (once.length === 0) return { x: sum(shaped(x, [-1])), labels: once };
  if (new Set(labels).size === labels.length) return { x, labels: once };
  const steps = once.map((label) => labels.reduce((step, other, i) => (other === label ? step + lanesOf(shape.slice(i + 1)) : step), 0));
  const places = once.reduce<number[]>(
    (found, label, k) => found.flatMap((place) => Array.from({ length: sizes.get(label)! }, (_, i) => place + i * steps[k]!)),
    [0],
  );
  return { x: take(shaped(x, [-1]), Int32Array.from(places)), labels: once };
}

/** The labels of two operands: in both and needed, in both and summed over, in one alone. */
function groups(left: Labels, right: Labels, needed: Labels) {
  const both = common(left, right);
  return { batch: common(both, needed), inner: without(both, needed), rows: without(left, both), columns: without(right, both) };
}

/** The product of two operands, summed over what nothing else needs. */
function contracted(left: Labelled, right: Labelled, needed: Labels, sizes: Sizes): Labelled {
  const { batch, inner, rows, columns } = groups(left.labels, right.labels, needed);
  const [b, k, m, n] = [batch, inner, rows, columns].map((labels) => count(labels, sizes)) as [number, number, number, number];
  const labels = [...batch, ...rows, ...columns];
  if (inner.length === 0) {
    const [x, y] = [inOrder(left, [...batch, ...rows], sizes).x, inOrder(right, [...batch, ...columns], sizes).x];
    if (m === 1 || n === 1) return { x: mul(shaped(x, m === 1 ? [b, 1] : [b, m]), shaped(y, n === 1 ? [b, 1] : [b, n])), labels };
    return { x: mul(shaped(x, [b, m, 1]), shaped(y, [b, 1, n])), labels };
  }
  if (m === 1 && n === 1 && b > 1) {
    const [x, y] = [left, right].map((of) => shaped(inOrder(of, [...batch, ...inner], sizes).x, [b, k])) as [Value, Value];
    return { x: sum(mul(x, y), { axis: 1 }), labels };
  }
  // as it lies, or with what is summed over behind on the left, in front on the right
  const operand = (of: Labelled, others: Labels, last: boolean, size: number): readonly [x: Value, isTransposed: boolean] => {
    const [usual, other] = last ? [[...batch, ...others, ...inner], [...batch, ...inner, ...others]] : [[...batch, ...inner, ...others], [...batch, ...others, ...inner]]; // prettier-ignore
    const isTransposed = !isAlike(of.labels, usual) && isAlike(of.labels, other);
    const { x } = inOrder(of, isTransposed ? other : usual, sizes);
    const sides = last === isTransposed ? [k, size] : [size, k];
    return [shaped(x, batch.length > 0 ? [b, ...sides] : sides), isTransposed];
  };
  const [[x, transposeA], [y, transposeB]] = [operand(left, rows, true, m), operand(right, columns, false, n)];
  const product = matmul(x, y, { transposeA, transposeB });
  return labels.length > 0 ? { x: product, labels } : { x: sum(shaped(product, [-1])), labels };
}

/** The pair of operands whose product takes the fewest multiplications, and gives the least numbers. */
function cheapest(operands: readonly Labelled[], result: Labels, sizes: Sizes): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let least: readonly [number, number] = [Infinity, Infinity];
  operands.forEach((left, i) =>
    operands.slice(i + 1).forEach((right, k) => {
      const { batch, inner, rows, columns } = groups(left.labels, right.labels, neededBeside(operands, [i, i + 1 + k], result));
      const size = count([...batch, ...rows, ...columns], sizes);
      const work = size * count(inner, sizes);
      if (work < least[0] || (work === least[0] && size < least[1]))
        [best, least] = [
          [i, i + 1 + k],
          [work, size],
        ];
    }),
  );
  return best;
}

/** The labels that the result or operands beside some need. */
const neededBeside = (operands: readonly Labelled[], but: readonly number[], result: Labels): Labels => [
  ...result,
  ...operands.flatMap(({ labels }, i) => (but.includes(i) ? [] : labels)),
];

/** A vector, a matrix or a number, traced or not. */
export type EinsumOperand = Value | number | NumericArray | Matrix | ShapedNumbers;

const isScalar = (x: unknown): boolean => typeof x === "number" || (x instanceof Value && x.isScalar);

/**
 * The sum of products that subscripts say, as NumPy's `einsum`: `einsum("ij,jk->ik", a, b)` is a product of matrices, `"ii"` a trace, `"ij->j"` sums of columns, `"bij,bjk->bik"` products of
 * batches, `"i,j"` an outer product; "..." stands for the dimensions that are left. Lowered to `matmul`, `sum` along dimensions, `transpose` and `reshape`, the cheapest pair of operands first.
 * @throws TypeError where the subscripts are none, RangeError where sizes or dimensions do not fit; both name the subscript.
 */
export const einsum = /* @__PURE__ */ own((subscripts: unknown, ...operands: readonly unknown[]): unknown => {
  const shapes = operands.map((x) => (isScalar(x) ? [] : shapeOf("einsum", x)));
  const { operands: labels, result, sizes } = readSubscripts(subscripts, shapes);
  const scalars = operands.filter((_, k) => shapes[k]!.length === 0) as Value[];
  let left = operands.flatMap((x, k) => (shapes[k]!.length === 0 ? [] : [plain(free(x), labels[k]!, shapes[k]!, sizes)]));
  left = left.map((of, k) => summed(of, without(of.labels, neededBeside(left, [k], result)), sizes));
  const numbers = (): Value[] => left.flatMap(({ x, labels }) => (labels.length === 0 ? [x] : []));
  while (left.filter((of) => of.labels.length > 0).length > 1) {
    const wide = left.filter((of) => of.labels.length > 0);
    const [i, j] = cheapest(wide, result, sizes);
    const product = contracted(wide[i]!, wide[j]!, neededBeside(wide, [i, j], result), sizes);
    left = [...wide.filter((_, k) => k !== i && k !== j), product, ...numbers().map((x) => ({ x, labels: [] }))];
  }
  const [whole] = left.filter((of) => of.labels.length > 0);
  const factors = [...scalars, ...numbers()];
  if (whole === undefined) return factors.reduce((x, y) => mul(x, y));
  const shape = result.map((label) => sizes.get(label)!);
  const value = shaped(inOrder(whole, result, sizes).x, shape);
  return factors.length > 0 ? mul(value, factors.reduce((x, y) => mul(x, y))) : value; // prettier-ignore
}) as {
  (subscripts: string, ...operands: (number | NumericArray | Matrix | ShapedNumbers)[]): number | Float64Array | Matrix;
  (subscripts: string, ...operands: EinsumOperand[]): Value;
};
