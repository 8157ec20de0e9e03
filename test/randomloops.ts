/** Random programs with loops over steps: loops in loops, calls in loops, carries of every shape that stay, change places, or are slices of stacks. */
import { bodyOf, readPart } from "../src/graph/body.js";
import { type Body, Graph, type Row } from "../src/graph/graph.js";
import { loopOf } from "../src/graph/loop.js";
import { type Written } from "../src/graph/steps.js";
import { opcode } from "../src/ops/generated/table.js";
import { structural } from "../src/ops/rows.js";
import { lanesOf, type Shape } from "../src/ops/shapes.js";
import { type Program } from "../src/trace/trace.js";
import { programFor } from "./engines.js";

/** Random whole numbers below a bound. */
type Draw = (bound: number) => number;

function drawing(seed: number): Draw {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

const shapes: readonly Shape[] = [[], [], [1], [3], [4], [3, 3], [2, 2]];
const unary = [opcode.sin, opcode.tanh, opcode.abs, opcode.atan];
const binary = [opcode.add, opcode.sub, opcode.mul, opcode.maximum];

/** Rows of a graph under construction, from which others are drawn. */
class Maker {
  readonly rows: Row[] = [];

  constructor(
    readonly graph: Graph,
    readonly draw: Draw,
    readonly depth: number,
    /** Rows of lane numbers, each below 3. */
    readonly indices: Row[] = [],
  ) {}

  of<T>(list: readonly T[]): T {
    return list[this.draw(list.length)]!;
  }

  /** A row of a shape: one of those that there are, or a constant. */
  like(shape: Shape): Row {
    const key = shape.join();
    const found = this.rows.filter((row) => this.graph.sizes(row).join() === key);
    if (found.length > 0 && this.draw(8) > 0) return this.of(found);
    if (shape.length === 0) return this.graph.constant(this.of([0, -0, 0.5, 1, -2]));
    return this.graph.array(
      Float64Array.from({ length: lanesOf(shape) }, () => this.draw(9) / 4 - 1),
      shape,
    );
  }

  /** Adds a row of any kind. */
  grow(): void {
    const { graph, draw } = this;
    const shape = this.of(shapes);
    const id = graph.shapeOf(shape);
    const lanes = lanesOf(shape);
    const kinds = [
      () => graph.elementwise(this.of(unary), this.like(shape)),
      () => graph.elementwise(this.of(binary), this.like(shape), this.like(this.of([shape, shape, []]))),
      () => graph.elementwise(opcode.mulAdd, this.like(shape), this.like(shape), this.like(shape)),
      () => graph.shared(structural.sum, graph.shapeOf([]), this.like(this.of(shapes.filter(({ length }) => length > 0)))),
      () => graph.shared(structural.at, graph.shapeOf([]), this.like([4]), draw(4)),
      () => graph.shared(structural.take, graph.shapeOf([1]), this.like([3]), this.index()),
      () => graph.shared(structural.segmentSum, graph.shapeOf([3]), this.like([1]), this.index()),
      () => graph.assemble([[this.like([3]), draw(2)], [this.like([]), draw(4)], [this.like([]), draw(4)]], [4]), // prettier-ignore
      () => graph.assemble([[this.like([]), 0], [this.like([]), 1]], [2, 2]), // prettier-ignore
      () => graph.shared(structural.slice, graph.shapeOf([3]), this.like([3, 3]), 3 * draw(3)),
      () => (lanes === 9 ? graph.shared(structural.transpose, id, this.like(shape)) : this.like(shape)),
      () => (shape.length === 1 ? graph.shared(this.of([structural.reverse, structural.cumsum]), id, this.like(shape)) : this.like(shape)),
      () => (shape.length === 0 ? this.like(shape) : graph.shared(structural.broadcast, id, this.like([]))),
    ];
    this.rows.push(this.of(kinds)());
    if (this.depth > 0 && draw(6) === 0) this.rows.push(...this.loop());
    if (this.depth > 0 && draw(10) === 0) this.rows.push(...this.call());
  }

  index(): Row {
    const list = this.indices.filter((row) => this.graph.lanes(row) === 1);
    return list.length > 0 && this.draw(3) > 0 ? this.of(list) : this.graph.vector(Int32Array.of(this.draw(3)));
  }

  /** A body over parameters of shapes, lane numbers last, with results of others. */
  body(takes: readonly Shape[], indices: number, gives: readonly Shape[], rows: number, numbered = false): Body {
    const graph = new Graph();
    const parameters = takes.map((shape, k) => graph.push(structural.placeholder, graph.shapeOf(shape), k));
    const numbers = Array.from({ length: indices }, (_, k) => graph.push(structural.indices, graph.shapeOf([1]), takes.length + k));
    const maker = new Maker(graph, this.draw, this.depth - 1, numbers);
    maker.rows.push(...parameters);
    const own: Row[] = [...parameters, ...numbers];
    if (numbered) {
      const number = graph.push(structural.placeholder, graph.shapeOf([]), own.length);
      maker.rows.push(number);
      own.push(number);
    }
    for (let i = 0; i < rows; i++) maker.grow();
    return bodyOf("step", graph, own, gives.map((shape) => maker.like(shape))); // prettier-ignore
  }

  /** The parts of a call. */
  call(): Row[] {
    const takes = this.some(3);
    const body = this.body(takes, 0, this.some(2), 30);
    const row = this.graph.call(body, takes.map((shape) => this.like(shape))); // prettier-ignore
    return body.parts.map((_, k) => readPart(this.graph, row, k));
  }

  some(most: number): Shape[] {
    return Array.from({ length: 1 + this.draw(most) }, () => this.of(shapes));
  }

  /** The parts of a loop. */
  loop(): Row[] {
    const { graph, draw } = this;
    const [consts, carries, slices] = [this.some(3), this.some(4), this.some(2).filter(({ length }) => length < 2)];
    const indices = draw(2);
    const writes = this.some(4).filter(({ length }) => length < 3);
    const length = 1 + draw(5);
    const numbered = draw(2) === 0;
    const body = this.body([...consts, ...carries, ...slices], indices, [...carries, ...writes], 3 + draw(8), numbered);
    const loop = loopOf(body, {
      length,
      reverse: draw(2) === 0,
      consts: consts.length,
      carries: carries.length,
      numbered,
      writes: writes.map((): Written => (draw(2) === 0 ? "stack" : "sum")),
    });
    const row = graph.loop(loop, [
      ...[...consts, ...carries].map((shape) => this.like(shape)),
      ...slices.map((shape) => this.like([length, ...shape])),
      ...Array.from({ length: indices }, () => graph.vector(Int32Array.from({ length }, () => draw(3)))),
    ]);
    return loop.parts.map((_, k) => readPart(graph, row, k));
  }
}

/** A random program with a loop, its results all parts of it and what is computed of them, and numbers for its arguments. */
export function randomLoop(seed: number): { readonly program: Program; readonly inputs: readonly Float64Array[] } {
  const draw = drawing(seed);
  const graph = new Graph();
  const maker = new Maker(graph, draw, 2);
  const takes = [...shapes, [5, 3] as Shape];
  const inputs = takes.map((shape, k) => {
    maker.rows.push(graph.push(structural.input, graph.shapeOf(shape), k, 0));
    return Float64Array.from({ length: lanesOf(shape) }, () => draw(17) / 8 - 1);
  });
  for (let i = 0; i < 3; i++) maker.grow();
  const parts = maker.loop();
  maker.rows.push(...parts);
  for (let i = 0; i < 3; i++) maker.grow();
  return { program: programFor(graph, [...parts, ...maker.rows.slice(-4)]), inputs };
}
