/**
 * The rows of QR factors and of eigenvalues of symmetric matrices. What is computed once is a row through which no derivative flows, and its parts are rows of their own, beside the matrix that
 * their derivatives flow to: of eigenvalues alone none divides by their differences. Derivatives: M. Giles (2008); of QR factors M. Seeger, A. Hetzel, Z. Dai, N. Lawrence (2017).
 */
import { type Facts, type Recorder, type Whole } from "../definition.js";
import { type Shape } from "../shapes.js";
import { eighLanes } from "./eigen.js";
import { type Part, partLanes, qrLanes, type Rectangles } from "./qr.js";
import { common, equals, everywhere, isMatrix, isSquare, like, lower, ofSquares, product, sizes, solved, symmetric, TRANSPOSE, TRIANGLE, unless, withPoints } from "./rows.js"; // prettier-ignore
import { eighScratch, qrScratch } from "./scratch.js";

type Row = number;

/** What is computed as a whole, without a derivative. */
const unmoved = {
  ...common,
  rows: 1,
  attributes: [],
  shares: false,
  flowsTo: () => false,
  meeting: (row: Facts, k: number) => everywhere(row, k),
  batched: withPoints,
  tangent: (r: Recorder) => r.scaled(0, r.row),
  adjoint: (r: Recorder, g: Row) => r.scaled(0, g),
} as const;

const ofRectangles = (row: Facts): Rectangles => {
  const { shape } = row.operand(0);
  const [m, n] = sizes(shape);
  return { batch: shape.length > 2 ? shape[0]! : 1, m, n };
};

const qr: Whole = {
  ...unmoved,
  doc: "of a (m × n, m ≥ n): Q with orthonormal columns, and below it R, upper triangular with a diagonal that is not negative, of Q R = a. Derivatives flow by their parts",
  needs(row) {
    const { shape } = row.operand(0);
    if (!isMatrix(shape)) return "a matrix";
    const [m, n] = sizes(shape);
    return unless(m >= n && equals(row.shape, like(shape, [m + n, n])), "at least as many rows as columns, and room for its factors");
  },
  given(row) {
    const { batch, m, n } = ofRectangles(row);
    return { numbers: [batch, m, n], scratch: qrScratch(m, n) };
  },
  loops: (row) => ({ name: "qrLanes", of: ofRectangles(row), operands: 1 }),
  fill: (v, [a], row) => void qrLanes(a!, ofRectangles(row), v),
};

const eigh: Whole = {
  ...unmoved,
  doc: "of a symmetric matrix, of which the lower triangle is read: its eigenvalues, ascending, and below them eigenvectors as columns. Derivatives flow by their parts",
  needs(row) {
    const { shape } = row.operand(0);
    return unless(isSquare(shape) && equals(row.shape, like(shape, [shape.at(-1)! + 1, shape.at(-1)!])), "a square matrix, and room for its eigenvectors"); // prettier-ignore
  },
  given(row) {
    const { batch, n } = ofSquares(row.operand(0));
    return { numbers: [batch, n], scratch: eighScratch(n) };
  },
  loops: (row) => ({ name: "eighLanes", of: ofSquares(row.operand(0)), operands: 1 }),
  fill: (v, [a], row) => void eighLanes(a!, ofSquares(row.operand(0)), v),
};

/** A part of what was computed as a whole: so many numbers from a place on. Operands are that, and the matrix that it is of. */
function part(
  doc: string,
  of: (m: number, n: number) => { readonly whole: Shape; readonly shape: Shape; readonly start: number },
  flow: Pick<Whole, "tangent" | "adjoint">,
): Whole {
  const placed = (row: Facts): Part => {
    const { shape } = row.operand(1);
    const { whole, shape: own, start } = of(...sizes(shape));
    return { batch: shape.length > 2 ? shape[0]! : 1, count: own.reduce((x, y) => x * y), start, step: whole[0]! * whole[1]! };
  };
  return {
    ...common,
    doc,
    rows: 2,
    attributes: [],
    shares: false,
    flowsTo: (k) => k === 1,
    meeting: (row, k) => everywhere(row, k),
    batched: withPoints,
    needs(row) {
      const { shape } = row.operand(1);
      if (!isMatrix(shape)) return "a matrix";
      const { whole, shape: own } = of(...sizes(shape));
      return unless(equals(row.operand(0).shape, like(shape, whole)) && equals(row.shape, like(shape, own)), "what was made of a matrix, and that matrix"); // prettier-ignore
    },
    given(row) {
      const { batch, count, start, step } = placed(row);
      return { numbers: [batch, count, start, step], scratch: 0 };
    },
    loops: (row) => ({ name: "partLanes", of: placed(row), operands: 1 }),
    fill: (v, [f], row) => void partLanes(f!, placed(row), v),
    ...flow,
  };
}

/** Another part of the same. */
const beside = (r: Recorder, name: string, shape: Shape): Row =>
  r.apply(name, like(r.shape(r.operand(1)), shape), [r.operand(0), r.operand(1)]);
const squareOf = (r: Recorder): Shape => [r.shape(r.operand(1)).at(-1)!, r.shape(r.operand(1)).at(-1)!];

// QR factors. With C = Qᵀ Ȧ R⁻¹ and the antisymmetric Ω of C's numbers below the diagonal: Q̇ = Ȧ R⁻¹ − Q (C − Ω), Ṙ = (C − Ω) R

const { right, upper, transposed } = TRIANGLE;
/** C − Ω: what is below the diagonal is added to what is above it. */
const folded = (r: Recorder, c: Row): Row => r.plus(r.only(c, "upper"), r.swapped(r.only(c, "below")));
/** The symmetric matrix of M's lower triangle, by Q from the left and R⁻ᵀ from the right: the derivative by a, but for what is given beside it. */
const back = (r: Recorder, q: Row, factor: Row, m: Row, own?: Row): Row => {
  const turned = product(r, q, symmetric(r, m), 0);
  return solved(r, factor, own === undefined ? turned : r.plus(own, turned), right + upper + transposed);
};

const orthogonalFactor = part("the orthonormal columns of QR factors a, of b", (m, n) => ({ whole: [m + n, n], shape: [m, n], start: 0 }), {
  tangent(r, [, a]) {
    const moved = solved(r, beside(r, "triangularFactor", squareOf(r)), a!, right + upper);
    return r.minus(moved, product(r, r.row, folded(r, product(r, r.row, moved, TRANSPOSE.a)), 0));
  },
  adjoint: (r, g) => back(r, r.row, beside(r, "triangularFactor", squareOf(r)), r.scaled(-1, product(r, g, r.row, TRANSPOSE.a)), g),
});

const triangularFactor = part("the triangle of QR factors a, of b", (m, n) => ({ whole: [m + n, n], shape: [n, n], start: m * n }), {
  tangent(r, [, a]) {
    const moved = solved(r, r.row, a!, right + upper);
    const q = beside(r, "orthogonalFactor", sizes(r.shape(r.operand(1))));
    return r.only(product(r, folded(r, product(r, q, moved, TRANSPOSE.a)), r.row, 0), "upper");
  },
  adjoint(r, g) {
    const q = beside(r, "orthogonalFactor", sizes(r.shape(r.operand(1))));
    return back(r, q, r.row, product(r, r.row, r.only(g, "upper"), TRANSPOSE.b));
  },
});

// Eigenvalues. With C = Vᵀ Ȧ V: λ̇ᵢ = cᵢᵢ, and V̇ = V E with eᵢⱼ = cᵢⱼ / (λⱼ − λᵢ) beside the diagonal

/** The derivative by the lower triangle of a symmetric matrix, of that by all its numbers. */
const onLower = (r: Recorder, s: Row): Row => r.plus(lower(r, s), r.swapped(r.only(s, "above")));
/** Numbers of a vector, or a batch of them, as rows or columns of squares. */
const spread = (r: Recorder, x: Row, shape: Shape, as: Shape): Row => r.expanded(r.reshaped(x, like(shape, as)), shape);

/** C beside the diagonal, divided by the differences of eigenvalues. */
function divided(r: Recorder, c: Row): Row {
  const shape = r.shape(c);
  const n = shape.at(-1)!;
  const values = beside(r, "eigenvalues", [n]);
  const differences = r.minus(spread(r, values, shape, [1, n]), spread(r, values, shape, [n, 1]));
  const ones = r.only(r.expanded(r.number(1), shape), "diagonal");
  return r.over(r.minus(c, r.only(c, "diagonal")), r.plus(differences, ones));
}

const eigenvalues = part("the eigenvalues among a, of b", (_, n) => ({ whole: [n + 1, n], shape: [n], start: 0 }), {
  tangent(r, [, a]) {
    const vectors = beside(r, "eigenvectors", squareOf(r));
    const shape = r.shape(r.row);
    const turned = r.times(vectors, product(r, symmetric(r, a!), vectors, 0));
    return r.reshaped(r.summed(turned, like(r.shape(turned), [1, shape.at(-1)!])), shape);
  },
  adjoint(r, g) {
    const vectors = beside(r, "eigenvectors", squareOf(r));
    const shape = r.shape(vectors);
    return onLower(r, product(r, r.times(vectors, spread(r, g, shape, [1, shape.at(-1)!])), vectors, TRANSPOSE.b));
  },
});

const eigenvectors = part("the eigenvectors among a, of b", (_, n) => ({ whole: [n + 1, n], shape: [n, n], start: n }), {
  tangent: (r, [, a]) => product(r, r.row, divided(r, product(r, r.row, product(r, symmetric(r, a!), r.row, 0), TRANSPOSE.a)), 0),
  adjoint: (r, g) => onLower(r, product(r, product(r, r.row, divided(r, product(r, r.row, g, TRANSPOSE.a)), 0), r.row, TRANSPOSE.b)),
});

/** The rows of decompositions. */
export const decompositionRows = { qr, orthogonalFactor, triangularFactor, eigh, eigenvalues, eigenvectors } as const;
