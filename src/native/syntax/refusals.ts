/** What is said of a construct that has no traced copy: its name, its place, and what to write. */
import type { es } from "./ast.js";

/** Columns are counted from 1 in messages, and beyond these from 0 again: a place is one number. */
const COLUMNS = 10_000;

/** A place in a text, as one number that generated code can carry. */
export const siteOf = ({ loc }: es.Node): number => (loc ? loc.start.line * COLUMNS + Math.min(loc.start.column + 1, COLUMNS - 1) : 0);

/** A place in words. `text` says which text it is in. */
export const placeOf = (site: number, text: string): string =>
  site === 0 ? text : `line ${Math.floor(site / COLUMNS)}, column ${site % COLUMNS} of ${text}`;

/** The error of what has no traced copy. */
class NativeSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";

  constructor(
    message: string,
    /** Where it begins in the text, counted from 1 and from 0. */
    readonly loc: { readonly line: number; readonly column: number } | undefined,
  ) {
    super(message);
  }
}

/** Throws the error of a construct. */
export function refuse(node: es.Node, text: string, came: string, remedy: string): never {
  const place = placeOf(siteOf(node), text);
  throw new NativeSyntaxError(`native: expected what can be traced, got ${came} at ${place}. ${remedy}`, node.loc?.start);
}
