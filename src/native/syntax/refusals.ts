/** What is said of a construct that has no traced copy: its name, its place, and what to write. */
import type { es } from "./ast.js";

/** Columns are counted from 1 in messages, and beyond these from 0 again: a place is one number. */
const COLUMNS = 10_000;

/** Where a place of a text was before another tool rewrote it; lines are counted from 1, columns from 0. */
export type Locate = (place: es.Position) => es.Position;

/** A place in a text, as one number that generated code can carry. */
export function siteOf({ loc }: es.Node, locate?: Locate): number {
  if (!loc) return 0;
  const { line, column } = locate ? locate(loc.start) : loc.start;
  return line * COLUMNS + Math.min(column + 1, COLUMNS - 1);
}

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
export function refuse(node: es.Node, text: string, came: string, remedy: string, locate?: Locate): never {
  const place = placeOf(siteOf(node, locate), text);
  throw new NativeSyntaxError(`native: expected what can be traced, got ${came} at ${place}. ${remedy}`, node.loc?.start);
}
