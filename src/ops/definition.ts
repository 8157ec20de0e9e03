/** What is said of a structural row: what a definition sees of its row, and what it must state. */
import { type Lanes, type Monoid } from "./monoid.js";
import { type Shape } from "./shapes.js";

/** A row by its number. */
type Row = number;

/** What a definition sees of a row. */
export interface Facts {
  readonly lanes: number;
  readonly scalar: boolean;
  readonly shape: Shape;
  /** How many operands there are. */
  readonly count: number;
  operand(k: number): { readonly lanes: number; readonly scalar: boolean; readonly shape: Shape; readonly indices: boolean };
  /** What column b holds where it names no operand: an offset, a lane, a start. */
  readonly attribute: number;
  /** Where piece k is placed. */
  offset(k: number): number;
  /** The lane numbers that operand k holds, where they are known. */
  lanesAt(k: number): Lanes | undefined;
  /** What the graph keeps for the row: a number, lanes, a rule, a function; of an argument the number of its leaf. */
  readonly content: unknown;
}

/** How a transposition records rows. A scalar may stand for lanes that are all equal. */
export interface Transposer {
  /** The row itself, over another operand of the same shape. */
  again(x: Row): Row;
  reverse(x: Row): Row;
  /** The lanes of x in the shape of the operand. */
  reshaped(x: Row): Row;
  /** x with its last two dimensions swapped. */
  swapped(x: Row): Row;
  /** x broadcast to the operand's shape. */
  expanded(x: Row): Row;
  /** The sums of the lanes of x that the operand's shape broadcasts to. */
  along(x: Row): Row;
  /** The sum of lanes, or so many times a scalar. */
  reduced(x: Row, lanes: number): Row;
  /** The lanes of x that the row's lane numbers name. */
  take(x: Row): Row;
  /** Sums of the lanes of x by the row's lane numbers, as many as its operand has lanes. */
  segmentSum(x: Row): Row;
  /** Lanes of x from `start` in a shape: x itself where that is all, one of them of []. */
  part(x: Row, start: number, shape: Shape): Row;
  /** Operand number k. */
  operand(k: number): Row;
  /** x · y, lane by lane. */
  times(x: Row, y: Row): Row;
}

/** A derivative for an operand: of its shape, or a scalar for all its lanes, or a piece of it at a lane. */
export interface Transposed {
  readonly piece: Row;
  readonly offset?: number;
}

/** What is said of every structural row. */
export interface Common {
  /** One sentence that states the result. */
  readonly doc: string;
  /** How many of the operand columns, from the first, name rows; the operands of a pooled row stand in the graph's pool. */
  readonly rows: number;
  readonly pooled?: true;
  /** What the columns after those hold, as text shows it. */
  readonly attributes: readonly string[];
  /** Whether text can hold the row; functions of users cannot be read back. */
  readonly text: boolean;
  /**
   * Where the plan puts it: in memory from the beginning, a part of what lies there, in a loop over its lanes, in a loop over its operand's whose result is there afterwards,
   * or between loops; "called" is there by one function of the kernel.
   */
  readonly place: "given" | "view" | "loop" | "reduction" | "between" | "called";
  /** The operands that are read out of memory, as a whole: the first, all vectors, or none. */
  readonly whole: "first" | "vectors" | "none";
  /** What it needs and lacks, for a message after "expected"; undefined where it is well formed. Operands are earlier rows. */
  needs(row: Facts): string | undefined;
}

/** Where values enter. */
interface Entry extends Common {
  readonly kind: "entry";
  /** Whether it holds lane numbers. */
  readonly indices: boolean;
}

/** A row that is linear in its first operand, or in all: its meaning, and what it is transposed. */
interface Linear extends Common {
  readonly kind: "linear";
  readonly flows: "first" | "all";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
  /** The derivative for operand k, of the row's derivative g. */
  transpose(r: Transposer, g: Row, row: Facts, k: number): Transposed;
  /** Whether the map, or the transposed one, sums lanes. */
  readonly mixes: boolean;
  readonly mixesBack: boolean;
  /** What it makes of an operand that is one number in every lane: that number, a multiple of it, or what it makes of the lanes. */
  readonly uniform: "kept" | "counted" | "spread";
  /** The same of the transposed one. */
  readonly uniformBack: "kept" | "spread" | "stated";
  /** Whether the transposed map gives a piece of the operand, which the row is a part of. */
  readonly takesPart?: true;
  /** Whether some lanes may be empty sums, which depend on nothing; and of the transposed map. */
  readonly empty?: "lanes" | "lanesBack";
}

/** A row that is linear in each of two operands. */
interface Bilinear extends Common {
  readonly kind: "bilinear";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
  /** The derivative for operand k, of the row's derivative g, which has the row's shape. */
  transpose(r: Transposer, g: Row, row: Facts, k: number): Transposed;
}

/** A row through which no derivative flows. */
interface Stopped extends Common {
  readonly kind: "stopped";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
}

/** A call of a user's code, whose derivatives, dependence and batch src/passes/calls.ts states. */
interface Call extends Common {
  readonly kind: "call";
  /** Whether a derivative flows to operand k. */
  flowsTo(k: number): boolean;
}

/**
 * A row that owns bodies, functions as graphs of their own. Its result is one vector whose parts lie side by side, each on an even lane; `at` and `slice` read
 * them, and nothing reads the whole. Every pass has a table of what it makes of such a row, part by part.
 */
interface Owner extends Common {
  readonly kind: "body";
}

/** What a definition sees of a body. */
export interface Signature {
  readonly takes: readonly { readonly lanes: number; readonly shape: Shape; readonly indices: boolean }[];
  /** How many lanes its results take side by side. */
  readonly lanes: number;
}

export type Structural = Entry | Linear | Bilinear | Stopped | Call | Owner;
