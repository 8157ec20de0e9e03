/** Random programs' derivatives to third order, in all nestings of the modes, against towers of dual numbers. */
import fc from "fast-check";
import * as wengert from "wengert";
import { type EngineName } from "wengert";
import { programOf } from "../src/trace/program.js";
import { compiled, engines } from "./engines.js";
import { type Functions } from "./guarded.js";
import { nested, nestedOfTowers, nestingsOf, type OfTowers, type Traced } from "./nestings.js";
import { listing, type RandomProgram, randomPrograms, run, runInBodies } from "./randomprograms.js";
import { compareBits } from "./samebits.js";
import { numberOf, type Tower, towers, withErrors } from "./towers.js";

/** The nestings of each order to the third. */
const orders = [1, 2, 3].map(nestingsOf);

/** Where digits cancel on the way, modes may differ by this part of the greatest derivative. */
const TOLERANCE = 1e-6;

/** Draws of errors by which it is found whether rounding explains a difference. */
const DRAWS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The kernel runs every program, each other engine one in so many: an odd number, so that each meets every nesting. */
const SHARE = 15;

/** What was compared. */
export interface Figures {
  programs: number;
  /** Derivatives in all nestings, those of them that are finite, and those of these that are not 0. */
  derivatives: number;
  finite: number;
  nonzero: number;
  /** Derivatives that differ because digits cancelled, or because numbers that are equal but for rounding were compared. */
  unstable: number;
}

/** How a program is run on functions of the library, or of towers. */
export type Way = "as it is" | "in bodies";

const ways: Readonly<Record<Way, (program: RandomProgram, functions: Functions) => ReturnType<typeof run>>> = {
  "as it is": run,
  "in bodies": (program, functions) => runInBodies(program, functions, functions === towers ? (f) => f : (wengert.callable as never)),
};

/** Random programs in bodies, each in a nesting of every order, with calls executed or in place: where a bit differs. */
export function compareCalled(numRuns: number, seed: number): void {
  const check = (program: RandomProgram, turn: number): void => {
    for (const nestings of orders) {
      const nesting = nestings[turn % nestings.length]!;
      const f = nested(nesting, runInBodies(program, wengert as unknown as Functions, wengert.callable as never) as unknown as Traced);
      const { complaints } = compareBits(programOf("test", f, [[...program.at]], {}), [[program.at]]);
      if (complaints.length > 0) throw new Error(`${nesting}: ${complaints.slice(0, 5).join("\n")}\n\n${listing(program)}\n`);
    }
  };
  fc.assert(fc.property(randomPrograms(16), fc.nat({ max: 7 }), check), { numRuns, seed });
}

/** Compares random programs, each in a nesting of every order, and throws the smallest that differs. */
export function compareWithTowers(numRuns: number, seed: number, way: Way = "as it is"): Figures {
  const figures: Figures = { programs: 0, derivatives: 0, finite: 0, nonzero: 0, unstable: 0 };
  const check = (program: RandomProgram, turn: number): void => {
    const used = engines.filter((engine, i) => engine === "kernel" || (turn + i) % SHARE === 0);
    const complaints = orders.flatMap((nestings) => compared(program, ways[way], nestings[turn % nestings.length]!, used, figures));
    if (complaints.length > 0) throw new Error(`${complaints.slice(0, 5).join("\n")}\n\n${listing(program)}\n`);
    figures.programs++;
  };
  fc.assert(fc.property(randomPrograms(16), fc.nat({ max: 8 * SHARE - 1 }), check), { numRuns, seed });
  return figures;
}

/**
 * What is wrong in one nesting. Where a derivative by towers is not finite, a partial on the path taken is not, and each mode may give another ±∞ or NaN;
 * all others are compared.
 */
function compared(
  program: RandomProgram,
  run: (typeof ways)[Way],
  nesting: string,
  used: readonly EngineName[],
  figures: Figures,
): string[] {
  const { at } = program;
  const byTowers = (): number[] =>
    nestedOfTowers(nesting, run(program, towers) as unknown as OfTowers)(at as readonly Tower[]).map(numberOf);
  const wanted = byTowers();
  // Needed only where something differs.
  let others: readonly number[][] | undefined;
  /** Whether errors of the size of rounding change a derivative by a tenth of a difference. */
  const unstable = (i: number, difference: number): boolean => {
    others ??= DRAWS.map((seed) => withErrors(seed, byTowers));
    return others.some((other) => !(Math.abs(other[i]! - wanted[i]!) < 0.1 * difference));
  };
  const finite = wanted.filter((value) => Number.isFinite(value));
  figures.derivatives += wanted.length;
  figures.finite += finite.length;
  figures.nonzero += finite.filter((value) => value !== 0).length;
  const scale = Math.max(1, ...finite.map(Math.abs));
  const f = nested(nesting, run(program, wengert as unknown as Functions) as unknown as Traced);
  return used.flatMap((engine) => {
    const step = compiled(f, [at], engine);
    const got = step(at) as number[];
    const complaints = wanted.flatMap((value, i) => {
      const difference = Number.isFinite(got[i]) ? Math.abs(got[i]! - value) : Infinity;
      if (!Number.isFinite(value) || difference <= TOLERANCE * scale) return [];
      if (!unstable(i, difference)) return [`${nesting}, ${engine}, derivative ${i}: expected ${value}, got ${got[i]}`];
      figures.unstable++;
      return [];
    });
    step.dispose();
    return complaints;
  });
}
