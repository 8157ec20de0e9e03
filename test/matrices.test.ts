/** Matrices: what is taken for one, functions against definitions on arrays in arrays, derivatives in every form, errors. */
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import {
  add,
  at,
  checkGradient,
  compile,
  concat,
  cumsum,
  diag,
  diagonal,
  exp,
  eye,
  finiteDifference,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  loadModule,
  Matrix,
  matrix,
  matrixTrace,
  mean,
  mul,
  ones,
  parse,
  record,
  reshape,
  roll,
  sin,
  slice,
  sort,
  sparseJacobian,
  square,
  stack,
  sum,
  take,
  trace,
  transpose,
  tril,
  triu,
  type Value,
  vector,
  vjp,
  vmap,
  zeros,
} from "wengert";
import { engines, evaluate } from "./engines.js";
import { Column } from "./mistakes.js";
import { scattered } from "./numbers.js";

type Rows = number[][];
type Function = (...operands: unknown[]) => unknown;

const untyped = (x: unknown): never => x as never;

/** An ndarray of another library: strides and an offset into numbers. */
class Strided {
  constructor(
    readonly data: Float64Array | number[],
    readonly shape: number[],
    readonly stride: number[],
    readonly offset = 0,
  ) {}
  get(...place: number[]): number {
    return this.data[place.reduce((lane, i, axis) => lane + i * this.stride[axis]!, this.offset)]!;
  }
}

const numbers = [1, 2, 3, 4, 5, 6];
const rows: Rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const wanted = { data: Float64Array.from(numbers), shape: [2, 3] };
const shown = (x: unknown): unknown => (x instanceof Matrix ? { data: x.data, shape: x.shape } : x);

describe("what matrix takes", () => {
  const transposed = Float64Array.of(1, 4, 2, 5, 3, 6);
  const sources: readonly (readonly [string, unknown, unknown?])[] = [
    ["arrays in an array", rows],
    ["typed arrays in an array", rows.map((row) => Float32Array.from(row))],
    ["numbers and a shape", numbers, [2, 3]],
    ["a Float32Array and a shape", Float32Array.from(numbers), [2, 3]],
    ["an Int32Array and a shape", Int32Array.from(numbers), [2, 3]],
    ["a Matrix", matrix(rows)],
    ["an ndarray with strides", new Strided(transposed, [2, 3], [1, 2])],
    ["an ndarray with an offset", new Strided(Float64Array.of(0, ...transposed), [2, 3], [1, 2], 1)],
    ["an ndarray of an array", new Strided([...transposed], [2, 3], [1, 2])],
    ["a plain ndarray", { data: transposed, shape: [2, 3], stride: [1, 2], offset: 0 }],
    ["data and a shape", { data: Float32Array.from(numbers), shape: [2, 3] }],
    ["what has to2DArray", { to2DArray: () => rows }],
    [
      "columns stacked",
      stack(
        [1, 2, 3].map((x) => vector(untyped(new Column([x, x + 3])))),
        { axis: 1 },
      ),
    ],
  ];
  test.each(sources)("%s", (_, source, shape) => {
    expect(shown(matrix(untyped(source), untyped(shape)))).toEqual(wanted);
  });
  test("copies", () => {
    const data = Float64Array.from(numbers);
    const own = matrix({ data, shape: [3, 2] });
    data[0] = 9;
    expect(own.at(0, 0)).toBe(1);
  });
  test("batches", () => {
    const batch = matrix([rows, rows]);
    expect(batch.shape).toEqual([2, 2, 3]);
    expect(batch.at(-1, 0, 2)).toBe(3);
    expect(batch.toArray()).toEqual([rows, rows]);
    expect(shown(batch.row(1))).toEqual(wanted);
  });
  test("places and rows are views", () => {
    const own = matrix(rows);
    own.row(1)[0] = 7;
    expect([own.at(1, 0), own.at(-1, -1), own.length]).toEqual([7, 6, 2]);
    expect(own.toArray()).toEqual([
      [1, 2, 3],
      [7, 5, 6],
    ]);
  });
});

test("a number of a matrix by an index a dimension", () => {
  const [m, batch] = [matrix(rows), matrix([rows, rows])];
  expect([wengert.at(m, 1, 2), wengert.at(m, -1, 0), wengert.at(batch, 1, 0, 1)]).toEqual([6, 4, 2]);
  expect([...(wengert.at(batch, 0, 1) as Float64Array)]).toEqual(rows[1]);
  for (const engine of engines)
    expect(shown(evaluate((x: Value) => wengert.grad((x: Value) => wengert.mul(wengert.at(x, 0, 1), wengert.at(x, 1, -1)))(x), [m], engine))).toEqual(
      shown(matrix([[0, 6, 0], [0, 0, 2]])),
    ); // prettier-ignore
  expect(() => wengert.at(m, 0, 3)).toThrow("at: expected a whole number from -3 to 2, got 3");
  expect(() => wengert.at(m, 0, 1, 0)).toThrow("at: expected 2 operands, got 3");
});

describe("as an argument", () => {
  const given: readonly (readonly [string, unknown])[] = [
    ["a Matrix", matrix(rows)],
    ["an ndarray", new Strided(Float64Array.of(1, 4, 2, 5, 3, 6), [2, 3], [1, 2])],
    ["a plain ndarray, of which the shape has no derivative", { data: Float64Array.from(numbers), shape: [2, 3], stride: [3, 1] }],
  ];
  test.each(given)("%s", (_, x) => {
    const slope = grad((x: Value) => sum(mul(x, x)))(untyped(x)) as unknown as Matrix;
    expect(shown(slope)).toEqual({ data: wanted.data.map((x) => 2 * x), shape: [2, 3] });
  });
  test("a plain ndarray of rank 1 is a vector", () => {
    expect(grad((x: Value) => sum(square(x)))(untyped({ data: Float64Array.of(3, 1, 4), shape: [3], stride: [1] }))).toEqual(
      Float64Array.of(6, 2, 8),
    );
  });
});

/** What functions mean, on arrays in arrays. */
const t = (x: Rows): Rows => x[0]!.map((_, j) => x.map((row) => row[j]!));
const total = (x: readonly number[]): number => x.reduce((s, y) => s + y, 0);
const along =
  (f: (x: number[]) => number) =>
  (x: Rows, axis: number): number[] =>
    axis === 0 ? t(x).map(f) : x.map(f);
const inRows =
  (f: (x: number[]) => number[]) =>
  (x: Rows, axis: number): Rows =>
    axis === 0 ? t(t(x).map(f)) : x.map(f);
const average = (x: readonly number[]): number => total(x) / x.length;
const spread = (x: readonly number[]): number => total(x.map((y) => (y - average(x)) ** 2)) / x.length;
const running = (combine: (x: number, y: number) => number) => (x: number[]) =>
  x.map((_, i) => x.slice(0, i + 1).reduce((s, y) => combine(s, y)));
const soft = (x: number[]): number[] => x.map((y) => Math.exp(y) / total(x.map(Math.exp)));

const reductions: Readonly<Record<string, (x: number[]) => number>> = {
  sum: total,
  mean: average,
  prod: (x) => x.reduce((s, y) => s * y, 1),
  max: (x) => Math.max(...x),
  min: (x) => Math.min(...x),
  argmax: (x) => x.indexOf(Math.max(...x)),
  argmin: (x) => x.indexOf(Math.min(...x)),
  norm: (x) => Math.sqrt(total(x.map((y) => y * y))),
  logSumExp: (x) => Math.log(total(x.map(Math.exp))),
  variance: spread,
  std: (x) => Math.sqrt(spread(x)),
};
const maps: Readonly<Record<string, (x: number[]) => number[]>> = {
  softmax: soft,
  logSoftmax: (x) => soft(x).map(Math.log),
  cumsum: running((x, y) => x + y),
  cumprod: running((x, y) => x * y),
  cummax: running(Math.max),
  logCumSumExp: running((x, y) => Math.log(Math.exp(x) + Math.exp(y))),
  reverse: (x) => [...x].reverse(),
  sort: (x) => [...x].sort((y, z) => y - z),
  argsort: (x) => x.map((_, i) => i).sort((i, j) => x[i]! - x[j]!),
};

/** The numbers of what a function gave. */
const flat = (x: unknown): number[] =>
  typeof x === "number" ? [x] : x instanceof Matrix ? [...x.data] : Array.from(x as ArrayLike<unknown>, flat).flat();

function close(came: unknown, right: unknown): void {
  const [x, y] = [flat(came), flat(right)];
  expect(x).toHaveLength(y.length);
  x.forEach((value, i) => expect(Math.abs(value - y[i]!)).toBeLessThan(1e-13 * Math.max(1, Math.abs(y[i]!))));
}

const shapes = [
  [1, 1],
  [1, 5],
  [4, 1],
  [3, 4],
  [7, 2],
  [5, 9],
] as const;
const inEveryWay = (f: (x: unknown) => unknown, x: Matrix, right: unknown): void => {
  close(f(x), right);
  for (const engine of engines) close(evaluate(untyped(f), [x], engine), right);
};
const library = wengert as unknown as Readonly<Record<string, Function>>;

describe.each(shapes)("of %i × %i numbers", (m, n) => {
  const x = matrix(scattered(m * n, -1, 2), [m, n]);
  const own = x.toArray();
  test.each(Object.entries(reductions))("%s", (name, f) => {
    for (const axis of [0, 1]) {
      inEveryWay((x) => library[name]!(x, { axis }), x, along(f)(own, axis));
      inEveryWay((x) => library[name]!(x, { axis: axis - 2, keepDims: true }), x, along(f)(own, axis));
      const kept = library[name]!(x, { axis, keepDims: true }) as Matrix;
      expect(kept.shape).toEqual(axis === 0 ? [1, n] : [m, 1]);
    }
    inEveryWay((x) => library[name]!(x), x, f([...x.data]));
  });
  test.each(Object.entries(maps))("%s", (name, f) => {
    for (const axis of [0, 1]) inEveryWay((x) => library[name]!(x, { axis }), x, inRows(f)(own, axis));
  });
  test("parts", () => {
    const y = matrix(scattered(m * n, 3, 4), [m, n]);
    const cases: readonly (readonly [(x: Value) => unknown, unknown])[] = [
      [(x) => transpose(x), t(own)],
      [(x) => reshape(x, [-1]), own.flat()],
      [(x) => reshape(x, [n, m]), own.flat()],
      [(x) => at(x, -1), own.at(-1)],
      [(x) => at(x, 0, { axis: 1 }), own.map((row) => row[0]!)],
      [(x) => slice(x, 0, 1), own.slice(0, 1)],
      [(x) => slice(x, -1, undefined, { axis: 1 }), own.map((row) => row.slice(-1))],
      [(x) => take(x, Int32Array.of(m - 1, 0)), [own[m - 1], own[0]]],
      [(x) => take(x, Int32Array.of(0, n - 1), { axis: 1 }), own.map((row) => [row[0]!, row[n - 1]!])],
      [(x) => roll(x, 1, { axis: 0 }), own.map((_, i) => own.at(i - 1))],
      [(x) => roll(x, -1, { axis: 1 }), own.map((row) => row.map((_, j) => row[(j + 1) % n]!))],
      [(x) => concat([x, y], { axis: 0 }), [...own, ...y.toArray()]],
      [(x) => concat([x, y], { axis: 1 }), own.map((row, i) => [...row, ...y.toArray()[i]!])],
      [(x) => stack([x, y]), [...own.flat(), ...y.data]],
      [(x) => stack([x, y], { axis: 2 }), own.flatMap((row, i) => row.flatMap((z, j) => [z, y.at(i, j)]))],
      [(x) => stack([x, y], { axis: 1 }), own.flatMap((row, i) => [...row, ...y.row(i)])],
      [(x) => diagonal(x), own.flatMap((row, i) => (i < n ? [row[i]!] : []))],
      [(x) => matrixTrace(x), total(own.flatMap((row, i) => (i < n ? [row[i]!] : [])))],
      [(x) => tril(x), own.map((row, i) => row.map((z, j) => (j <= i ? z : 0)))],
      [(x) => triu(x, 1), own.map((row, i) => row.map((z, j) => (j > i ? z : 0)))],
      [(x) => diag(at(x, 0)), own[0]!.map((z, i) => own[0]!.map((_, j) => (i === j ? z : 0)))],
      [(x) => add(x, at(x, 0)), own.map((row) => row.map((z, j) => z + own[0]![j]!))],
      [(x) => mul(x, sum(x, { axis: 1, keepDims: true })), own.map((row) => row.map((z) => z * total(row)))],
      [(x) => add(eye(m, n), x), own.map((row, i) => row.map((z, j) => z + Number(i === j)))],
      [(x) => mul(add(zeros([m, n]), ones([n])), x), own],
    ];
    for (const [f, right] of cases) inEveryWay(f as Function, x, right);
  });
});

test("takes rows and columns by lane numbers that are arguments, or computed", () => {
  const [x, batch] = [matrix(scattered(12, -1, 1), [4, 3]), matrix(scattered(24, -1, 1), [2, 4, 3])];
  const f = untyped((x: Value, i: unknown) => sum(mul(take(x, i as Value, { axis: 0 }), 2), { axis: 0 }));
  const slopeOf = grad as unknown as (f: unknown, options?: object) => (...args: unknown[]) => Matrix;
  const places = [Int32Array.of(3, 0, 3), Float64Array.of(3, 0, 3)];
  const cases: readonly (readonly [Matrix, number, number[]])[] = [
    [x, 0, [3, 0, 3]],
    [x, 1, [2, 0]],
    [x, -1, [1]],
    [batch, 0, [1, 1, 0]],
    [batch, 1, [3, 0, 3]],
    [batch, 2, [2, 2]],
  ];
  for (const engine of engines)
    for (const [x, axis, listed] of cases) {
      const known = take(x, Int32Array.from(listed), { axis });
      for (const index of [Int32Array.from(listed), Float64Array.from(listed)]) {
        const g = (x: Value, i: Value): Value => take(x, i, { axis });
        expect(shown(evaluate(untyped(g), [x, index], engine) as Matrix)).toEqual(shown(known));
        const slope = slopeOf((x: Value, i: Value) => sum(square(g(x, i))), { engine })(x, index);
        const right = slopeOf((x: Value) => sum(square(take(x, Int32Array.from(listed), { axis }))))(x);
        expect(shown(slope)).toEqual(shown(right));
      }
    }
  for (const index of places) expect(evaluate(f, [x, index], "kernel")).toHaveLength(3);
  const one = (x: Value, i: Value): Value => take(x, i, { axis: 1 });
  expect(evaluate(untyped(one), [x, 2], "kernel")).toEqual(Float64Array.from(x.toArray(), (row) => row[2]!));
  for (const wrong of [0.5, 4, -1])
    expect(() =>
      evaluate(
        untyped((x: Value, i: Value) => take(x, i)),
        [x, wrong],
        "kernel",
      ),
    ).toThrow(`expected an index from 0 to 3, got ${wrong} in lane 0`);
});

test("sorts many lanes, ties and NaN, with the derivative of each lane", () => {
  const lanes = scattered(200, -3, 3).map((x, i) => (i % 17 === 0 ? NaN : i % 5 === 0 ? 1 : x));
  const right = [...lanes].sort((x, y) => (Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y));
  for (const engine of engines) {
    expect(evaluate((x: Value) => sort(x), [Float64Array.from(lanes)], engine)).toEqual(Float64Array.from(right));
    const weights = Float64Array.from({ length: 5 }, (_, i) => i);
    expect(grad((x: Value) => sum(mul(sort(x), weights)), { engine })(Float64Array.of(3, 1, 2, 1, 5))).toEqual(
      Float64Array.of(3, 0, 2, 1, 4),
    );
  }
});

describe("derivatives", () => {
  const x = matrix(rows);
  const f = (x: Value): Value => sum(mul(exp(mul(0.1, x)), sum(x, { axis: 0 })));
  test("every mode and form mirrors the matrix", () => {
    const slope = grad(f)(x);
    expect(slope.shape).toEqual([2, 3]);
    close(slope, finiteDifference(f, { method: "richardson" })(x).data.map((y) => y)); // prettier-ignore
    expect(checkGradient(f, [x]).ok).toBe(true);
    const tangent = matrix([1, 0, 2, 0, -1, 0], [2, 3]);
    const [, dot] = jvp(f)([x], [tangent]);
    close(dot, total([...slope.data].map((g, i) => g * tangent.data[i]!)));
    const [, pull] = vjp(f)(x);
    expect(shown(pull(1))).toEqual(shown(slope));
    expect(shown(jacobian(f)(x))).toEqual(shown(slope));
    const second = hessian(f)(x);
    expect([second.length, second[0]!.length, second[0]![0]!.shape]).toEqual([2, 3, [2, 3]]);
    close(
      hvp(f)([x], tangent),
      second.flat().map((h) => total([...h.data].map((y, i) => y * tangent.data[i]!))),
    );
    const recorded = record(f, x);
    expect(shown(recorded.grad())).toEqual(shown(slope));
    expect(sparseJacobian((x: Value) => sum(x, { axis: 1 }))(x)).toMatchObject({
      shape: [2, 6],
      columns: Int32Array.from([0, 1, 2, 3, 4, 5]),
    });
  });
  test("Jacobians have the result's dimensions outside, the argument inside", () => {
    const byVector = jacobian((v: Value) => mul(matrix(rows), v))(Float64Array.of(1, 1, 1)) as unknown as Float64Array[][];
    expect(byVector[1]![2]).toEqual(Float64Array.of(0, 0, 6));
    const byNumber = jacobian((s: Value) => mul(matrix(rows), s))(2);
    expect(shown(byNumber)).toEqual(wanted);
    const vectorBy = jacobian((x: Value) => mean(x, { axis: 1 }))(x) as unknown as Matrix[];
    expect(vectorBy.map((row) => row.toArray())).toEqual([
      [[1 / 3, 1 / 3, 1 / 3], [0, 0, 0]],
      [[0, 0, 0], [1 / 3, 1 / 3, 1 / 3]],
    ]); // prettier-ignore
    const inside = grad((s: Value) => sum(mul(jacobian((x: Value) => sum(square(mul(x, s))))(matrix(rows) as never) as Value, 1)));
    expect(inside(2)).toBe(8 * total(numbers));
  });
});

test("compiled: views of memory, modules, texts", () => {
  const step = compile(
    (x: Value, v: Value) => ({ scaled: mul(x, v), sums: sum(x, { axis: 1 }) }),
    [matrix(rows), Float64Array.of(1, 2, 3)],
  );
  const inputs = step.inputs as unknown as [Matrix, Float64Array];
  const outputs = step.outputs as unknown as { scaled: Matrix; sums: Float64Array };
  inputs[0].row(0).set([1, 1, 1]);
  inputs[1].set([1, 2, 3]);
  step.run();
  expect(outputs.scaled.toArray()).toEqual([
    [1, 2, 3],
    [4, 10, 18],
  ]);
  const loaded = loadModule<[Matrix, Float64Array], { scaled: Matrix; sums: Float64Array }>(step.toWasm());
  expect(shown(loaded(matrix(rows), Float64Array.of(1, 1, 1)).scaled)).toEqual(wanted);
  expect(() => loaded(matrix(numbers, [3, 2]), Float64Array.of(1, 1, 1))).toThrow(
    /expected a Matrix of shape \[2, 3\], got one of shape \[3, 2\] at args\[0\]/,
  );
  const traced = trace((x: Value) => sum(transpose(x), { axis: 0 }), [matrix(rows)]);
  expect(parse(traced.toString()).toString()).toBe(traced.toString());
  expect(traced.toString()).toContain("transpose %0 : [3, 2]");
});

describe("errors", () => {
  const x = matrix(rows);
  const y = matrix(numbers, [3, 2]);
  const inTrace = (f: (x: Value) => unknown) => (): unknown => grad(untyped(f))(untyped(x));
  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["shapes that do not broadcast", () => add(x, y), /^add: expected operands whose shapes broadcast to each other, got \[2, 3\] and \[3, 2\]$/],
    ["the same in a trace", inTrace((x) => add(x, y)), /^add: expected operands whose shapes broadcast to each other, got \[2, 3\] and \[3, 2\]$/],
    ["a vector of another length", inTrace((x) => mul(x, Float64Array.of(1, 2))), /^mul: expected operands whose shapes .* \[2, 3\] and \[2\]$/],
    ["rows that differ", () => matrix([[1, 2], [3]]), /^matrix: expected rows of one length, got 2 and 1 at x\[1\]$/],
    ["no number", () => matrix(untyped([[1, "2"]])), /^matrix: expected a number, got "2" at x\[0\]\[1\]$/],
    ["an empty row", () => matrix([[]]), /^matrix: expected at least one row and one column/],
    ["a flat array", () => matrix(untyped([1, 2])), /^matrix: expected arrays of numbers in an array/],
    ["a count that does not fit", () => matrix([1, 2, 3], [2, 2]), /^matrix: expected 4 numbers for the shape \[2, 2\], got 3$/],
    ["sizes that are none", () => matrix([1, 2], untyped([2, 0.5])), /^matrix: expected sizes that are whole numbers from 1, got 0.5$/],
    ["an axis beyond", () => sum(x, { axis: 2 }), /^sum: expected an axis from -2 to 1 of the shape \[2, 3\], got 2$/],
    ["an axis of an array", () => sum(untyped([1, 2]), { axis: 0 }), /^sum: expected a matrix or a vector for axis, got an array of 2/],
    ["an option that there is not", () => sum(x, untyped({ dim: 0 })), /^sum: expected options of the names axis, keepDims, got one named dim/],
    ["keepDims alone", () => sum(x, { keepDims: true }), /^sum: expected an axis for keepDims, got none$/],
    ["a second operand", () => sum(untyped(1), untyped(2)), /^sum: expected one operand, got 2: 1, 2/],
    ["no axis", () => cumsum(untyped(x)), /^cumsum: expected an axis for the shape \[2, 3\], got none\. Write \{ axis: 1 \}$/],
    ["a shape of another count", () => reshape(x, [4, 2]), /^reshape: expected a shape of 6 numbers, as \[2, 3\] has, got \[4, 2\]$/],
    ["too many dimensions", () => reshape(x, untyped([1, 1, 2, 3])), /^reshape: expected 1 to 3 sizes, got 4$/],
    ["a vector to transpose", () => transpose(Float64Array.of(1, 2)), /^transpose: expected a matrix, got a vector of 2/],
    ["parts that differ", () => concat([x, y], { axis: 0 }), /^concat: expected parts of one shape, got \[2, 3\] and \[3, 2\] at 1$/],
    ["matrices without an axis", () => concat(untyped([x, x])), /^concat: expected vectors and scalars, or an axis for matrices/],
    ["rows that are not there", () => at(x, 2), /^at: expected a whole number from -2 to 1, got 2$/],
    ["an index beyond", () => take(x, Int32Array.of(2)), /^take: expected an index from 0 to 1, got 2 in lane 0$/],
    ["a matrix as a diagonal", () => diag(untyped(x)), /^diag: expected a vector, got a matrix of shape \[2, 3\]\. Its diagonal is diagonal\(x\)$/],
    ["a matrix where a vector is needed", inTrace((x) => wengert.segmentSum(x, Int32Array.of(0), 1)), /^segmentSum: expected a vector, got a matrix of shape \[2, 3\]$/],
    ["a matrix that is differentiated", inTrace((x) => x), /^grad: expected a function with a scalar result, got a matrix of shape \[2, 3\]/],
    ["places of another count", () => x.at(1), /^Matrix.at: expected 2 places in the shape \[2, 3\], got 1$/],
    ["text of a shape that does not fit", () => parse("%0 = input leaf=0 offset=0 : [2, 3]\n%1 = sumAxis %0 : [2]\nreturn %1"), /^verify: expected a shape that broadcasts to its operand's/],
  ]; // prettier-ignore
  test.each(cases)("%s", (_, code, message) => {
    expect(code).toThrow(message);
  });
});

test("vmap takes lanes that depend on the point, NaN where there are none", () => {
  expect(vmap((x: Value) => take(Float64Array.of(5, 7), x))(Float64Array.of(1, 0, 2, 0.5))).toEqual(Float64Array.of(7, 5, NaN, NaN));
  const f = (x: Value): Value =>
    sum(mul(wengert.segmentSum(concat([x, square(x)]), concat([wengert.argmin(concat([x, 2])), 1]), 2), Float64Array.of(3, 1)));
  expect(vmap(grad(f))(Float64Array.of(1, 3))).toEqual(Float64Array.of(3 + 2, 1 + 6));
});

test("vmap of rows of matrices that are the same at every point", () => {
  const f = (s: Value): Value => sum(sin(mul(sum(mul(matrix(rows), s), { axis: 1 }), 0.1)));
  const points = Float64Array.of(0.5, 1, 2);
  const plain = (s: number): number => total(rows.map((row) => Math.sin(0.1 * s * total(row))));
  close(vmap(f)(points), [...points].map(plain));
  for (const name of [...Object.keys(reductions), ...Object.keys(maps)]) {
    const g = (s: Value): Value => sum(library[name]!(mul(s, matrix(rows)), { axis: 0 }) as Value);
    close(
      vmap(g)(points),
      [...points].map((s) => sum(library[name]!(mul(s, matrix(rows)), { axis: 0 }) as never)),
    );
  }
});
