/** What all functions of a module under construction share: the plan, where values lie, and the module. */
import { type Body, type Row } from "../../graph/graph.js";
import { type WholeProgram } from "../../trace/trace.js";
import { FAULT } from "../../ops/layout.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Module } from "../../wasm/module.js";
import { type Arena } from "../plan/arena.js";
import { type Base, type Places } from "../plan/places.js";
import { Kind, type Stages } from "../plan/stages.js";
import { type Node, type Nodes } from "./nodes.js";
import { type RowsOf } from "./elementwise.js";
import { type Home, pushBase } from "./memory.js";

/** A body as a function, () → 0, or 1 at a fault, and where its program lies. */
export interface EmittedBody {
  readonly index: number;
  readonly program: WholeProgram;
  readonly places: Places;
}

/** A loop as a function: its index, and the locals of the function that calls it which it is given, addresses that operands count from. */
export interface Repeated {
  readonly index: number;
  readonly bases: readonly Base[];
}

/** What rows that own bodies are to emitted code. */
export interface Owners {
  /** Emits a body that rows call, once. */
  bodyOf(body: Body): EmittedBody;
  /** Emits the loop that a row is. */
  repeat(emission: Emission, row: Row): Repeated;
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
  /** The locals of numbers that are there for a whole function, as what goes from step to step is. */
  readonly locals = new Map<Node, Local>();
  /** Those that differ from step to step. */
  readonly carried = new Set<Node>();
  #fault: number | undefined;

  constructor(
    readonly stages: Stages,
    readonly nodes: Nodes,
    readonly places: Places,
    readonly module: Module,
    readonly owners: Owners,
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

  /** Says that a number that differs from step to step is in a local. */
  carry(node: Node, local: Local): void {
    this.locals.set(node, local);
    this.carried.add(node);
  }

  /** Whether a node is a scalar that is computed, or carried, so that it may live in a local. */
  isComputed(node: Node): boolean {
    const { kind, lowered } = this.stages;
    if (this.carried.has(node)) return true;
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

  /** Where a node that is in memory lies. */
  homeOf(node: Node): Home {
    const address = this.addressOf(node);
    return { address, base: this.baseOf(node) };
  }

  /** The local that the address of a node counts from, if any. */
  baseOf(node: Node): Base | undefined {
    return this.nodes.isPartial(node) ? undefined : this.places.baseOf(node);
  }

  /** Where a result of a step lies, constants too. */
  resultHome(node: Node): Home {
    const number = this.numberOf(node);
    return number === undefined ? this.homeOf(node) : { address: this.constant(number) };
  }

  /** Loads from where a node lies. */
  load(code: Code, instruction: number, node: Node): void {
    const home = this.homeOf(node);
    pushBase(code, home);
    code.memory(instruction, home.address);
  }

  /** Stores a local's number where a scalar lies. */
  storeScalar(code: Code, node: Node, local: Local): void {
    const home = this.homeOf(node);
    pushBase(code, home);
    code.get(local);
    code.memory(I.f64_store, home.address);
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
