/** Random graphs: engines agree locally, the reverse sweep is the differentiate pass, passes keep graphs well formed, text reads back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Graph, type Row } from "../src/graph/graph.js";
import { parseGraph } from "../src/graph/parse.js";
import { differentiate } from "../src/passes/reverse.js";
import { substitute } from "../src/graph/substitute.js";
import { printGraph } from "../src/graph/print.js";
import { structural } from "../src/ops/structural.js";
import { verify } from "../src/graph/verify.js";
import { engineOf, engines, programFor, runOnce } from "./engines.js";
import { adjointsWithBounds, type Case, checkForward, checkReverse, lanesIn, refuse } from "./local.js";
import { evaluateGraph } from "./oracle.js";
import { grow, type Recipe, recipes } from "./random.js";
import { compareBits } from "./samebits.js";

/** Graphs that once failed, as text, with their leaves. */
const pasted: readonly { text: string; leaves: readonly ArrayLike<number>[] }[] = [
  { text: "%0 = input leaf=0 offset=0\n%1 = constant 0\n%2 = div %0 %1\n%3 = sub %2 %2\nreturn %3", leaves: [[1]] },
  {
    text: "%0 = input leaf=0 offset=0 : [3]\n%1 = sum %0\n%2 = mul %0 %1 : [3]\n%3 = at %2 index=2\n%4 = assemble %3@0 %1@0\nreturn %4",
    leaves: [[1, -2, 3]],
  },
  {
    text: "%0 = input leaf=0 offset=0\n%1 = input leaf=1 offset=0\n%2 = stopGradient %1\n%3 = mul %0 %1\n%4 = mul %0 %2\n%5 = assemble %0@0 %1@0 %3@0 %4@0 %0@0 %1@0 %0@0 %0@0\nreturn %5",
    leaves: [[0.7], [-1.3]],
  },
];

/** Calls a check on every random graph, and shows the smallest that fails. */
function forAll(check: (given: Case, recipe: Recipe) => void, numRuns = 250): void {
  fc.assert(
    fc.property(recipes(25), (recipe) => check(grow(recipe), recipe)),
    { numRuns, seed: 7 },
  );
}

const inputsOf = (graph: Graph): Row[] =>
  Array.from({ length: graph.length }, (_, row) => row).filter((row) => graph.op[row] === structural.input);

describe.each(engines)("in %s", (name) => {
  const engine = engineOf(name);

  test("every value follows from its operands", () => forAll((given) => refuse(checkForward(engine, given), given)));

  test("every adjoint is the sum of what its users contribute", () => forAll((given) => refuse(checkReverse(engine, given), given)));

  test("a result does not depend on which others are asked for", () => {
    forAll((given) => {
      const { graph, of, leaves } = given;
      const [alone] = runOnce(engine, programFor(graph, [of]), leaves);
      const together = lanesIn(engine, given)[of]!;
      refuse(Object.is(alone![0], together[0]) ? [] : [`alone ${alone![0]}, among others ${together[0]}`], given);
    });
  });

  test.each(pasted)("a graph that once failed: $text", ({ text, leaves }) => {
    const { graph, results } = parseGraph(text);
    const given = { graph, of: results[0]!, leaves };
    expect([...checkForward(engine, given), ...checkReverse(engine, given)]).toEqual([]);
    expect(compareBits(programFor(graph, results), [leaves]).complaints).toEqual([]);
  });

  test("the adjoints are those of the differentiate pass", () => {
    forAll((given) => {
      const { graph, of, leaves } = given;
      const inputs = inputsOf(graph);
      const swept = runOnce(engine, programFor(graph, [], of, inputs), leaves);
      const values = lanesIn(engine, given);
      const { adjoints, bounds } = adjointsWithBounds(given, values);
      const rows = differentiate(graph, of, inputs);
      verify(graph, rows);
      const passed = runOnce(engine, programFor(graph, rows), leaves);
      const complaints = inputs.flatMap((row, k) =>
        [...swept[k]!].flatMap((x, i) => {
          const [wanted, y, bound] = [adjoints[row]![i]!, passed[k]![i]!, bounds[row]![i]!];
          if (!Number.isFinite(bound) || (Math.abs(x - wanted) <= bound && Math.abs(y - wanted) <= bound)) return [];
          return [`adjoint of %${row} in lane ${i}: expected ${wanted} ± ${bound}, got ${x} from the sweep and ${y} from the pass`];
        }),
      );
      refuse(complaints, given);
    });
  });
});

test("a graph's text reads back as the same graph", () => {
  forAll((given) => {
    const { graph, of, leaves } = given;
    const text = printGraph(graph, [of]);
    const { graph: back, results } = parseGraph(text);
    expect(printGraph(back, results)).toBe(text);
    expect(evaluateGraph(back, leaves)).toEqual(evaluateGraph(graph, leaves));
  });
});

test("second derivatives verify", () => {
  forAll(({ graph, of }) => {
    const first = differentiate(graph, of, inputsOf(graph));
    verify(graph, first);
    const scalar = first.find((row) => graph.isScalar(row))!;
    verify(graph, differentiate(graph, scalar, inputsOf(graph)));
  }, 60);
});

/** The same graph, its text changed so that every use of an input goes through a placeholder that comes right after it. */
function throughPlaceholder({ graph, of }: Case, input: Row): ReturnType<typeof parseGraph> {
  const renumbered = (line: string): string => line.replace(/%(\d+)/g, (_, row) => `%${Number(row) > input ? Number(row) + 1 : row}`);
  const lines = printGraph(graph, [of]).split("\n").map(renumbered);
  const used = lines.map((line, row) => (row <= input ? line : line.replaceAll(new RegExp(`%${input}(?!\\d)`, "g"), `%${input + 1}`)));
  const shape = graph.isScalar(input) ? "" : ` : [${graph.lanes(input)}]`;
  return parseGraph([...used.slice(0, input + 1), `%${input + 1} = placeholder id=0${shape}`, ...used.slice(input + 1)].join("\n"));
}

test("substituting what a placeholder stands for gives the same numbers", () => {
  forAll((given) => {
    const { graph, of, leaves } = given;
    for (const input of inputsOf(graph).slice(0, 2)) {
      const { graph: other, results } = throughPlaceholder(given, input);
      const [image] = substitute(other, results, new Map([[input + 1, input]]));
      verify(other, [image!]);
      expect(evaluateGraph(other, leaves)[image!]).toEqual(evaluateGraph(graph, leaves)[of]);
    }
  }, 60);
});
