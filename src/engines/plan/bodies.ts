/**
 * Which bodies a plan has: those that are short, or called once, are computed in place, and of others all that some call needs, planned once. Loops of few rows in all
 * steps are unrolled.
 */
import { called, type Closed, closed, closedLoop, type How, looped, loopRows, noImages, recordInto } from "../../graph/anew.js";
import { unrolled } from "../../graph/expand.js";
import { type Body, type Graph, type Loop, type Row } from "../../graph/graph.js";
import { bodiesOf } from "../../graph/print.js";
import { type Needed, neededOf, reach } from "../../graph/reach.js";
import { structural } from "../../ops/rows.js";
import { programAnew } from "../../passes/expand.js";
import { layout, outputLeaves, type WholeProgram } from "../../trace/trace.js";
import { type Leaf } from "../../data/tree.js";

/** What is computed in place. */
export interface Bounds {
  /** Bodies of so many rows. */
  readonly inPlace: number;
  /** Loops of so many rows in all steps. */
  readonly unrolled: number;
}

/** A number or a vector that every call gives; undefined where none is known yet. */
type Given = number | Float64Array | "varies" | undefined;

/** A function that is called: the body of its most results, 1 for those that some call needs, and what the calls are. */
interface Callee extends Needed {
  calls: number;
  /** By parameter. */
  readonly given: Given[];
  isInPlace: boolean;
}

/** The functions that a program's results need, by the base of their bodies, those that call before those that are called. */
class Callees {
  readonly #known = new Map<Body, Callee>();

  constructor(
    graph: Graph,
    results: readonly Row[],
    readonly bounds: Bounds,
  ) {
    for (const found of [...bodiesOf(graph)].reverse()) {
      const known = this.#known.get(found.base)?.body ?? found;
      const body = known.results.length > found.results.length ? known : found;
      this.#known.delete(body.base); // after the last that calls it
      this.#known.set(body.base, {
        body,
        parts: new Uint8Array(body.parts.length),
        takes: new Uint8Array(body.parameters.length),
        calls: 0,
        given: body.parameters.map(() => undefined),
        isInPlace: false,
      });
    }
    while (this.#marked(graph, results));
    this.#count(graph, results, 1, new Map());
    for (const callee of this.#known.values()) {
      callee.isInPlace = callee.calls <= 1 || this.#sizeOf(callee) <= bounds.inPlace || callee.body.takes.some(({ indices }) => indices);
      const { graph: inner, parameters } = callee.body;
      const constants = new Map(parameters.map((row, k) => [row, callee.isInPlace && callee.calls > 1 ? "varies" : callee.given[k]]));
      this.#count(inner, neededResults(callee), callee.isInPlace ? callee.calls : Math.min(1, callee.calls), constants);
    }
  }

  readonly atLeast = (body: Body): Callee => this.#known.get(body.base)!;

  /** Marks the parts and parameters that are needed, in all functions; whether there are more than before. */
  #marked(graph: Graph, results: readonly Row[]): boolean {
    let more = false;
    const mark = (flags: Uint8Array, k: number): void => {
      if (flags[k] === 1) return;
      flags[k] = 1;
      more = true;
    };
    const markIn = (graph: Graph, results: readonly Row[]): void => {
      for (const [row, parts] of this.#reached(graph, results).parts) {
        const owned = graph.owned(row);
        if (owned.kind === "loop") markIn(owned.body.graph, this.#stepResults(owned, parts));
        else parts.forEach((flag, part) => flag === 1 && mark(this.atLeast(owned).parts, part));
      }
    };
    markIn(graph, results);
    for (const callee of this.#known.values()) {
      const { graph, parameters } = callee.body;
      markIn(graph, neededResults(callee));
      const needed = this.#reached(graph, neededResults(callee));
      parameters.forEach((row, k) => needed.has(row) && mark(callee.takes, k));
    }
    return more;
  }

  #reached(graph: Graph, results: readonly Row[]): ReturnType<typeof reach> {
    return reach(graph, results, 0, { atLeast: this.atLeast });
  }

  /** What some parts of a loop need of a step. */
  #stepResults(loop: Loop, parts: Uint8Array): Row[] {
    const { results } = neededOf(loop, parts, this.atLeast);
    return loop.body.results.filter((_, k) => results[k] === 1);
  }

  /** Counts the calls in a graph that is computed so many times, and notes what they give. */
  #count(graph: Graph, results: readonly Row[], times: number, constants: ReadonlyMap<Row, Given>): void {
    if (times === 0) return;
    const valueOf = (row: Row): Given => {
      if (graph.isConstant(row)) return graph.constantOf(row);
      if (graph.op[row] === structural.vector) return graph.vectors[graph.a[row]!] as Float64Array;
      return constants.get(row) ?? "varies";
    };
    for (const [row, parts] of this.#reached(graph, results).parts) {
      const owned = graph.owned(row);
      const values = graph.operands(row).map(valueOf);
      if (owned.kind === "loop") {
        const consts = owned.body.parameters.slice(0, owned.consts);
        this.#count(owned.body.graph, this.#stepResults(owned, parts), times, new Map(consts.map((row, k) => [row, values[k]])));
        continue;
      }
      const callee = this.atLeast(owned);
      callee.calls += times;
      values.forEach((value, k) => {
        callee.given[k] = callee.given[k] === undefined || Object.is(callee.given[k], value) ? value : "varies";
      });
    }
  }

  readonly #sizes = new Map<Callee, number>();

  /** How many rows a function takes in place. */
  #sizeOf(callee: Callee): number {
    let size = this.#sizes.get(callee);
    if (size === undefined) this.#sizes.set(callee, (size = this.#rowsOf(callee.body.graph, neededResults(callee))));
    return size;
  }

  /** How many rows results take, calls in place, and loops that are short unrolled. */
  #rowsOf(graph: Graph, results: readonly Row[]): number {
    const needed = this.#reached(graph, results);
    let size = needed.size;
    for (const [row, parts] of needed.parts) {
      const owned = graph.owned(row);
      if (owned.kind === "body") size += this.#sizeOf(this.atLeast(owned));
      else {
        const step = this.#rowsOf(owned.body.graph, this.#stepResults(owned, parts));
        size += this.#isShort(owned, step) ? step * owned.length : step;
      }
    }
    return size;
  }

  #isShort({ length }: Loop, step: number): boolean {
    return step * length <= this.bounds.unrolled;
  }

  readonly #planned = new Map<Callee, Closed>();

  /** A function as it is called, with what all calls give in its place. */
  #closed(callee: Callee): Closed {
    let found = this.#planned.get(callee);
    if (found === undefined) {
      const { name, graph, parameters } = callee.body;
      const constants = new Map<Row, number | Float64Array>();
      const numbers = new Map<Row, number>();
      parameters.forEach((row, k) => {
        const value = callee.given[k];
        if (value === undefined || value === "varies") numbers.set(row, k);
        else constants.set(row, value);
      });
      found = closed(name, graph, (row) => numbers.get(row), neededResults(callee), { ...this.how, constants });
      this.#planned.set(callee, found);
    }
    return found;
  }

  /** How graphs are recorded: functions that are not in place are called with what they take, loops that are not short stay. */
  readonly how: How = {
    atLeast: (body) => this.atLeast(body),
    owner: (from, to, row, of, parts) => {
      const owned = from.owned(row);
      if (owned.kind === "loop") {
        const step = this.#rowsOf(owned.body.graph, this.#stepResults(owned, parts));
        const isKnown = owned.takes.every(({ indices }, k) => !indices || from.op[from.operand(row, k)] === structural.indexVector);
        if (isKnown && this.#isShort(owned, step)) return unrolled(this.how)(from, to, row, of, parts);
        return looped(to, closedLoop(loopRows(owned), parts, this.how), (k) => of(from.operand(row, k)));
      }
      const callee = this.atLeast(owned);
      const { graph, parameters } = callee.body;
      let rows: readonly Row[];
      if (callee.isInPlace) {
        const images = noImages(graph);
        parameters.forEach((parameter, k) => (images[parameter] = of(from.operand(row, k))));
        rows = recordInto(graph, to, neededResults(callee), images, this.how);
      } else rows = called(to, this.#closed(callee), (k) => of(from.operand(row, k)));
      let next = 0;
      return Array.from(callee.parts, (flag) => (flag === 1 ? rows[next++] : undefined));
    },
  };
}

const neededResults = ({ body, parts }: Needed): Row[] => body.results.filter((_, part) => parts[part] === 1);

/** A program as it is planned: calls of bodies that are called more than once stay calls, and loops loops, where they are above the bounds. */
export function inPlan(program: WholeProgram, bounds: Bounds): WholeProgram {
  const { graph, outputs } = program;
  if (graph.bodies.length === 0) return program;
  const callees = new Callees(
    graph,
    outputs.flatMap(({ rows }) => rows),
    bounds,
  );
  return programAnew(program, callees.how);
}

/** Bodies as programs. */
const programs = new WeakMap<Body, WholeProgram>();

/** A body as a program: its parameters are inputs, its results lie among the outputs as the parts of a call do. */
export function programOfBody(body: Body): WholeProgram {
  let program = programs.get(body);
  if (program === undefined) programs.set(body, (program = inputsAndOutputs(body)));
  return program;
}

function inputsAndOutputs({ name, graph: from, parameters, results, takes, parts }: Body): WholeProgram {
  const graph = from.copy();
  const leaves = takes.map(({ lanes, shape, indices }, k): Leaf => ({
    kind: indices ? "indices" : shape.length === 0 ? "number" : "vector",
    lanes,
    path: `${name}[${k}]`,
  }));
  const { positions } = layout(leaves);
  parameters.forEach((row, k) => {
    if (!takes[k]!.indices) graph.op[row] = structural.input;
    graph.a[row] = k;
    graph.b[row] = 0;
  });
  // a scalar alone is laid out like a vector: from an even lane on
  const outputs = outputLeaves(
    parts.map(({ lanes, scalar }, k): Leaf => ({ kind: scalar ? "numbers" : "vector", lanes, path: `${name}()[${k}]` })),
    results.map((row) => [row]),
  );
  const nothing = { kind: "static", value: undefined } as const;
  const inputs = leaves.map((leaf, k) => ({ ...leaf, position: positions[k]!, row: parameters[k]! }));
  return { graph, inputs, inputTree: nothing, outputs, outputTree: nothing };
}
