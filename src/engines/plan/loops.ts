/** Which rows each loop over lanes computes. */
import { type Row } from "../../graph/graph.js";
import { BLOCK } from "../../ops/layout.js";
import { Kind, type Stages } from "./stages.js";

/** The bytes of blocks that a loop may keep: within a second-level cache. 24 kB, the first level, was 1.3 times slower on a network and twice on a mixture. */
const CACHE_BYTES = 196608;

/** How many lanes a block has in which so many vectors lie: as many as the cache holds, and no more than the loop has. */
export function blockLanes(vectors: number, lanes: number): number {
  let block = BLOCK.most;
  while (block > BLOCK.least && (block * 8 * vectors > CACHE_BYTES || block / 2 >= lanes)) block /= 2;
  return block;
}

/** A loop: its stage, its length, and the rows that need it. */
export interface Loop {
  readonly stage: number;
  readonly lanes: number;
  readonly roots: Row[];
}

/** The loops of all stages: one for each length. */
export class LoopPlan {
  readonly #byStage: Map<number, Loop>[] = [];

  constructor(readonly stages: Stages) {
    const { lowered, kind, materialised } = stages;
    for (let row = 0; row < kind.length; row++) {
      if (lowered.uses[row] === 0 || !(kind[row] === Kind.Reduction || (kind[row] === Kind.Loop && materialised[row]))) continue;
      const lanes = stages.loopLanes(row);
      const stage = stages.loopStage(row);
      const loops = (this.#byStage[stage] ??= new Map<number, Loop>());
      const loop = loops.get(lanes) ?? { stage, lanes, roots: [] };
      loop.roots.push(row);
      loops.set(lanes, loop);
    }
  }

  /** The loops of a stage. */
  of(stage: number): Iterable<Loop> {
    return this.#byStage[stage]?.values() ?? [];
  }

  /** Whether a row's lanes live in the loops of a stage alone: computed there and not written to memory. */
  isWithin(stage: number, row: Row): boolean {
    const { kind, materialised, stage: stages } = this.stages;
    return kind[row] === Kind.Loop && !(materialised[row] && stages[row]! <= stage);
  }

  /** The rows of a loop in order: the roots, and what they need that is not in memory. Rows of earlier stages are computed again. */
  bodyOf({ stage, roots }: Loop): Row[] {
    const { lowered, kind, materialised, stage: stages } = this.stages;
    const seen = new Set<Row>(roots);
    const open = [...roots];
    for (let row; (row = open.pop()) !== undefined;) {
      lowered.operands(row, (operand) => {
        const needed =
          kind[operand] === Kind.Loop && !(materialised[operand] && stages[operand]! < stage) && !lowered.readsWhole(row, operand);
        if (!needed || seen.has(operand)) return;
        seen.add(operand);
        open.push(operand);
      });
    }
    return [...seen].sort((x, y) => x - y);
  }
}
