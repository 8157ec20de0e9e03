/**
 * Derivatives of loops. A loop's transposition is a loop: of what steps take as a constant the adjoint is a sum, of a carry a carry in the other direction, of a stack that is read one that
 * is written. What such a loop reads of the steps of the first, the first writes as stacks more; it takes its own place for all that read it, as calls do.
 */
import { type ClosedLoop, closedLoop, looped, type LoopRows } from "../graph/anew.js";
import { bodyOf, readPart } from "../graph/body.js";
import { type Graph, type Loop, type Row } from "../graph/graph.js";
import { loopOf } from "../graph/loop.js";
import { opcode } from "../ops/generated/table.js";
import { structural } from "../ops/rows.js";
import { type Shape } from "../ops/shapes.js";
import { activeInLoop } from "./activity.js";
import { broadcastTo, ruleRowsOf } from "./algebra.js";
import { type BodyRule, type Derivatives, oncePerBase, type Pass, type Seeds, seedsOf } from "./bodyrules.js";
import { cleaned, type Masked } from "./contributions.js";
import { Kept } from "./kept.js";
import { ALWAYS, Masks } from "./masks.js";

/** What an operand of a derived loop is: an operand or a part of the first, or a derivative that the pass has, or its mask. */
type Source =
  | { readonly kind: "operand" | "part" | "row" | "mask"; readonly k: number }
  /** A derivative that is 0 at first, in a shape. */
  | { readonly kind: "zero"; readonly shape: Shape };

/** What a derivative is: parts of the derived loop. */
interface Found {
  readonly row: number;
  readonly mask: number | undefined;
  /** Whether the mask is a sum of truth values. */
  readonly counts: boolean;
}

/** A derivative of a loop. */
interface Derived {
  readonly closed: ClosedLoop;
  /** By operand, those of constants first, then of carries, then of stacks. */
  readonly sources: readonly Source[];
  /** How many parts the first loop has that it reads. */
  readonly parts: number;
  /** By derivative. */
  readonly found: readonly (Found | undefined)[];
}

/** Derivatives of one loop under way: its body keeps more and more rows, as stacks. */
class Growth {
  readonly kept: Kept;
  readonly #loops = new Map<number, Loop>();
  readonly #derived = new Map<string, Derived>();

  constructor(readonly base: Loop) {
    this.kept = new Kept(base);
    this.#loops.set(base.parts.length, base);
  }

  /** The loop with so many parts. */
  loop(count: number): Loop {
    let loop = this.#loops.get(count);
    if (loop === undefined) {
      const { body, writes, ...steps } = this.base;
      const more = Array.from({ length: count - body.results.length }, () => "stack" as const);
      const extended = bodyOf(body.name, this.kept.graph, body.parameters, this.kept.rows.slice(0, count), body.base);
      this.#loops.set(count, (loop = loopOf(extended, { ...steps, writes: [...writes, ...more] }, this.base)));
    }
    return loop;
  }

  /** A derivative of the loop, made once. */
  derived(key: string, make: (kept: Kept) => Derived): Derived {
    let derived = this.#derived.get(key);
    if (derived === undefined) this.#derived.set(key, (derived = make(this.kept)));
    return derived;
  }
}

const growthOf = oncePerBase((base: Loop) => new Growth(base));

/** What is known of a carry's derivative: whether it counts in all steps, or where a mask that is carried too says so; undefined while nothing flows. */
type Flow = "always" | "masked" | undefined;

const flowOf = (derivative: Masked | undefined): Flow => derivative && (derivative.mask === ALWAYS ? "always" : "masked");
const joined = (x: Flow, y: Flow): Flow => (x === "masked" || y === "masked" ? "masked" : (x ?? y));

/** A derived loop's rows while they are recorded on a copy of the first loop's body. */
class Recording {
  readonly masks: Masks;
  readonly consts: Row[] = [];
  readonly slices: Row[] = [];
  readonly sources: { readonly consts: Source[]; readonly slices: Source[] } = { consts: [], slices: [] };

  constructor(readonly graph: Graph) {
    this.masks = new Masks(graph, ruleRowsOf(graph));
  }

  placeholder(shape: Shape): Row {
    return this.graph.push(structural.placeholder, this.graph.shapeOf(shape), this.graph.length);
  }

  /** A derivative number k that the pass has, the same in all steps or a slice of it. */
  given(as: "consts" | "slices", k: number, flow: Flow, shape: Shape): Masked | undefined {
    if (flow === undefined) return undefined;
    const take = (kind: "row" | "mask"): Row => {
      const row = this.placeholder(shape);
      this[as].push(row);
      this.sources[as].push({ kind, k });
      return row;
    };
    const row = take("row");
    return flow === "always" ? { row, mask: ALWAYS, clean: true } : { row, mask: this.masks.given(take("mask")), clean: false };
  }

  /** A carried derivative, with its mask where it has one. */
  carried(flow: Flow, shape: Shape): Masked | undefined {
    if (flow === undefined) return undefined;
    const row = this.placeholder(shape);
    return flow === "always" ? { row, mask: ALWAYS, clean: true } : { row, mask: this.masks.given(this.placeholder(shape)), clean: false };
  }

  /** A derivative in a shape, 0 where nothing flowed, and its mask. */
  shaped(derivative: Masked | undefined, shape: Shape): { readonly row: Row; readonly mask: Row } {
    const { graph, masks } = this;
    const wide = (row: Row): Row => (shape.length === 0 ? row : broadcastTo(graph, row, shape));
    if (derivative === undefined) return { row: wide(graph.constant(0)), mask: wide(graph.constant(0)) };
    return { row: wide(derivative.row), mask: wide(masks.rowOf(derivative.mask)) };
  }
}

/** What the steps of a derived loop do with the derivatives of a step. */
interface Step {
  /** The derivatives of the carries, in order, of what the step has of them. */
  readonly carries: Derivatives;
  /** Derivatives that are added up, or written as stacks, by their number among the derivatives of the loop. */
  readonly written: readonly { readonly k: number; readonly as: "stack" | "sum"; readonly derivative: Masked; readonly shape: Shape }[];
}

/** How a derived loop is made. */
interface Making {
  readonly reverse: boolean;
  /** By carry: what flows at first, and the number of the derivative that the pass has. */
  readonly first: readonly Flow[];
  readonly firstOf: (carry: number) => number;
  /** How many derivatives the loop has, and which is that of a carry. */
  readonly count: number;
  readonly carryAt: (carry: number) => number;
  /** Which carries may have a derivative. */
  readonly isActive: (carry: number) => boolean;
  /** Records a step on what it has. */
  readonly step: (recording: Recording, carries: Derivatives) => Step;
}

/** Makes a derived loop: what flows through its carries is found by recording the step until nothing more does. */
function made(loop: Loop, kept: Kept, making: Making): Derived {
  const { body, consts, carries } = loop;
  const shapes = body.parts.slice(0, carries).map(({ shape }) => shape);
  let flows = making.first;
  for (;;) {
    const work = kept.graph.copy();
    const end = work.length;
    const recording = new Recording(work);
    const own = shapes.map((shape, k) => (making.isActive(k) ? recording.carried(flows[k], shape) : undefined));
    const step = making.step(recording, own);
    const next = flows.map((flow, k) => (making.isActive(k) ? joined(flow, flowOf(step.carries[k])) : undefined));
    if (next.some((flow, k) => flow !== flows[k])) {
      flows = next;
      continue;
    }
    return closedAs(loop, kept, making, { recording, end, flows, own, step, consts, shapes });
  }
}

function closedAs(
  loop: Loop,
  kept: Kept,
  making: Making,
  made: {
    readonly recording: Recording;
    readonly end: Row;
    readonly flows: readonly Flow[];
    readonly own: Derivatives;
    readonly step: Step;
    readonly consts: number;
    readonly shapes: readonly Shape[];
  },
): Derived {
  const { recording, end, flows, own, step, consts, shapes } = made;
  const { graph, masks } = recording;
  const { body, carries: count, takes } = loop;
  const found = new Array<Found | undefined>(making.count).fill(undefined);
  const carries: Row[] = [];
  const next: Row[] = [];
  const firsts: Source[] = [];
  own.forEach((derivative, k) => {
    if (derivative === undefined) return;
    const shape = shapes[k]!;
    const after = recording.shaped(step.carries[k], shape);
    const isGiven = making.first[k] !== undefined;
    const first: Source = isGiven ? { kind: "row", k: making.firstOf(k) } : { kind: "zero", shape };
    found[making.carryAt(k)] = { row: carries.length, mask: flows[k] === "masked" ? carries.length + 1 : undefined, counts: false };
    carries.push(derivative.row);
    next.push(after.row);
    firsts.push(first);
    if (flows[k] !== "masked") return;
    carries.push(masks.rowOf(derivative.mask));
    next.push(after.mask);
    firsts.push(isGiven ? { kind: "mask", k: making.firstOf(k) } : { kind: "zero", shape });
  });
  const written: { row: Row; as: "stack" | "sum" }[] = [];
  const write = (row: Row, as: "stack" | "sum"): number => carries.length + written.push({ row, as }) - 1;
  for (const { k, as, derivative, shape } of step.written) {
    const isSum = as === "sum";
    const row = isSum ? cleaned(masks, derivative) : recording.shaped(derivative, shape).row;
    const mask = isSum ? masks.rowOf(derivative.mask) : recording.shaped(derivative, shape).mask;
    found[k] = { row: write(row, as), mask: derivative.mask === ALWAYS ? undefined : write(mask, as), counts: isSum };
  }
  const given = [
    ...body.parameters.slice(0, consts),
    ...body.parameters.slice(consts + count),
    ...recording.consts,
    ...recording.slices,
    ...carries,
  ];
  const residuals = kept.read(graph, end, new Set(given), [...next, ...written.map(({ row }) => row)]);
  const rows: LoopRows = {
    name: `${body.name}′`,
    graph,
    length: loop.length,
    reverse: making.reverse,
    consts: [...body.parameters.slice(0, consts), ...recording.consts],
    carries,
    slices: [...body.parameters.slice(consts + count, takes.length), ...residuals.map(({ row }) => row), ...recording.slices],
    number: loop.numbered ? body.parameters.at(-1) : undefined,
    next,
    written,
  };
  const operands = (from: number, end: number): Source[] =>
    Array.from({ length: end - from }, (_, k) => ({ kind: "operand", k: from + k }));
  const sources: Source[] = [
    ...operands(0, consts),
    ...recording.sources.consts,
    ...firsts,
    ...operands(consts + count, takes.length),
    ...residuals.map(({ part }): Source => ({ kind: "part", k: part })),
    ...recording.sources.slices,
  ];
  const parts = residuals.reduce((most, { part }) => Math.max(most, part + 1), 0);
  return { closed: closedLoop(rows), sources, parts, found };
}

/** Records a derived loop beside the loop in `row`, of the derivatives that the pass has in their shapes, and returns the derivatives. */
function recorded({ graph, masks }: Pass, row: Row, given: Derivatives, shapes: readonly Shape[], derived: Derived): Derivatives {
  const { closed, sources, parts, found } = derived;
  const loop = graph.loopOf(row);
  graph.extend(row, growthOf(loop).loop(Math.max(parts, loop.parts.length)));
  const wide = (x: Row, shape: Shape): Row => (shape.length === 0 ? x : broadcastTo(graph, x, shape));
  const operandOf = (k: number): Row => {
    const source = sources[k]!;
    switch (source.kind) {
      case "operand":
        return graph.operand(row, source.k);
      case "part":
        return readPart(graph, row, source.k);
      case "row":
        return wide(given[source.k]!.row, shapes[source.k]!);
      case "mask":
        return wide(masks.rowOf(given[source.k]!.mask), shapes[source.k]!);
      case "zero":
        return wide(graph.constant(0), source.shape);
    }
  };
  const results = looped(graph, closed, operandOf);
  const maskOf = ({ mask, counts }: Found): number => {
    if (mask === undefined) return ALWAYS;
    const row = results[mask]!;
    return masks.given(counts ? graph.elementwise(opcode.gt, row, graph.constant(0)) : row);
  };
  return found.map((parts) => parts && { row: results[parts.row]!, mask: maskOf(parts), clean: parts.counts || parts.mask === undefined });
}

/** What a step has of the derivatives that a loop is given by result or parameter: the same in all steps, or slices of stacks. */
const keyOf = (given: Derivatives): string => given.map((derivative) => flowOf(derivative)?.[0] ?? "-").join("");

/** The shape of a slice of what a step takes or gives. */
const shapesOf = (parts: readonly { readonly shape: Shape }[]): readonly Shape[] => parts.map(({ shape }) => shape);

/** What the passes make of a loop. */
export const loop: BodyRule = {
  tangents({ graph, masks, push }, row, given) {
    const loop = graph.loopOf(row);
    const { body, consts, carries, takes, writes } = loop;
    const operands = given.map((tangent) => (tangent === undefined ? 0 : 1));
    const active = activeInLoop(loop, operands);
    const derived = growthOf(loop).derived(`forward ${loop.parts.length} ${keyOf(given)}`, (kept) =>
      made(loop, kept, {
        reverse: loop.reverse,
        first: given.slice(consts, consts + carries).map(flowOf),
        firstOf: (carry) => consts + carry,
        count: loop.parts.length,
        carryAt: (carry) => carry,
        isActive: (carry) => active.parameters[consts + carry] === 1,
        step(recording, own) {
          const seeds = takes.map((_, k): Masked | undefined => {
            if (k >= consts && k < consts + carries) return own[k - consts];
            return recording.given(k < consts ? "consts" : "slices", k, flowOf(given[k]), body.takes[k]!.shape);
          });
          const tangents = push(recording.graph, recording.masks, body.results, seedsOf(body.parameters, seeds));
          const written = tangents
            .slice(carries)
            .flatMap((derivative, k) =>
              derivative === undefined ? [] : [{ k: carries + k, as: writes[k]!, derivative, shape: body.parts[carries + k]!.shape }],
            );
          return { carries: tangents.slice(0, carries), written };
        },
      }),
    );
    return recorded({ graph, masks }, row, given, shapesOf(takes), derived);
  },

  adjoints({ graph, masks, pull }, row, given, wanted) {
    const loop = graph.loopOf(row);
    const { body, consts, carries, takes, writes } = loop;
    const active = activeInLoop(loop, wanted.map(Number));
    const isCarry = (k: number): boolean => k >= consts && k < consts + carries;
    const parameters = takes.flatMap((_, k) => (active.parameters[k] === 1 ? [k] : []));
    const derived = growthOf(loop).derived(`reverse ${wanted.map(Number).join("")} ${keyOf(given)}`, (kept) =>
      made(loop, kept, {
        reverse: !loop.reverse,
        first: given.slice(0, carries).map((adjoint, k) => (active.parameters[consts + k] === 1 ? flowOf(adjoint) : undefined)),
        firstOf: (carry) => carry,
        count: takes.length,
        carryAt: (carry) => consts + carry,
        isActive: (carry) => active.parameters[consts + carry] === 1,
        step(recording, own) {
          const adjoints = body.results.map((_, part): Masked | undefined => {
            if (part < carries) return own[part];
            const as = writes[part - carries] === "sum" ? "consts" : "slices";
            return recording.given(as, part, flowOf(given[part]), body.parts[part]!.shape);
          });
          const seeds: Seeds = seedsOf(body.results, adjoints);
          const pulled = pull(
            recording.graph,
            recording.masks,
            seeds,
            parameters.map((k) => body.parameters[k]!),
          );
          const by = new Map(parameters.map((k, i) => [k, pulled[i]]));
          const written = parameters.flatMap((k) => {
            const derivative = by.get(k);
            if (isCarry(k) || derivative === undefined) return [];
            return [{ k, as: k < consts ? ("sum" as const) : ("stack" as const), derivative, shape: body.takes[k]!.shape }];
          });
          return { carries: Array.from({ length: carries }, (_, k) => by.get(consts + k)), written };
        },
      }),
    );
    return recorded({ graph, masks }, row, given, shapesOf(loop.parts), derived);
  },
};
