/** Elements and properties: read of whatever has them, written where the function made it. */
import { at, concat, take } from "../../trace/vectors.js";
import { Indices, Value } from "../../trace/value.js";
import { Lanes, lanesOf, type VectorLike, isVectorLike } from "./lanes.js";
import { isMatrixValue, matrixMember } from "./matrices.js";
import { called, isTraced, type Place, wrong } from "./operators.js";
import { Cell, checkResizable, checkSet, madeHere, put, run, write } from "./run.js";

/** An index whose number is known, in a recording, is that number. */
const plainKey = (key: unknown): unknown =>
  key instanceof Value && key.trace.open && key.trace.graph.recording?.read(key.row) !== undefined ? key.value : key;

/** Lane `key` of a vector; undefined where there is none, as in JavaScript. */
function lane(x: VectorLike, key: unknown, place: Place): unknown {
  const index = typeof key === "string" && /^\d+$/.test(key) ? Number(key) : key;
  if (key === "length") return x.length;
  if (typeof index !== "number") return wrong(`a lane or the length of a vector`, `.${String(key)} of ${called(x)}`, place);
  if (!Number.isInteger(index) || index < 0 || index >= x.length!) return undefined;
  return x instanceof Lanes ? x.items[index] : x instanceof Value ? at(x, index) : x[index];
}

/** The element of a list at an index that is traced. */
function taken(x: unknown, key: Value, place: Place): unknown {
  if (key.length !== undefined) return wrong("a number as an index", called(key), place);
  if (x instanceof Lanes) return take(x.vector(), key);
  if (isVectorLike(x)) return take(x as Value, key);
  if (!Array.isArray(x) || x.length === 0) return wrong("an array or a vector to take an element of", called(x), place);
  const scalars = x.map((item: unknown) => {
    checkSet(item);
    if (typeof item === "number" || (item instanceof Value && item.length === undefined)) return item as Value;
    return wrong(
      "an array of numbers where the index is traced",
      `one with ${called(item)}`,
      place,
      "Choose between its items by tests on the index",
    );
  });
  return take(concat(scalars), key);
}

/** `x[key]`. */
export function get(x: unknown, given: unknown, place: Place): unknown {
  const key = plainKey(given);
  if (key instanceof Value) return taken(x, key, place);
  checkSet(x);
  checkSet(key);
  if (x instanceof Indices && key !== "length") return unknownIndices(place);
  if (x instanceof Value && x.length === undefined)
    return wrong("an array, a vector or an object", `the number ${called(x)}, of which there is no .${String(key)},`, place);
  if (isVectorLike(x)) return lane(x, key, place);
  if (isMatrixValue(x)) return matrixMember(x, key, place);
  if (x === null || x === undefined)
    return wrong("an array, a vector or an object", `${String(x)}, of which there is no ${String(key)},`, place);
  const value = (x as Record<PropertyKey, unknown>)[key as PropertyKey];
  checkSet(value);
  return value;
}

/** Throws the error of an index column, whose numbers are not known while its function is traced. */
const unknownIndices = (place: Place): never =>
  wrong("lane numbers that are known", "an index column", place, "Make the argument static (staticArgnums), or use take and segmentSum");

/** What a Float64Array holds of a value. */
function laneValue(value: unknown, place: Place): unknown {
  if (value instanceof Value && value.length === undefined) return value;
  checkSet(value);
  return isTraced(value) ? wrong("a number as a lane", called(value), place) : Number(value);
}

/** `x[key] = value`. */
export function set<T>(x: unknown, given: unknown, value: T, place: Place): T {
  if (x instanceof Cell) return put(x, value);
  const { text, site } = place;
  const key = plainKey(given);
  if (key instanceof Value)
    return wrong("a plain index to write at", called(key), place, "Write every element: xs[i] = i === k ? y : xs[i], in a loop over i");
  checkSet(x);
  if (typeof x !== "object" || x === null || x instanceof Value) return wrong("an array, a vector or an object to write", called(x), place);
  const index = typeof key === "string" && /^\d+$/.test(key) ? Number(key) : (key as PropertyKey);
  if (x instanceof Lanes) {
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= x.length)
      return wrong(`a lane from 0 to ${x.length - 1}`, String(index), place, undefined, RangeError);
    write(x, index, laneValue(value, place), text, site);
    return value;
  }
  if (ArrayBuffer.isView(x) && isTraced(value))
    return wrong("plain numbers in a typed array", called(value), place, "Make it a Float64Array, or an array");
  if (Array.isArray(x) && index === "length") checkResizable(x, text, site);
  if (ArrayBuffer.isView(x) && run.branches.length > 0)
    return wrong("no write to it under a test on a traced value", called(x), place, "Make it a Float64Array, or an array");
  write(x, index, value, text, site);
  return value;
}

/** `x[key] op= …`: the element, changed. */
export function update(x: unknown, key: unknown, change: (now: unknown) => unknown, place: Place): unknown {
  return set(x, key, change(x instanceof Cell ? x.v : get(x, key, place)), place);
}

/** What `for … of`, spread and patterns run through. */
export function iterate(x: unknown, place: Place): Iterable<unknown> {
  checkSet(x);
  if (x instanceof Lanes) return x.items;
  if (x instanceof Indices) return unknownIndices(place);
  if (isVectorLike(x)) return x instanceof Value ? lanesOf(x) : (x as Iterable<unknown>);
  if (isMatrixValue(x)) return wrong("an array or a vector", called(x), place, "Write x.row(i), or x.toArray()");
  if (x instanceof Value) return wrong("an array or a vector", `the number ${called(x)}`, place);
  if (typeof (x as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] !== "function")
    return wrong("an array or a vector", called(x), place);
  return x as Iterable<unknown>;
}

/** The first items of what a pattern takes apart. */
export function elements(x: unknown, count: number, place: Place): unknown[] {
  const list: unknown[] = [];
  if (count === 0) return list;
  for (const item of iterate(x, place)) {
    list.push(item);
    if (list.length === count) break;
  }
  return list;
}

/** An object without some of its keys. */
export function others(x: unknown, keys: readonly PropertyKey[], place: Place): unknown {
  const rest = { ...(spreadable(x, place) as Record<PropertyKey, unknown>) };
  for (const key of keys) delete rest[key];
  return madeHere(rest);
}

/** What may be spread into an object. */
export function spreadable(x: unknown, place: Place): unknown {
  checkSet(x);
  return isTraced(x) ? wrong("an object to spread", called(x), place) : x;
}
