/** Liveness: when vectors that are computed into memory are written and last read, and addresses that those which are never there together share. */
import { type Row } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { type Arena, padded } from "./arena.js";
import { type LoopPlan } from "./loops.js";
import { piecesOf } from "./pieces.js";
import { Kind, type Stages } from "./stages.js";

/** When a row is written and last read, in stages of two: straight rows, then loops. */
interface Lifetime {
  readonly row: Row;
  first: number;
  last: number;
}

/** Whether a row is computed into memory as a vector. */
function lies({ kind, materialised, lowered }: Stages, row: Row): boolean {
  if (lowered.uses[row] === 0 || lowered.graph.isScalar(row)) return false;
  return kind[row] === Kind.Straight || kind[row] === Kind.Reduction || (kind[row] === Kind.Loop && materialised[row] === 1);
}

/** The rows whose pieces may lie in them, as they are computed or put there. */
function* assembled({ lowered }: Stages): Iterable<Row> {
  const { graph, op, uses } = lowered;
  for (let row = 0; row < graph.length; row++) if (uses[row]! > 0 && op[row] === structural.assemble && !graph.isScalar(row)) yield row;
}

/** The lifetimes of the vectors in memory, and of numbers that may lie in one. What is assembled lives as long as its pieces. */
function lifetimesOf(stages: Stages, loops: LoopPlan): Map<Row, Lifetime> {
  const { lowered, kind, stage } = stages;
  const { graph } = lowered;
  const found = new Map<Row, Lifetime>();
  const add = (row: Row): void => {
    const first = kind[row] === Kind.Loop || kind[row] === Kind.Reduction ? 2 * stages.loopStage(row) + 1 : 2 * stage[row]!;
    found.set(row, { row, first, last: first });
  };
  for (let row = 0; row < graph.length; row++) if (lies(stages, row)) add(row);
  if (found.size === 0) return found;
  for (const row of assembled(stages)) for (const [piece] of piecesOf(lowered, row)) if (!found.has(piece)) add(piece);
  const read = (row: Row, time: number): void => {
    while (kind[row] === Kind.View) row = lowered.a[row]!;
    const lifetime = found.get(row);
    if (lifetime !== undefined && lifetime.last < time) lifetime.last = time;
  };
  for (let row = 0; row < graph.length; row++)
    if (lowered.uses[row]! > 0 && kind[row] === Kind.Straight) lowered.operands(row, (operand) => read(operand, 2 * stage[row]!));
  for (let now = 0; now <= stages.last; now++)
    for (const loop of loops.of(now)) for (const row of loops.bodyOf(loop)) lowered.operands(row, (operand) => read(operand, 2 * now + 1));
  for (const row of lowered.results) read(row, Infinity);
  for (const row of assembled(stages)) {
    const whole = found.get(row)!;
    for (const [piece] of piecesOf(lowered, row)) {
      const { first, last } = found.get(piece)!;
      whole.first = Math.min(whole.first, first);
      whole.last = Math.max(whole.last, last);
    }
  }
  return found;
}

/** Gives vectors that have no place yet addresses: in the order in which they are written, each takes one of its size that none needs any more, where there is one. */
export function shareMemory(
  stages: Stages,
  loops: LoopPlan,
  places: { readonly arena: Arena; has(row: Row): boolean; set(row: Row, address: number): void },
): void {
  const { graph } = stages.lowered;
  const open = [...lifetimesOf(stages, loops).values()].filter(({ row }) => lies(stages, row) && !places.has(row));
  /** Addresses that are free from a time on, by time; and those that are free, by size. */
  const ending = new Map<number, (readonly [bytes: number, address: number])[]>();
  const free = new Map<number, number[]>();
  let now = 0;
  for (const { row, first, last } of open.sort((x, y) => x.first - y.first || x.row - y.row)) {
    for (; now < first; now++) {
      for (const [bytes, address] of ending.get(now) ?? []) {
        const list = free.get(bytes);
        if (list === undefined) free.set(bytes, [address]);
        else list.push(address);
      }
    }
    // a row of an odd number of lanes may write one lane more
    const bytes = padded(8 * (graph.lanes(row) + 1));
    const address = free.get(bytes)?.pop() ?? places.arena.allocate(bytes);
    places.set(row, address);
    const list = ending.get(last);
    if (list === undefined) ending.set(last, [[bytes, address]]);
    else list.push([bytes, address]);
  }
}
