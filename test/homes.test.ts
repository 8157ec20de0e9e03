/** Homes: results are computed among the outputs, and pieces in the vectors that are put together from them, where nothing forbids it. */
import { describe, expect, test } from "vitest";
import { add, at, concat, exp, mul, sin, slice, sum, type Value } from "wengert";
import { lowered } from "../src/engines/kernel/constants.js";
import { placeResults } from "../src/engines/jit/homes.js";
import { Arena } from "../src/engines/plan/arena.js";
import { piecesOf } from "../src/engines/plan/pieces.js";
import { Places } from "../src/engines/plan/places.js";
import { Stages } from "../src/engines/plan/stages.js";
import { structural } from "../src/ops/rows.js";
import { type AnyFunction, programOf } from "../src/trace/program.js";

interface Homes {
  /** By result: whether it is computed where it is wanted. */
  readonly results: readonly boolean[];
  /** By piece of the first assembled vector: whether it is computed there. */
  readonly pieces: readonly boolean[];
  /** Scalars that are stored therefore. */
  readonly kept: number;
}

function homesOf(f: AnyFunction, args: readonly unknown[]): Homes {
  const program = programOf("test", f, args, {});
  const plan = lowered(program);
  const stages = new Stages(plan);
  const places = new Places(program, stages, new Arena(64));
  const kept = new Set<number>();
  placeResults(program, stages, places, (row) => kept.add(row));
  const { graph, op, uses } = plan;
  let result = 0;
  const results = program.outputs.flatMap(({ kind, position, rows }) =>
    rows.map((_, k) => {
      const row = plan.results[result++]!;
      return places.has(row) && places.of(row) === places.outputsAt + 8 * (kind === "vector" ? position : position + k);
    }),
  );
  const assembled = graph.op.slice(0, graph.length).findIndex((_, row) => op[row] === structural.assemble && uses[row]! > 0 && !graph.isScalar(row)); // prettier-ignore
  const pieces =
    assembled < 0
      ? []
      : piecesOf(plan, assembled).map(([row, offset]) => places.has(row) && places.of(row) === places.of(assembled) + 8 * offset);
  return { results, pieces, kept: kept.size };
}

const lanes = new Float64Array(6).fill(0.5);

const cases: Readonly<Record<string, readonly [f: AnyFunction, args: readonly unknown[], wanted: Homes]>> = {
  "a scalar is computed among the outputs": [(x: Value) => sin(x), [0.5], { results: [true], pieces: [], kept: 1 }],
  "each of several": [(x: Value) => [sin(x), exp(x)], [0.5], { results: [true, true], pieces: [], kept: 2 }],
  "a result twice is copied once": [(x: Value) => { const y = sin(x); return [y, y]; }, [0.5], { results: [true, false], pieces: [], kept: 1 }], // prettier-ignore
  "an argument is copied": [(x: Value) => [x, sin(x)], [0.5], { results: [false, true], pieces: [], kept: 1 }],
  "a vector is computed among the outputs": [(x: Value) => exp(x), [lanes], { results: [true], pieces: [], kept: 0 }],
  "a lane of a vector is copied": [(x: Value) => at(exp(x), 2), [lanes], { results: [false], pieces: [], kept: 0 }],
  "pieces are computed in the vector, which is a result": [
    (x: Value) => concat([exp(x), sin(x)]),
    [lanes],
    { results: [true], pieces: [true, true], kept: 0 },
  ],
  "scalars too": [(x: Value) => concat([sin(x), exp(x), x]), [0.5], { results: [true], pieces: [true, true, false], kept: 2 }],
  "pieces of a vector that is used": [(x: Value) => sum(mul(concat([exp(x), sin(x)]), 2)), [lanes], { results: [true], pieces: [true, true], kept: 1 }], // prettier-ignore
  "a piece twice is there once": [(x: Value) => { const y = exp(x); return concat([y, y]); }, [lanes], { results: [true], pieces: [true, false], kept: 0 }], // prettier-ignore
  "what is an argument is copied": [(x: Value) => concat([x, exp(x)]), [lanes], { results: [true], pieces: [false, true], kept: 0 }],
  "what is a view is copied": [(x: Value) => concat([slice(exp(x), 2), sin(x)]), [lanes], { results: [true], pieces: [false, true], kept: 0 }], // prettier-ignore
  "a result that is a piece is with the outputs": [
    (x: Value) => { const y = exp(x); return [y, add(sum(concat([y, sin(x)])), 1)]; }, // prettier-ignore
    [lanes],
    { results: [true, true], pieces: [false, true], kept: 1 },
  ],
};

describe("homes", () => {
  test.each(Object.entries(cases))("%s", (_, [f, args, wanted]) => expect(homesOf(f, args)).toEqual(wanted));
});
