/** Loops over steps as functions: numbers that are carried stay in locals, vectors lie where the next step, a stack or the result has them. */
import { type Row } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { instructions } from "../../ops/instructions.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Base } from "../plan/places.js";
import { Kind } from "../plan/stages.js";
import { type Carry, type PlannedSteps, type Share } from "../plan/steps.js";
import { type Emission } from "./emission.js";
import { isFree, placePieces } from "./homes.js";
import { Lanes } from "./lanes.js";
import { emitLoop } from "./loopcode.js";
import { clearLanes, copyLanes, type Home, pushAddress, pushBase } from "./memory.js";
import { Parts, type Sizes } from "./parts.js";
import { addShare } from "./shares.js";
import { Straight } from "./straight.js";

/** Up to so many numbers that are the same in all steps are in locals. */
const MOST_LOCALS = 32;

/** A vector that is carried: a pointer to it, and to where the step computes the next one. */
interface Pointers {
  readonly carry: Carry;
  readonly now: Local;
  /** Where the next one is written; undefined where it is a slice of a stack, or the same. */
  readonly next?: Local;
  /** Whether what the step computes must be copied to the next place. */
  readonly copies: boolean;
  /** The stack that has the vector of each step: its address. */
  readonly history?: number;
  /** The sum of the two addresses that vectors lie at in turns. */
  readonly turns?: number;
}

/** Whether a share is a number that is added to one lane, the same in all steps, so that a local sums it up. */
const isNumber = ({ scalar, at }: Share): boolean => scalar && at === undefined;

/** A loop whose step is one function, under construction. */
export class Repeat {
  readonly straight: Straight;
  readonly #left: Local;
  /** What moves with the steps by so many bytes, counted from a base or from 0. */
  readonly #moving = new Map<string, { readonly local: Local; readonly base: Base | undefined; readonly bytes: number }>();
  readonly #pointers: Pointers[] = [];
  /** Numbers that are added up. */
  readonly #totals: Local[];

  constructor(
    readonly steps: PlannedSteps,
    readonly emission: Emission,
    readonly code: Code,
    /** Where the loop's row lies. */
    readonly at: number,
    /** Where an operand lies. */
    readonly given: (operand: Row) => Home,
  ) {
    this.straight = new Straight(emission);
    this.#left = code.take(Type.i32);
    this.#totals = steps.sums.filter(isNumber).map(() => code.take(Type.f64));
  }

  /** A local that moves by so many bytes a step. */
  #movingBy(bytes: number, base?: Base): Local {
    const key = `${bytes} ${base}`;
    let found = this.#moving.get(key);
    if (found === undefined) this.#moving.set(key, (found = { local: this.code.take(Type.i32), base, bytes }));
    return found.local;
  }

  /** Where a step's slice of a stack lies that is written. */
  #slice({ lane, lanes }: { readonly lane: number; readonly lanes: number }): Home {
    return { address: this.at + 8 * lane, base: this.#movingBy(8 * lanes) };
  }

  /** Emits it, where all of a step fits into one function. */
  emit(sizes: Sizes): void {
    const { code, emission, steps, straight } = this;
    this.#placeConsts();
    this.#placeSlices();
    this.#placeCarries();
    placePieces(emission.stages, emission.places, (row) => emission.keep(row));
    for (const { result, at } of steps.sums)
      if (at !== undefined) for (const node of [result, at.index]) if (emission.isComputed(node)) emission.keep(node);
    const { phases } = new Parts(emission, sizes, false);
    const items = phases[0]!.parts[0]!;
    this.#begin();
    code.begin(I.loop);
    this.#beginStep();
    straight.begin(
      code,
      items.filter((item) => typeof item === "number"),
    );
    for (const { result, scalar } of [...steps.stacks, ...steps.sums.filter(isNumber), ...steps.carries])
      if (scalar) straight.held.expect(result);
    const lanes = new Lanes(emission);
    for (const item of items) {
      if (typeof item === "number") straight.emit(item);
      else emitLoop(emission, straight, lanes, item);
    }
    straight.held.settle();
    this.#endStep();
    code.get(this.#left);
    code.integer(1);
    code.op(I.i32_sub);
    code.tee(this.#left);
    code.repeat();
    code.end();
    this.#end();
  }

  /** Constants lie where the operands do; numbers that are used are in locals, while these are few. */
  #placeConsts(): void {
    const { emission, code } = this;
    const { uses } = emission.stages.lowered;
    for (const { parameter, operand, scalar, indices } of this.steps.consts) {
      if (uses[parameter] === 0) continue;
      const { address, base } = this.given(operand);
      emission.places.set(parameter, address, base);
      if (scalar && !indices && emission.locals.size < MOST_LOCALS) emission.locals.set(parameter, code.take(Type.f64));
    }
  }

  #placeSlices(): void {
    const { emission, steps } = this;
    for (const { parameter, operand, lanes, indices } of steps.slices) {
      const { address, base } = this.given(operand);
      emission.places.set(parameter, address, this.#movingBy((indices ? 4 : 8) * lanes, base));
    }
    if (steps.number !== undefined) {
      this.#movingBy(1);
      emission.carry(steps.number, this.code.take(Type.f64));
    }
    for (const stack of steps.stacks) {
      const { address, base } = this.#slice(stack);
      if (!stack.scalar && this.#isOpen(stack.result, stack.lanes)) emission.places.set(stack.result, address, base);
    }
  }

  /** Whether the body computes a vector that may lie anywhere. Functions of the kernel write one lane more than an odd number. */
  #isOpen(row: Row, lanes: number): boolean {
    const { stages, places } = this.emission;
    if (!isFree(stages, places, row)) return false;
    return lanes % 2 === 0 || stages.kind[row] === Kind.Loop || stages.lowered.op[row] === structural.assemble;
  }

  #placeCarries(): void {
    const { emission, steps, code } = this;
    const { places } = emission;
    for (const carry of steps.carries) {
      const { parameter, result, lane, lanes, scalar } = carry;
      if (scalar) {
        emission.carry(parameter, code.take(Type.f64));
        continue;
      }
      const now = code.take(Type.i32);
      places.set(parameter, 0, now);
      const isSlice =
        emission.stages.kind[result] !== Kind.Given && places.has(result) && steps.stacks.some((stack) => stack.result === result);
      if (result === parameter || isSlice) {
        this.#pointers.push({ carry, now, copies: false });
        continue;
      }
      const next = code.take(Type.i32);
      const copies = !this.#isOpen(result, lanes);
      if (!copies) places.set(result, 0, next);
      const stack = steps.stacks.find((stack) => stack.result === parameter);
      if (stack !== undefined) this.#pointers.push({ carry, now, next, copies, history: this.at + 8 * stack.lane });
      else {
        const final = this.at + 8 * lane;
        const other = steps.length > 1 ? emission.arena.allocate(8 * (lanes + 1)) : final;
        this.#pointers.push({ carry, now, next, copies, turns: final + other });
      }
    }
  }

  /** What is before the first step. */
  #begin(): void {
    const { code, emission, steps } = this;
    const { length, reverse, carries, consts, totals } = steps;
    for (const { parameter, operand } of [...consts, ...carries]) {
      const local = emission.locals.get(parameter);
      if (local === undefined) continue;
      const home = this.given(operand);
      pushBase(code, home);
      code.memory(I.f64_load, home.address);
      code.set(local);
    }
    for (const { local, base, bytes } of this.#moving.values()) {
      pushAddress(code, { address: reverse ? (length - 1) * bytes : 0, base });
      code.set(local);
    }
    for (const pointers of this.#pointers) this.#beginPointers(pointers);
    for (const total of this.#totals) {
      code.number(0);
      code.set(total);
    }
    for (const { lane, lanes } of totals) clearLanes(code, { address: this.at + 8 * lane }, lanes);
    code.integer(length);
    code.set(this.#left);
  }

  #beginPointers({ carry: { operand, lane, lanes }, now, next, history, turns }: Pointers): void {
    const { code, steps } = this;
    if (history === undefined) pushAddress(code, this.given(operand));
    else {
      const first = { address: history, base: this.#movingBy(8 * lanes) };
      copyLanes(code, first, this.given(operand), lanes);
      pushAddress(code, first);
    }
    code.set(now);
    if (turns === undefined) return;
    const final = this.at + 8 * lane;
    code.integer(steps.length % 2 === 1 ? final : turns - final);
    code.set(next!);
  }

  /** What is before the rows of a step: where vectors are to lie, and numbers that must be in memory. */
  #beginStep(): void {
    const { code, emission, steps } = this;
    for (const { carry, next, history } of this.#pointers) {
      if (history === undefined || next === undefined) continue;
      const bytes = 8 * carry.lanes;
      code.integer(this.at + 8 * carry.lane);
      pushAddress(code, { address: history + (steps.reverse ? -bytes : bytes), base: this.#movingBy(bytes) });
      code.get(this.#left);
      code.integer(1);
      code.op(I.i32_sub);
      code.op(I.i32_eqz);
      code.op(I.select);
      code.set(next);
    }
    if (steps.number !== undefined) {
      code.get(this.#movingBy(1));
      code.op(I.f64_convert_i32_s);
      code.set(emission.locals.get(steps.number)!);
    }
    for (const number of emission.carried)
      if (emission.stored[number] === 1) emission.storeScalar(code, number, emission.locals.get(number)!);
  }

  /** What is behind the rows of a step: slices are written, sums added, and carries go on. */
  #endStep(): void {
    const { code, emission, steps } = this;
    const { held } = this.straight;
    for (const stack of steps.stacks) {
      const to = this.#slice(stack);
      if (stack.scalar) {
        pushBase(code, to);
        held.push(stack.result);
        code.memory(I.f64_store, to.address);
      } else if (!this.#liesAt(stack.result, to)) copyLanes(code, to, emission.homeOf(stack.result), stack.lanes);
    }
    let number = 0;
    for (const share of steps.sums) {
      if (!isNumber(share)) {
        addShare(emission, code, share, this.at);
        continue;
      }
      const total = this.#totals[number++]!;
      code.get(total);
      held.push(share.result);
      code.op(instructions.add.f64);
      code.set(total);
    }
    for (const { carry, next, copies } of this.#pointers)
      if (copies) copyLanes(code, { address: 0, base: next }, emission.homeOf(carry.result), carry.lanes);
    this.#advance();
  }

  /** Whether a vector was computed where a stack has it, as the history of a carry is. */
  #liesAt(result: Row, to: Home): boolean {
    const isHistory = this.#pointers.some(({ carry, history }) => carry.parameter === result && history === to.address);
    const home = this.emission.homeOf(result);
    return isHistory || (home.address === to.address && home.base === to.base);
  }

  /** Has the next step's values take the place of this one's, all at once. */
  #advance(): void {
    const { code, emission, steps } = this;
    const { held } = this.straight;
    const numbers = steps.carries.filter(({ scalar }) => scalar);
    for (const { result } of numbers) held.push(result);
    for (const { parameter } of numbers.reverse()) code.set(emission.locals.get(parameter)!);
    const moved = this.#pointers.filter(({ carry: { result, parameter } }) => result !== parameter);
    for (const { carry, next } of moved) {
      if (next === undefined) pushAddress(code, emission.homeOf(carry.result));
      else code.get(next);
    }
    for (const { now } of moved.reverse()) code.set(now);
    for (const { next, turns } of this.#pointers) {
      if (turns === undefined) continue;
      code.integer(turns);
      code.get(next!);
      code.op(I.i32_sub);
      code.set(next!);
    }
    for (const { local, bytes } of this.#moving.values()) {
      code.get(local);
      code.integer(steps.reverse ? -bytes : bytes);
      code.op(I.i32_add);
      code.set(local);
    }
  }

  /** What is behind the last step. */
  #end(): void {
    const { code, emission, steps } = this;
    const store = (lane: number, local: Local): void => {
      code.integer(0);
      code.get(local);
      code.memory(I.f64_store, this.at + 8 * lane);
    };
    for (const { parameter, lane, scalar } of steps.carries) if (scalar) store(lane, emission.locals.get(parameter)!);
    let number = 0;
    for (const { lane } of steps.sums.filter(isNumber)) store(lane, this.#totals[number++]!);
    for (const { carry, now, next } of this.#pointers)
      if (next === undefined) copyLanes(code, { address: this.at + 8 * carry.lane }, { address: 0, base: now }, carry.lanes);
  }
}
