/** Calls from a traced copy: of functions that are traced themselves, of this library's, and of others with plain values. */
import { ofLibrary } from "../../data/operands.js";
import { isPlain } from "../../data/tree.js";
import * as math from "../../trace/generated/math.js";
import { Indices, Value } from "../../trace/value.js";
import { vector } from "../../trace/vector.js";
import { at, concat, slice, take } from "../../trace/vectors.js";
import { Lanes } from "./lanes.js";
import { called, type Place, wrong } from "./operators.js";
import { checkSet, Unset } from "./run.js";

type Callable = (...args: unknown[]) => unknown;

/** Functions of traced copies, which take and give what those hold. */
const inner = new WeakSet<object>();

/** The traced copies of functions. */
const copies = new WeakMap<object, Callable>();

/** Functions of this library that do not mark themselves, and those that are marked to be written with it. */
const library = new WeakSet<object>([...Object.values(math), at, concat, slice, take, vector]);

/** Whether a function is of this library, or marked as written with it. */
export const isOfLibrary = (f: object): boolean => library.has(f) || ofLibrary.has(f);

/** Marks a function of a traced copy. */
export function innerFunction<F extends object>(f: F): F {
  inner.add(f);
  return f;
}

/** Marks a function as written with this library's functions, so that it may be called with Values. */
export function markLibrary(f: object): void {
  library.add(f);
}

/** Notes the traced copy of a function. */
export const setCopy = (f: object, copy: Callable): void => void copies.set(f, copy);

/** What makes the copies of functions that a build has read, or says why they have none. */
const makers = new WeakMap<object, () => unknown>();

/** Functions of modules that have copies, and whose originals know nothing of them. */
const helpers = new WeakSet<object>();

/** Why functions have no copy. */
const reasons = new WeakMap<object, string>();

/** Notes what makes the copy of a function of a module. */
export function setMaker(f: object, make: () => unknown): void {
  if (typeof f === "function" && !copies.has(f) && !reasons.has(f)) makers.set(f, make);
}

/** The traced copy of a function; undefined where there is none. */
export function copyOf(f: object): Callable | undefined {
  const make = makers.get(f);
  if (make) {
    makers.delete(f);
    const made = make();
    if (typeof made === "function") {
      copies.set(f, made as Callable);
      helpers.add(f);
    } else reasons.set(f, String(made));
  }
  return copies.get(f);
}

/** Where the last call was, for functions that are called back. */
let here: Place = { text: "", site: 0 };

/** A global function as a traced copy calls it. */
export const globalFunction = <A extends unknown[]>(f: (place: Place, ...args: A) => unknown): Callable =>
  innerFunction((...args: unknown[]) => f(here, ...(args as A)));

/** Whether something is traced, or holds what is. */
export function holdsTraced(x: unknown, seen = new Set<object>()): boolean {
  if (x instanceof Unset) checkSet(x);
  if (typeof x !== "object" || x === null) return false;
  if (x instanceof Value || x instanceof Lanes || x instanceof Indices) return true;
  if (!(Array.isArray(x) || isPlain(x)) || seen.has(x)) return false;
  seen.add(x);
  return Object.values(x).some((item) => holdsTraced(item, seen));
}

/** A value as the library's functions, and the callers of traced copies, take it. */
export function exported(x: unknown): unknown {
  checkSet(x);
  if (x instanceof Lanes) return x.vector();
  if (typeof x === "function") {
    if (makers.has(x)) copyOf(x);
    return inner.has(x) || helpers.has(x) ? outward(x as Callable) : x;
  }
  if (typeof x !== "object" || x === null || x instanceof Value) return x;
  if (Array.isArray(x)) {
    const items = Array.from(x, exported);
    return items.every((item, i) => item === x[i]) ? x : items;
  }
  if (!isPlain(x)) return x;
  const entries = Object.entries(x).map(([key, item]): [string, unknown] => [key, exported(item)]);
  return entries.every(([key, item]) => item === (x as Record<string, unknown>)[key]) ? x : Object.fromEntries(entries);
}

const outwards = new WeakMap<object, Callable>();

/** A function of a traced copy as the library calls it. */
function outward(f: Callable): Callable {
  let made = outwards.get(f);
  if (!made)
    outwards.set(
      f,
      (made = (...args) => {
        if (untraced !== undefined)
          wrong(`plain functions for ${untraced}, which has no traced copy`, "a traced one, which it calls", here, MARK);
        return exported((copies.get(f) ?? f)(...args));
      }),
    );
  return made;
}

/** The function under way that has no traced copy: it may take traced functions, as transforms do, and not call them. */
let untraced: string | undefined;

const MARK = "Write native(f) around the function, or viaLibrary(f) where it is written with this library's functions";

/** Calls a function from a traced copy. */
export function call(f: unknown, self: unknown, args: readonly unknown[], name: string, place: Place): unknown {
  checkSet(f);
  if (typeof f !== "function") return wrong(`a function${name && ` ${name}`} to call`, called(f), place);
  const before = { here, untraced };
  here = place;
  untraced = undefined;
  try {
    if (inner.has(f)) return (f as Callable).apply(self, args as unknown[]);
    const copy = copyOf(f);
    if (copy) return copy(...args);
    if (isOfLibrary(f)) return (f as Callable)(...args.map(exported));
    untraced = name || f.name || "a function";
    if (self !== console && args.some((arg) => holdsTraced(arg)))
      return wrong(`plain values for ${untraced}, which has no traced copy`, args.map(called).join(", "), place, reasons.get(f) ?? MARK);
    return (f as Callable).apply(self, args.map(exported));
  } finally {
    ({ here, untraced } = before);
  }
}
