/** What each function of a module computes: functions of bounded size, and the host's calls between them. */
import { type Row } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { type Loop } from "../plan/loops.js";
import { Scheduler } from "../plan/schedule.js";
import { type Emission } from "./emission.js";
import { type Node } from "./nodes.js";

/** The sizes at which code is divided. */
export interface Sizes {
  /** Rows in one function: up to `whole` all of them, beyond that parts of `part`. */
  readonly rows: { readonly whole: number; readonly part: number };
  /** As many rows of a loop's body in one function. */
  readonly body: { readonly whole: number; readonly part: number };
}

/** One function of 100,000 rows takes a second to compile. */
export const SIZES: Sizes = { rows: { whole: 10_000, part: 1_000 }, body: { whole: 4_000, part: 1_000 } };

/** A loop with the rows that it computes, in order. */
export interface PlannedLoop {
  readonly loop: Loop;
  readonly body: readonly Row[];
  /** The body cut into parts that are functions of their own, where it is too long for one. */
  readonly segments: readonly (readonly Row[])[];
  /** Vectors in memory that the loop reads anyway and copies, and the addresses where to. */
  readonly copies: [row: Row, address: number][];
}

/** What one function computes, in order. */
export type Part = (Node | PlannedLoop)[];

/** Parts that run one after another, and the host row, if any, that is called after them. */
export interface Phase {
  readonly parts: Part[];
  host?: Row;
}

/** A list in pieces of at most `length`. */
export function cut<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, i) => list.slice(i * length, (i + 1) * length));
}

/** Whether one function holds all that a program computes. */
export function fits({ nodes, stages: { last, lowered }, places: { loops } }: Emission, { rows, body }: Sizes): boolean {
  const { op, uses } = lowered;
  if (nodes.length > rows.whole || op.some((code, row) => code === structural.host && uses[row]! > 0)) return false;
  for (let stage = 0; stage <= last; stage++) for (const loop of loops.of(stage)) if (loops.bodyOf(loop).length > body.whole) return false;
  return true;
}

/** Divides a program among functions. */
export class Parts {
  readonly phases: Phase[] = [{ parts: [[]] }];
  #weight = 0;
  readonly #limit: number;

  /** `results` says whether they are read out of memory. */
  constructor(
    readonly emission: Emission,
    { rows, body: bodies }: Sizes,
    readonly results = true,
  ) {
    const { stages, nodes } = emission;
    this.#limit = nodes.length <= rows.whole ? Infinity : rows.part;
    const { loops } = emission.places;
    const scheduler = new Scheduler(nodes.length, (node, visit) => nodes.operands(node, (operand) => visit(nodes.source(operand))));
    for (let stage = 0; stage <= stages.last; stage++) {
      for (const node of scheduler.order(nodes.of(stage))) {
        if (this.#isHost(node)) this.#endRun(node);
        else this.#append(node, this.#weightOf(node));
      }
      for (const loop of loops.of(stage)) {
        const body = scheduler.order(loops.bodyOf(loop));
        const segments = cut(body, body.length <= bodies.whole ? body.length : bodies.part);
        this.#append({ loop, body, segments, copies: [] }, segments.length > 1 ? 1 : body.length);
      }
    }
    this.#keepCrossing();
  }

  #isHost(node: Node): boolean {
    return !this.emission.nodes.isPartial(node) && this.emission.stages.lowered.op[node] === structural.host;
  }

  #isLoop(node: Node): boolean {
    return !this.emission.nodes.isPartial(node) && this.emission.stages.lowered.op[node] === structural.loop;
  }

  /** What a node weighs in rows: as much as it has pieces. */
  #weightOf(node: Node): number {
    return this.emission.nodes.isElementwise(node) ? 1 : this.emission.stages.lowered.graph.operandCount(node);
  }

  #endRun(host: Row): void {
    this.phases[this.phases.length - 1]!.host = host;
    this.phases.push({ parts: [[]] });
    this.#weight = 0;
  }

  #append(item: Node | PlannedLoop, weight: number): void {
    const { parts } = this.phases[this.phases.length - 1]!;
    if (this.#weight + weight > this.#limit && this.#weight > 0) {
      parts.push([]);
      this.#weight = 0;
    }
    parts[parts.length - 1]!.push(item);
    this.#weight += weight;
  }

  /** Has the scalars that loops, other functions, calls and results read stored in memory. */
  #keepCrossing(): void {
    const { emission } = this;
    const { nodes, stages } = emission;
    const { lowered } = stages;
    /** The number of the part that computes each scalar. */
    const computedIn = new Int32Array(nodes.length);
    let part = 0;
    for (const node of emission.locals.keys()) computedIn[node] = 1;
    const read = (node: Node, from: number): void => {
      if (emission.isComputed(node) && computedIn[node] !== from) emission.keep(node);
    };
    const readFromMemory = (node: Node): void => read(node, -1);
    for (const { parts, host } of this.phases) {
      for (const items of parts) {
        part++;
        for (const item of items) {
          if (typeof item === "number") {
            computedIn[item] = part;
            nodes.operands(item, this.#isLoop(item) ? readFromMemory : (operand) => read(operand, part));
          } else {
            for (const row of item.body) lowered.operands(row, (operand) => !emission.locals.has(operand) && readFromMemory(operand));
            for (const row of item.loop.roots) computedIn[row] = part;
          }
        }
      }
      if (host === undefined) continue;
      emission.keep(host);
      emission.places.allocate(host);
      lowered.operands(host, readFromMemory);
    }
    if (this.results) lowered.results.forEach(readFromMemory);
  }
}
