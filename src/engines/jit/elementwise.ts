/** Elementwise rows as instructions, on one number or on two lanes, in one function. */
import { commutative, pairCodes, pairs } from "../../ops/generated/table.js";
import { type Code } from "../../wasm/code.js";
import { formulaOf, type Item } from "../../wasm/formula.js";
import { I } from "../../wasm/instructions.js";
import { type Held } from "./held.js";

/** By opcode: the function that gives it and its companion, its companion's opcode, and whether it is the first of the two. */
const companions = new Map(
  pairs.flatMap(([op, companion], i): [number, { name: string; partner: number; first: boolean }][] => [
    [op, { name: `${pairCodes[i]!}Lanes`, partner: companion, first: true }],
    [companion, { name: `${pairCodes[i]!}Lanes`, partner: op, first: false }],
  ]),
);

/** What the rows are, and what their formulas need. */
export interface RowsOf {
  op(node: number): number;
  operand(node: number, k: number): number;
  /** The address of a number that memory holds twice. */
  constant(value: number): number;
  /** The index of a function of the library. */
  use(name: string): number;
  /** 16 bytes for a companion. */
  readonly scratch: number;
}

/** The elementwise rows of one function, or of one loop's body. */
export class Elementwise {
  /** The rows of ops that have a companion, by opcode and operand. */
  readonly #paired = new Map<string, number>();
  /** Rows computed with their companions, ahead of their turn. */
  readonly #done = new Set<number>();

  constructor(
    readonly code: Code,
    readonly rows: RowsOf,
    readonly held: Held,
    readonly pair: boolean,
  ) {}

  /** Announces the operands of a row. */
  expect(node: number): void {
    const op = this.rows.op(node);
    const { reads } = formulaOf(op, this.pair);
    for (let k = 0; k < reads.length; k++) this.held.expect(this.rows.operand(node, k), reads[k]);
    if (companions.has(op)) this.#paired.set(`${op} ${this.rows.operand(node, 0)}`, node);
  }

  /** Emits a row. */
  emit(node: number): void {
    const { held, rows } = this;
    if (this.#done.size > 0 && this.#done.delete(node)) return;
    const op = rows.op(node);
    const companion = companions.get(op);
    const partner = companion && this.#paired.get(`${companion.partner} ${rows.operand(node, 0)}`);
    if (companion && partner !== undefined) return this.#emitPair(companion, node, partner);
    const { steps, first } = formulaOf(op, this.pair);
    const swap = commutative[op] === 1 && held.isOnTop(rows.operand(node, 1));
    held.settle(first < 0 ? -1 : rows.operand(node, swap ? 1 - first : first));
    for (let i = 0; i < steps.length; i++) this.#emitItem(steps[i]!, node, swap);
    held.define(node);
  }

  #emitItem(step: Item, node: number, swap: boolean): void {
    switch (step.kind) {
      case "operand":
        return this.held.push(this.rows.operand(node, swap ? 1 - step.place : step.place));
      case "instruction":
        if (step.code === I.f64x2_extract_lane) this.code.lane(step.code, 0);
        else this.code.op(step.code);
        return;
      case "number":
        if (this.pair) this.code.load(I.v128_load, this.rows.constant(step.value));
        else this.code.number(step.value);
        return;
      case "call":
        return this.code.call(this.rows.use(step.name));
    }
  }

  /** Emits a row and its companion by the function that gives both. */
  #emitPair({ name, first }: { name: string; first: boolean }, node: number, partner: number): void {
    const { code, held, rows, pair } = this;
    const operand = rows.operand(node, 0);
    held.settle(operand);
    held.push(operand);
    held.skip(operand);
    if (!pair) code.op(I.f64x2_splat);
    code.integer(rows.scratch);
    code.call(rows.use(name));
    if (!pair) code.lane(I.f64x2_extract_lane, 0);
    held.put(first ? node : partner);
    code.load(pair ? I.v128_load : I.f64_load, rows.scratch);
    held.put(first ? partner : node);
    this.#done.add(partner);
    // Another row of the same op and operand is computed by itself.
    for (const each of [node, partner]) this.#paired.delete(`${rows.op(each)} ${operand}`);
  }
}
