/** The values that a function under construction has at hand. */
import { type Code, type Local } from "../../wasm/code.js";
import { type TypeCode } from "../../wasm/instructions.js";

/** How values come from where they lie, and go there. */
interface Storage {
  /** Leaves a value that is in no local on the stack. */
  load(node: number): void;
  /** Whether a value that was loaded is worth a local until its next use. */
  keeps(node: number): boolean;
  /** Whether a value must be in memory too. */
  isStored(node: number): boolean;
  /** Stores a local's value. */
  store(node: number, local: Local): void;
}

const NONE = -1;

/** Values of one type: in locals until their last use, or, where the next instruction is their only use, on the stack. */
export class Held {
  readonly #locals: Int32Array;
  readonly #uses: Int32Array;
  /** The function under construction; each sets its own. */
  code!: Code;
  /** The value that is on top of the stack, and nowhere else. */
  #top = NONE;

  /** Holds values of `size` nodes. */
  constructor(
    size: number,
    readonly type: TypeCode,
    readonly storage: Storage,
  ) {
    this.#locals = new Int32Array(size).fill(NONE);
    this.#uses = new Int32Array(size);
  }

  /** Announces uses of a value. All must be announced before it is defined. */
  expect(node: number, uses = 1): void {
    this.#uses[node]! += uses;
  }

  /** Says that a value that was announced is not pushed after all. */
  skip(node: number): void {
    const local = this.#locals[node]!;
    if (--this.#uses[node]! === 0 && local !== NONE) this.#release(node, local);
  }

  #release(node: number, local: Local): void {
    this.code.give(local);
    this.#locals[node] = NONE;
  }

  /** Whether a value is on top of the stack. */
  isOnTop(node: number): boolean {
    return this.#top === node && node !== NONE;
  }

  /** Moves the value on top of the stack into a local unless the next one to be pushed is that. */
  settle(next = NONE): void {
    const top = this.#top;
    if (top === NONE || top === next) return;
    this.#top = NONE;
    const local = this.code.take(this.type);
    this.code.set(local);
    this.#locals[top] = local;
  }

  /** Leaves a value on the stack. */
  push(node: number): void {
    const left = --this.#uses[node]!;
    if (this.#top === node) {
      this.#top = NONE;
      return;
    }
    const local = this.#locals[node]!;
    if (local !== NONE) {
      this.code.get(local);
      if (left === 0) this.#release(node, local);
      return;
    }
    this.storage.load(node);
    if (left > 0 && this.storage.keeps(node)) this.code.tee((this.#locals[node] = this.code.take(this.type)));
  }

  /** Takes what is on the stack as a value. */
  define(node: number): void {
    const left = this.#uses[node]!;
    const stored = this.storage.isStored(node);
    if (left === 1 && !stored) {
      this.#top = node;
      return;
    }
    const local = this.code.take(this.type);
    this.code.set(local);
    if (stored) this.storage.store(node, local);
    if (left > 0) this.#locals[node] = local;
    else this.code.give(local);
  }

  /** Takes what is on the stack as a value, off the stack at once. */
  put(node: number): void {
    this.define(node);
    this.settle();
  }
}
