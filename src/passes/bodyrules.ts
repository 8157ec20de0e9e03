/** What the derivative passes ask of rows that own bodies. */
import { type Graph, type Row } from "../graph/graph.js";
import { type Masked } from "./contributions.js";
import { type Masks } from "./masks.js";

/** Derivatives of rows, or by rows: of one row there may be several, which add up. */
export type Seeds = readonly (readonly [Row, Masked])[];

/** The reverse pass, which imports what is made by these, on derivatives that count where their masks hold. */
type Pull = (graph: Graph, masks: Masks, seeds: Seeds, parameters: readonly Row[]) => (Masked | undefined)[];

/** The forward pass likewise. */
type Push = (graph: Graph, masks: Masks, results: readonly Row[], seeds: Seeds) => (Masked | undefined)[];

/** A pass, as a row that owns bodies sees it. */
export interface Pass {
  readonly graph: Graph;
  readonly masks: Masks;
}

/** Derivatives by operand or part; undefined where nothing flows. */
export type Derivatives = readonly (Masked | undefined)[];

/** What the passes make of a row that owns bodies. */
export interface BodyRule {
  /** The tangents of its parts, of those of its operands. */
  tangents(pass: Pass & { readonly push: Push }, row: Row, given: Derivatives): Derivatives;
  /** The adjoints that it gives the operands that want one, of those of its parts. */
  adjoints(pass: Pass & { readonly pull: Pull }, row: Row, given: Derivatives, wanted: readonly boolean[]): Derivatives;
}

/** The derivatives that are there by rows. */
export const seedsOf = (rows: readonly Row[], derivatives: Derivatives): Seeds =>
  rows.flatMap((row, k) => (derivatives[k] === undefined ? [] : [[row, derivatives[k]] as const]));

/** What is made once for a body or a loop and all that are it with more results. */
export function oncePerBase<T extends { readonly base: T }, R>(make: (base: T) => R): (owned: T) => R {
  const made = new WeakMap<T, R>();
  return ({ base }) => {
    let found = made.get(base);
    if (found === undefined) made.set(base, (found = make(base)));
    return found;
  };
}
