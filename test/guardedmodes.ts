/** Uses of ops behind and before choices, differentiated in nestings of the modes by every engine and by recordings, against towers of dual numbers. */
import * as wengert from "wengert";
import { programOf } from "../src/trace/program.js";
import { engineOf, engines, prepare } from "./engines.js";
import { DATA, type Functions, NUMBERS, type Use } from "./guarded.js";
import { nested, nestedOfTowers, type OfTowers, type Traced } from "./nestings.js";
import { numberOf, type Tower, towers } from "./towers.js";

/** What was compared. */
export interface Figures {
  programs: number;
  /** Derivatives of each program, counted once, and those of them that are finite. */
  derivatives: number;
  finite: number;
}

/** A program of several uses: what they give for their numbers, which stand one after the other, as their data do. */
const together =
  (uses: readonly Use[], functions: Functions) =>
  (data: readonly unknown[]) =>
  (x: readonly unknown[]): unknown[] =>
    uses.map(({ f }, i) => f(functions, x.slice(NUMBERS * i, NUMBERS * (i + 1)), data.slice(DATA * i, DATA * (i + 1))));

const near = (got: number, wanted: number): boolean => Math.abs(got - wanted) <= 1e-7 * Math.abs(wanted) + 1e-9;

/** The derivatives by towers, use by use. */
const expected = (nesting: string, uses: readonly Use[]): number[] =>
  uses.flatMap((use) => {
    const f = together([use], towers)(use.data) as unknown as OfTowers;
    return nestedOfTowers(nesting, f)(use.at as readonly Tower[]).map(numberOf);
  });

/** The derivatives by a recording, of which the outermost mode, where it is reverse, is the sweep back. */
function recorded(nesting: string, functions: (data: never) => Traced, [at, data]: readonly unknown[]): readonly number[] {
  const inner = nesting.startsWith("R") ? nesting.slice(1) : nesting;
  const f = (x: never, data: never): unknown => {
    const results = nested(inner, functions(data))(x);
    return inner === nesting ? results : results.reduce((total, y) => wengert.add(total as wengert.Value, y as wengert.Value));
  };
  const { value, grad } = (wengert.record as unknown as (...given: unknown[]) => { value: number[]; grad: () => number[] })(f, at, data);
  return inner === nesting ? value : grad();
}

/** What is wrong in the derivatives of some uses, which are one program: names, and what came in place of what. */
export function mistakes(nesting: string, uses: readonly Use[], figures: Figures): string[] {
  const wanted = expected(nesting, uses);
  figures.programs++;
  figures.derivatives += wanted.length;
  figures.finite += wanted.filter((value) => Number.isFinite(value)).length;
  const leaves = [uses.flatMap(({ at }) => at), uses.flatMap(({ data }) => data)];
  const functions = together(uses, wengert as unknown as Functions);
  const f = (x: never, data: never): unknown => nested(nesting, functions(data) as Traced)(x);
  const program = programOf("test", f, leaves, {});
  const each = nesting.includes("R") ? NUMBERS : 1;
  return ([...engines, "record"] as const).flatMap((engine) => {
    const got =
      engine === "record"
        ? recorded(nesting, functions as (data: never) => Traced, leaves)
        : prepare(engineOf(engine), program)(leaves).flatMap((numbers) => [...numbers]);
    if (got.length !== wanted.length) return [`${nesting} ${engine}: ${got.length} derivatives, not ${wanted.length}`];
    return wanted.flatMap((value, i) =>
      // where a partial on the path taken is not finite, each mode may give another ±∞ or NaN
      !Number.isFinite(value) || near(got[i]!, value) ? [] : [`${nesting} ${engine}: ${uses[Math.floor(i / each)]!.name} by ${i % each}: ${got[i]}, not ${value}`],
    ); // prettier-ignore
  });
}
