/** Rows of loops: how they print and are read back, what verifying refuses, what becomes of them where parts are not needed, and what they compute. */
import { describe, expect, test } from "vitest";
import { GraphError, parse } from "wengert";
import { patternOf } from "../src/passes/sparsity/pattern.js";
import { engineOf, engines, programFor, runOnce } from "./engines.js";

/** x ← a x + bᵢ over the lanes of b; the xs before each step, and Σ x bᵢ. */
const affine = (length: number, direction: "forward" | "backward"): string => `body 0 affine %0 %1 %2
%0 = placeholder id=0
%1 = placeholder id=1
%2 = placeholder id=2
%3 = mul %0 %1
%4 = add %2 %3
%5 = mul %1 %2
return %4 %1 %5
%0 = input leaf=0 offset=0
%1 = input leaf=1 offset=0
%2 = input leaf=2 offset=0 : [${length}]
%3 = loop %0 %1 %2 body=0 length=${length} direction=${direction} consts=1 carries=1 numbered=no writes=stack,sum : [${2 + length + (length & 1) + 1}]
%4 = at %3 index=0
%5 = slice %3 start=2 : [${length}]
%6 = at %3 index=${2 + length + (length & 1)}
return %4 %5 %6
`;

/** v ← reverse(v) + row i of a matrix at lane number i, of vectors of three lanes; a carry that nothing reads, and one that stays, times the number of the step. */
const moving = `body 0 moving %0 %1 %2 %3 %4 %5
%0 = placeholder id=0 : [3]
%1 = placeholder id=1
%2 = placeholder id=2
%3 = placeholder id=3 : [3]
%4 = indices leaf=4 : [1]
%5 = placeholder id=5
%6 = reverse %0 : [3]
%7 = take %3 %4 : [1]
%8 = at %7 index=0
%9 = mul %3 %8 : [3]
%10 = add %6 %9 : [3]
%11 = exp %1
%12 = mul %5 %2
return %10 %11 %2 %12
%0 = input leaf=0 offset=0 : [3]
%1 = input leaf=1 offset=0
%2 = input leaf=2 offset=0
%3 = input leaf=3 offset=0 : [4, 3]
%4 = indexVector [0, 2, 1, 0] : [4]
%5 = loop %0 %1 %2 %3 %4 body=0 length=4 direction=forward consts=0 carries=3 numbered=yes writes=stack : [12]
%6 = slice %5 start=0 : [3]
%7 = at %5 index=6
%8 = slice %5 start=8 : [4]
return %6 %7 %8
`;

const texts = { "steps forward": affine(4, "forward"), "steps backward": affine(5, "backward"), "one step": affine(1, "forward"), moving };

describe.each(Object.entries(texts))("%s", (_, text) => {
  test("is read back as it was printed, and verifies", () => expect(parse(text).verify().toString()).toBe(text));

  test("is the same without rows that it does not need", () => {
    const pruned = parse(text).prune().verify();
    expect(pruned.formula()).toBe(parse(text).formula());
    expect(parse(pruned.toString()).toString()).toBe(pruned.toString());
  });
});

test("a loop is what its steps are, one after the other", () => {
  expect(parse(affine(2, "forward")).formula()).toMatchInlineSnapshot(`
    "x2[1] + x0 * (x2[0] + x0 * x1)
    concat(x1, x2[0] + x0 * x1)
    0 + x1 * x2[0] + (x2[0] + x0 * x1) * x2[1]"
  `);
  expect(parse(affine(2, "backward")).formula()).toMatchInlineSnapshot(`
    "x2[0] + x0 * (x2[1] + x0 * x1)
    assemble(x1 @ 1, x2[1] + x0 * x1 @ 0, 2)
    0 + x1 * x2[1] + (x2[1] + x0 * x1) * x2[0]"
  `);
});

/** What the steps of the first loop give, on plain numbers. */
function stepped(b: readonly number[]): readonly [x: number, before: number[], sum: number] {
  let [x, sum] = [3, 0];
  const before: number[] = [];
  for (const share of b) {
    before.push(x);
    sum += x * share;
    x = 0.5 * x + share;
  }
  return [x, before, sum];
}

/** The results of a text's graph. */
function results(text: string, inputs: readonly (readonly number[])[], engine: (typeof engines)[number]): number[][] {
  const { graph, results } = parse(text);
  return runOnce(engineOf(engine), programFor(graph, results), inputs).map((lanes) => [...lanes]);
}

describe.each(engines)("%s", (engine) => {
  const b = [1, 2, 4, 8];
  test("runs steps forward and backward, and reads and writes stacks where they are", () => {
    const [x, before, sum] = stepped(b);
    expect(results(affine(4, "forward"), [[0.5], [3], b], engine)).toEqual([[x], before, [sum]]);
    const back = stepped([...b].reverse());
    expect(results(affine(4, "backward"), [[0.5], [3], b], engine)).toEqual([[back[0]], back[1].reverse(), [back[2]]]);
  });

  test("has slices of matrices and of lane numbers", () => {
    const matrix = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    let v = [1, 1, 1];
    for (const [i, lane] of [0, 2, 1, 0].entries()) {
      const row = matrix.slice(3 * i, 3 * i + 3);
      v = [...v].reverse().map((x, k) => x + row[k]! * row[lane]!);
    }
    expect(results(moving, [[1, 1, 1], [0], [2], matrix], engine)).toEqual([v, [2], [0, 2, 4, 6]]);
  });
});

test("carries that nobody needs are not computed, nor is what they alone read", () => {
  const pruned = parse(moving).prune().toString();
  expect(pruned).not.toContain("exp");
  expect(pruned).toContain("consts=1 carries=1 numbered=yes writes=stack");
  const unread = parse(affine(4, "forward").replace("return %4 %5 %6\n", "return %6\n")).prune().toString();
  expect(unread).toContain("carries=1 numbered=no writes=sum");
});

test("the pattern is that of the steps one after the other", () => {
  const { graph, results } = parse(affine(3, "forward"));
  const found = patternOf(graph, results, [0, 1, 2], () => new Int32Array());
  const rows = Array.from({ length: found.shape[0] }, (_, i) => [...found.columns.subarray(found.rows[i], found.rows[i + 1])]);
  // of x after the last step, the x before each step, and the sum; by a, x and b
  expect(rows).toEqual([[0, 1, 2, 3, 4], [1], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]]);
});

describe("refused:", () => {
  const refused: Readonly<Record<string, readonly [from: string, to: string, message: RegExp]>> = {
    "no length": ["length=4", "length=0", /^parse: expected a length from 1, got "%3 = loop .*" in line 12$/],
    "another direction": ["=forward", "=sideways", /expected direction= and forward or backward/],
    "too many constants": ["consts=1", "consts=4", /expected at most 3 constants and carries, the parameters of its body/],
    "a number of slices that is none": ["numbered=no", "numbered=maybe", /expected numbered= and yes or no/],
    "too few results": ["stack,sum", "stack", /expected as many carries and writes as its body has results, 3/],
    "something else that is made of a result": ["stack,sum", "stack,product", /expected writes= and stack or sum/],
    "no attributes": [
      " body=0 length=4 direction=forward consts=1 carries=1 numbered=no writes=stack,sum",
      "",
      /expected body= and a whole number/,
    ],
    "an attribute less": [" writes=stack,sum", "", /expected 7 attributes of loop/],
    "a carry that changes its shape": [
      "%4 = add %2 %3",
      "%4 = broadcast %2 : [2]",
      /expected carry 0 of its body to be numbers of one shape/,
    ],
    "a stack of another length": [
      "offset=0 : [4]",
      "offset=0 : [5]",
      /^verify: expected operand 2 in the shape of its parameter in row 3, loop$/,
    ],
    "more lanes than a graph has": ["length=4", "length=2000000000", /expected stacks and results of at most 2147483647 lanes together/],
    "lanes of two parts": [
      "slice %3 start=2 : [4]",
      "slice %3 start=1 : [4]",
      /expected a part of operand 0, a loop, to be read by at or slice/,
    ],
  };
  test.each(Object.entries(refused))("%s", (_, [from, to, message]) => {
    const text = affine(4, "forward");
    expect(text).toContain(from);
    expect(() => parse(text.replace(from, to))).toThrow(message);
    expect(() => parse(text.replace(from, to))).toThrow(GraphError);
  });
});
