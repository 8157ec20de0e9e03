/** GradBench's det: a determinant by expansion along its first row, and its gradient, the cofactors. */
import { add, at, compile, grad, mul, sub, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module, onVector } from "../module.js";

/** A square matrix, row by row. */
export interface Determinant {
  readonly A: readonly number[];
  readonly ell: number;
}

function read(input: Fields): Determinant {
  const ell = input.whole("ell", 1);
  return { A: input.numbers("A", ell * ell), ell };
}

/**
 * The determinant by minors: those of the last rows are the same whichever rows were left out before, so each is computed once for the columns that it has, 2ˡ
 * in place of the l! of the recursion.
 */
const determinantOf =
  (ell: number) =>
  (a: Value): Value => {
    const minors = new Map<number, Value>();
    const minor = (row: number, columns: number): Value => {
      const known = minors.get(columns);
      if (known !== undefined) return known;
      let total: Value | undefined;
      let negative = false;
      for (let column = 0; column < ell; column++) {
        if ((columns & (1 << column)) === 0) continue;
        const entry = at(a, row * ell + column);
        const term = row === ell - 1 ? entry : mul(entry, minor(row + 1, columns & ~(1 << column)));
        total = total === undefined ? term : negative ? sub(total, term) : add(total, term);
        negative = !negative;
      }
      minors.set(columns, total!);
      return total!;
    };
    return minor(0, 2 ** ell - 1);
  };

export const det: Module = {
  primal(input, engine) {
    const { A, ell } = read(input);
    const step = compile(determinantOf(ell), [new Float64Array(A)], { engine });
    return onVector(step, A);
  },
  gradient(input, engine) {
    const { A, ell } = read(input);
    const step = compile(grad(determinantOf(ell)), [new Float64Array(A)], { engine });
    return onVector(step, A);
  },
};
