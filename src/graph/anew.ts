/** Graphs recorded anew, as far as results need them, part by part: whole ones, and functions in them as bodies. */
import { byOpcode, isElementwise, ownsBodies, structural } from "../ops/rows.js";
import { type BodyRow } from "../ops/structural.js";
import { bodyOf, partIn, readPart } from "./body.js";
import { copyRow } from "./copy.js";
import { type Body, Graph, type Loop, type Row } from "./graph.js";
import { loopOf } from "./loop.js";
import { partAt } from "./parts.js";
import { type Written } from "./steps.js";
import { reach, type Within } from "./reach.js";

/** The row of each part of a row that owns bodies; undefined of a part that nothing needs. */
type Parts = readonly (Row | undefined)[];

/** What a row that owns bodies becomes, of which some parts are needed: `of` says where operands are. */
export type Owner = (from: Graph, to: Graph, row: Row, of: (operand: Row) => Row, parts: Uint8Array) => Parts;

/** How a graph is recorded. */
export interface How {
  /** What rows that own bodies become; by default the same without the parts that nothing needs. */
  readonly owner?: Owner;
  /** What any other row becomes once it is recorded; itself by default. */
  readonly rewrite?: (to: Graph, row: Row) => Row;
  /** What all calls of a body compute; by default what each needs. */
  readonly atLeast?: Within["atLeast"];
}

const NONE = -1;

/** Images of the rows of a graph, none of which is there yet. */
export const noImages = (from: Graph): Int32Array => new Int32Array(from.length).fill(NONE);

/** Records in `to` what `results` need, and returns them there. `images` has the rows that are there already, and gets the others. */
export function recordInto(
  from: Graph,
  to: Graph,
  results: readonly Row[],
  images: Int32Array,
  { owner = kept, rewrite, atLeast }: How = {},
): Row[] {
  const needed = reach(from, results, 0, { isGiven: (row) => images[row] !== NONE, atLeast });
  const parts = new Map<Row, Parts>();
  const of = (row: Row): Row => images[row]!;
  for (let row = 0; row < needed.end; row++) {
    if (!needed.has(row) || images[row] !== NONE) continue;
    if (ownsBodies(from.op[row]!)) parts.set(row, owner(from, to, row, of, needed.parts.get(row)!));
    else {
      const image = partOf(from, to, row, parts) ?? copyRow(from, to, row, of);
      images[row] = rewrite === undefined ? image : rewrite(to, image);
    }
  }
  return results.map(of);
}

/** What a row that reads a part of a row that owns bodies becomes; undefined of any other. */
function partOf(from: Graph, to: Graph, row: Row, parts: ReadonlyMap<Row, Parts>): Row | undefined {
  if (parts.size === 0 || isElementwise(from.op[row]!) || from.operandCount(row) !== 1) return undefined;
  const of = from.operand(row, 0);
  const found = parts.get(of);
  if (found === undefined) return undefined;
  const owned = from.owned(of);
  const part = partAt(owned, from.b[row]!);
  return partIn(to, found[part]!, from.b[row]! - owned.parts[part]!.start, from.sizes(row));
}

/** What becomes of each thing that rows own without some parts, made once, by the parts that are kept. */
function oncePerParts<T extends object, R>(make: (owned: T, parts: Uint8Array) => R): (owned: T, parts: Uint8Array) => R {
  const known = new WeakMap<T, Map<string, R>>();
  return (owned, parts) => {
    let byParts = known.get(owned);
    if (byParts === undefined) known.set(owned, (byParts = new Map<string, R>()));
    const key = parts.join("");
    let found = byParts.get(key);
    if (found === undefined) byParts.set(key, (found = make(owned, parts)));
    return found;
  };
}

/** A body with some of its parts alone, and the parameters that these need. */
const narrowedBody = oncePerParts((body: Body, parts): Closed => {
  const numbers = new Map(body.parameters.map((row, k) => [row, k]));
  return closed(
    body.name,
    body.graph,
    (row) => numbers.get(row),
    body.results.filter((_, part) => parts[part] === 1),
  );
});

/** A loop with some of its parts alone, and what these need. */
const narrowedLoop = oncePerParts((loop: Loop, parts): ClosedLoop => closedLoop(loopRows(loop), parts));

const keptByOpcode = byOpcode<Owner>({
  call(from, to, row, of, parts) {
    const rows = called(to, narrowedBody(from.bodyOf(row), parts), (k) => of(from.operand(row, k)));
    let next = 0;
    return Array.from(parts, (flag) => (flag === 1 ? rows[next++] : undefined));
  },
  loop: (from, to, row, of, parts) => looped(to, narrowedLoop(from.loopOf(row), parts), (k) => of(from.operand(row, k))),
} satisfies Record<BodyRow, Owner>);

/** A row that owns bodies, without the parts that nothing needs. */
const kept: Owner = (from, to, row, of, parts) => keptByOpcode[from.op[row]!]!(from, to, row, of, parts);

/** What a result of a function is: a part of the body that computes it, a parameter, or a constant. */
export type Outcome =
  | { readonly kind: "part"; readonly part: number }
  | { readonly kind: "parameter"; readonly k: number }
  | { readonly kind: "constant"; readonly graph: Graph; readonly row: Row };

/** A function as a body, if it computes anything, which parameters that takes, and what each result is. */
export interface Closed {
  readonly body: Body | undefined;
  readonly takes: readonly number[];
  readonly outcomes: readonly Outcome[];
}

const isConstant = (op: number): boolean => op === structural.constant || op === structural.vector || op === structural.indexVector;

/** A parameter in the shape of a row. */
const parameterLike = (to: Graph, from: Graph, row: Row, k: number): Row =>
  to.push(from.isIndices(row) ? structural.indices : structural.placeholder, to.shapeOf(from.sizes(row)), k);

/**
 * The function from parameters to `results` in a graph of its own, which has no row that it does not need. Rows of which `given` says the number of a parameter are
 * that, all others are computed from them, and from constants that stand for some.
 */
export function closed(
  name: string,
  from: Graph,
  given: (row: Row) => number | undefined,
  results: readonly Row[],
  { constants = new Map(), ...how }: How & { readonly constants?: ReadonlyMap<Row, number | Float64Array> } = {},
): Closed {
  const computed = results.filter((row) => given(row) === undefined && !isConstant(from.op[row]!));
  const taken = new Map<number, Row>();
  const isGiven = (row: Row): boolean => {
    const k = given(row);
    if (k !== undefined) taken.set(k, row);
    return k !== undefined;
  };
  reach(from, computed, 0, { isGiven, atLeast: how.atLeast });
  const to = new Graph();
  const images = noImages(from);
  const takes = [...taken.keys()].sort((x, y) => x - y);
  const own = takes.map((k) => parameterLike(to, from, taken.get(k)!, to.length));
  takes.forEach((k, i) => (images[taken.get(k)!] = own[i]!));
  for (const [row, value] of constants) images[row] = typeof value === "number" ? to.constant(value) : to.vector(value);
  recordInto(from, to, computed, images, how);
  const distinct: Row[] = [];
  const outcomes = results.map((row): Outcome => {
    const k = given(row);
    if (k !== undefined) return { kind: "parameter", k };
    if (isConstant(from.op[row]!)) return { kind: "constant", graph: from, row };
    const image = images[row]!;
    const again = own.indexOf(image);
    if (again >= 0) return { kind: "parameter", k: takes[again]! };
    if (isConstant(to.op[image]!)) return { kind: "constant", graph: to, row: image };
    const known = distinct.indexOf(image);
    return { kind: "part", part: known < 0 ? distinct.push(image) - 1 : known };
  });
  return { body: distinct.length === 0 ? undefined : bodyOf(name, to, own, distinct), takes, outcomes };
}

/** Records a call of such a function on operands, of which `operandOf` gives those it takes, and returns its results. */
export function called(graph: Graph, { body, takes, outcomes }: Closed, operandOf: (k: number) => Row): Row[] {
  const row = body && graph.call(body, takes.map(operandOf));
  return outcomes.map((outcome) => {
    if (outcome.kind === "part") return readPart(graph, row!, outcome.part);
    return outcome.kind === "parameter" ? operandOf(outcome.k) : copyRow(outcome.graph, graph, outcome.row, (x) => x);
  });
}

/** A loop as rows of a graph: its parameters there, and what a step gives. Its operands and parts are numbered in this order. */
export interface LoopRows {
  readonly name: string;
  readonly graph: Graph;
  readonly length: number;
  readonly reverse: boolean;
  readonly consts: readonly Row[];
  readonly carries: readonly Row[];
  readonly slices: readonly Row[];
  /** The number of the slice, where it is a parameter: no operand. */
  readonly number: Row | undefined;
  /** The carries of the next step. */
  readonly next: readonly Row[];
  readonly written: readonly { readonly row: Row; readonly as: Written }[];
}

/** What a part of such a loop is: a part of the loop that computes it, or an operand, of a carry that no step changes; undefined where it is not needed. */
type LoopOutcome = { readonly kind: "part" | "operand"; readonly k: number } | undefined;

/** A loop, if it computes anything, which operands that takes, and what each part is. */
export interface ClosedLoop {
  readonly loop: Loop | undefined;
  readonly takes: readonly number[];
  readonly outcomes: readonly LoopOutcome[];
}

/** A loop that a row owns as rows. */
export function loopRows({ name, body, length, reverse, consts, carries, numbered, writes, takes }: Loop): LoopRows {
  const { graph, parameters, results } = body;
  return {
    name,
    graph,
    length,
    reverse,
    consts: parameters.slice(0, consts),
    carries: parameters.slice(consts, consts + carries),
    slices: parameters.slice(consts + carries, takes.length),
    number: numbered ? parameters.at(-1) : undefined,
    next: results.slice(0, carries),
    written: results.slice(carries).map((row, k) => ({ row, as: writes[k]! })),
  };
}

/** What some parts of a loop need, by default all, as a loop in a graph of its own. Carries that no step changes are constants. */
export function closedLoop(rows: LoopRows, parts?: Uint8Array, how: How = {}): ClosedLoop {
  const { name, graph: from, length, reverse, consts, carries, slices, number, next, written } = rows;
  const isSame = carries.map((row, k) => next[k] === row);
  const given = new Set([...consts, ...carries, ...slices, ...(number === undefined ? [] : [number])]);
  const isNeeded = (part: number): boolean => parts === undefined || parts[part] === 1;
  const kept = carries.map((_, k) => isNeeded(k) && !isSame[k]!);
  const writes = written.filter((_, k) => isNeeded(carries.length + k));
  const stepResults = (): Row[] => [...next.filter((_, k) => kept[k]), ...writes.map(({ row }) => row)];
  let needed = reach(from, stepResults(), 0, { isGiven: (row) => given.has(row), atLeast: how.atLeast });
  for (let before = -1; before !== count(kept);) {
    before = count(kept);
    carries.forEach((row, k) => needed.has(row) && !isSame[k]! && (kept[k] = true));
    if (count(kept) > before) needed = reach(from, stepResults(), 0, { isGiven: (row) => given.has(row), atLeast: how.atLeast });
  }
  const to = new Graph();
  const images = noImages(from);
  const takes: number[] = [];
  const take = (row: Row, k: number): void => {
    images[row] = parameterLike(to, from, row, takes.length);
    takes.push(k);
  };
  consts.forEach((row, k) => needed.has(row) && take(row, k));
  carries.forEach((row, k) => needed.has(row) && isSame[k]! && take(row, consts.length + k));
  const first = takes.length;
  carries.forEach((row, k) => kept[k]! && take(row, consts.length + k));
  slices.forEach((row, k) => needed.has(row) && take(row, consts.length + carries.length + k));
  const numbered = number !== undefined && needed.has(number);
  if (numbered) images[number] = parameterLike(to, from, number, takes.length);
  const results = recordInto(from, to, stepResults(), images, how);
  const steps = { length, reverse, consts: first, carries: count(kept), numbered, writes: writes.map(({ as }) => as) };
  const own = Array.from({ length: takes.length + (numbered ? 1 : 0) }, (_, i) => i);
  let part = 0;
  const outcomes = [...carries, ...written].map((_, k): LoopOutcome => {
    if (k < carries.length && isSame[k]!) return isNeeded(k) ? { kind: "operand", k: consts.length + k } : undefined;
    return (k < carries.length ? kept[k]! : isNeeded(k)) ? { kind: "part", k: part++ } : undefined;
  });
  return { loop: part === 0 ? undefined : loopOf(bodyOf(name, to, own, results), steps), takes, outcomes };
}

const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length;

/** Records such a loop on operands, of which `operandOf` gives those it takes, and returns its parts. */
export function looped(graph: Graph, { loop, takes, outcomes }: ClosedLoop, operandOf: (k: number) => Row): (Row | undefined)[] {
  const row = loop && graph.loop(loop, takes.map(operandOf));
  return outcomes.map((outcome) => outcome && (outcome.kind === "part" ? readPart(graph, row!, outcome.k) : operandOf(outcome.k)));
}
