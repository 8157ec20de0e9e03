/** Truth values of a trace: one that nothing uses is the mistake `if (lt(a, b))`, which JavaScript cannot intercept. */
import { truth } from "../ops/generated/table.js";
import { type Graph, type Row } from "../graph/graph.js";
import type { Value } from "./value.js";

/** From so many unused truth values on, and so many rows or truth values in all, a loop is taken for one that never ends: `while (gt(y, 1))`. */
const MOST_UNUSED = 1 << 10;
const MOST_ROWS = 1 << 21;

/** Calls of the library between the user's code and where its place is looked for: the op's function, `apply`, `add` and `#look`. */
const OWN_CALLS = 4;

/** The place in the user's code from which an error came, where the host's stack tells it. */
function placeOf({ stack = "" }: Error): string | undefined {
  const calls = stack.split("\n").filter((line) => /:\d+:\d+\)?$/.test(line));
  return /(?:at .*\(|at (?:async )?|@)(.+:\d+:\d+)\)?$/.exec(calls[OWN_CALLS] ?? "")?.[1];
}

const NONE: readonly Row[] = [];

/** Where the truth value that was waited for is made. */
class Found extends Error {}

/** The truth values that a traced function makes. */
export class Truths {
  /** In the order in which they were made; undefined where the number was read. */
  readonly #made: (Value | undefined)[] = [];
  /** The rows of those that a function returned or that were read later. */
  #used: Set<Row> | undefined;
  /** At which of them is looked at what was made. */
  #next: number;

  /** With `awaited`, the error `Found` is thrown when so many have been made. */
  constructor(readonly awaited?: number) {
    this.#next = awaited ?? MOST_UNUSED;
  }

  /** Called with every truth value that is recorded. Throws TypeError where they are those of a loop that never ends. */
  add(value: Value): void {
    if (this.#made.push(value) === this.#next) this.#look(value.trace.graph);
  }

  /** The rows of those that a function neither returned nor read. */
  get rows(): readonly Row[] {
    return this.#made.length === 0 ? NONE : this.#made.flatMap((value) => value?.row ?? []);
  }

  /** Called with every row whose number was read, and with the results of functions. */
  use(graph: Graph, row: Row): void {
    if (!truth[graph.op[row]!]) return;
    const last = this.#made.length - 1;
    if (last >= 0 && this.#made[last]?.row === row) this.#made[last] = undefined;
    else (this.#used ??= new Set()).add(row);
  }

  /** Throws TypeError where there is one that nothing uses; `again` traces the function again with others, which may be awaited. */
  check(graph: Graph, again: (truths: Truths) => void): void {
    const [first] = this.#unused(graph);
    if (first === undefined) return;
    let place: string | undefined;
    try {
      again(new Truths(first + 1));
    } catch (error) {
      if (error instanceof Found) place = placeOf(error);
    }
    throw this.#complaint(first, place);
  }

  #look(graph: Graph): void {
    const count = this.#made.length;
    if (this.awaited !== undefined) throw new Found();
    this.#next *= 2;
    if (count < MOST_ROWS && graph.length < MOST_ROWS) return;
    const unused = this.#unused(graph);
    if (unused.length >= MOST_UNUSED) throw this.#complaint(unused[unused.length - 1]!, placeOf(new Error()));
  }

  /** The numbers of those that nothing uses. */
  #unused(graph: Graph): number[] {
    if (this.#made.every((value) => value === undefined)) return [];
    const used = new Uint8Array(graph.length);
    for (let row = 0; row < graph.length; row++) for (let k = graph.operandCount(row) - 1; k >= 0; k--) used[graph.operand(row, k)] = 1;
    const isUnused = (value: Value | undefined): boolean =>
      value !== undefined && !used[value.row] && !this.#used?.has(value.row) && !graph.isConstant(value.row);
    return this.#made.flatMap((value, i) => (isUnused(value) ? [i] : []));
  }

  #complaint(number: number, place: string | undefined): TypeError {
    const value = this.#made[number] as Value;
    const remedy = value.trace.graph.recording
      ? "a recorded value; read its number by numberOf()"
      : "a traced value; use where(), or record()";
    return new TypeError(
      `${value.trace.caller}: ${value.words} was computed but never used${place === undefined ? "" : ` at ${place}`}: \`if\` cannot see ${remedy}`,
    );
  }
}
