/** A Float64Array that a traced copy made: its lanes, numbers or Values, or the vector that it is a copy of until a lane is read or written. */
import { isNumericArray, type NumericArray } from "../../data/arrays.js";
import { at, concat } from "../../trace/vectors.js";
import { Value } from "../../trace/value.js";
import { madeHere, type Slots } from "./run.js";

/** What Float64Arrays are while they are traced. */
export class Lanes implements Slots {
  #whole: Value | NumericArray | undefined;
  #items: unknown[] | undefined;
  readonly length: number;

  constructor(given: Value | NumericArray | unknown[]) {
    this.length = given.length!;
    if (Array.isArray(given)) this.#items = given;
    else this.#whole = given;
    madeHere(this);
  }

  /** The lanes one by one; not to be written. */
  get items(): readonly unknown[] {
    return this.#list();
  }

  #list(): unknown[] {
    const whole = this.#whole;
    if (whole) {
      this.#items = lanesOf(whole);
      this.#whole = undefined;
    }
    return this.#items!;
  }

  slot(key: PropertyKey): unknown {
    return this.#list()[key as number];
  }

  setSlot(key: PropertyKey, value: unknown): void {
    this.#list()[key as number] = value;
  }

  /** As the library's functions take it. */
  vector(): Value | NumericArray {
    if (this.#whole) return this.#whole;
    const items = this.#items as (number | Value)[];
    return items.length === 0 || items.every((item) => typeof item === "number") ? Float64Array.from(items as number[]) : concat(items);
  }
}

/** What has lanes: a traced vector, a typed array, or one that was made here. */
export type VectorLike = Value | NumericArray | Int32Array | Lanes;

/** Whether a value is a vector, of numbers or traced. */
export const isVectorLike = (x: unknown): x is VectorLike =>
  x instanceof Lanes || (x instanceof Value ? x.shape.length === 1 : isNumericArray(x) || x instanceof Int32Array);

/** The lanes of a vector, one by one. */
export function lanesOf(x: VectorLike): unknown[] {
  if (x instanceof Lanes) return [...x.items];
  return x instanceof Value ? Array.from({ length: x.length! }, (_, i) => at(x, i)) : Array.from(x);
}
