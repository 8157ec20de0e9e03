/** Which bodies a plan has: those that are short, or called once, are computed in place, and of others all that some call needs, planned once. */
import { called, type Closed, closed, type How, noImages, recordInto } from "../../graph/anew.js";
import { hasLoops, withoutLoops } from "../../graph/expand.js";
import { type Body, type Graph, type Row } from "../../graph/graph.js";
import { bodiesOf } from "../../graph/print.js";
import { type Needed, reach } from "../../graph/reach.js";
import { type RowSet } from "../../graph/rowset.js";
import { structural } from "../../ops/rows.js";
import { programAnew } from "../../passes/expand.js";
import { layout, outputLeaves, type WholeProgram } from "../../trace/trace.js";
import { type Leaf } from "../../data/tree.js";

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
    /** Bodies of so many rows are computed in place. */
    readonly most: number,
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
      callee.isInPlace = callee.calls <= 1 || this.#sizeOf(callee) <= most || callee.body.takes.some(({ indices }) => indices);
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
    const markIn = (graph: Graph, results: readonly Row[]): RowSet => {
      const needed = reach(graph, results, 0, { atLeast: this.atLeast });
      for (const [row, parts] of needed.parts) {
        const callee = this.atLeast(graph.bodyOf(row));
        parts.forEach((flag, part) => flag === 1 && mark(callee.parts, part));
      }
      return needed;
    };
    markIn(graph, results);
    for (const callee of this.#known.values()) {
      const needed = markIn(callee.body.graph, neededResults(callee));
      callee.body.parameters.forEach((row, k) => needed.has(row) && mark(callee.takes, k));
    }
    return more;
  }

  /** Counts the calls in a graph that is computed so many times, and notes what they give. */
  #count(graph: Graph, results: readonly Row[], times: number, constants: ReadonlyMap<Row, Given>): void {
    if (times === 0) return;
    const valueOf = (row: Row): Given => {
      if (graph.isConstant(row)) return graph.constantOf(row);
      if (graph.op[row] === structural.vector) return graph.vectors[graph.a[row]!] as Float64Array;
      return constants.get(row) ?? "varies";
    };
    for (const row of reach(graph, results, 0, { atLeast: this.atLeast }).parts.keys()) {
      const callee = this.atLeast(graph.bodyOf(row));
      callee.calls += times;
      graph.operands(row).forEach((operand, k) => {
        const value = valueOf(operand);
        callee.given[k] = callee.given[k] === undefined || Object.is(callee.given[k], value) ? value : "varies";
      });
    }
  }

  readonly #sizes = new Map<Callee, number>();

  /** How many rows a function takes in place. */
  #sizeOf(callee: Callee): number {
    let size = this.#sizes.get(callee);
    if (size === undefined) {
      const { graph } = callee.body;
      const needed = reach(graph, neededResults(callee), 0, { atLeast: this.atLeast });
      size = needed.size;
      for (const row of needed.parts.keys()) size += this.#sizeOf(this.atLeast(graph.bodyOf(row)));
      this.#sizes.set(callee, size);
    }
    return size;
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

  /** How graphs are recorded: functions that are not in place are called with what they take. */
  readonly how: How = {
    atLeast: (body) => this.atLeast(body),
    owner: (from, to, row, of) => {
      const callee = this.atLeast(from.bodyOf(row));
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

/** A program as it is planned: calls of bodies of more than `most` rows that are called more than once stay calls. */
export function inPlan(given: WholeProgram, most: number): WholeProgram {
  if (given.graph.bodies.length === 0) return given;
  const program = hasLoops(given.graph) ? programAnew(given, { owner: withoutLoops }) : given;
  const { graph, outputs } = program;
  const callees = new Callees(
    graph,
    outputs.flatMap(({ rows }) => rows),
    most,
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
  const leaves = takes.map(({ lanes, shape }, k): Leaf => ({
    kind: shape.length === 0 ? "number" : "vector",
    lanes,
    path: `${name}[${k}]`,
  }));
  const { positions } = layout(leaves);
  parameters.forEach((row, k) => {
    graph.op[row] = structural.input;
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
