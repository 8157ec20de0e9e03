/** Wrong emissions are caught where they are made: every instruction is held against the types on the stack. */
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../src/engines/kernel/generated/kernel.js";
import { instructions } from "../src/ops/instructions.js";
import { type Code } from "../src/wasm/code.js";
import { I, Type } from "../src/wasm/instructions.js";
import { Library } from "../src/wasm/library.js";
import { Module } from "../src/wasm/module.js";
import { CheckedCode } from "./checkedcode.js";

const library = new Library(kernelBytes());

/** What is written, into a function of a number and an address, what is wrong with it, and at which byte. */
const mistakes: Readonly<Record<string, readonly [write: (code: Code, module: Module) => void, message: string]>> = {
  "an operand missing": [
    (code) => {
      code.get(0);
      code.op(instructions.add.f64);
    },
    "0xa0: expected f64, f64, got f64 at byte 2",
  ],
  "an operand of another type": [
    (code) => {
      code.get(0);
      code.get(1);
      code.op(instructions.mul.f64);
    },
    "0xa2: expected f64, f64, got f64, i32 at byte 4",
  ],
  "a number as a pair": [
    (code) => {
      code.get(0);
      code.op(instructions.sqrt.f64x2);
    },
    "0xfdef: expected v128, got f64 at byte 2",
  ],
  "a truth value as a number": [
    (code) => {
      code.get(0);
      code.get(0);
      code.op(instructions.lt.f64);
      code.op(instructions.neg.f64);
    },
    "0x9a: expected f64, got i32 at byte 5",
  ],
  "an address as a number": [
    (code) => {
      code.get(0);
      code.memory(I.f64_load, 8);
    },
    "f64_load: expected i32, got f64 at byte 2",
  ],
  "a store of another type": [
    (code) => {
      code.get(1);
      code.get(0);
      code.memory(I.v128_store, 8);
    },
    "v128_store: expected i32, v128, got i32, f64 at byte 4",
  ],
  "a lane of a number": [
    (code) => {
      code.get(0);
      code.lane(I.f64x2_extract_lane, 0);
    },
    "f64x2_extract_lane: expected v128, got f64 at byte 2",
  ],
  "a local of another type": [
    (code) => {
      code.get(0);
      code.set(code.take(Type.v128));
    },
    "set: expected v128, got f64 at byte 2",
  ],
  "a local that is not there": [(code) => code.get(2), "get: expected a local below 2, got 2 at byte 0"],
  "a local given back twice": [
    (code) => {
      const local = code.take(Type.f64);
      code.give(local);
      code.give(local);
    },
    "give: expected a local that is in use, got 2 at byte 0",
  ],
  "a choice of two types": [
    (code) => {
      code.get(0);
      code.get(1);
      code.get(1);
      code.op(I.select);
    },
    "select: expected i32, i32, i32, got f64, i32, i32 at byte 6",
  ],
  "mathematics of numbers": [
    (code, module) => {
      code.get(0);
      code.call(module.use("sinLanes"));
    },
    `call ${library.indexOf("sinLanes")}: expected v128, got f64 at byte 2`,
  ],
  "a function that is not there": [(code) => code.call(1e6), "call: expected a function of the module, got 1000000 at byte 0"],
  "a condition of type f64": [
    (code) => {
      code.get(0);
      code.begin(I.if);
    },
    "if: expected i32, got f64 at byte 2",
  ],
  "what a block leaves": [
    (code) => {
      code.begin(I.loop);
      code.get(0);
      code.end();
    },
    "end: expected an empty stack, got 1 on it at byte 4",
  ],
  "operands from outside of a block": [
    (code) => {
      code.get(0);
      code.get(0);
      code.begin(I.loop);
      code.op(instructions.add.f64);
    },
    "0xa0: expected f64, f64, got nothing at byte 6",
  ],
  "a repetition without a loop": [
    (code) => {
      code.get(1);
      code.repeat();
    },
    "repeat: expected a loop, got a block of kind function at byte 2",
  ],
  "an end too many": [(code) => code.end(), "end: expected an open block, got none at byte 0"],
  "no result": [() => undefined, "add: expected f64, got nothing at byte 0"],
  "a result too many": [
    (code) => {
      code.get(0);
      code.get(0);
    },
    "add: expected nothing beside the results, got 1 more at byte 4",
  ],
  "a block that stays open": [(code) => code.begin(I.loop), "add: expected all blocks to be closed, got 1 open at byte 2"],
  "a return of another type": [
    (code) => {
      code.get(1);
      code.op(I.return);
    },
    "return: expected the result, got i32 at byte 3",
  ],
};

describe("a wrong emission is caught where it is made", () => {
  test.each(Object.entries(mistakes))("%s", (_, [write, message]) => {
    const module = new Module(library, "append");
    const code = module.code([Type.f64, Type.i32]);
    expect(code).toBeInstanceOf(CheckedCode);
    expect(() => {
      write(code, module);
      module.add([Type.f64], code);
    }).toThrow(new TypeError(message));
  });
});
