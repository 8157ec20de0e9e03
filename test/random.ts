/** Random graphs: a list of steps, each a row over earlier ones, so that fast-check can leave steps out until a failing graph is small. */
import fc from "fast-check";
import { opcode } from "../src/ops/generated/table.js";
import { Graph, type Piece, type Row, SCALAR } from "../src/graph/graph.js";
import { isElementwise, structural } from "../src/ops/rows.js";
import { type Case } from "./local.js";
import { evaluateRow, table } from "./oracle.js";
import { scattered } from "./numbers.js";

/** A row to record: which op, and numbers that choose its operands and attributes among those that fit. */
interface Step {
  readonly op: number;
  readonly picks: readonly [number, number, number, number];
}

/** What a random graph is made from. */
export interface Recipe {
  readonly lengths: readonly [number, number];
  readonly seed: number;
  readonly steps: readonly Step[];
}

const moves = [
  "sum",
  "broadcast",
  "at",
  "slice",
  "assemble",
  "take",
  "segmentSum",
  "cumsum",
  "reverse",
  "max",
  "min",
  "argmax",
  "argmin",
] as const;

/** Elementwise ops, and as many more draws of rows that move lanes. */
const kinds = [...table.keys(), ...moves.flatMap((name) => [structural[name], structural[name], structural[name]])];

const pick = fc.nat({ max: 1000 });

/** Recipes of up to `most` steps. */
export const recipes = (most: number): fc.Arbitrary<Recipe> =>
  fc.record({
    lengths: fc.tuple(fc.constantFrom(2, 3, 8, 17, 130), fc.constantFrom(1, 5)),
    seed: fc.nat({ max: 50 }),
    steps: fc.array(fc.record({ op: fc.constantFrom(...kinds), picks: fc.tuple(pick, pick, pick, pick) }), {
      minLength: 1,
      maxLength: most,
      size: "max",
    }),
  });

/** A graph that grows, with the oracle's numbers of every row beside it. */
class Growing {
  readonly graph = new Graph();
  readonly values: Float64Array[] = [];
  readonly leaves: ArrayLike<number>[] = [];
  /** Rows that no other row uses, their numbers being beyond the ordinary. */
  readonly #wild = new Set<Row>();

  constructor(readonly recipe: Recipe) {}

  /** Evaluates the rows that were appended since. */
  settle(): void {
    for (let row = this.values.length; row < this.graph.length; row++)
      this.values.push(evaluateRow(table, this.graph, row, this.values, this.leaves));
  }

  input(numbers: Float64Array | number): Row {
    const leaf = this.leaves.push(typeof numbers === "number" ? [numbers] : numbers) - 1;
    return this.graph.push(structural.input, typeof numbers === "number" ? SCALAR : this.graph.shapeOf(numbers.length), leaf, 0);
  }

  indices(numbers: Int32Array): Row {
    return this.graph.push(structural.indices, this.graph.shapeOf(numbers.length), this.leaves.push(numbers) - 1);
  }

  /** The rows that others may use. */
  rows(): Row[] {
    return [...this.values.keys()].filter((row) => !this.graph.isIndices(row) && !this.#wild.has(row));
  }

  /** One of the rows that satisfy a condition. */
  choose(pick: number, fits: (row: Row) => boolean): Row | undefined {
    const rows = this.rows().filter(fits);
    return rows.length === 0 ? undefined : rows[rows.length - 1 - (pick % rows.length)];
  }

  elementwise(op: number, picks: Step["picks"]): Row | undefined {
    const { graph } = this;
    const count = table[op]!.partials.length;
    const a = this.choose(picks[0], () => true)!;
    const fits = (row: Row): boolean => graph.isScalar(row) || graph.isScalar(a) || graph.shape[row] === graph.shape[a];
    const b = count > 1 ? this.choose(picks[1], fits)! : undefined;
    const vector = graph.isScalar(a) ? b : a;
    const c =
      count > 2
        ? this.choose(picks[2], (row) => graph.isScalar(row) || graph.isScalar(vector!) || graph.shape[row] === graph.shape[vector!])!
        : undefined;
    return graph.elementwise(op, a, b, c);
  }

  structural(op: number, picks: Step["picks"]): Row | undefined {
    const { graph } = this;
    const [p0, p1, p2] = picks;
    const x = this.choose(p0, (row) => graph.isScalar(row) === (op === structural.broadcast));
    if (x === undefined) return undefined;
    const lanes = graph.lanes(x);
    const indexed = (fits: (numbers: Float64Array) => boolean): Row | undefined =>
      [...this.values.keys()].find((row) => graph.isIndices(row) && fits(this.values[row]!));
    switch (op) {
      case structural.broadcast:
        return graph.shared(op, graph.shapeOf(this.recipe.lengths[p1 % 2]!), x);
      case structural.at:
        return graph.shared(op, SCALAR, x, p1 % lanes);
      case structural.slice:
        return graph.shared(op, graph.shapeOf(1 + (p2 % (lanes - (p1 % lanes)))), x, p1 % lanes);
      case structural.assemble: {
        if (picks[3] % 3 === 0) return this.scalarSum(picks);
        const others = [picks[1], picks[2], picks[3]].map((pick) => this.choose(pick, (row) => graph.lanes(row) <= lanes)!);
        return graph.assemble(
          others.map((row, k): Piece => [row, picks[k]! % (lanes - graph.lanes(row) + 1)]),
          lanes,
        );
      }
      case structural.take: {
        const index = indexed((numbers) => numbers.every((i) => i < lanes));
        return index === undefined ? undefined : graph.shared(op, graph.shape[index]!, x, index);
      }
      case structural.segmentSum: {
        const index = indexed((numbers) => numbers.length === lanes);
        return index === undefined ? undefined : graph.shared(op, graph.shapeOf(Math.max(...this.values[index]!) + 1 + (p1 % 2)), x, index);
      }
      case structural.cumsum:
      case structural.reverse:
        return graph.shared(op, graph.shape[x]!, x);
      default:
        return graph.shared(op, SCALAR, x);
    }
  }

  /** A sum of single numbers, some of them products that nothing else uses. */
  scalarSum([p0, p1, p2]: Step["picks"]): Row {
    const { graph } = this;
    const scalar = (k: number): Row => this.choose(p1 + k * (1 + (p0 % 5)), (row) => graph.isScalar(row))!;
    const terms = Array.from({ length: 1 + (p0 % 21) }, (_, k) =>
      (p2 >> (k % 10)) & 1 ? graph.elementwise(opcode.mul, scalar(k), scalar(k + 1)) : scalar(k),
    );
    return graph.assemble(terms.map((row): Piece => [row, 0]));
  }

  /** Records a step; where its numbers leave the ordinary, one in ten is used further. */
  take({ op, picks }: Step): void {
    const { graph } = this;
    const before = graph.length;
    const row = isElementwise(op) ? this.elementwise(op, picks) : this.structural(op, picks);
    if (row === undefined || row < before) return;
    this.settle();
    if (picks[3] % 10 > 0 && this.values[row]!.some((x) => !(Math.abs(x) < 1e6))) this.#wild.add(row);
  }
}

/** The graph of a recipe. Its last row sums its last rows, and is what is differentiated. */
export function grow(recipe: Recipe): Case {
  const growing = new Growing(recipe);
  const { graph } = growing;
  const [long, short] = recipe.lengths;
  const vector = (lanes: number, seed: number): Float64Array => Float64Array.from(scattered(lanes, -2, 2, recipe.seed + seed));
  const whole = (lanes: number, below: number): Int32Array => Int32Array.from(scattered(lanes, 0, below, recipe.seed + 5), Math.floor);
  growing.input(0.7);
  growing.input(-1.3);
  growing.input(vector(long, 1));
  growing.input(vector(long, 2).map(Math.abs));
  growing.input(vector(short, 3));
  growing.indices(whole(long, Math.min(long, short)));
  growing.indices(whole(short, long));
  graph.vector(whole(long, long));
  graph.vector(vector(long, 4));
  graph.constant(0.5);
  graph.constant(2);
  growing.settle();
  for (const step of recipe.steps) growing.take(step);
  const pieces = growing
    .rows()
    .slice(-3)
    .map((row): Piece => [graph.isScalar(row) ? row : graph.shared(structural.sum, SCALAR, row), 0]);
  return { graph, of: graph.assemble(pieces), leaves: growing.leaves };
}
