/** The names of written-out functions: of arguments by where they stand, of rows as on paper, of derivatives behind a d. */
import { type Leaf } from "../data/tree.js";
import { describe } from "../errors.js";
import { type FormulaNames } from "../graph/formula.js";
import { type Graph, type Row } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { declarations } from "./generated/library.js";
import { nameByPath } from "./signature.js";

const reserved = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends false finally for function get if " +
    "implements import in instanceof interface let lanes new null of package private protected public return set static super switch this throw true try " +
    "typeof undefined var void while with yield Array Float64Array Infinity Int32Array Math NaN Number RangeError i"
  ).split(" "),
);

/** Whether JavaScript takes a name for a variable, and written-out functions have no other use for it. */
const isFree = (name: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !reserved.has(name) && !Object.hasOwn(declarations, name);

/** So many numbers of an array have names of their own; of more, each is an element of the array. */
const MOST_NAMED_ELEMENTS = 8;

/** Names of variables, each used once. */
export class Names {
  readonly #used = new Set<string>();

  /** Whether a name can be had. */
  has(name: string): boolean {
    return isFree(name) && !this.#used.has(name);
  }

  /** The name, or where that is taken or not to be had, with the first number behind it that makes it another. */
  free(wanted: string): string {
    let name = wanted;
    for (let k = 1; !this.has(name); k++) name = `${wanted}_${k}`;
    this.#used.add(name);
    return name;
  }

  /** A name that a user gave. */
  given(name: string): string {
    if (typeof name !== "string" || !isFree(name))
      throw new TypeError(`toSource: expected a name that JavaScript takes for a variable and that is free there, got ${describe(name)}`);
    if (this.#used.has(name)) throw new TypeError(`toSource: expected names that differ, got ${describe(name)} twice`);
    this.#used.add(name);
    return name;
  }
}

/** The names of argument leaves: one each, or one for each number of a short array. */
export function nameLeaves(names: Names, leaves: readonly Leaf[], given: FormulaNames): (string | readonly string[])[] {
  const single = new Set(leaves.map(({ path }) => /^args\[\d+\]/.exec(path)?.[0])).size <= 1;
  const named = leaves.map((_, i) => {
    const wanted = given[i];
    return wanted === undefined ? undefined : typeof wanted === "string" ? names.given(wanted) : wanted.map((name) => names.given(name));
  });
  return leaves.map(({ kind, lanes, path }, i) => {
    const name = named[i] ?? nameByPath(path, single);
    if (kind !== "numbers" || lanes > MOST_NAMED_ELEMENTS) return typeof name !== "string" ? name[0]! : (named[i] ?? names.free(name));
    return Array.from({ length: lanes }, (_, k) =>
      typeof name === "string" ? names.free(name + k) : (name[k] ?? names.free(`${nameByPath(path, single)}${k}`)),
    );
  });
}

const LETTERS = [..."abcdefghjklmnopqrstuvwyz"];

/** The names of computed rows: letters while they last, and d before the name of what a row is the adjoint of. */
export function nameRows(
  names: Names,
  graph: Graph,
  rows: readonly Row[],
  adjoints: ReadonlyMap<Row, Row>,
  of: (input: Row) => string,
): Map<Row, string> {
  const named = new Map<Row, string>();
  const isComputed = (row: Row): boolean => graph.operandCount(row) > 0;
  const own = rows.filter((row) => isComputed(row) && !adjoints.has(row));
  const letters = LETTERS.filter((letter) => names.has(letter));
  own.forEach((row, k) => named.set(row, names.free(own.length <= letters.length ? letters[k]! : `v${k + 1}`)));
  for (const row of rows) {
    const source = adjoints.get(row);
    if (source === undefined || !isComputed(row)) continue;
    const base = graph.op[source] === structural.input ? of(source) : named.get(source);
    named.set(row, names.free(base === undefined ? "d" : `d${base.replace(/\W+/g, "_").replace(/_$/, "")}`));
  }
  return named;
}
