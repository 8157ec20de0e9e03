/** What libraries of tensors are given: the parameters and data as lists of numbers with shapes. */
import { belowDiagonal, numbersOf } from "./problem.mjs";

/** The sizes of a nested array. */
const shapeOf = (tree) => (Array.isArray(tree) ? [tree.length, ...shapeOf(tree[0])] : []);

const described = (tree) =>
  Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, { numbers: numbersOf(value), shape: shapeOf(value) }]));

/** The matrix of zeros and ones by which a list of what is below the diagonal of a d × d matrix is multiplied to be put there. */
const placing = (d) => belowDiagonal(d).map(([row, column]) => Array.from({ length: d * d }, (_, at) => (at === row * d + column ? 1 : 0)));

/** The problem's tensors by name: numbers and shapes of the parameters, and of the data. */
export function tensorsOf({ program, sizes, start, data }) {
  const extra = program === "mixture" ? { placing: placing(sizes[1]) } : {};
  return { parameters: described(start), data: described({ ...data, ...extra }) };
}
