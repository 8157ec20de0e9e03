/** einsum against its definition, a loop over all subscripts: every form, shape and engine, with derivatives; and errors that name the subscript. */
import { describe, expect, test } from "vitest";
import { compile, einsum, grad, jacfwd, matmul, Matrix, matrix, mul, reshape, sin, sum, trace, transpose, type Value } from "wengert";
import { randomSource } from "../src/data/random.js";
import { engines } from "./engines.js";
import { numbersIn } from "./matrixfunctions.js";

type Loose = (...args: unknown[]) => unknown;
type Tensor = number | Float64Array | Matrix;

const random = randomSource(17);
const shapeOf = (x: Tensor): readonly number[] => (typeof x === "number" ? [] : x instanceof Matrix ? x.shape : [x.length]);
const dataOf = (x: Tensor): ArrayLike<number> => (typeof x === "number" ? [x] : x instanceof Matrix ? x.data : x);

function tensor(shape: readonly number[]): Tensor {
  const data = Float64Array.from({ length: shape.reduce((x, y) => x * y, 1) }, () => 2 * random() - 1);
  return shape.length === 0 ? data[0]! : shape.length === 1 ? data : matrix(data, shape);
}

/** The definition: of letters alone, "..." being given as the letters W, X, Y and Z. */
function byDefinition(terms: readonly string[], result: string, operands: readonly Tensor[]): number[] {
  const sizes = new Map<string, number>();
  terms.forEach((term, k) =>
    [...term].forEach((letter, i) => sizes.set(letter, Math.max(sizes.get(letter) ?? 1, shapeOf(operands[k]!)[i]!))),
  );
  const inner = [...sizes.keys()].filter((letter) => !result.includes(letter));
  const places = (letters: readonly string[]): Map<string, number>[] =>
    letters.reduce<Map<string, number>[]>(
      (found, letter) => found.flatMap((place) => Array.from({ length: sizes.get(letter)! }, (_, i) => new Map([...place, [letter, i]]))),
      [new Map<string, number>()],
    );
  const lane = (k: number, place: Map<string, number>): number => {
    const shape = shapeOf(operands[k]!);
    return [...terms[k]!].reduce((at, letter, i) => at * shape[i]! + (shape[i] === 1 ? 0 : place.get(letter)!), 0);
  };
  return places([...result]).map((outside) =>
    places(inner).reduce(
      (total, inside) => total + terms.reduce((x, _, k) => x * dataOf(operands[k]!)[lane(k, new Map([...outside, ...inside]))]!, 1),
      0,
    ),
  );
}

/** Subscripts, the shapes of operands, and the same with all letters where it is not. */
const cases: [subscripts: string, shapes: readonly (readonly number[])[], explicit?: string][] = [
  ["ij,jk->ik", [[2, 3], [3, 4]]],
  ["ij,jk", [[2, 3], [3, 4]], "ij,jk->ik"],
  ["ij,kj->ik", [[2, 3], [4, 3]]],
  ["ji,jk->ki", [[3, 2], [3, 4]]],
  ["ba", [[2, 3]], "ba->ab"],
  ["bA", [[2, 3]], "bA->Ab"],
  ["ij->ij", [[2, 3]]],
  ["ij->ji", [[2, 3]]],
  ["ij->i", [[2, 3]]],
  ["ij->j", [[2, 3]]],
  ["ij->", [[2, 3]]],
  ["ij", [[2, 3]], "ij->ij"],
  ["i", [[3]], "i->i"],
  ["i->", [[3]]],
  ["ii", [[3, 3]], "ii->"],
  ["ii->i", [[3, 3]]],
  ["iij->ij", [[2, 2, 3]]],
  ["iij->ji", [[2, 2, 3]]],
  ["iji->j", [[2, 3, 2]]],
  ["iij", [[2, 2, 3]], "iij->j"],
  ["iii->i", [[2, 2, 2]]],
  ["iii", [[2, 2, 2]], "iii->"],
  ["i,i", [[3], [3]], "i,i->"],
  ["i,i->i", [[3], [3]]],
  ["i,j", [[3], [2]], "i,j->ij"],
  ["i,j->ji", [[3], [2]]],
  ["i,j->", [[3], [2]]],
  ["i,j->j", [[3], [2]]],
  ["i,j,k->kij", [[2], [3], [4]]],
  ["ij,ij", [[2, 3], [2, 3]], "ij,ij->"],
  ["ij,ji->", [[2, 3], [3, 2]]],
  ["ij,ij->i", [[2, 3], [2, 3]]],
  ["ij,ij->j", [[2, 3], [2, 3]]],
  ["ij,ij->ij", [[2, 3], [2, 3]]],
  ["ij,ji->ij", [[2, 3], [3, 2]]],
  ["ij,j", [[2, 3], [3]], "ij,j->i"],
  ["i,ij->j", [[2], [2, 3]]],
  ["i,ij->ij", [[2], [2, 3]]],
  ["ii,i->i", [[3, 3], [3]]],
  ["ii,ij->j", [[3, 3], [3, 2]]],
  ["bij,bjk->bik", [[2, 3, 4], [2, 4, 2]]],
  ["bij,bkj->bki", [[2, 3, 4], [2, 2, 4]]],
  ["bij,jk->bik", [[2, 3, 4], [4, 2]]],
  ["bij,jk->ikb", [[2, 3, 4], [4, 2]]],
  ["ij,bjk->bik", [[3, 4], [2, 4, 2]]],
  ["bij,bij->b", [[2, 3, 4], [2, 3, 4]]],
  ["bij,bj->bi", [[2, 3, 4], [2, 4]]],
  ["bij,b->ij", [[2, 3, 4], [2]]],
  ["bij,b->", [[2, 3, 4], [2]]],
  ["bij,ij->b", [[2, 3, 4], [3, 4]]],
  ["ijk->kji", [[2, 3, 4]]],
  ["ijk->jik", [[2, 3, 4]]],
  ["ijk->ikj", [[2, 3, 4]]],
  ["ijk->kij", [[2, 3, 4]]],
  ["ijk->jki", [[2, 3, 4]]],
  ["ijk->j", [[2, 3, 4]]],
  ["ijk->ki", [[2, 3, 4]]],
  ["ijk,kl->ijl", [[2, 3, 4], [4, 2]]],
  ["ijk,ilm->kl", [[2, 3, 4], [2, 2, 3]]],
  ["ijk,jil->kl", [[2, 3, 4], [3, 2, 2]]],
  ["ijk,klj->il", [[2, 3, 4], [4, 2, 3]]],
  ["ijk,lkj->li", [[2, 3, 4], [3, 4, 3]]],
  ["ij,jk,kl->il", [[2, 3], [3, 4], [4, 2]]],
  ["ij,jk,kl,l", [[2, 3], [3, 4], [4, 2], [2]], "ij,jk,kl,l->i"],
  ["i,ij,j->", [[2], [2, 3], [3]]],
  ["i,ij,j,k->k", [[2], [2, 3], [3], [2]]],
  ["ia,ib,ic->abc", [[3, 2], [3, 4], [3, 2]]],
  ["ia,ja,ka->ijk", [[3, 2], [4, 2], [3, 2]]],
  [",ij", [[], [2, 3]], ",ij->ij"],
  [",ij->j", [[], [2, 3]]],
  [",", [[], []], ",->"],
  ["->", [[]]],
  ["", [[]], "->"],
  ["i,,j", [[2], [], [3]], "i,,j->ij"],
  ["ij,ij->ij", [[1, 3], [2, 3]]],
  ["ij,ij->i", [[2, 1], [2, 3]]],
  ["i,i->", [[1], [3]]],
  ["ij->ij", [[1, 1]]],
  ["i,j->ij", [[1], [1]]],
  [" i j , j k -> i k ", [[2, 3], [3, 4]], "ij,jk->ik"],
  ["...i->...", [[2, 3]], "Xi->X"],
  ["...i->...", [[2, 2, 3]], "WXi->WX"],
  ["...i->...", [[3]], "i->"],
  ["i...->...", [[2, 3]], "iX->X"],
  ["...->...", [[2, 3]], "WX->WX"],
  ["...ij,...jk->...ik", [[2, 3, 4], [2, 4, 2]], "Wij,Wjk->Wik"],
  ["...ij,...jk", [[2, 3, 4], [4, 2]], "Wij,jk->Wik"],
  ["...ij,...jk->ik...", [[3, 4], [2, 4, 2]], "ij,Wjk->ikW"],
  ["...ij,...ij->...", [[1, 3, 4], [2, 3, 4]], "Wij,Wij->W"],
  ["...,...", [[2, 3], [3]], "WX,X->WX"],
  ["...,...->...", [[2, 1], [1, 3]], "WX,WX->WX"],
  ["i...j->ij...", [[2, 3, 4]], "iWj->ijW"],
]; // prettier-ignore

describe.each(cases)("%s of %j", (subscripts, shapes, explicit = subscripts) => {
  const [given, result] = explicit.replaceAll(" ", "").split("->") as [string, string];
  const operands = shapes.map(tensor);
  const wanted = byDefinition(given.split(","), result, operands);
  const f = ((...x: Value[]) => einsum(subscripts, ...x)) as unknown as Loose;
  const near = (came: unknown, right: readonly number[], digits = 1e-13): void => {
    const numbers = numbersIn(came);
    expect(numbers).toHaveLength(right.length);
    numbers.forEach((x, i) => expect(Math.abs(x - right[i]!)).toBeLessThan(digits));
  };

  test("on numbers and in every engine", () => {
    near(f(...operands), wanted);
    const shape = [...result].map((letter) => Math.max(...given.split(",").flatMap((term, k) => [...term].flatMap((other, i) => (other === letter ? [shapes[k]![i]!] : []))))); // prettier-ignore
    expect(shapeOf(f(...operands) as Tensor)).toEqual(shape);
    for (const engine of engines) near((compile as unknown as Loose)(f, operands, { engine }) instanceof Function && ((compile as unknown as Loose)(f, operands, { engine }) as Loose)(...operands), wanted); // prettier-ignore
  });

  test("has its derivatives", () => {
    const weights = Float64Array.from({ length: wanted.length }, (_, i) => 1 + (i % 3));
    const scalar = (...x: Value[]): Value => {
      const y = f(...x) as Value;
      return y.isScalar ? y : sum(mul(reshape(y, [-1]), weights));
    };
    const argnums = operands.map((_, k) => k);
    const slope = (grad as unknown as (f: unknown, o: unknown) => Loose)(scalar, { argnums })(...operands);
    // linear in each operand: by a lane it is what the unit in its place gives
    const right = operands.flatMap((x, k) =>
      Array.from(dataOf(x), (_, lane) => {
        const unit = Float64Array.from(dataOf(x), (_, i) => Number(i === lane));
        const moved = operands.map((y, j) =>
          j !== k ? y : typeof y === "number" ? 1 : y instanceof Matrix ? matrix(unit, y.shape) : unit,
        );
        return byDefinition(given.split(","), result, moved).reduce((total, y, i) => total + y * (wanted.length > 1 || result !== "" ? weights[i]! : 1), 0); // prettier-ignore
      }),
    );
    near(slope, right, 1e-12);
    near((jacfwd as unknown as (f: unknown, o: unknown) => Loose)(scalar, { argnums })(...operands), right, 1e-12);
  });
});

test("lowers to what one would write", () => {
  const [a, b] = [tensor([2, 3]), tensor([3, 4])] as [Matrix, Matrix];
  const text = (f: (a: Value, b: Value) => Value): string => trace(f, [a, b] as never).toString();
  expect(text((a, b) => einsum("ij,jk->ik", a, b))).toBe(text((a, b) => matmul(a, b)));
  expect(text((a, b) => einsum("ij,jk->ki", a, b))).toBe(text((a, b) => transpose(matmul(a, b))));
  expect(trace((a: Value, b: Value) => einsum("ji,kj->ik", a, b), [tensor([3, 2]), tensor([4, 3])] as never).toString()).not.toContain(
    "transpose",
  );
  expect(einsum("ij,jk->ik", a, b)).toEqual(matmul(a, b));
  expect(einsum("i,i", Float64Array.of(1, 2), Float64Array.of(3, 4))).toBe(11);
});

test("takes numbers and Values together, and nests", () => {
  const a = matrix([[1, 2], [3, 4]]); // prettier-ignore
  const f = (x: Value): Value => einsum("ij,j,->", a, sin(x), 2);
  const x = Float64Array.of(0.5, -1);
  expect([...grad(f)(x)]).toEqual([8 * Math.cos(0.5), 12 * Math.cos(-1)].map((y) => expect.closeTo(y, 12) as number));
});

describe("errors", () => {
  const [m23, m34, v3] = [tensor([2, 3]), tensor([3, 4]), tensor([3])] as [Matrix, Matrix, Float64Array];
  test.each<[string, () => unknown, string]>([
    ["no text", () => einsum(m23 as never, m23), 'einsum: expected subscripts such as "ij,jk->ik", got a Matrix'],
    ["no letter", () => einsum("i1", m23), 'einsum: expected letters, commas, one "..." a term and one "->", got "1" in "i1"'],
    ["dots twice", () => einsum("...i...", m23), 'einsum: expected letters, commas, one "..." a term and one "->", got "." in "...i..."'],
    ["half an arrow", () => einsum("ij-", m23), 'einsum: expected letters, commas, one "..." a term and one "->", got "-" in "ij-"'],
    ["two arrows", () => einsum("ij->i->j", m23), 'einsum: expected one "->", got 2 in "ij->i->j"'],
    ["too few operands", () => einsum("ij,jk", m23), 'einsum: expected 2 operands for "ij,jk", got 1'],
    ["too many operands", () => einsum("ij", m23, m34), 'einsum: expected 1 operand for "ij", got 2'],
    ["dimensions", () => einsum("ij,jk", m23, v3), 'einsum: expected 2 dimensions for "jk", got the shape [3] at operand 1'],
    ["a number's dimensions", () => einsum("i", 3), 'einsum: expected 1 dimension for "i", got the shape [] at operand 0'],
    ["dimensions beside dots", () => einsum("...ij", v3), 'einsum: expected at least 2 dimensions for "...ij", got the shape [3] at operand 0'],
    ["sizes", () => einsum("ij,kj", m23, m34), 'einsum: expected one size for j, got 3 in "ij" and 4 in "kj"'],
    ["a diagonal", () => einsum("ii", m23), 'einsum: expected one size for i, got 2 in "ii" and 3 in "ii"'],
    ["a diagonal of one row", () => einsum("ii", tensor([1, 3])), 'einsum: expected one size for i, got 1 in "ii" and 3 in "ii"'],
    ["sizes of dots", () => einsum("...i,...i", m23, m34), 'einsum: expected one size for a dimension of ..., got 2 in "...i" and 3 in "...i"'],
    ["a subscript of the result", () => einsum("ij->ik", m23), 'einsum: expected subscripts of operands in the result, got k in "->ik"'],
    ["one twice", () => einsum("ij->ii", m23), 'einsum: expected each subscript of the result once, got i again in "->ii"'],
    ["no dots", () => einsum("...j->j", m23), 'einsum: expected "..." in the result, as operands have dimensions for it, got "->j"'],
    ["a result of four dimensions", () => einsum("ij,kl", m23, m34), 'einsum: expected a result of at most 3 dimensions, got 4 of "ij,kl"'],
    ["an array", () => einsum("i", [1, 2] as never), "einsum: expected a vector or a matrix, got an array of 2"],
  ])("%s", (_, f, message) => expect(f).toThrow(message)); // prettier-ignore
});
