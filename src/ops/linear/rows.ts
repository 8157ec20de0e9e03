/**
 * The rows of linear algebra, on matrices [m, n] or batches of them [b, m, n], where an operand without a batch serves all. Derivatives: M. Giles, Collected matrix derivative results for
 * forward and reverse mode algorithmic differentiation (2008); of Cholesky factors I. Murray (2016).
 */
import { type Facts, type MatrixPart, type Meeting, type Recorder, type Whole } from "../definition.js";
import { type Shape } from "../shapes.js";
import { choleskyAdjointLanes, choleskyLanes, type Squares } from "./cholesky.js";
import { luLanes, luSize, luSolveLanes } from "./lu.js";
import { matmulLanes, type Product } from "./product.js";
import { choleskyScratch, luSolveScratch, productScratch, squareScratch, triangleScratch } from "./scratch.js";
import { type Triangle, triangularSolveLanes } from "./triangle.js";

type Row = number;

/** Bits of attributes: which operand of a product is transposed; which triangle is meant, and how. */
export const TRANSPOSE = { a: 1, b: 2 } as const;
export const TRIANGLE = { upper: 1, transposed: 2, unit: 4, right: 8 } as const;

const has = (flags: number, bit: number): boolean => (flags & bit) !== 0;
export const unless = (holds: boolean, expected: string): string | undefined => (holds ? undefined : expected);
/** The sizes of a matrix in a batch or alone. */
export const sizes = (shape: Shape): readonly [number, number] => [shape.at(-2)!, shape.at(-1)!];
export const isMatrix = (shape: Shape): boolean => shape.length > 1;
export const isSquare = (shape: Shape): boolean => isMatrix(shape) && shape.at(-1) === shape.at(-2);
/** A shape with a batch before it, as another has one. */
export const like = (shape: Shape, of: Shape, rank = 2): Shape => (shape.length > rank ? [shape[0]!, ...of] : of);
const sameBatch = (x: Shape, y: Shape, rank = 2): boolean => x.length <= rank || y.length <= 2 || x[0] === y[0];
export const equals = (x: Shape, y: Shape): boolean => x.length === y.length && x.every((size, i) => size === y[i]);
/** Numbers from one operand of a batch to the next; 0 where it serves all. */
const stepOf = (shape: Shape, rank: number): number => (shape.length > rank ? shape.slice(-rank).reduce((x, y) => x * y, 1) : 0);

/** The parts of matrices, as attributes number them. */
export const PARTS: readonly MatrixPart[] = ["lower", "below", "upper", "above", "diagonal"];

/** The columns of row i, of n, that are in a part: from … end − 1. */
export function columnsOf(part: number, i: number, n: number): readonly [from: number, end: number] {
  const [from, end] = [part === 4 ? i : part === 3 ? i + 1 : part === 2 ? i : 0, part < 2 ? i + 1 - part : part === 4 ? i + 1 : n];
  return [Math.min(from, n), Math.min(end, n)];
}

export const common = { kind: "whole", text: true, place: "called", whole: "vectors" } as const;
export const withPoints = (row: Facts, points: number): Shape => [points, ...row.shape];
/** Every lane of an operand meets in every lane of the row, batch by batch. */
export const everywhere = (row: Facts, k: number, rank = 2): Meeting => {
  const { shape } = row.operand(k);
  const kept = shape.map((size, i) => (i < shape.length - rank ? size : 1));
  const batch = shape.length > rank ? [shape[0]!] : [];
  return { kept, as: row.shape.length > batch.length ? [...batch, ...row.shape.slice(batch.length).map(() => 1)] : batch };
};

// Products

/** A product as its operands say. */
export function productOf(a: Shape, b: Shape, flags: number): Product {
  const [transposeA, transposeB] = [has(flags, TRANSPOSE.a), has(flags, TRANSPOSE.b)];
  const [[p, q], [r, s]] = [sizes(a), sizes(b)];
  const [m, k] = transposeA ? [q, p] : [p, q];
  const batch = Math.max(a.length > 2 ? a[0]! : 1, b.length > 2 ? b[0]! : 1);
  return { batch, m, n: transposeB ? r : s, k, transposeA, transposeB, aStep: stepOf(a, 2), bStep: stepOf(b, 2) };
}

const ofProduct = (row: Facts): Product => productOf(row.operand(0).shape, row.operand(1).shape, row.attribute);

/** The product of two rows, summed over the batch where the shape that is wanted has none. */
export function product(r: Recorder, a: Row, b: Row, flags: number, wanted?: Shape): Row {
  const [x, y] = [r.shape(a), r.shape(b)];
  const { m, n } = productOf(x, y, flags);
  const batch = x.length > 2 ? x : y;
  const whole = r.apply("matmul", like(batch, [m, n]), [a, b], flags);
  return wanted === undefined ? whole : r.summed(whole, wanted);
}

const matmul: Whole = {
  ...common,
  doc: "the product of two matrices; flags: 1 of aᵀ, 2 of bᵀ",
  rows: 2,
  attributes: ["flags"],
  needs(row) {
    const [a, b] = [row.operand(0).shape, row.operand(1).shape];
    if (!isMatrix(a) || !isMatrix(b)) return "two matrices";
    const { m, n } = ofProduct(row);
    const inner = has(row.attribute, TRANSPOSE.a) ? a.at(-2) : a.at(-1);
    return unless(
      inner === (has(row.attribute, TRANSPOSE.b) ? b.at(-1) : b.at(-2)) &&
        sameBatch(a, b) &&
        equals(row.shape, like(a.length > 2 ? a : b, [m, n])) &&
        row.attribute >= 0 &&
        row.attribute < 4,
      "matrices that multiply, and the shape of their product",
    );
  },
  shares: true,
  flowsTo: () => true,
  meeting(row, k) {
    const { shape } = row.operand(k);
    const [p, q] = sizes(shape);
    const rows = has(row.attribute, k === 0 ? TRANSPOSE.a : TRANSPOSE.b) === (k === 1); // whether the row's size stands first
    const size = rows ? p : q;
    return { kept: like(shape, rows ? [p, 1] : [1, q]), as: like(shape, k === 0 ? [size, 1] : [1, size]) };
  },
  given(row) {
    const { batch, m, n, k, aStep, bStep } = ofProduct(row);
    return { numbers: [batch, m, n, k, row.attribute, aStep, bStep], scratch: productScratch(m, n, k) };
  },
  loops: (row) => ({ name: "matmulLanes", of: ofProduct(row), operands: 2 }),
  fill: (v, [a, b], row) => void matmulLanes(a!, b!, ofProduct(row), v),
  batched: withPoints,
  tangent(r, [a, b], { attribute }) {
    const left = a === undefined ? undefined : product(r, a, r.operand(1), attribute);
    const right = b === undefined ? undefined : product(r, r.operand(0), b, attribute);
    return left === undefined ? right! : right === undefined ? left : r.plus(left, right);
  },
  adjoint(r, g, k, row) {
    const [ta, tb] = [has(row.attribute, TRANSPOSE.a), has(row.attribute, TRANSPOSE.b)];
    const { shape } = row.operand(k);
    const other = r.operand(1 - k);
    // G Bᵀ or B Gᵀ; Aᵀ G or Gᵀ A
    if (k === 0) return ta ? product(r, other, g, (tb ? 1 : 0) + 2, shape) : product(r, g, other, tb ? 0 : 2, shape);
    return tb ? product(r, g, other, 1 + (ta ? 2 : 0), shape) : product(r, other, g, ta ? 0 : 1, shape);
  },
};

// Triangular systems

/** A triangular system as its operands say. */
function triangleOf(a: Shape, b: Shape, flags: number): Triangle {
  const right = has(flags, TRIANGLE.right);
  return {
    batch: Math.max(a.length > 2 ? a[0]! : 1, b.length > 2 ? b[0]! : 1),
    n: a.at(-1)!,
    m: right ? b.at(-2)! : b.at(-1)!,
    upper: has(flags, TRIANGLE.upper),
    transposed: has(flags, TRIANGLE.transposed),
    unit: has(flags, TRIANGLE.unit),
    right,
    aStep: stepOf(a, 2),
    bStep: stepOf(b, 2),
  };
}

const ofTriangle = (row: Facts): Triangle => triangleOf(row.operand(0).shape, row.operand(1).shape, row.attribute);

/** T⁻¹ B and its like. */
export const solved = (r: Recorder, t: Row, b: Row, flags: number): Row => {
  const [x, y] = [r.shape(t), r.shape(b)];
  return r.apply("triangularSolve", x.length > y.length ? [x[0]!, ...y] : y, [t, b], flags);
};

/** A matrix' triangle alone. */
function triangle(r: Recorder, x: Row, flags: number): Row {
  const [upper, unit] = [has(flags, TRIANGLE.upper), has(flags, TRIANGLE.unit)];
  return r.only(x, unit ? (upper ? "above" : "below") : upper ? "upper" : "lower");
}

const triangularSolve: Whole = {
  ...common,
  doc: "the inverse of a triangle of a, applied to b; flags: 1 the upper one, 2 transposed, 4 with ones on the diagonal, 8 from the right",
  rows: 2,
  attributes: ["flags"],
  needs(row) {
    const [a, b] = [row.operand(0).shape, row.operand(1).shape];
    const size = b.at(has(row.attribute, TRIANGLE.right) ? -1 : -2);
    return unless(
      isSquare(a) &&
        isMatrix(b) &&
        size === a.at(-1) &&
        sameBatch(a, b) &&
        equals(row.shape, like(a.length > 2 ? a : b, b.slice(-2))) &&
        row.attribute >= 0 &&
        row.attribute < 16,
      "a square matrix, and right sides of its size and of the row's shape",
    );
  },
  shares: true,
  flowsTo: () => true,
  meeting(row, k) {
    if (k === 0) return everywhere(row, 0);
    const { shape } = row.operand(1);
    const [p, q] = sizes(shape);
    const kept = like(shape, has(row.attribute, TRIANGLE.right) ? [p, 1] : [1, q]);
    return { kept, as: kept };
  },
  given(row) {
    const { batch, n, m, aStep, bStep } = ofTriangle(row);
    return { numbers: [batch, n, m, row.attribute, aStep, bStep], scratch: triangleScratch(n, m) };
  },
  loops: (row) => ({ name: "triangularSolveLanes", of: ofTriangle(row), operands: 2 }),
  fill: (v, [a, b], row) => void triangularSolveLanes(a!, b!, ofTriangle(row), v),
  batched: withPoints,
  tangent(r, [a, b], { attribute }) {
    const t = r.operand(0);
    if (a === undefined) return solved(r, t, b!, attribute);
    const moved = triangle(r, a, attribute);
    const flipped = has(attribute, TRIANGLE.transposed);
    const product_ = has(attribute, TRIANGLE.right)
      ? product(r, r.row, moved, flipped ? TRANSPOSE.b : 0)
      : product(r, moved, r.row, flipped ? TRANSPOSE.a : 0);
    return solved(r, t, b === undefined ? r.scaled(-1, product_) : r.minus(r.expanded(b, r.shape(product_)), product_), attribute);
  },
  adjoint(r, g, k, row) {
    const { attribute } = row;
    const back = solved(r, r.operand(0), g, attribute ^ TRIANGLE.transposed);
    const { shape } = row.operand(k);
    if (k === 1) return r.summed(back, shape);
    // T̄ = −B̄ Xᵀ, or of the transposed −X B̄ᵀ; of X T = B they are −Xᵀ B̄ and −B̄ᵀ X
    const flipped = has(attribute, TRIANGLE.transposed);
    const [x, y] = flipped ? [r.row, back] : [back, r.row];
    const whole = has(attribute, TRIANGLE.right) ? product(r, y, x, TRANSPOSE.a, shape) : product(r, x, y, TRANSPOSE.b, shape);
    return triangle(r, r.scaled(-1, whole), attribute);
  },
};

// Cholesky factors

export const ofSquares = ({ shape }: { readonly shape: Shape }): Squares => ({ batch: shape.length > 2 ? shape[0]! : 1, n: shape.at(-1)! });
export const lower = (r: Recorder, x: Row): Row => r.only(x, "lower");
/** The symmetric matrix of which the lower triangle is given. */
export const symmetric = (r: Recorder, x: Row): Row => r.plus(lower(r, x), r.swapped(r.only(x, "below")));
/** The triangle of a symmetric matrix that it is the sum of, with its own transposed: its lower one, with half the diagonal. */
const halved = (r: Recorder, x: Row): Row => r.minus(lower(r, x), r.scaled(0.5, r.only(x, "diagonal")));

/** The tangent of the factor L, of the lower triangle of the tangent of what was factored: L Φ(L⁻¹ Ȧ L⁻ᵀ). */
function factorTangent(r: Recorder, l: Row, a: Row): Row {
  const left = solved(r, l, symmetric(r, a), 0);
  return lower(r, product(r, l, halved(r, solved(r, l, left, TRIANGLE.right + TRIANGLE.transposed)), 0));
}

const squares = {
  ...common,
  attributes: [],
  shares: false,
  batched: withPoints,
  meeting: (row: Facts, k: number) => everywhere(row, k),
} as const;

const cholesky: Whole = {
  ...squares,
  doc: "the lower triangular L with L Lᵀ = a, of which the lower triangle is read; NaN where a is not positive definite",
  rows: 1,
  needs: (row) => unless(isSquare(row.operand(0).shape) && equals(row.shape, row.operand(0).shape), "a square matrix of its shape"),
  flowsTo: () => true,
  given(row) {
    const { batch, n } = ofSquares(row);
    return { numbers: [batch, n], scratch: choleskyScratch(n) };
  },
  loops: (row) => ({ name: "choleskyLanes", of: ofSquares(row), operands: 1 }),
  fill: (v, [a], row) => void choleskyLanes(a!, ofSquares(row), v),
  tangent: (r, [a]) => factorTangent(r, r.row, a!),
  adjoint: (r, g, _, { shape }) => r.apply("choleskyAdjoint", shape, [r.row, g]),
};

const choleskyAdjoint: Whole = {
  ...squares,
  doc: "the adjoint of what was factored into the triangle a, by that of a",
  rows: 2,
  needs: (row) =>
    unless(
      isSquare(row.shape) && equals(row.shape, row.operand(0).shape) && equals(row.shape, row.operand(1).shape),
      "two square matrices of its shape",
    ),
  flowsTo: () => true,
  given(row) {
    const { batch, n } = ofSquares(row);
    return { numbers: [batch, n], scratch: squareScratch(n) };
  },
  loops: (row) => ({ name: "choleskyAdjointLanes", of: ofSquares(row), operands: 2 }),
  fill: (v, [l, g], row) => void choleskyAdjointLanes(l!, g!, ofSquares(row), v),
  // tril(H L) = tril(L̄) with H = S + Sᵀ of the result S: tril(Ḣ L) = tril(L̄˙ − H L̇)
  tangent(r, [l, g], { shape }) {
    const factor = r.operand(0);
    if (l === undefined) return r.apply("choleskyAdjoint", shape, [factor, g!]);
    const turned = product(r, symmetricOf(r, r.row), lower(r, l), 0);
    return r.apply("choleskyAdjoint", shape, [factor, g === undefined ? r.scaled(-1, turned) : r.minus(g, turned)]);
  },
  adjoint(r, g, k) {
    const back = factorTangent(r, r.operand(0), g);
    return k === 1 ? back : lower(r, r.scaled(-1, product(r, symmetricOf(r, r.row), back, 0)));
  },
};

/** S + Sᵀ of a lower triangle S. */
const symmetricOf = (r: Recorder, s: Row): Row => r.plus(s, r.swapped(s));

// LU factors

const lu: Whole = {
  ...squares,
  doc: "of a: L below the diagonal and U from it on, with L U = P a; the order of its rows; the determinant of P. No derivative flows: that of what it solves flows to a",
  rows: 1,
  needs(row) {
    const { shape } = row.operand(0);
    return unless(isSquare(shape) && equals(row.shape, like(shape, [luSize(shape.at(-1)!)])), "a square matrix, and room for its factors");
  },
  flowsTo: () => false,
  given(row) {
    const { batch, n } = ofSquares(row.operand(0));
    return { numbers: [batch, n], scratch: squareScratch(n) };
  },
  loops: (row) => ({ name: "luLanes", of: ofSquares(row.operand(0)), operands: 1 }),
  fill: (v, [a], row) => void luLanes(a!, ofSquares(row.operand(0)), v),
  tangent: (r) => r.scaled(0, r.row),
  adjoint: (r, g) => r.scaled(0, g),
};

/** Solutions by factors: a⁻¹ b, or of the transposed a. */
function solving(transposed: boolean): Whole {
  const [own, other] = transposed ? ["solveTransposed", "solve"] : ["solve", "solveTransposed"];
  const of = (row: Facts): Parameters<typeof luSolveLanes>[2] => {
    const [f, b, a] = [row.operand(0).shape, row.operand(1).shape, row.operand(2).shape];
    const batch = Math.max(a.length > 2 ? a[0]! : 1, b.length > 2 ? b[0]! : 1);
    return { batch, n: a.at(-1)!, m: b.at(-1)!, transposed, aStep: f.length > 1 ? f[1]! : 0, bStep: stepOf(b, 2) };
  };
  const solve = (r: Recorder, name: string, b: Row): Row => {
    const [x, y] = [r.shape(r.operand(2)), r.shape(b)];
    return r.apply(name, x.length > y.length ? [x[0]!, ...y] : y, [r.operand(0), b, r.operand(2)]);
  };
  return {
    ...common,
    doc: `${transposed ? "the transposed c" : "c"}⁻¹ b, by the factors a of c`,
    rows: 3,
    attributes: [],
    needs(row) {
      const [f, b, a] = [row.operand(0).shape, row.operand(1).shape, row.operand(2).shape];
      return unless(
        isSquare(a) &&
          isMatrix(b) &&
          equals(f, like(a, [luSize(a.at(-1)!)])) &&
          b.at(-2) === a.at(-1) &&
          sameBatch(a, b) &&
          equals(row.shape, like(a.length > 2 ? a : b, b.slice(-2))),
        "the factors of a square matrix, right sides of its size, and the matrix",
      );
    },
    shares: true,
    flowsTo: (k) => k > 0,
    meeting(row, k) {
      if (k !== 1) return everywhere(row, k, k === 0 ? 1 : 2);
      const { shape } = row.operand(1);
      const kept = like(shape, [1, shape.at(-1)!]);
      return { kept, as: kept };
    },
    given(row) {
      const { batch, n, m, aStep, bStep } = of(row);
      return { numbers: [batch, n, m, aStep, bStep], scratch: luSolveScratch(n, m) };
    },
    loops: (row) => ({ name: "luSolveLanes", of: of(row), operands: 2 }),
    fill: (v, [f, b], row) => void luSolveLanes(f!, b!, of(row), v),
    batched: withPoints,
    tangent(r, [, b, a]) {
      if (a === undefined) return solve(r, own, b!);
      const moved = product(r, a, r.row, transposed ? TRANSPOSE.a : 0);
      return solve(r, own, b === undefined ? r.scaled(-1, moved) : r.minus(r.expanded(b, r.shape(moved)), moved));
    },
    adjoint(r, g, k, row) {
      const back = solve(r, other, g);
      const { shape } = row.operand(k);
      if (k === 1) return r.summed(back, shape);
      const [x, y] = transposed ? [r.row, back] : [back, r.row];
      return r.scaled(-1, product(r, x, y, TRANSPOSE.b, shape));
    },
  };
}

/** The rows of linear algebra. */
export const linearRows = {
  matmul,
  triangularSolve,
  cholesky,
  choleskyAdjoint,
  lu,
  solve: solving(false),
  solveTransposed: solving(true),
} as const;
