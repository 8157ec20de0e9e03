/** Sets of rows, in memory of as many rows as lie between the first and the last. */
import { type Row } from "./graph.js";

/** A set of rows from `first` up to `end`, which is not included. */
export class RowSet {
  readonly #flags: Uint8Array;

  constructor(
    readonly first: Row,
    readonly end: Row,
  ) {
    this.#flags = new Uint8Array(Math.max(0, end - first));
  }

  has(row: Row): boolean {
    return this.#flags[row - this.first] === 1;
  }

  /** Adds a row; one outside the bounds is left out. */
  add(row: Row): void {
    if (row >= this.first && row < this.end) this.#flags[row - this.first] = 1;
  }

  get size(): number {
    return this.#flags.reduce((total, flag) => total + flag, 0);
  }

  every(holds: (row: Row) => boolean): boolean {
    return this.#flags.every((flag, i) => flag === 0 || holds(this.first + i));
  }
}
