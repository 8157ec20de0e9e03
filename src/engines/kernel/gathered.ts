/** Numbers that move to places of which many follow each other: those that do in one row. */
import { kernelRow } from "./rows.js";
import { type Tape } from "./tape.js";

/** Numbers that are to be moved. */
export class Gathered {
  #list: number[] = [];
  #start = 0;

  constructor(readonly tape: Tape) {}

  /** Moves the number at an address to another. */
  add(to: number, from: number): void {
    if (to !== this.#start + 8 * this.#list.length) {
      this.flush();
      this.#start = to;
    }
    this.#list.push(from);
  }

  /** Appends the row of what was added since the last. */
  flush(): void {
    const { tape } = this;
    if (this.#list.length > 0)
      tape.row(kernelRow.gather, this.#list.length, { address: this.#start }, { address: tape.arena.hold(Uint32Array.from(this.#list)) });
    this.#list = [];
  }
}
