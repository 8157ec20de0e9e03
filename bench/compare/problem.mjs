/** A workload's numbers by name: where the parameters start, as a tree in the gradient's order, and the data. */

const WIDTH = 16;

/** Takes numbers off the front of a list, as nested arrays of the given sizes. */
function taker(numbers) {
  let position = 0;
  const take = (size, ...sizes) => Array.from({ length: size }, () => (sizes.length > 0 ? take(...sizes) : numbers[position++]));
  return take;
}

/** How each program's inputs are laid out, as bench/native documents them. */
const layouts = {
  rosenbrock: (take, [n]) => ({ start: { x: take(n) }, data: {} }),
  logistic: (take, [n, m]) => ({ start: { weights: take(m) }, data: { rows: take(n, m), labels: take(n) } }),
  mixture: (take, [n, d, k]) => {
    const [constant] = take(1);
    const start = { alpha: take(k), mu: take(k, d), q: take(k, d), l: take(k, (d * (d - 1)) / 2) };
    return { start, data: { constant, points: take(n, d) } };
  },
  network: (take, [n]) => {
    const [w1, b1, w2, b2, w3, [b3]] = [take(WIDTH, 2), take(WIDTH), take(WIDTH, WIDTH), take(WIDTH), take(WIDTH), take(1)];
    const rows = take(n, 3);
    return { start: { w1, b1, w2, b2, w3, b3 }, data: { x: rows.map((row) => row.slice(0, 2)), y: rows.map((row) => row[2]) } };
  },
};

/** What a library is given: the program's name, its sizes, `start` and `data`. */
export function problemOf({ program, sizes, inputs }) {
  if (!Object.hasOwn(layouts, program)) throw new RangeError(`problemOf: expected one of ${Object.keys(layouts)}, got ${program}`);
  return { program, sizes, ...layouts[program](taker(inputs), sizes) };
}

/** The numbers of a tree of numbers and arrays, in order. */
export function numbersOf(tree) {
  if (typeof tree === "number") return [tree];
  if (ArrayBuffer.isView(tree)) return [...tree];
  return Object.values(tree).flatMap(numbersOf);
}

/** The tree with something else in place of every number: `replace` is given the number and its place in the order. */
export function replaceNumbers(tree, replace) {
  let count = 0;
  const visit = (node) => {
    if (typeof node === "number") return replace(node, count++);
    if (Array.isArray(node)) return node.map(visit);
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child)]));
  };
  return visit(tree);
}

/** Where the elements below the diagonal of a d × d matrix stand when they are listed column by column: [row, column] of each. */
export function belowDiagonal(d) {
  return Array.from({ length: d }, (_, column) => column).flatMap((column) =>
    Array.from({ length: d - column - 1 }, (_, i) => [column + 1 + i, column]),
  );
}
