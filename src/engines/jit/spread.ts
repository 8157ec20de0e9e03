/** Loops whose steps do not fit into one function: one that has the steps calls others, and all that goes between them lies in memory. */
import { type Row } from "../../graph/graph.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { padded } from "../plan/arena.js";
import { Kind } from "../plan/stages.js";
import { type PlannedSteps, type Taken } from "../plan/steps.js";
import { type Emission } from "./emission.js";
import { placePieces } from "./homes.js";
import { addShare } from "./shares.js";
import { clearLanes, copyBytes, copyLanes, type Home, pushAddress } from "./memory.js";

/** The bytes of a parameter of the body. */
const bytesOf = ({ lanes, indices }: Taken): number => (indices ? 4 : 8) * lanes;

/** Emits the steps of a loop whose row lies at an address, its operands where `given` says; `functions` emits those that a step calls. */
export function emitSpread(
  steps: PlannedSteps,
  emission: Emission,
  code: Code,
  at: number,
  given: (operand: Row) => Home,
  functions: () => readonly number[],
): void {
  const { places, arena } = emission;
  const { length, reverse, carries, stacks, sums } = steps;
  const own = (taken: Taken): Home => ({ address: places.of(taken.parameter) });
  const copy = (taken: Taken, from: Home): void => {
    if (taken.indices) copyBytes(code, own(taken), from, bytesOf(taken));
    else copyLanes(code, own(taken), from, taken.lanes);
  };
  for (const taken of steps.consts) {
    if (emission.stages.lowered.uses[taken.parameter] === 0) continue;
    const { address, base } = given(taken.operand);
    places.set(taken.parameter, base === undefined ? address : arena.allocate(padded(bytesOf(taken))));
    if (base !== undefined) copy(taken, { address, base });
  }
  for (const taken of steps.slices) places.set(taken.parameter, arena.allocate(padded(bytesOf(taken) + 8)));
  if (steps.number !== undefined) places.set(steps.number, arena.allocate(8));
  for (const carry of carries) {
    places.set(carry.parameter, at + 8 * carry.lane);
    copy(carry, given(carry.operand));
  }
  for (const { lane, lanes } of steps.totals) clearLanes(code, { address: at + 8 * lane }, lanes);
  placePieces(emission.stages, places, (row) => emission.keep(row));
  const indices = functions();
  const [step, left] = [code.take(Type.i32), code.take(Type.i32)];
  const distance = code.take(Type.i32);
  /** The place of a step's slice of a stack. */
  const slice = ({ address, base }: Home, bytes: number): Home => {
    pushAddress(code, { address: 0, base });
    code.get(step);
    code.integer(bytes);
    code.op(I.i32_mul);
    code.op(I.i32_add);
    code.set(distance);
    return { address, base: distance };
  };
  code.integer(reverse ? length - 1 : 0);
  code.set(step);
  code.integer(length);
  code.set(left);
  code.begin(I.loop);
  if (steps.number !== undefined) {
    code.integer(0);
    code.get(step);
    code.op(I.f64_convert_i32_s);
    code.memory(I.f64_store, places.of(steps.number));
  }
  for (const taken of steps.slices) copy(taken, slice(given(taken.operand), bytesOf(taken)));
  for (const index of indices) code.callOrReturn(index);
  for (const { result, lane, lanes } of stacks)
    copyLanes(code, slice({ address: at + 8 * lane }, 8 * lanes), emission.resultHome(result), lanes);
  for (const share of sums) addShare(emission, code, share, at);
  moveCarries(steps, emission, code, at);
  move(code, step, reverse ? -1 : 1);
  move(code, left, -1);
  code.get(left);
  code.repeat();
  code.end();
}

function move(code: Code, local: Local, by: number): void {
  code.get(local);
  code.integer(by);
  code.op(I.i32_add);
  code.set(local);
}

/** Moves what a step gives to where the next one finds it; what lies in a carry's place by way of another, since that is written too. */
function moveCarries({ carries, stages: { kind } }: PlannedSteps, emission: Emission, code: Code, at: number): void {
  const moves = carries
    .filter(({ parameter, result }) => parameter !== result)
    .map(({ result, lane, lanes }) => {
      const from = emission.resultHome(result);
      const to = { address: at + 8 * lane };
      if (kind[emission.nodes.source(result)] !== Kind.Given) return { from, to, lanes };
      const between = { address: emission.arena.allocate(8 * lanes) };
      copyLanes(code, between, from, lanes);
      return { from: between, to, lanes };
    });
  for (const { from, to, lanes } of moves) copyLanes(code, to, from, lanes);
}
