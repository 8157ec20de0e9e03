/** Stages: which loop over lanes computes which rows, and which vectors must lie in memory between them. */
import { type Row } from "../../graph/graph.js";
import { isElementwise, structuralOf } from "../../ops/rows.js";
import { type Structural } from "../../ops/definition.js";
import { DOT, type Frozen, type Lowered } from "./lower.js";

/** Vectors up to this many lanes are kept between stages; longer ones are computed again, so that memory stays bounded. */
const KEPT_LANES = 8192;

/** How a row is computed. */
export enum Kind {
  /** Not needed, or held in memory from the beginning = inputs and constants. */
  Given = 0,
  /** A scalar, an assembled vector, or what a function of the kernel or of the user computes, between loops. */
  Straight = 1,
  /** A lane of a vector in memory, or a part of one = an address. */
  View = 2,
  /** Lane by lane inside a loop. */
  Loop = 3,
  /** A loop over the operand's lanes, whose result is there afterwards. */
  Reduction = 4,
}

/** The kinds of structural rows, by where their definitions put them. */
const kinds: Readonly<Record<Structural["place"], Kind>> = {
  given: Kind.Given,
  view: Kind.View,
  loop: Kind.Loop,
  reduction: Kind.Reduction,
  between: Kind.Straight,
  called: Kind.Straight,
};

/** The stage and kind of every row. A stage is straight rows, then loops; a reduction ends in the stage after its loop's. */
export class Stages {
  readonly kind: Frozen<Uint8Array>;
  /** The stage from which a row can be used: by loops over its lanes, for rows computed in a loop. */
  readonly stage: Frozen<Int32Array>;
  /** 1 for rows of a loop that are written to memory. */
  readonly materialised: Frozen<Uint8Array>;
  /** The last stage. */
  readonly last: number;

  constructor(readonly lowered: Lowered) {
    const { graph, uses } = lowered;
    const kind = (this.kind = new Uint8Array(graph.length));
    const stage = (this.stage = new Int32Array(graph.length));
    const materialised = (this.materialised = new Uint8Array(graph.length));
    let last = 0;
    for (let row = 0; row < graph.length; row++) {
      if (uses[row] === 0) continue;
      kind[row] = this.#kindOf(row);
      stage[row] = this.#stageOf(row, materialised);
      last = Math.max(last, stage[row]!);
    }
    for (const row of lowered.results) if (kind[row] === Kind.Loop) materialised[row] = 1;
    for (let row = 0; row < graph.length; row++) if (uses[row]! > 0) this.#keepOperands(row, materialised);
    this.last = last;
  }

  /** The stage of the loop that computes a row of kind Loop or Reduction. */
  loopStage(row: Row): number {
    return this.kind[row] === Kind.Reduction ? this.stage[row]! - 1 : this.stage[row]!;
  }

  /** How many lanes the loop that computes a row has. */
  loopLanes(row: Row): number {
    const { graph, op, a, c } = this.lowered;
    if (this.kind[row] !== Kind.Reduction) return graph.lanes(row);
    return graph.lanes(op[row] === DOT ? c[row]! : a[row]!);
  }

  #kindOf(row: Row): number {
    const op = this.lowered.op[row]!;
    const scalar = this.lowered.graph.isScalar(row);
    if (isElementwise(op)) return scalar ? Kind.Straight : Kind.Loop;
    return op === DOT ? Kind.Reduction : kinds[structuralOf(op).place];
  }

  /** The stage from which a vector can be read out of memory; asking makes sure that it is written there. */
  #inMemory(row: Row, materialised: Uint8Array): number {
    if (this.kind[row] !== Kind.Loop) return this.stage[row]!;
    materialised[row] = 1;
    return this.stage[row]! + 1;
  }

  #stageOf(row: Row, materialised: Uint8Array): number {
    let latest = 0;
    this.lowered.operands(row, (operand) => {
      latest = Math.max(latest, this.lowered.readsWhole(row, operand) ? this.#inMemory(operand, materialised) : this.stage[operand]!);
    });
    return this.kind[row] === Kind.Reduction ? latest + 1 : latest;
  }

  /** Marks the operands that a later loop reads to be kept, where they are short enough. */
  #keepOperands(row: Row, materialised: Uint8Array): void {
    if (this.kind[row] !== Kind.Loop && this.kind[row] !== Kind.Reduction) return;
    const loop = this.loopStage(row);
    this.lowered.operands(row, (operand) => {
      if (this.kind[operand] === Kind.Loop && this.stage[operand]! < loop && this.lowered.graph.lanes(operand) <= KEPT_LANES)
        materialised[operand] = 1;
    });
  }
}
