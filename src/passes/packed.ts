/** Rows of many points in one row, [points, lanes]: what functions of one point become where their lanes are too many to be rows of their own. */
import { type Graph, type Row } from "../graph/graph.js";
import { expandedTo, reshapedTo, summedTo } from "../graph/shaped.js";
import { opcode } from "../ops/generated/table.js";
import { type Grid, isGrid, isRange, laneNumber, type Lanes, type Monoid, type SumPlan } from "../ops/monoid.js";
import { structural } from "../ops/rows.js";
import { lanesOf, type Shape, transposedShape } from "../ops/shapes.js";
import { addTerms } from "../ops/lanes.js";

/** Rows over so many points, and how they are made of others. */
export class Packed implements Monoid<Row> {
  constructor(
    readonly graph: Graph,
    readonly points: number,
    /** What is made of lane numbers that are not known. */
    readonly anywhere: (x: Row, lanes: number) => Row,
  ) {}

  /** The lanes of a point. */
  lanes(x: Row): number {
    return this.graph.lanes(x) / this.points;
  }

  #shaped(x: Row, shape: Shape): Row {
    return reshapedTo(this.graph, x, shape);
  }

  /** x of so many lanes a point. */
  #flat(x: Row, lanes: number): Row {
    return this.#shaped(x, [this.points, lanes]);
  }

  swapped(x: Row): Row {
    return this.graph.shared(structural.transpose, this.graph.shapeOf(transposedShape(this.graph.sizes(x))), x);
  }

  /** A row that is the same at every point. */
  everywhere(x: Row): Row {
    const { graph, points } = this;
    const lanes = graph.lanes(x);
    return expandedTo(graph, graph.isScalar(x) ? x : this.#shaped(x, [lanes]), [points, lanes]);
  }

  /** Rows of single lanes, each over all points, side by side. */
  together(lanes: readonly Row[]): Row {
    const { graph, points } = this;
    if (lanes.length === 1) return this.#flat(expandedTo(graph, lanes[0]!, [points]), 1);
    const whole = graph.assemble(
      lanes.map((lane, i) => [expandedTo(graph, lane, [points]), i * points]),
      [lanes.length, points],
    );
    return this.swapped(whole);
  }

  /** Lanes from `start` on, the first of all points, then the second. */
  #columns(x: Row, start: number, lanes: number): Row {
    const { graph, points } = this;
    const flat = this.#shaped(this.swapped(x), [graph.lanes(x)]);
    return graph.shared(structural.slice, graph.shapeOf(lanes * points), flat, start * points);
  }

  /** Each lane as a row over all points. */
  apart(x: Row): Row[] {
    const { graph, points } = this;
    if (this.lanes(x) === 1) return [this.#shaped(x, [points])];
    const flat = this.#shaped(this.swapped(x), [graph.lanes(x)]);
    return Array.from({ length: this.lanes(x) }, (_, i) => graph.shared(structural.slice, graph.shapeOf(points), flat, i * points));
  }

  /** An elementwise row, or a host function's: operands of one lane serve all. */
  elementwise(lanes: number, operands: readonly Row[], of: (operands: readonly Row[]) => Row): Row {
    const { graph, points } = this;
    return of(operands.map((x) => (graph.isScalar(x) || this.lanes(x) === lanes ? x : expandedTo(graph, x, [points, lanes]))));
  }

  /** A structural row whose form over a batch is the same. */
  batched(op: structural, x: Row, shape: Shape, from: Shape, attribute: number): Row {
    const { graph, points } = this;
    const row = graph.shared(op, graph.shapeOf([points, ...shape]), this.#shaped(x, [points, ...from]), attribute);
    return this.#flat(row, lanesOf(shape));
  }

  gather(x: Row, lanes: Lanes): Row {
    const own = this.lanes(x);
    if (isRange(lanes)) {
      const { start, step, length } = lanes;
      if (step === 0 || (step === 1 && start === 0 && length === own)) return this.#ofOne(x, start, length, step);
      if (step === 1) return this.swapped(this.#shaped(this.#columns(x, start, length), [length, this.points]));
      if (step === -1 && start === own - 1 && length === own) return this.graph.shared(structural.reverseAxis, this.graph.shape[x]!, x, 1);
    }
    return (isGrid(lanes) ? this.#broadcast(x, lanes) : undefined) ?? this.#taken(x, lanes);
  }

  /** x itself, or one of its lanes in many. */
  #ofOne(x: Row, start: number, length: number, step: number): Row {
    if (step === 1) return x;
    const one = this.lanes(x) === 1 ? x : this.gather(x, { start, step: 1, length: 1 });
    return expandedTo(this.graph, one, [this.points, length]);
  }

  /** The lanes of a grid that repeats dimensions, where a shape with the points before it is one. */
  #broadcast(x: Row, { start, sizes: [outer, ...sizes], steps: [, ...steps] }: Grid): Row | undefined {
    const from = sizes.map((size, i) => (steps[i] === 0 ? 1 : size));
    if (outer !== 1 || start !== 0 || lanesOf(from) !== this.lanes(x) || steps[1] > 1) return undefined;
    if (steps[0] !== 0 && steps[0] !== from[1]) return undefined;
    const [, m, n] = [1, ...sizes] as [number, number, number];
    return this.#flat(expandedTo(this.graph, this.#shaped(x, [this.points, ...from]), [this.points, m, n]), m * n);
  }

  /** Lane numbers of all points, of so many lanes each. */
  #places(lanes: Lanes, own: number): Row {
    const { length } = lanes;
    return this.graph.vector(
      Int32Array.from({ length: this.points * length }, (_, i) => Math.floor(i / length) * own + laneNumber(lanes, i % length)),
    );
  }

  #taken(x: Row, lanes: Lanes): Row {
    const { graph } = this;
    const places = this.#places(lanes, this.lanes(x));
    const flat = this.#shaped(x, [graph.lanes(x)]);
    return this.#flat(graph.shared(structural.take, graph.shapeOf(graph.lanes(places)), flat, places), lanes.length);
  }

  scatter(x: Row, to: Lanes, lanes: number): Row {
    const { graph } = this;
    const flat = this.#shaped(x, [graph.lanes(x)]);
    return this.#flat(graph.shared(structural.segmentSum, graph.shapeOf(this.points * lanes), flat, this.#places(to, lanes)), lanes);
  }

  placed(pieces: readonly (readonly [x: Row, offset: number])[], lanes: number): Row {
    const { graph, points } = this;
    const whole = graph.assemble(
      pieces.map(([x, offset]) => [this.#columns(x, 0, this.lanes(x)), offset * points]),
      [lanes, points],
    );
    return this.swapped(whole);
  }

  terms(xs: readonly Row[]): Row {
    return addTerms(xs, (x, y) => this.graph.elementwise(opcode.add, x, y));
  }

  /** A row along a dimension of the lanes of each point. */
  #along(op: structural | undefined, x: Row, { outer, count, inner }: SumPlan, inPlace = false): Row {
    const { graph, points } = this;
    const from = this.#shaped(x, [points * outer, count, inner]);
    const left = [points * outer, inPlace ? count : 1, inner];
    const row = op === undefined ? summedTo(graph, from, left) : graph.shared(op, graph.shapeOf(left), from, inPlace ? 1 : -1);
    return this.#flat(row, outer * inner * (inPlace ? count : 1));
  }

  #all(x: Row): SumPlan {
    return { outer: 1, count: this.lanes(x), inner: 1 };
  }

  along(x: Row, plan: SumPlan): Row {
    return this.#along(undefined, x, plan);
  }
  total(x: Row): Row {
    return this.along(x, this.#all(x));
  }
  extremesAlong(x: Row, plan: SumPlan, sign: 1 | -1): Row {
    return plan.count === 1 ? x : this.#along(sign > 0 ? structural.maxAxis : structural.minAxis, x, plan);
  }
  extreme(x: Row, sign: 1 | -1): Row {
    return this.extremesAlong(x, this.#all(x), sign);
  }
  firstsAlong(x: Row, plan: SumPlan, sign: 1 | -1): Row {
    if (plan.count === 1) return this.everywhere(this.graph.vector(new Float64Array(this.lanes(x))));
    return this.#along(sign > 0 ? structural.argmaxAxis : structural.argminAxis, x, plan);
  }
  firstExtreme(x: Row, sign: 1 | -1): Row {
    return this.firstsAlong(x, this.#all(x), sign);
  }
  runningAlong(x: Row, plan: SumPlan): Row {
    return this.#along(structural.cumsumAxis, x, plan, true);
  }
  running(x: Row): Row {
    return this.runningAlong(x, this.#all(x));
  }
  ordered(x: Row, count: number): Row {
    const rows = this.#shaped(x, [this.graph.lanes(x) / count, count]);
    return this.#flat(this.graph.shared(structural.argsort, this.graph.shape[rows]!, rows), this.lanes(x));
  }
  times(x: Row, y: Row): Row {
    const { graph } = this;
    return this.elementwise(Math.max(this.lanes(x), this.lanes(y)), [x, y], ([a, b]) => graph.elementwise(opcode.mul, a!, b));
  }

  /** The lanes of x that numbers of each point name; NaN where one names none. */
  takenBy(x: Row, numbers: Row): Row {
    const { graph } = this;
    const own = this.lanes(x);
    const { numbers: safe, isLane } = this.#checked(numbers, own);
    const flat = this.#shaped(x, [graph.lanes(x)]);
    const taken = this.#flat(graph.shared(structural.take, graph.shapeOf(graph.lanes(safe)), flat, safe), this.lanes(numbers));
    return graph.elementwise(opcode.where, isLane, taken, graph.constant(NaN));
  }

  /** The sums of the lanes of x by numbers of each point; NaN in all where one is out of bounds. */
  summedBy(x: Row, numbers: Row, lanes: number): Row {
    const { graph } = this;
    const { numbers: safe, isLane } = this.#checked(numbers, lanes);
    const flat = this.#shaped(x, [graph.lanes(x)]);
    const sums = this.#flat(graph.shared(structural.segmentSum, graph.shapeOf(this.points * lanes), flat, safe), lanes);
    const good = this.extreme(isLane, -1);
    return this.elementwise(lanes, [good, sums], ([ok, sum]) => graph.elementwise(opcode.where, ok!, sum, graph.constant(NaN)));
  }

  /** Lane numbers among those of all points, and where they are some; where not, the point's first. */
  #checked(numbers: Row, own: number): { numbers: Row; isLane: Row } {
    const { graph, points } = this;
    const apply = (op: number, a: Row, b?: Row, c?: Row): Row => graph.elementwise(op, a, b, c);
    const zero = graph.constant(0);
    const within = apply(opcode.and, apply(opcode.ge, numbers, zero), apply(opcode.lt, numbers, graph.constant(own)));
    const isLane = apply(opcode.and, within, apply(opcode.eq, numbers, apply(opcode.floor, numbers)));
    const starts = graph.array(
      Float64Array.from({ length: points }, (_, i) => i * own),
      [points, 1],
    );
    const safe = apply(opcode.where, isLane, numbers, zero);
    const placed = apply(opcode.add, safe, expandedTo(graph, starts, [points, this.lanes(numbers)]));
    return { numbers: this.#shaped(placed, [graph.lanes(numbers)]), isLane };
  }
}
