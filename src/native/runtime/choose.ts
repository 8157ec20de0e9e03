/** Choices: both sides of a test on a traced value are traced, and what they leave is one where the test is true, the other where it is false. */
import { Matrix } from "../../data/matrix.js";
import { isPlain } from "../../data/tree.js";
import { describe } from "../../errors.js";
import { sameShape } from "../../ops/shapes.js";
import { not, where } from "../../trace/generated/math.js";
import { Value } from "../../trace/value.js";
import { Lanes, lanesOf } from "./lanes.js";
import { conjunction, disjunction, isTruth, type Place, truthOf, used } from "./operators.js";
import { placeOf } from "../syntax/refusals.js";
import { Cell, madeHere, run, settle, side, slotOf, Unset } from "./run.js";

/** Merges what two sides left, pair by pair: what is one object on both, or made on both, stays one. */
class Merger {
  readonly #not: Value;
  readonly #pairs = new Map<object, Map<object, unknown>>();
  /** What was made on a side and has a counterpart already. */
  readonly #taken = new Map<object, object>();

  constructor(
    readonly test: Value,
    readonly first: number,
    readonly place: Place,
  ) {
    this.#not = used(not(test));
  }

  merged(a: unknown, b: unknown, isLoose = false): unknown {
    if (Object.is(a, b)) return a;
    if (isLoose && a === undefined) return b;
    if (isLoose && b === undefined) return a;
    for (const x of [a, b]) if (x instanceof Unset) return x;
    const isLogic = (x: unknown): boolean => typeof x === "boolean" || isTruth(x);
    if (isLogic(a) && isLogic(b)) {
      const [x, y] = [a as boolean | Value, b as boolean | Value];
      return disjunction(conjunction(this.test, x), conjunction(this.#not, y));
    }
    const isNumber = (x: unknown): boolean => typeof x === "number" || (x instanceof Value && x.length === undefined && !isTruth(x));
    if (isNumber(a) && isNumber(b)) return where(this.test, a as Value, b as Value);
    if (typeof a === "object" && typeof b === "object" && a && b) return this.#objects(a, b);
    return this.#unlike(a, b);
  }

  #unlike(a: unknown, b: unknown): Unset {
    const [x, y] = [a, b].map((side) =>
      isTruth(side) ? "a truth value" : side instanceof Value ? "a number" : side === undefined ? "nothing" : describe(side),
    );
    return new Unset(`${x} on one side and ${y} on the other of the choice at ${placeOf(this.place.site, this.place.text)}`);
  }

  #objects(a: object, b: object): unknown {
    const known = this.#pairs.get(a)?.get(b);
    if (known !== undefined) return known;
    const keep = <T extends object>(merged: T): T => {
      const pairs = this.#pairs.get(a) ?? new Map<object, unknown>();
      this.#pairs.set(a, pairs.set(b, merged));
      this.#own(a, b, merged);
      return merged;
    };
    if ([a, b].every((x) => x instanceof Value || x instanceof Matrix) && [a, b].some((x) => x instanceof Value))
      return sameShape((a as Value).shape, (b as Value).shape) ? where(this.test, a as Value, b as Value) : this.#unlike(a, b);
    const vectors = [a, b].map((x) => x instanceof Lanes || x instanceof Float64Array || x instanceof Value);
    if (vectors[0] && vectors[1]) {
      const [x, y] = [a, b] as [Lanes, Lanes];
      if (x.length !== y.length) return this.#unlike(a, b);
      const [left, right] = [lanesOf(x), lanesOf(y)];
      return keep(new Lanes(left.map((item, i) => this.merged(item, right[i]))));
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return this.#unlike(a, b);
      const made = keep(madeHere(new Array<unknown>(a.length)));
      for (let i = 0; i < a.length; i++) made[i] = this.merged(a[i], b[i]);
      return made;
    }
    if (Array.isArray(a) || Array.isArray(b) || !isPlain(a) || !isPlain(b)) return this.#unlike(a, b);
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length || !keys.every((key) => Object.hasOwn(b, key))) return this.#unlike(a, b);
    const made: Record<string, unknown> = keep(madeHere({}));
    for (const key of keys) made[key] = this.merged((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]);
    return made;
  }

  /** What was made on its side, and meets the same counterpart wherever it stands, is one object with it; anything else has two, none of which may be written. */
  #own(a: object, b: object, merged: object): void {
    const isOwn = [a, b].every((x) => (run.made.get(x) ?? -1) >= this.first && !run.fixed.has(x) && !this.#taken.has(x));
    const before = [this.#taken.get(a), this.#taken.get(b)];
    this.#taken.set(a, merged).set(b, merged);
    if (isOwn) return;
    const why = `one of two arrays or objects by the choice at ${placeOf(this.place.site, this.place.text)}`;
    for (const object of [a, b, merged, ...before]) if (object) run.fixed.set(object, why);
  }
}

/**
 * The result of `yes` where the test is true, else that of `no`, with what they assigned. On a plain value, and on a Value whose number is known, one of them is called; on a traced one both are,
 * each from what was before, and all that they leave is merged by rows: what the choice did not take has no influence, in any derivative.
 */
export function choose(test: unknown, yes: () => unknown, no: (() => unknown) | undefined, place: Place): unknown {
  const truth = truthOf(test, place);
  if (typeof truth === "boolean") return truth ? yes() : no?.();
  const first = run.branch + 1;
  const [a, b] = [side(yes), side(no ?? (() => undefined))];
  const merger = new Merger(truth, first, place);
  for (const object of new Set([...a.written.keys(), ...b.written.keys()])) {
    const [left, right] = [a.written.get(object), b.written.get(object)];
    for (const key of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
      const now = slotOf(object, key);
      const [x, y] = [left, right].map((slots) => (slots?.has(key) ? slots.get(key) : now));
      settle(object, key, merger.merged(x, y, object instanceof Cell && object.isLoose));
    }
  }
  return merger.merged(a.result, b.result);
}
