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
  /** What the first column holds that names no operand: an offset, a lane, a start, flags. */
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
  /** x with its lanes along the row's axis in opposite order. */
  flipped(x: Row): Row;
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

/** How derivatives of rows of whole operands are recorded: as rows that compute with whole matrices, or batches of them. */
export interface Recorder {
  /** The row itself, and operand number k. */
  readonly row: Row;
  operand(k: number): Row;
  shape(x: Row): Shape;
  /** A row of linear algebra, by its name. */
  apply(name: string, shape: Shape, operands: readonly Row[], attribute?: number): Row;
  plus(x: Row, y: Row): Row;
  minus(x: Row, y: Row): Row;
  /** x · y and x / y, lane by lane. */
  times(x: Row, y: Row): Row;
  over(x: Row, y: Row): Row;
  /** A constant. */
  number(x: number): Row;
  /** So many times x. */
  scaled(factor: number, x: Row): Row;
  /** A part of the matrix x, zeros elsewhere. */
  only(x: Row, part: MatrixPart): Row;
  /** x with its last two dimensions swapped. */
  swapped(x: Row): Row;
  /** Sums of the lanes of x that a shape stands for, or x broadcast to it, or its lanes in it. */
  summed(x: Row, shape: Shape): Row;
  expanded(x: Row, shape: Shape): Row;
  reshaped(x: Row, shape: Shape): Row;
  /** As many lanes of x as a shape holds, from `start` on; lanes of several rows side by side. */
  part(x: Row, start: number, shape: Shape): Row;
  joined(parts: readonly Row[]): Row;
}

/** A part of a matrix: on and below the diagonal, below it, on and above it, above it, or on it. */
export type MatrixPart = "lower" | "below" | "upper" | "above" | "diagonal";

/** Which lanes meet: those that an operand has along the same places of a shape, `as` which the row has them. Both broadcast. */
export interface Meeting {
  readonly kept: Shape;
  readonly as: Shape;
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

/** A function of whole operands, which one function of the kernel computes; its derivatives are rows. */
export interface Whole extends Common {
  readonly kind: "whole";
  readonly place: "called";
  /** Whether a derivative flows to operand k. */
  flowsTo(k: number): boolean;
  /** Whether an operand without a batch may serve a batch of others. */
  readonly shares: boolean;
  /** Which lanes of operand k meet in a lane of the row. */
  meeting(row: Facts, k: number): Meeting;
  /** What the kernel's function of the row's name is given besides its operands: whole numbers, and so many bytes of scratch. */
  given(row: Facts): { readonly numbers: readonly number[]; readonly scratch: number };
  /** The function of plain loops that `fill` calls, by name, what it is given behind the numbers of operands, and of how many operands. */
  loops(row: Facts): { readonly name: string; readonly of: object; readonly operands: number };
  /** The same on numbers, by plain loops: fills v. */
  fill(v: Float64Array, x: readonly Float64Array[], row: Facts): void;
  /** The row's shape where the operands' are of so many points: a batch. */
  readonly batched: (row: Facts, points: number) => Shape;
  /** The tangent, of the tangents of the operands that have one. */
  tangent(r: Recorder, x: readonly (Row | undefined)[], row: Facts): Row;
  /** The derivative for operand k, of the row's derivative g. */
  adjoint(r: Recorder, g: Row, k: number, row: Facts): Row;
}

export type Structural = Entry | Linear | Bilinear | Stopped | Call | Owner | Whole;
