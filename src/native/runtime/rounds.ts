/** Loops that record many rows: counted, and spoken of once. */
import { placeOf } from "../syntax/refusals.js";
import { currentTrace } from "../../trace/trace.js";
import { type Place } from "./operators.js";

/** From so many rows on, a loop takes seconds to compile. */
const MANY_ROWS = 20_000;

/** The loops that were spoken of, by where they stand. */
const named = new Set<string>();

/** The rounds of a loop under way, by the rows that the trace had when it began. */
export interface Rounds {
  readonly first: number;
  isMany: boolean;
}

/** How many rows the trace under way has; 0 in a recording, whose rows are computed at once. */
function rowsNow(): number {
  const graph = currentTrace()?.graph;
  return graph === undefined || graph.recording !== undefined ? 0 : graph.length;
}

export const rounds = (): Rounds => ({ first: rowsNow(), isMany: false });

/** Begins a round; warns, once for a loop, where those before recorded too many rows. */
export function round(of: Rounds, { text, site }: Place): void {
  if (of.isMany || rowsNow() - of.first <= MANY_ROWS) return;
  of.isMany = true;
  const where = placeOf(site, text);
  const key = `${where} ${text.length}`;
  if (named.has(key)) return;
  named.add(key);
  console.warn(
    `native: expected a loop of fewer than ${MANY_ROWS.toLocaleString("en")} rows, got more at ${where}: every round is recorded. Of so many steps, write repeat(n, (state, i) => …, state) or scan, which are one row`,
  );
}
