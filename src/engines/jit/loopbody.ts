/** The body of a loop under construction, as the rows in it see it: where it stands, what is at hand, and what gathers lanes. */
import { type Row } from "../../graph/graph.js";
import { type Code, type Local } from "../../wasm/code.js";
import { type Emission } from "./emission.js";
import { type Held } from "./held.js";
import { type Closing, type Unit } from "./rounds.js";

/** Where in its vectors a body stands: `lane` lanes after the offset in a local, if there is one. */
export interface Position {
  readonly offset?: Local;
  readonly lane: number;
}

/** What one loop's bodies share. */
export interface LoopState {
  readonly code: Code;
  readonly reductions: Gathering;
  /** What the offset counts in. */
  readonly unit: Unit;
  /** What goes from lane to lane: running sums, greatest and least lanes. */
  readonly carried: ReadonlyMap<Row, Local>;
  /** Scalars that are in locals as pairs for the whole loop. */
  readonly hoisted: ReadonlyMap<Row, Local>;
  /** Rows that go from one segment of a body to another by way of a block in memory, and the local of the offset in it. */
  readonly crossing?: { readonly addresses: ReadonlyMap<Row, number>; readonly offset?: Local };
}

/** What reductions are to a body. */
interface Gathering extends Closing {
  /** Adds the lanes on the stack to a reduction. */
  add(row: Row, body: LoopBody): void;
}

/** A body, over pairs of lanes or over the one lane that is left over. */
export interface LoopBody {
  readonly emission: Emission;
  readonly code: Code;
  readonly held: Held;
  /** Whether it is over pairs of lanes. */
  readonly pair: boolean;
  readonly at: Position;
  readonly state: LoopState;
  /** Leaves the address of the position on the stack, for a load or store at an offset; a lane takes 2 ** width bytes. */
  base(width?: number): void;
  /** Leaves the number of a lane on the stack. */
  laneNumber(lane: number): void;
}
