/** Stages: which loop computes which rows, what lies in memory between them, and what is computed again. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Lowered } from "../src/engines/plan/lower.js";
import { Kind, Stages } from "../src/engines/plan/stages.js";
import { parseGraph } from "../src/graph/parse.js";
import { grow, recipes } from "./random.js";

function stagesOf(text: string): Stages {
  const { graph, results } = parseGraph(text);
  return new Stages(new Lowered(graph, results));
}

/** A row in one word: its kind, its stage, and `m` where a loop writes it to memory; `-` where it is not needed. */
function wordsOf({ kind, stage, materialised, lowered }: Stages): string {
  const words = Array.from(kind, (of, row) =>
    lowered.uses[row] === 0 ? "-" : `${"gsvlr"[of]}${stage[row]}${materialised[row] ? "m" : ""}`,
  );
  return words.join(" ");
}

const x = (lanes: number): string => `%0 = input leaf=0 offset=0 : [${lanes}]\n`;

/** Graphs, and what becomes of each row: given, straight, view, loop or reduction, and the stage. */
const cases: Readonly<Record<string, readonly [text: string, wanted: string]>> = {
  "a loop and its sum are one stage": [`${x(8)}%1 = exp %0 : [8]\n%2 = sum %1\nreturn %2`, "g0 l0 r1"],
  "a result is written": [`${x(8)}%1 = exp %0 : [8]\nreturn %1`, "g0 l0m"],
  "a sum is used in the next stage, where short lanes are kept": [
    `${x(8)}%1 = exp %0 : [8]\n%2 = sum %1\n%3 = div %1 %2 : [8]\nreturn %3`,
    "g0 l0m r1 l1m",
  ],
  "long lanes are computed again": [`${x(8193)}%1 = exp %0 : [8193]\n%2 = sum %1\n%3 = div %1 %2 : [8193]\nreturn %3`, "g0 l0 r1 l1m"],
  "a product of one sum is its own": [`${x(8)}%1 = exp %0 : [8]\n%2 = mul %0 %1 : [8]\n%3 = sum %2\nreturn %3`, "g0 l0 - r1"],
  "a product and its addition are one row": [`${x(8)}%1 = mul %0 %0 : [8]\n%2 = add %0 %1 : [8]\nreturn %2`, "g0 - l0m"],
  "a lane is a view of what lies in memory": [`${x(8)}%1 = exp %0 : [8]\n%2 = at %1 index=3\n%3 = sin %2\nreturn %3`, "g0 l0m v1 s1"],
  "what is taken from is read as a whole": [
    `${x(8)}%1 = exp %0 : [8]\n%2 = indexVector [1, 2] : [2]\n%3 = take %1 %2 : [2]\nreturn %3`,
    "g0 l0m g0 l1m",
  ],
  "a running sum is lane by lane": [`${x(8)}%1 = exp %0 : [8]\n%2 = cumsum %1 : [8]\nreturn %2`, "g0 l0 l0m"],
  "pieces are put together between loops": [
    `${x(8)}%1 = exp %0 : [8]\n%2 = assemble %1@0 %0@8 : [16]\n%3 = sin %2 : [16]\nreturn %3`,
    "g0 l0m s1 l1m",
  ],
  "copies are looked through": [`${x(8)}%1 = stopGradient %0 : [8]\n%2 = exp %1 : [8]\nreturn %2`, "g0 - l0m"],
  "what no result needs is not there": [`${x(8)}%1 = exp %0 : [8]\n%2 = sin %0 : [8]\nreturn %2`, "g0 - l0m"],
  "sums of sums are a stage each": [
    `${x(8)}%1 = sum %0\n%2 = sub %0 %1 : [8]\n%3 = sum %2\n%4 = sub %2 %3 : [8]\n%5 = sum %4\nreturn %5`,
    "g0 r1 l1m r2 l2 r3",
  ],
};

describe("stages", () => {
  test.each(Object.entries(cases))("%s", (_, [text, wanted]) => expect(wordsOf(stagesOf(text))).toBe(wanted));
});

test("of random graphs: what a row reads was computed before, or in its own loop, and lies in memory where it must", () => {
  fc.assert(
    fc.property(recipes(20), (recipe) => {
      const { graph } = grow(recipe);
      const results = [graph.length >> 1, graph.length - 1].filter((row) => !graph.isIndices(row));
      const stages = new Stages(new Lowered(graph, results));
      const { kind, stage, materialised, lowered } = stages;
      for (let row = 0; row < graph.length; row++) {
        if (lowered.uses[row] === 0) continue;
        const inLoop = kind[row] === Kind.Loop || kind[row] === Kind.Reduction;
        if (kind[row] === Kind.Reduction) expect(stages.loopStage(row)).toBe(stage[row]! - 1);
        lowered.operands(row, (operand) => {
          const isWritten = kind[operand] !== Kind.Loop || materialised[operand] === 1;
          const asWhole = !inLoop || lowered.readsWhole(row, operand);
          const ready = asWhole && kind[operand] === Kind.Loop ? stage[operand]! + 1 : stage[operand]!;
          expect(ready).toBeLessThanOrEqual(inLoop ? stages.loopStage(row) : stage[row]!);
          if (asWhole) expect(isWritten).toBe(true);
        });
      }
      for (const row of lowered.results) if (kind[row] === Kind.Loop) expect(materialised[row]).toBe(1);
      expect(stages.last).toBe(Math.max(0, ...stage));
    }),
    { numRuns: 300, seed: 7 },
  );
});
