/** What all functions of a module under construction share: the plan, where values lie, and the module. */
import { type Body, type Row } from "../../graph/graph.js";
import { type WholeProgram } from "../../trace/trace.js";
import { FAULT } from "../../ops/layout.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Module } from "../../wasm/module.js";
import { type Arena } from "../plan/arena.js";
import { type Places } from "../plan/places.js";
import { Kind, type Stages } from "../plan/stages.js";
import { type Node, type Nodes } from "./nodes.js";
import { type RowsOf } from "./elementwise.js";

/** A body as a function, () → 0, or 1 at a fault, and where its program lies. */
export interface EmittedBody {
  readonly index: number;
  readonly program: WholeProgram;
  readonly places: Places;
}

/** The state of emitting one program, or a body. */
export class Emission implements RowsOf {
  /** 16 bytes for companions. */
  readonly scratch: number;
  /** Where the last fault is described. */
  readonly faultAt: number;
  /** Addresses of partial sums. */
  readonly #homes = new Map<Node, number>();
  /** 1 for every scalar that must be in memory. */
  readonly stored: Uint8Array;
  #fault: number | undefined;

  constructor(
    readonly stages: Stages,
    readonly nodes: Nodes,
    readonly places: Places,
    readonly module: Module,
    /** Emits a body that rows call, once. */
    readonly bodyOf: (body: Body) => EmittedBody,
    /** The emission of what calls this. */
    readonly outer?: Emission,
  ) {
    this.scratch = outer?.scratch ?? places.arena.allocate(16);
    this.faultAt = outer?.faultAt ?? places.arena.allocate(FAULT.bytes);
    this.stored = new Uint8Array(nodes.length);
  }

  get arena(): Arena {
    return this.places.arena;
  }

  op(node: Node): number {
    return this.nodes.op(node);
  }

  operand(node: Node, k: number): Node {
    return this.nodes.operand(node, k);
  }

  constant(value: number): number {
    return this.arena.constant(value);
  }

  use(name: string): number {
    return this.module.use(name);
  }

  /** The number of a row that is constant; undefined for others. */
  numberOf(node: Node): number | undefined {
    const { lowered } = this.stages;
    return !this.nodes.isPartial(node) && lowered.isConstant(node) ? lowered.constantOf(node) : undefined;
  }

  /** Says that a scalar must be in memory. */
  keep(node: Node): void {
    this.stored[node] = 1;
  }

  /** Whether a node is a scalar that is computed, so that it may live in a local. */
  isComputed(node: Node): boolean {
    const { kind, lowered } = this.stages;
    return this.nodes.isPartial(node) || (lowered.graph.isScalar(node) && (kind[node] === Kind.Straight || kind[node] === Kind.Reduction));
  }

  /** Whether a node is in memory, and not a constant. */
  lies(node: Node): boolean {
    if (this.numberOf(node) !== undefined) return false;
    return this.stored[node] === 1 || !this.isComputed(node);
  }

  /** The address of a node that is in memory. */
  addressOf(node: Node): number {
    if (!this.nodes.isPartial(node)) {
      if (this.stored[node]) this.places.allocate(node);
      return this.places.of(node);
    }
    let address = this.#homes.get(node);
    if (address === undefined) this.#homes.set(node, (address = this.arena.allocate(8)));
    return address;
  }

  /** Stores a local's number where a scalar lies. */
  storeScalar(code: Code, node: Node, local: Local): void {
    code.integer(0);
    code.get(local);
    code.memory(I.f64_store, this.addressOf(node));
  }

  /** The function that describes a fault: (lane, lanes, lane number) → 1. */
  get fault(): number {
    if (this.outer !== undefined) return this.outer.fault;
    if (this.#fault === undefined) {
      const code = this.module.code([Type.i32, Type.i32, Type.f64]);
      code.integer(0);
      code.get(0);
      code.memory(I.i32_store, this.faultAt + FAULT.lane);
      code.integer(0);
      code.get(1);
      code.memory(I.i32_store, this.faultAt + FAULT.lanes);
      code.integer(0);
      code.get(2);
      code.memory(I.f64_store, this.faultAt + FAULT.index);
      code.integer(1);
      this.#fault = this.module.add([Type.i32], code);
    }
    return this.#fault;
  }

  /** Whether a row is a vector of lane numbers of 32 bits. */
  isIndices(row: Row): boolean {
    return this.stages.lowered.graph.isIndices(row);
  }
}
