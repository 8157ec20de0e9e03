/** Where every value lies in linear memory. */
import { type Row } from "../../graph/graph.js";
import { isCalled, structural } from "../../ops/rows.js";
import { layout, type Program } from "../../trace/trace.js";
import { type Executable, leafOf } from "../engine.js";
import { type Arena } from "./arena.js";
import { shareMemory } from "./lifetimes.js";
import { LoopPlan } from "./loops.js";
import { callOf } from "./calls.js";
import { Kind, type Stages } from "./stages.js";

/** What addresses count from that move with the steps of a loop: a local of the function that has the steps. */
export type Base = number;

/** The bytes of scratch that the rows of a program need. */
function scratchOf({ lowered: { graph, op, uses } }: Stages): number {
  let most = 0;
  for (let row = 0; row < graph.length; row++) if (uses[row]! > 0 && isCalled(op[row]!)) most = Math.max(most, callOf(graph, row).scratch);
  return most;
}

/** The addresses of inputs, outputs, constants and whatever is computed into memory. */
export class Places {
  readonly inputsAt: number;
  readonly indicesAt: number;
  readonly outputsAt: number;
  readonly #addresses: Float64Array;
  /** Where functions of the kernel work: one place for all, since one follows the other. */
  readonly scratch: number;

  readonly #homes = new Map<Row, { readonly vector: Row; readonly lane: number }>();
  /** What the addresses of rows count from that move with the steps of a loop. */
  readonly #bases = new Map<Row, Base>();
  /** What each loop computes. */
  readonly loops: LoopPlan;

  /** Where a program's values lie; of a body that is computed within another program, without inputs and outputs of its own. */
  constructor(
    program: Program | undefined,
    readonly stages: Stages,
    readonly arena: Arena,
  ) {
    const { graph } = stages.lowered;
    const { doubles, integers } = layout(program?.inputs ?? []);
    const outputs = program?.outputs ?? [];
    this.inputsAt = arena.allocate(8 * doubles);
    this.indicesAt = arena.allocate(4 * integers);
    this.outputsAt = arena.allocate(8 * layout(outputs).doubles);
    this.#addresses = new Float64Array(graph.length);
    for (let row = 0; program !== undefined && row < graph.length; row++) {
      const op = graph.op[row]!;
      if (op === structural.input) this.#addresses[row] = this.inputsAt + 8 * (leafOf(program, row).position + graph.b[row]!);
      else if (op === structural.indices) this.#addresses[row] = this.indicesAt + 4 * leafOf(program, row).position;
    }
    this.scratch = arena.allocate(scratchOf(stages));
    let result = 0;
    for (const { kind, position, rows } of outputs) {
      const row = stages.lowered.results[result]!;
      result += rows.length;
      if (kind === "vector" && (stages.kind[row] === Kind.Loop || isCalled(graph.op[row]!)))
        this.#addresses[row] = this.outputsAt + 8 * position;
    }
    this.loops = new LoopPlan(stages);
  }

  /** Says where a row's value lies, counted from 0 or from what moves with the steps of a loop. */
  set(row: Row, address: number, base?: Base): void {
    this.#addresses[row] = address;
    if (base !== undefined) this.#bases.set(row, base);
  }

  /** What the address of a row counts from, if anything but 0. */
  baseOf(row: Row): Base | undefined {
    if (this.#bases.size === 0) return undefined;
    const { kind, lowered } = this.stages;
    while (kind[row] === Kind.View) row = lowered.a[row]!;
    for (let home; (home = this.#homes.get(row)) !== undefined;) row = home.vector;
    return this.#bases.get(row);
  }

  /** Says that a row's value lies in a vector, from a lane on. */
  lieIn(row: Row, vector: Row, lane: number): void {
    this.#homes.set(row, { vector, lane });
  }

  /** Whether it is said already where a row's value lies. */
  has(row: Row): boolean {
    return this.#isSet(row) || this.#homes.has(row);
  }

  #isSet(row: Row): boolean {
    return this.#addresses[row] !== 0 || this.#bases.has(row);
  }

  /** Gives vectors that have no place yet addresses, which those share that are never there together. */
  share(): void {
    shareMemory(this.stages, this.loops, this);
  }

  /** Gives a row memory of its own unless it has some. */
  allocate(row: Row): number {
    if (!this.#isSet(row)) {
      const home = this.#homes.get(row);
      this.#addresses[row] =
        home === undefined ? this.arena.allocate(8 * this.stages.lowered.graph.lanes(row)) : this.allocate(home.vector) + 8 * home.lane;
    }
    return this.#addresses[row]!;
  }

  /** The address of a row that lies in memory; views are looked through, constants written. */
  of(row: Row): number {
    const { lowered, kind } = this.stages;
    const { graph, op, a, b } = lowered;
    let offset = 0;
    for (; kind[row] === Kind.View; row = a[row]!) if (op[row] !== structural.reshape) offset += 8 * b[row]!;
    if (!this.#isSet(row)) {
      if (this.#homes.has(row)) this.allocate(row);
      else if (op[row] === structural.constant) this.#addresses[row] = this.arena.constant(lowered.constantOf(row));
      else if (op[row] === structural.vector || op[row] === structural.indexVector)
        this.#addresses[row] = this.arena.hold(graph.vectors[graph.a[row]!]!);
      else throw new Error(`places: expected row ${row} in memory`);
    }
    return this.#addresses[row]! + offset;
  }

  /** A program's inputs, lane numbers and outputs as views of memory. */
  views({ inputs, outputs }: Program, buffer: ArrayBuffer): Pick<Executable, "inputs" | "indices" | "outputs" | "bytes"> {
    const { doubles, integers } = layout(inputs);
    return {
      inputs: new Float64Array(buffer, this.inputsAt, doubles),
      indices: new Int32Array(buffer, this.indicesAt, integers),
      outputs: new Float64Array(buffer, this.outputsAt, layout(outputs).doubles),
      bytes: buffer.byteLength,
    };
  }
}
