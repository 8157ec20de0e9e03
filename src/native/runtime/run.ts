/** What a traced copy keeps while it runs: what it made, what it wrote since a choice began, and which functions are under way. */
import { describe } from "../../errors.js";
import { placeOf } from "../syntax/refusals.js";

/** What is not there on one side of a choice, or not alike on both: it may not be read. */
export class Unset {
  constructor(readonly reason: string) {}
}

/** Throws where a value is one that may not be read. */
export function checkSet(value: unknown): void {
  if (value instanceof Unset) throw new TypeError(`native: expected a value set alike on both sides of a choice, got ${value.reason}`);
}

/** A variable that is assigned again. */
export class Cell {
  /** @internal What it holds, read or not. */
  held: unknown;
  /** Which choice was under way when it was made. */
  readonly birth = run.branch;

  constructor(
    held: unknown,
    /** What one side does not set is what the other does: flags say whether it counts. */
    readonly isLoose = false,
  ) {
    this.held = held;
  }

  get v(): unknown {
    if (this.held instanceof Unset) checkSet(this.held);
    return this.held;
  }
}

/** What is written, by the object and the key: the values before. */
type Journal = Map<object, Map<PropertyKey, unknown>>;

/** A side of a choice that is under way. */
interface Branch {
  /** The first number of those that were given while it is under way. */
  readonly first: number;
  readonly journal: Journal;
}

/** The state of the traced copy that is running, with all that it calls. */
class Run {
  /** Counts the sides of choices that were begun. */
  branch = 0;
  branches: Branch[] = [];
  /** What was made here, and when: an array, an object, or a vector of numbers. */
  made = new WeakMap<object, number>();
  /** What may not be written any more, and why. */
  fixed = new WeakMap<object, string>();
  /** The functions under way, by where they are written, and under how many choices each was called. */
  active = new Map<string, number[]>();
  isOpen = false;
}

/** The run under way. */
export let run = new Run();

/** Runs `body` as one call from outside, or as a part of the one under way. */
export function running<T>(body: () => T): T {
  if (run.isOpen) return body();
  run = new Run();
  run.isOpen = true;
  try {
    return body();
  } finally {
    run = new Run();
  }
}

/** Notes that an array or object was made here, so that it may be written. */
export function madeHere<T extends object>(object: T): T {
  run.made.set(object, run.branch);
  return object;
}

/** A class whose objects are written by the journal: they know how a key is read and written. */
export interface Slots {
  slot(key: PropertyKey): unknown;
  setSlot(key: PropertyKey, value: unknown): void;
}

const isSlots = (object: object): object is Slots => "setSlot" in object;

export function slotOf(object: object, key: PropertyKey): unknown {
  if (object instanceof Cell) return object.held;
  return isSlots(object) ? object.slot(key) : (object as Record<PropertyKey, unknown>)[key];
}

/** Writes a slot and nothing else. */
function setSlot(object: object, key: PropertyKey, value: unknown): void {
  if (object instanceof Cell) object.held = value;
  else if (isSlots(object)) object.setSlot(key, value);
  else (object as Record<PropertyKey, unknown>)[key] = value;
}

/** Notes what a slot holds before it is written, unless what it belongs to was made on this side of the choice. */
function note(object: object, birth: number, key: PropertyKey): void {
  const branch = run.branches.at(-1);
  if (!branch || birth >= branch.first) return;
  let slots = branch.journal.get(object);
  if (!slots) branch.journal.set(object, (slots = new Map<PropertyKey, unknown>()));
  if (!slots.has(key)) slots.set(key, slotOf(object, key));
}

/** Assigns a variable. */
export function put<T>(cell: Cell, value: T): T {
  note(cell, cell.birth, "v");
  cell.held = value;
  return value;
}

/** Throws unless an object was made here and may be written. */
function writable(object: object, text: string, site: number): number {
  const birth = run.made.get(object);
  const where = placeOf(site, text);
  if (birth === undefined)
    throw new TypeError(
      `native: expected to write what the function made, got ${describe(object)} from outside at ${where}. Copy it: [...xs] of an array, { ...p } of an object, xs.slice() of a vector`,
    );
  const why = run.fixed.get(object);
  if (why !== undefined)
    throw new TypeError(`native: expected to write what is one array or object, got ${why} at ${where}. Copy it before the choice`);
  return birth;
}

/** Assigns an element or property of what was made here. */
export function write(object: object, key: PropertyKey, value: unknown, text: string, site: number): void {
  const birth = writable(object, text, site);
  if (!isSlots(object) && !(Object.hasOwn(object, key) || (Array.isArray(object) && isIndex(key, object.length))))
    resizable(object, birth, text, site);
  note(object, birth, key);
  setSlot(object, key, value);
}

const isIndex = (key: PropertyKey, length: number): boolean => {
  const index = typeof key === "symbol" ? NaN : Number(key);
  return Number.isInteger(index) && index >= 0 && index < length;
};

/** Throws where an object that is older than the side of the choice under way would get another length or other keys. */
function resizable(object: object, birth: number, text: string, site: number): void {
  const branch = run.branches.at(-1);
  if (branch && birth < branch.first)
    throw new TypeError(
      `native: expected arrays and objects to keep their length and keys under a test on a traced value, got ${describe(object)} that would not at ${placeOf(site, text)}. Make it whole before the choice`,
    );
}

/** Throws unless an object may get another length. */
export const checkResizable = (object: object, text: string, site: number): void =>
  resizable(object, writable(object, text, site), text, site);

/** Runs one side of a choice and takes back what it wrote: the result, and what the slots held at its end. */
export function side(body: () => unknown): { readonly result: unknown; readonly written: Journal } {
  const branch: Branch = { first: ++run.branch, journal: new Map() };
  run.branches.push(branch);
  let result: unknown;
  try {
    result = body();
  } finally {
    run.branches.pop();
  }
  const written: Journal = new Map();
  for (const [object, slots] of branch.journal) {
    const ends = new Map<PropertyKey, unknown>();
    for (const [key, before] of slots) {
      ends.set(key, slotOf(object, key));
      setSlot(object, key, before);
    }
    written.set(object, ends);
  }
  return { result, written };
}

/** Writes what both sides of a choice come to. What is written was written before, so that it may be. */
export function settle(object: object, key: PropertyKey, value: unknown): void {
  note(object, object instanceof Cell ? object.birth : run.made.get(object)!, key);
  setSlot(object, key, value);
}

/** Calls a function that is written at a place. Throws where it calls itself under a test on a traced value. */
export function activate<T>(name: string, text: string, site: number, body: () => T): T {
  const key = `${site} ${text}`;
  const depths = run.active.get(key);
  const depth = run.branches.length;
  if (depths && depths.length > 0 && depths[depths.length - 1]! < depth)
    throw new RangeError(
      `native: expected recursion that plain numbers end, got ${name || "a function"} calling itself under a test on a traced value at ${placeOf(site, text)}. Write it with record, which branches on values, or count its depth by a plain number before the test`,
    );
  if (depths) depths.push(depth);
  else run.active.set(key, [depth]);
  try {
    return body();
  } finally {
    run.active.get(key)?.pop();
  }
}
