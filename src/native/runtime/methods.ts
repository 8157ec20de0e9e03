/** Methods of arrays, vectors and strings as a traced copy calls them. */
import { slice } from "../../trace/vectors.js";
import { Value } from "../../trace/value.js";
import { call, holdsTraced } from "./calls.js";
import { choose } from "./choose.js";
import { isVectorLike, Lanes, lanesOf, type VectorLike } from "./lanes.js";
import { isMatrixValue, matrixMethod } from "./matrices.js";
import { get, iterate, set } from "./members.js";
import { called, isTraced, type Place, truthOf, wrong } from "./operators.js";
import { checkResizable, checkSet, madeHere } from "./run.js";

type Callback = (...args: unknown[]) => unknown;

/** A method under way: the list, what the method was called on, its arguments, and where. */
interface Call {
  readonly list: unknown[];
  readonly self: unknown;
  readonly args: readonly unknown[];
  readonly name: string;
  readonly place: Place;
}

/** The callback of a method, which is given the list itself last. */
const callback =
  ({ args, self, name, place }: Call): Callback =>
  (...given) =>
    call(args[0], undefined, [...given, self], `the callback of ${name}`, place);

/** A truth that must be plain: it decides how many items there are, or which. */
function plainTruth(x: unknown, { name, place }: Call): boolean {
  const truth = truthOf(x, place);
  return typeof truth === "boolean"
    ? truth
    : wrong(
        `a plain test in ${name}`,
        called(x),
        place,
        "What a traced test chooses has one length: choose between numbers, by ?: in map or reduce",
      );
}

/** A number that must be plain. */
function plainNumber(x: unknown, { name, place }: Call): number {
  if (x instanceof Value && x.trace.open && x.trace.graph.recording?.read(x.row) !== undefined) return x.value;
  checkSet(x);
  return isTraced(x)
    ? wrong(
        `plain numbers in ${name}`,
        called(x),
        place,
        "An order that depends on traced values cannot be followed: sort outside the function, or in record",
      )
    : (x as number);
}

/** Refuses arguments that are traced, where positions and lengths are meant. */
function plainArguments({ args, name, place }: Call): readonly never[] {
  for (const arg of args) {
    checkSet(arg);
    if (isTraced(arg)) wrong(`plain numbers for ${name}`, called(arg), place);
  }
  return args as readonly never[];
}

/** Refuses a search by identity among traced values, where none is equal to another. */
function plainItems(call: Call): readonly never[] {
  const { list, args, name, place } = call;
  for (const item of [...list, ...args])
    if (isTraced(item)) wrong(`plain values for ${name}`, called(item), place, "Compare by === in a loop");
  return args as readonly never[];
}

/** Whether every or some item passes: the callbacks run as `&&` or `||` would run them. */
function quantified(call: Call, isAll: boolean): unknown {
  const { list, place } = call;
  const test = callback(call);
  let truth: unknown = isAll;
  for (let i = 0; i < list.length && truth !== !isAll; i++) {
    if (!(i in list)) continue;
    const one = (): unknown => truthOf(test(list[i], i), place);
    truth = isAll ? choose(truth, one, () => false, place) : choose(truth, () => true, one, place);
  }
  return truth;
}

/** Writes a list's items in its place. */
function rewrite({ self, place }: Call, items: readonly unknown[]): unknown {
  for (const [i, item] of items.entries()) set(self, i, item, place);
  return self;
}

/** A method that finds by a plain test, by JavaScript's own. */
const finding =
  (method: "find" | "findIndex" | "findLast" | "findLastIndex" | "filter") =>
  (call: Call): unknown => {
    const test = callback(call);
    return (call.list as unknown as Record<string, Callback>)[method]!((item: unknown, i: unknown) => plainTruth(test(item, i), call));
  };

/** A method that changes the length. */
const resizing =
  (method: "push" | "pop" | "shift" | "unshift" | "splice") =>
  (call: Call): unknown => {
    const { self, args, place } = call;
    if (!Array.isArray(self)) return wrong(`an array for ${method}`, called(self), place);
    checkResizable(self, place.text, place.site);
    const made: unknown = (self as unknown as Record<string, Callback>)[method]!(...args);
    return Array.isArray(made) && method === "splice" ? madeHere(made) : made;
  };

/** A method by JavaScript's own, of plain arguments, whose result is a list. */
const listing =
  (method: string) =>
  (call: Call): unknown =>
    (call.list as unknown as Record<string, Callback>)[method]!(...plainArguments(call));

/** Items in order, by a comparison of plain numbers. */
function sorted(of: Call): unknown[] {
  const { list, args, place } = of;
  if (args[0] === undefined) {
    plainItems(of);
    return of.self instanceof Lanes ? [...list].sort((x, y) => Number(x) - Number(y)) : [...list].sort();
  }
  return [...list].sort((x, y) => plainNumber(call(args[0], undefined, [x, y], "the comparison", place), of));
}

/** What fill and copyWithin leave, on a copy. */
const changed =
  (method: "fill" | "copyWithin" | "reverse") =>
  (call: Call): unknown => {
    const items = [...call.list];
    (items as unknown as Record<string, Callback>)[method]!(...call.args);
    return rewrite(call, items);
  };

/** The methods, one row each; those that give lists give arrays, or vectors where they are called on vectors. */
const methods: Readonly<Record<string, (call: Call) => unknown>> = {
  at: (call) => {
    const index = plainArguments(call)[0] as unknown as number;
    const i = Math.trunc(index) || 0;
    return get(call.self, i < 0 ? call.list.length + i : i, call.place);
  },
  concat: (call) => call.list.concat(...(call.args as never[])),
  copyWithin: changed("copyWithin"),
  entries: ({ list }) => Array.from(list.entries(), madeHere),
  every: (call) => quantified(call, true),
  fill: changed("fill"),
  filter: finding("filter"),
  find: finding("find"),
  findIndex: finding("findIndex"),
  findLast: finding("findLast"),
  findLastIndex: finding("findLastIndex"),
  flat: listing("flat"),
  flatMap: (call) => {
    const f = callback(call);
    return call.list.flatMap((item, i) => f(item, i));
  },
  forEach: (call) => {
    const f = callback(call);
    call.list.forEach((item, i) => void f(item, i));
  },
  includes: (call) => call.list.includes(...(plainItems(call) as readonly [never])),
  indexOf: (call) => call.list.indexOf(...(plainItems(call) as readonly [never])),
  join: (call) => call.list.join(...plainItems(call)),
  keys: ({ list }) => [...list.keys()],
  lastIndexOf: (call) => call.list.lastIndexOf(...(plainItems(call) as readonly [never])),
  map: (call) => {
    const f = callback(call);
    return call.list.map((item, i) => f(item, i));
  },
  pop: resizing("pop"),
  push: resizing("push"),
  reduce: (call) => reduced(call, "reduce"),
  reduceRight: (call) => reduced(call, "reduceRight"),
  reverse: changed("reverse"),
  shift: resizing("shift"),
  slice: listing("slice"),
  some: (call) => quantified(call, false),
  sort: (call) => rewrite(call, sorted(call)),
  splice: resizing("splice"),
  toReversed: ({ list }) => [...list].reverse(),
  toSorted: sorted,
  unshift: resizing("unshift"),
  values: ({ list }) => [...list],
};

function reduced(call: Call, method: "reduce" | "reduceRight"): unknown {
  const f = callback(call);
  const step = (total: unknown, item: unknown, i: number): unknown => f(total, item, i);
  return call.args.length > 1 ? call.list[method](step, call.args[1]) : call.list[method](step);
}

/** Methods of vectors that arrays have not, and those that vectors have in a way of their own. */
const ofVectors: Readonly<Record<string, (call: Call) => unknown>> = {
  set: (call) => {
    const { self, place, args } = call;
    const [source, offset = 0] = args as [unknown, number];
    [...iterate(source, place)].forEach((item, i) => void set(self, offset + i, item, place));
  },
  subarray: ({ place }) => wrong("a copy of lanes", "subarray", place, "Write slice: a traced vector has no part that is written with it"),
};

/** Methods of arrays that vectors have not. */
const arrayOnly = new Set(["concat", "flat", "flatMap", "splice", "push", "pop", "shift", "unshift"]);

/** Methods of vectors that give lists of other things than lanes. */
const notLanes = new Set(["keys", "values", "entries"]);

function ofVector(x: VectorLike, name: string, args: readonly unknown[], place: Place): unknown {
  const method = arrayOnly.has(name) ? undefined : (ofVectors[name] ?? methods[name]);
  if (!method) return wrong("a method of Float64Array", `.${name} of ${called(x)}`, place);
  if (name === "slice" && x instanceof Value) return sliced(x, args as readonly (number | undefined)[], place);
  const result = method({ list: lanesOf(x), self: x, args, name, place });
  if (!Array.isArray(result) || notLanes.has(name)) return result;
  if (x instanceof Lanes || x instanceof Value || x instanceof Float64Array)
    return new Lanes(result.map((item: unknown) => (isTraced(item) ? item : Number(item))));
  if (result.some(isTraced)) return wrong("plain numbers in a typed array", called(result.find(isTraced)), place, "Write Array.from(x, f)");
  return madeHere(new (x.constructor as new (items: unknown[]) => object)(result));
}

/** A part of a traced vector, by JavaScript's rules. */
function sliced(x: Value, args: readonly (number | undefined)[], place: Place): Lanes {
  const length = x.length!;
  const position = (given: number | undefined, otherwise: number): number => {
    if (given === undefined) return otherwise;
    if (isTraced(given)) return wrong("plain numbers for slice", called(given), place);
    const whole = Math.trunc(given) || 0;
    return Math.min(length, whole < 0 ? Math.max(0, length + whole) : whole);
  };
  const [from, to] = [position(args[0], 0), position(args[1], length)];
  return new Lanes(from < to ? slice(x, from, to) : []);
}

/** `x.name(…)`. */
export function method(x: unknown, key: unknown, args: readonly unknown[], place: Place): unknown {
  checkSet(x);
  const name = String(key);
  if (x instanceof Value && x.length === undefined)
    return wrong("a function", `.${name} of the number ${called(x)}`, place, "Numbers have no methods here");
  if (isVectorLike(x)) return ofVector(x, name, args, place);
  if (isMatrixValue(x)) return matrixMethod(x, name, args, place);
  if (Array.isArray(x) && !Object.hasOwn(x, name)) {
    const own = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!own) return wrong("a method of arrays that can be traced", `.${name}`, place, "docs/native.md lists them");
    const result = own({ list: x, self: x, args, name, place });
    return Array.isArray(result) && result !== x && fresh.has(name) ? madeHere(result) : result;
  }
  if (typeof x === "string" || typeof x === "number") {
    if (args.some((arg) => holdsTraced(arg))) return wrong(`plain values for .${name}`, args.map(called).join(", "), place);
    return (x as unknown as Record<string, Callback>)[name]!(...args);
  }
  return call(get(x, key, place), x, args, name, place);
}

/** Methods of arrays that make arrays. */
const fresh = new Set(["concat", "entries", "filter", "flat", "flatMap", "keys", "map", "slice", "toReversed", "toSorted", "values"]);
