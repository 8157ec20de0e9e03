/** Skeletons: what a recording is without its numbers, kept to know it again. */
import { sameOwned } from "./body.js";
import { type HostOp, type Owned, type Row } from "./graph.js";
import { type RawGraph, sameContents } from "./rawgraph.js";
import { structural } from "../ops/rows.js";
import { sameShape, type Shape } from "../ops/shapes.js";
import { type Leaf, sameTree, type Tree } from "../data/tree.js";

/** A function recorded on data, with all that what is made of it depends on, its numbers apart. */
export interface Subject {
  readonly graph: RawGraph;
  /** The structures of the arguments and of the result. */
  readonly trees: readonly Tree[];
  /** The leaves of the arguments, and what they hold. */
  readonly leaves: readonly Leaf[];
  readonly values: readonly unknown[];
  /** The leaves of the result, and their rows. */
  readonly resultLeaves: readonly Leaf[];
  readonly resultRows: readonly (readonly Row[])[];
  /** The truth rows that the function made. */
  readonly truths: readonly Row[];
  /** Whether lane numbers among the arguments belong to the structure. */
  readonly fixesIndices: boolean;
}

/** How rows of a host function are computed and differentiated, apart from the functions themselves. */
interface HostShape {
  readonly name: string;
  readonly partials: readonly (HostShape | undefined)[] | undefined;
}

const hostShape = ({ name, partials }: HostOp): HostShape => ({
  name,
  partials: partials?.map((partial) => (typeof partial === "function" ? undefined : hostShape(partial))),
});

function isShapedAs({ name, partials }: HostOp, shape: HostShape): boolean {
  if (name !== shape.name || partials?.length !== shape.partials?.length) return false;
  return (partials ?? []).every((partial, k) => {
    const wanted = shape.partials![k];
    return typeof partial === "function" ? wanted === undefined : wanted !== undefined && isShapedAs(partial, wanted);
  });
}

function sameLeaves(xs: readonly Leaf[], ys: readonly Leaf[]): boolean {
  if (xs.length !== ys.length) return false;
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i]!, ys[i]!];
    if (x.kind !== y.kind || x.lanes !== y.lanes || !sameShape(x.shape ?? [], y.shape ?? [])) return false;
  }
  return true;
}

function sameNumbers(xs: ArrayLike<number>, ys: ArrayLike<number>, count: number): boolean {
  for (let i = 0; i < count; i++) if (xs[i] !== ys[i]) return false;
  return true;
}

function sameLists(xs: readonly (readonly number[])[], ys: readonly (readonly number[])[]): boolean {
  if (xs.length !== ys.length) return false;
  for (let i = 0; i < xs.length; i++) if (xs[i]!.length !== ys[i]!.length || !sameNumbers(xs[i]!, ys[i]!, xs[i]!.length)) return false;
  return true;
}

/** The sizes of all shapes. */
const shapesOf = (graph: RawGraph): readonly Shape[] => Array.from({ length: graph.shapeCount }, (_, shape) => graph.sizesOf(shape));

/** A hash of what skeletons compare, but for what seldom differs alone; `seed` tells apart what is made of the recording. About 3 ns a row. */
export function hashOf({ graph, leaves, resultRows }: Subject, seed: number): number {
  let h = seed;
  const mix = (x: number): void => {
    h = Math.imul(h ^ x, 0x9e3779b1);
    h ^= h >>> 15;
  };
  const { op, shape, a, b, c, pool } = graph;
  for (let row = 0; row < graph.length; row++) {
    mix(op[row]! | (shape[row]! << 8));
    mix(Math.imul(a[row]!, 0x85ebca6b) ^ Math.imul(b[row]!, 0xc2b2ae35) ^ c[row]!);
  }
  for (let i = 0; i < graph.poolLength; i++) mix(pool[i]!);
  for (let i = 1; i < graph.shapeCount; i++) for (const size of graph.sizesOf(i)) mix(size);
  for (const { lanes } of leaves) mix(lanes);
  for (const rows of resultRows) for (const row of rows) mix(row);
  return h;
}

/** A recording without its numbers. */
export class Skeleton {
  readonly #length: number;
  readonly #op: Uint8Array;
  readonly #columns: readonly Int32Array[];
  readonly #pool: Int32Array;
  readonly #shapes: readonly Shape[];
  readonly #hosts: readonly HostShape[];
  readonly #bodies: readonly Owned[];
  readonly #rest: Pick<Subject, "trees" | "leaves" | "resultLeaves" | "resultRows" | "truths">;
  /** The lane numbers that were captured, by the number of the array; undefined where it is a vector. */
  readonly indices: readonly (Int32Array | undefined)[];
  /** The lane numbers among the arguments, by leaf, where they belong to the structure. */
  readonly #given: readonly (Int32Array | undefined)[];

  constructor(subject: Subject) {
    const { graph, trees, leaves, resultLeaves, resultRows, truths, values } = subject;
    const { length } = graph;
    this.#length = length;
    this.#op = graph.op.slice(0, length);
    this.#columns = [graph.shape, graph.a, graph.b, graph.c].map((column) => column.slice(0, length));
    this.#pool = graph.pool.slice(0, graph.poolLength);
    this.#shapes = shapesOf(graph);
    this.#hosts = graph.hosts.map(hostShape);
    this.#bodies = [...graph.bodies];
    this.#rest = { trees, leaves, resultLeaves, resultRows, truths: [...truths] };
    this.indices = graph.vectors.map((values) => (values instanceof Int32Array ? values.slice() : undefined));
    this.#given = subject.fixesIndices ? values.map((value) => (value instanceof Int32Array ? value.slice() : undefined)) : [];
  }

  /** The bytes of the columns. */
  get bytes(): number {
    return 17 * this.#length + this.#pool.byteLength;
  }

  /** Whether a recording is this one, but for its numbers and the contents of its vectors. */
  matches({ graph, trees, leaves, resultLeaves, resultRows, truths, values }: Subject): boolean {
    const length = this.#length;
    const [shape, a, b, c] = this.#columns as [Int32Array, Int32Array, Int32Array, Int32Array];
    const rest = this.#rest;
    return (
      graph.length === length &&
      graph.poolLength === this.#pool.length &&
      graph.shapeCount === this.#shapes.length &&
      graph.hosts.length === this.#hosts.length &&
      graph.bodies.length === this.#bodies.length &&
      sameLeaves(leaves, rest.leaves) &&
      sameNumbers(this.#op, graph.op, length) &&
      sameNumbers(a, graph.a, length) &&
      sameNumbers(b, graph.b, length) &&
      sameNumbers(c, graph.c, length) &&
      sameNumbers(shape, graph.shape, length) &&
      sameNumbers(this.#pool, graph.pool, this.#pool.length) &&
      this.#shapes.every((shape, i) => sameShape(shape, graph.sizesOf(i))) &&
      sameLists(resultRows, rest.resultRows) &&
      sameLeaves(resultLeaves, rest.resultLeaves) &&
      truths.length === rest.truths.length &&
      sameNumbers(truths, rest.truths, truths.length) &&
      trees.every((tree, i) => sameTree(tree, rest.trees[i]!)) &&
      this.#bodies.every((body, i) => sameOwned(graph.bodies[i]!, body)) &&
      this.#hosts.every((host, i) => isShapedAs(graph.hosts[i]!, host)) &&
      this.indices.every(
        (indices, k) => indices === undefined || indices === graph.vectors[k] || sameContents(indices, graph.vectors[k]!),
      ) &&
      this.#given.every((indices, leaf) => indices === undefined || sameContents(indices, values[leaf] as Int32Array))
    );
  }
}

/** Whether a row is where an argument enters. */
export const isArgument = (op: number): boolean => op === structural.input || op === structural.indices;
