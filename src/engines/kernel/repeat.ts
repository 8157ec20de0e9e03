/** Loops on the tape: sections that run once a step, between rows that bring slices to where the body has them, and results to where they belong. */
import { COUNTER } from "../../ops/layout.js";
import { type Row } from "../../graph/graph.js";
import { padded } from "../plan/arena.js";
import { type Places } from "../plan/places.js";
import { Kind } from "../plan/stages.js";
import { type Carry, type PlannedSteps, type Share } from "../plan/steps.js";
import { addLanes } from "./adds.js";
import { Gathered } from "./gathered.js";
import { COPY, kernelRow } from "./rows.js";
import { type Tape } from "./tape.js";

/** The bytes of numbers, and of the one lane more that a row of an odd number may write. */
const bytesOf = (lanes: number): number => padded(8 * (lanes + 1));

/** Appends a loop whose row lies at an address, with its operands where `outer` says; `body` appends the rows of a step. */
export function emitSteps(steps: PlannedSteps, at: number, outer: Places, tape: Tape, body: () => void): void {
  const { places, carries, sums } = steps;
  const { arena } = tape;
  for (const { parameter, operand } of steps.consts) places.set(parameter, outer.of(operand));
  for (const { parameter, lane } of carries) places.set(parameter, at + 8 * lane);
  const fetch = placeSlices(steps, outer, tape);
  places.share();
  move(
    carries.map(({ operand, lane, lanes }) => ({ from: outer.of(operand), to: at + 8 * lane, lanes })),
    tape,
  );
  const zero = arena.constant(0);
  for (const { lane, lanes } of steps.totals) tape.row(COPY, lanes, { address: at + 8 * lane }, { address: zero, broadcast: true });
  const counter = arena.allocate(COUNTER.bytes);
  tape.repeat(counter, steps.length, steps.reverse, () => {
    fetch(counter);
    body();
    keepSlices(steps, at, counter, tape);
    for (const share of sums) addShare(share, at, places, tape);
    moveCarries(steps, at, tape);
  });
}

/** Appends what adds a step's share to a sum. */
function addShare({ result, lane, lanes, at: to }: Share, at: number, places: Places, tape: Tape): void {
  const address = at + 8 * lane;
  if (to === undefined) return addLanes(tape, address, places.of(result), lanes);
  const code = kernelRow.segmentSum + (places.stages.lowered.graph.isIndices(to.index) ? 0 : 1);
  tape.row(code, 1, { address }, { address: places.of(result) }, { address: places.of(to.index) }, { address: to.lanes });
}

/** Gives the slices of stacks that a step reads their places. Returns what appends the rows that bring them there. */
function placeSlices({ slices, number, places, stages }: PlannedSteps, outer: Places, tape: Tape): (counter: number) => void {
  const { arena } = tape;
  const numbers = slices.filter(({ scalar, indices }) => scalar && !indices);
  const others = slices.filter(({ scalar, indices }) => !scalar || indices);
  const together = arena.allocate(8 * (numbers.length + 1));
  numbers.forEach(({ parameter }, k) => places.set(parameter, together + 8 * k));
  for (const { parameter, lanes } of others) places.set(parameter, arena.allocate(bytesOf(lanes)));
  const isNumbered = number !== undefined && stages.lowered.uses[number]! > 0;
  if (isNumbered) places.set(number, arena.allocate(8));
  return (counter) => {
    if (isNumbered) tape.row(kernelRow.slotNumber, 1, { address: places.of(number) }, { address: counter });
    const stacks = Uint32Array.from(numbers, ({ operand }) => outer.of(operand));
    if (stacks.length > 0) tape.row(kernelRow.slotsIn, stacks.length, { address: together }, { address: arena.hold(stacks) }, { address: counter }); // prettier-ignore
    for (const { parameter, operand, lanes, indices } of others) {
      const bytes = (indices ? 4 : 8) * lanes;
      tape.row(kernelRow.slotIn, lanes, { address: places.of(parameter) }, { address: outer.of(operand) }, { address: counter }, { address: bytes }); // prettier-ignore
    }
  };
}

/** Appends the rows that write a step's slices of stacks. */
function keepSlices({ stacks, places }: PlannedSteps, at: number, counter: number, tape: Tape): void {
  const numbers = stacks.filter(({ scalar }) => scalar);
  if (numbers.length > 0) {
    const from = tape.arena.hold(Uint32Array.from(numbers, ({ result }) => places.of(result)));
    const to = Uint32Array.from(numbers, ({ lane }) => at + 8 * lane);
    tape.row(kernelRow.slotsOut, to.length, { address: to[0]! }, { address: from }, { address: counter }, { address: tape.arena.hold(to) });
  }
  for (const { result, lane, lanes, scalar } of stacks)
    if (!scalar) tape.row(kernelRow.slotOut, lanes, { address: at + 8 * lane }, { address: places.of(result) }, { address: counter }, { address: 8 * lanes }); // prettier-ignore
}

interface Move {
  readonly from: number;
  readonly to: number;
  readonly lanes: number;
}

/** Appends moves, none of which reads what another writes: numbers whose places follow each other all at once. */
function move(moves: readonly Move[], tape: Tape): void {
  const gathered = new Gathered(tape);
  for (const { from, to, lanes } of moves) {
    if (lanes === 1) gathered.add(to, from);
    else tape.row(COPY, lanes, { address: to }, { address: from });
  }
  gathered.flush();
}

/** Appends the moves of what a step gives to where the next one finds it; what lies in another carry's place by way of a temporary, since that is written too. */
function moveCarries({ carries, places, stages }: PlannedSteps, at: number, tape: Tape): void {
  const { kind, lowered } = stages;
  const source = (row: Row): Row => {
    while (kind[row] === Kind.View) row = lowered.a[row]!;
    return row;
  };
  const changed = carries.filter(({ parameter, result }) => parameter !== result);
  const written = new Set(changed.map(({ parameter }) => parameter));
  const isWritten = ({ result }: Carry): boolean => written.has(source(result));
  const away: Move[] = [];
  const moves = changed.map((carry): Move => {
    const { result, lane, lanes } = carry;
    const to = at + 8 * lane;
    if (!isWritten(carry)) return { from: places.of(result), to, lanes };
    const temporary = tape.arena.allocate(bytesOf(lanes));
    away.push({ from: places.of(result), to: temporary, lanes });
    return { from: temporary, to, lanes };
  });
  move(away, tape);
  move(moves, tape);
}
