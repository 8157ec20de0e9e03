/** The globals that a traced copy sees in place of JavaScript's: Math, Number, Array, Object, Float64Array and a few functions, on what may be traced. */
import { abs, and, ceil, eq, floor, gt, hypot, le, lt, maximum, minimum, ne, sub, where } from "../../trace/generated/math.js";
import * as math from "../../trace/generated/math.js";
import { max, min, norm } from "../../trace/vectors.js";
import { Value } from "../../trace/value.js";
import { call, globalFunction, holdsTraced } from "./calls.js";
import { Lanes } from "./lanes.js";
import { iterate } from "./members.js";
import { called, isTraced, operand, type Place, truthOf, used, wrong } from "./operators.js";
import { checkSet, madeHere, run } from "./run.js";

type Numbers = (...args: number[]) => number;

/** Functions of Math that the op table has, by the same name. */
const sameName = [
  "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "cos", "cosh", "exp", "expm1", "floor", "log", "log10",
  "log1p", "log2", "pow", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
] as const; // prettier-ignore

/** Halves go up, as in JavaScript; the library's round takes them to the even one. */
function round(x: Value): Value {
  const above = ceil(x);
  return where(used(gt(sub(above, x), 0.5)), sub(above, 1), above);
}

/** What functions of Math are on Values. */
const tracedMath: Readonly<Record<string, (...args: Value[]) => Value>> = {
  ...Object.fromEntries(sameName.map((name) => [name, math[name]])),
  round,
  hypot: (...args) => (args.length === 1 ? abs(args[0]!) : args.length === 2 ? hypot(args[0]!, args[1]!) : norm(args)),
  max: (...args) => (args.length === 1 ? args[0]! : args.length === 2 ? maximum(args[0]!, args[1]!) : max(args)),
  min: (...args) => (args.length === 1 ? args[0]! : args.length === 2 ? minimum(args[0]!, args[1]!) : min(args)),
};

/** How many operands a function takes; what comes behind is not looked at, as in `xs.map(Math.sin)`. */
const operandCount = (name: string): number =>
  name === "atan2" || name === "pow" ? 2 : ["max", "min", "hypot"].includes(name) ? Infinity : 1;

function mathFunction(name: string, plain: Numbers): unknown {
  if (name === "random")
    return globalFunction((place) =>
      wrong("a function of its arguments", "Math.random", place, "Draw numbers outside the function, and pass them"),
    );
  const traced = tracedMath[name];
  const count = operandCount(name);
  return globalFunction((place, ...args: unknown[]) => {
    const operands = args.length > count ? args.slice(0, count) : args;
    if (!operands.some(isTraced)) {
      operands.forEach(checkSet);
      return plain(...(operands as number[]));
    }
    if (!traced) return wrong(`plain numbers for Math.${name}`, operands.map(called).join(", "), place, "It has no derivative here");
    return traced(...operands.map((x) => operand(x, `Math.${name}`, place)));
  });
}

/** Math as a traced copy sees it. */
const Math_ = Object.freeze(
  Object.fromEntries(
    Object.getOwnPropertyNames(Math).map((name) => {
      const value = (Math as unknown as Record<string, unknown>)[name];
      return [name, typeof value === "function" ? mathFunction(name, value as Numbers) : value];
    }),
  ),
);

/** A test of one number. */
const numberTest = (plain: (x: never) => boolean, traced: (x: Value) => Value): unknown =>
  globalFunction((place, x: unknown) =>
    isTraced(x) ? used(traced(operand(x, "a test of a number", place))) : (checkSet(x), plain(x as never)),
  );

const finite = (x: Value): Value => used(lt(abs(x), Infinity));
const whole = (x: Value): Value => used(and(finite(x), used(eq(floor(x), x))));
const notANumber = (x: Value): Value => ne(x, x);

/** A global function with its constants and functions, and the one that it stands for. */
function globalObject<T extends object>(original: object, f: T, properties: object): T {
  originals.set(f, original);
  return Object.assign(f, properties);
}

/** What stands for globals in a traced copy, and what they stand for. */
const originals = new WeakMap<object, object>();

/** What a function of a traced copy stands for. */
export const originalOf = (x: unknown): unknown => (typeof x === "function" ? (originals.get(x) ?? x) : x);

/** Functions of plain values alone. */
const plainly = (name: string, f: (...args: never[]) => unknown): unknown =>
  globalFunction((place, ...args: unknown[]) => {
    if (args.some((arg) => holdsTraced(arg))) return wrong(`plain values for ${name}`, args.map(called).join(", "), place);
    return f(...(args as never[]));
  });

const Number_ = globalObject(
  Number,
  globalFunction((_, ...args: unknown[]) => (args.length > 0 && args[0] instanceof Value ? args[0] : Number(...(args as [unknown])))),
  {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(Number)
        .filter((name) => typeof (Number as unknown as Record<string, unknown>)[name] === "number" && name !== "length")
        .map((name) => [name, (Number as unknown as Record<string, unknown>)[name]]),
    ),
    isFinite: numberTest(Number.isFinite, finite),
    isInteger: numberTest(Number.isInteger, whole),
    isNaN: numberTest(Number.isNaN, notANumber),
    isSafeInteger: numberTest(Number.isSafeInteger, (x) => used(and(whole(x), used(le(abs(x), Number.MAX_SAFE_INTEGER))))),
    parseFloat: plainly("Number.parseFloat", Number.parseFloat),
    parseInt: plainly("Number.parseInt", Number.parseInt),
  },
);

/** The items of `Array.from` and `Float64Array.from`, each mapped. */
function from(source: unknown, map: unknown, name: string, place: Place): unknown[] {
  const isList =
    isTraced(source) || (typeof source === "object" && source !== null && Symbol.iterator in source) || typeof source === "string";
  const items = isList ? [...iterate(source, place)] : Array.from(source as ArrayLike<unknown>);
  return map === undefined ? items : items.map((item, i) => call(map, undefined, [item, i], name, place));
}

/** Array as a traced copy sees it. */
const Array_ = globalObject(
  Array,
  globalFunction((place, ...args: unknown[]) => {
    if (args.length === 1 && isTraced(args[0])) return wrong("a plain length for Array", called(args[0]), place);
    return madeHere(Array<unknown>(...args));
  }),
  {
    from: globalFunction((place, source: unknown, map: unknown) => madeHere(from(source, map, "Array.from", place))),
    of: globalFunction((_, ...items: unknown[]) => madeHere(items)),
    isArray: globalFunction((place, x: unknown) =>
      x instanceof Value
        ? wrong("a plain value for Array.isArray", called(x), place, "Its type is known where it is written")
        : Array.isArray(x),
    ),
  },
);

/** A Float64Array of items, as lanes. */
function lanes(items: readonly unknown[], place: Place): Lanes {
  return new Lanes(
    items.map((item) => {
      checkSet(item);
      if (item instanceof Value && item.length === undefined) return item;
      return isTraced(item) ? wrong("numbers in a Float64Array", called(item), place) : Number(item);
    }),
  );
}

const Float64Array_ = globalObject(
  Float64Array,
  globalFunction((place) => wrong("new before Float64Array", "a call", place)),
  {
    from: globalFunction((place, source: unknown, map: unknown) => lanes(from(source, map, "Float64Array.from", place), place)),
    of: globalFunction((place, ...items: unknown[]) => lanes(items, place)),
    BYTES_PER_ELEMENT: 8,
  },
);

/** A function of an object's keys. */
const ofObject = (name: string, f: (x: object) => object): unknown =>
  globalFunction((place, x: unknown) => {
    checkSet(x);
    return isTraced(x) ? wrong(`an object for Object.${name}`, called(x), place) : madeHere(f(x as object));
  });

const Object_ = {
  keys: ofObject("keys", Object.keys),
  values: ofObject("values", Object.values),
  entries: ofObject("entries", (x) => Object.entries(x).map(madeHere)),
  fromEntries: globalFunction((place, x: unknown) => madeHere(Object.fromEntries(iterate(x, place) as Iterable<[string, unknown]>))),
  freeze: globalFunction((_, x: unknown) => {
    if (typeof x === "object" && x !== null && run.made.has(x)) run.fixed.set(x, "a frozen object");
    return x;
  }),
  hasOwn: plainly("Object.hasOwn", (x: object, key: PropertyKey) => Object.hasOwn(x, key)),
};

/** The globals, by name. */
export const globals: Readonly<Record<string, unknown>> = {
  Math: Math_,
  Number: Number_,
  Array: Array_,
  Float64Array: Float64Array_,
  Object: Object_,
  isFinite: numberTest(isFinite, finite),
  isNaN: numberTest(isNaN, notANumber),
  Boolean: globalObject(
    Boolean,
    globalFunction((place, x: unknown) => truthOf(x, place)),
    {},
  ),
};

/** Constructors that take and make plain values. */
const plainConstructors = new Set<unknown>([
  ...[Error, RangeError, TypeError, SyntaxError, EvalError],
  ...[Float32Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array],
]);

/** `new C(…)`. */
export function construct(given: unknown, args: readonly unknown[], place: Place): unknown {
  if (given === Array_) return call(Array_, undefined, args, "Array", place);
  if (given === Float64Array_) {
    const [source = 0] = args;
    if (source instanceof Value && source.length === undefined) return wrong("a plain length for a Float64Array", called(source), place);
    if (source instanceof Value || source instanceof Float64Array) return new Lanes(source);
    return typeof source === "number"
      ? new Lanes(new Array<number>(source).fill(0))
      : lanes(from(source, undefined, "Float64Array", place), place);
  }
  if (!plainConstructors.has(given))
    return wrong(
      "new Array, new Float64Array or an error",
      `new ${called(given) === "a function" ? (given as () => void).name : called(given)}`,
      place,
      "Use arrays and plain objects",
    );
  if (args.some((arg) => holdsTraced(arg))) return wrong("plain values for a constructor", args.map(called).join(", "), place);
  const made: object = new (given as new (...args: unknown[]) => object)(...args);
  return ArrayBuffer.isView(made) ? madeHere(made) : made;
}
