/** What a loop's step adds to its sums. */
import { instructions } from "../../ops/instructions.js";
import { type Code } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Share } from "../plan/steps.js";
import { type Emission } from "./emission.js";
import { addLanes, type Home, pushBase } from "./memory.js";

/** Adds a share to the sums of a loop whose row lies at an address. */
export function addShare(emission: Emission, code: Code, share: Share, at: number): void {
  const to = { address: at + 8 * share.lane };
  const from = emission.resultHome(share.result);
  if (share.at === undefined) addLanes(code, to, from, share.lanes);
  else addAt(emission, code, share.at, to, from);
}

/** Adds a number to the lane that an index names, checked. At a fault the function returns. */
function addAt(emission: Emission, code: Code, { index, lanes }: NonNullable<Share["at"]>, to: Home, from: Home): void {
  const lane = code.take(Type.i32);
  const isWhole = emission.isIndices(index);
  const home = emission.resultHome(index);
  const load = (): void => {
    pushBase(code, home);
    code.memory(isWhole ? I.i32_load : I.f64_load, home.address);
  };
  load();
  if (!isWhole) {
    code.integer(lanes);
    code.call(emission.use("laneAt"));
  }
  code.tee(lane);
  code.integer(lanes);
  code.op(I.i32_ge_u);
  code.begin(I.if);
  code.integer(0);
  code.integer(lanes);
  load();
  if (isWhole) code.op(I.f64_convert_i32_s);
  code.call(emission.fault);
  code.op(I.return);
  code.end();
  code.get(lane);
  code.integer(3);
  code.op(I.i32_shl);
  code.tee(lane);
  code.get(lane);
  code.memory(I.f64_load, to.address);
  pushBase(code, from);
  code.memory(I.f64_load, from.address);
  code.op(instructions.add.f64);
  code.memory(I.f64_store, to.address);
  code.give(lane);
}
