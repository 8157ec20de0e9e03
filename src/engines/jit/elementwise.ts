/** Elementwise rows as instructions, on one number or on two lanes, in one function. */
import { arity, commutative, pairCodes, pairs } from "../../generated/table.js";
import { type Code } from "../../wasm/code.js";
import { type Expr } from "../../expr.js";
import { firstOperand, formulaOf, Formulas, type Surroundings } from "../../wasm/formula.js";
import { I } from "../../wasm/instructions.js";
import { type Held } from "./held.js";

const names = ["a", "b", "c"];

/** How often a formula reads each operand, by opcode. */
const reads: (readonly number[])[] = [];

function count(expr: Expr, name: string): number {
  if (typeof expr === "object") return expr.args.reduce<number>((total, arg) => total + count(arg, name), 0);
  return Number(expr === name);
}

const readsOf = (op: number): readonly number[] => (reads[op] ??= names.slice(0, arity[op]).map((name) => count(formulaOf(op), name)));

/** By opcode: the function that gives it and its companion, its companion's opcode, and whether it is the first of the two. */
const companions = new Map(
  pairs.flatMap(([op, companion], i): [number, { name: string; partner: number; first: boolean }][] => [
    [op, { name: `${pairCodes[i]!}Lanes`, partner: companion, first: true }],
    [companion, { name: `${pairCodes[i]!}Lanes`, partner: op, first: false }],
  ]),
);

/** What the rows are, and where a function of the library may leave a companion. */
export interface RowsOf extends Surroundings {
  op(node: number): number;
  operand(node: number, k: number): number;
  /** 16 bytes that nothing else uses. */
  readonly scratch: number;
}

/** The elementwise rows of one function, or of one loop's body. */
export class Elementwise {
  readonly #formulas: Formulas;
  /** The rows of ops that have a companion, by opcode and operand. */
  readonly #paired = new Map<string, number>();
  /** Rows computed with their companions, ahead of their turn. */
  readonly #done = new Set<number>();

  constructor(
    readonly code: Code,
    readonly rows: RowsOf,
    readonly held: Held,
    readonly pair: boolean,
  ) {
    this.#formulas = new Formulas(code, rows);
  }

  /** Announces the operands of a row. */
  expect(node: number): void {
    const op = this.rows.op(node);
    readsOf(op).forEach((uses, k) => this.held.expect(this.rows.operand(node, k), uses));
    if (companions.has(op)) this.#paired.set(`${op} ${this.rows.operand(node, 0)}`, node);
  }

  /** Emits a row. */
  emit(node: number): void {
    const { held, rows } = this;
    if (this.#done.delete(node)) return;
    const op = rows.op(node);
    const companion = companions.get(op);
    const partner = companion && this.#paired.get(`${companion.partner} ${rows.operand(node, 0)}`);
    if (companion && partner !== undefined && partner !== node) return this.#emitPair(companion, node, partner);
    const a = rows.operand(node, 0);
    const b = rows.operand(node, 1);
    const swap = commutative[op] === 1 && held.isOnTop(b);
    const first = firstOperand(formulaOf(op));
    held.settle(first === "a" ? (swap ? b : a) : first === "b" ? b : first === "c" ? rows.operand(node, 2) : -1);
    this.#formulas.emit(op, this.pair, (name) => {
      const k = names.indexOf(name);
      held.push(rows.operand(node, swap && k < 2 ? 1 - k : k));
    });
    held.define(node);
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
    held.define(first ? node : partner);
    held.settle();
    code.load(pair ? I.v128_load : I.f64_load, rows.scratch);
    held.define(first ? partner : node);
    held.settle();
    this.#done.add(partner);
  }
}
