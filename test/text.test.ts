/** Graphs as text: how they print, and what is not the text of a graph. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GraphError, type Indices, mean, mul, parse, reverse, sin, sum, take, trace, type Value, valueAndGrad } from "wengert";
import { lanes, untyped, vector } from "./mistakes.js";
import { programs } from "./programs.js";

test("of a gradient", () => {
  const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));
  expect(trace(valueAndGrad(f), [[2, 3]]).toString()).toMatchInlineSnapshot(`
    "%0 = input leaf=0 offset=0
    %1 = input leaf=0 offset=1
    %2 = mul %0 %1
    %3 = sin %0
    %4 = add %2 %3
    %5 = constant 1
    %6 = cos %0
    %7 = add %1 %6
    return %4 %7 %0
    "
  `);
});

test("of a gradient over lanes", () => {
  const f = (p: { w: Value; b: Value }, x: Value, i: Indices): Value => mean(take(mul(p.w, x).add(p.b), i).square());
  expect(trace(valueAndGrad(f), [{ w: 2, b: 1 }, vector(1, 2, 3), lanes(0, 2)]).toString()).toMatchInlineSnapshot(`
    "%0 = input leaf=0 offset=0
    %1 = input leaf=1 offset=0
    %2 = input leaf=2 offset=0 : [3]
    %3 = indices leaf=3 : [2]
    %4 = mul %0 %2 : [3]
    %5 = add %1 %4 : [3]
    %6 = take %5 %3 : [2]
    %7 = square %6 : [2]
    %8 = sum %7
    %9 = constant 2
    %10 = div %8 %9
    %11 = constant 1
    %12 = constant 0.5
    %13 = mul %6 %9 : [2]
    %14 = mul %6 %12 : [2]
    %15 = mul %9 %14 : [2]
    %16 = segmentSum %15 %3 : [3]
    %17 = sum %16
    %18 = mul %2 %16 : [3]
    %19 = constant 0
    %20 = broadcast %11 : [2]
    %21 = segmentSum %20 %3 : [3]
    %22 = ne %19 %21 : [3]
    %23 = where %22 %18 %19 : [3]
    %24 = sum %23
    return %10 %24 %17
    "
  `);
});

test("reads back as it was, whatever the numbers", () => {
  const f = (x: Value): Value =>
    sum(reverse(mul(x, vector(1e-300, -0, NaN, -Infinity))))
      .add(sum(take(x, lanes(3, 0))))
      .mul(-0);
  const traced = trace(f, [vector(1, 2, 3, 4)]);
  const text = traced.verify().toString();
  expect(text).toContain("[1e-300, -0, NaN, -Infinity]");
  expect(parse(text).verify().toString()).toBe(text);
  expect(parse(text).rows).toBe(traced.rows);
  expect(parse(`\n  ${text.replaceAll("\n", "\n\n  ")}`).toString()).toBe(text);
});

describe("that is malformed is refused", () => {
  const malformed: [text: string, message: RegExp][] = [
    ["", /^parse: expected a last line such as return %3, got none$/],
    ["%0 = input leaf=0 offset=0", /expected a last line such as return %3/],
    ["%1 = input leaf=0 offset=0\nreturn %1", /^parse: expected row %0, got "%1 = .*" in line 1$/],
    ["hello\nreturn %0", /^parse: expected a row such as %3 = mul %0 %2, got "hello" in line 1$/],
    ["%0 = frobnicate %1\nreturn %0", /^parse: expected a known op, got/],
    ["%0 = constant one\nreturn %0", /expected a number for "one"/],
    ["%0 = constant 1 2\nreturn %0", /expected one number/],
    ["%0 = constant 1\n%1 = add %0\nreturn %1", /^parse: expected 2 operands of add, got "%1 = add %0" in line 2$/],
    ["%0 = constant 1\n%1 = sin x\nreturn %1", /^parse: expected a row number such as %3/],
    ["%0 = constant 1\n%1 = sin %0 : [0]\nreturn %1", /expected a shape of at least one lane/],
    ["%0 = constant 1\n%1 = sin %0 : [99999999999]\nreturn %1", /expected a shape of at least one lane/],
    ["%0 = vector 1, 2 : [2]\nreturn %0", /expected numbers in brackets/],
    ["%0 = vector [1, ] : [2]\nreturn %0", /expected a number for ""/],
    ["%0 = vector [1, two] : [2]\nreturn %0", /expected a number for "two"/],
    ["%0 = input leaf=0\nreturn %0", /expected 0 operands and 2 attributes of input/],
    ["%0 = input leaf=-1 offset=0\nreturn %0", /expected leaf= and a whole number/],
    ["%0 = input leaf=0 offset=0\nreturn %0\n%1 = sin %0", /expected nothing after the return line/],
    ["%0 = input leaf=0 offset=0\nreturn 0", /expected a row number such as %3/],
    ["%0 = input leaf=0 offset=0\nreturn %1", /^verify: expected a row below 1, got 1$/],
    ["%0 = sin %0\nreturn %0", /^verify: expected operand 0 to be an earlier row, got %0 in row 0, sin$/],
    ["%0 = sin %7\nreturn %0", /expected operand 0 to be an earlier row, got %7 in row 0/],
    ["%0 = input leaf=0 offset=0\n%1 = sin %0 : [3]\nreturn %1", /^verify: expected the shape its inputs have together in row 1, sin/],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = input leaf=1 offset=0 : [3]\n%2 = add %0 %1 : [3]\nreturn %2",
      /^verify: expected operands of one shape in row 2, add/,
    ],
    ["%0 = indices leaf=0 : [2]\n%1 = sin %0 : [2]\nreturn %1", /^verify: expected numbers, got lane numbers in row 1, sin/],
    ["%0 = indices leaf=0 : [2]\nreturn %0", /^verify: expected numbers among the results, got lane numbers in row 0$/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = at %0 index=2\nreturn %1", /^verify: expected a lane of a vector in row 1, at/],
    ["%0 = input leaf=0 offset=0\n%1 = at %0 index=0\nreturn %1", /^verify: expected a lane of a vector/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = slice %0 start=1 : [2]\nreturn %1", /^verify: expected lanes of a vector in row 1, slice/],
    ["%0 = input leaf=0 offset=0\n%1 = sum %0\nreturn %1", /^verify: expected a vector into a scalar in row 1, sum/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = sum %0 : [2]\nreturn %1", /^verify: expected a vector into a scalar/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = broadcast %0 : [2]\nreturn %1", /^verify: expected a scalar into a vector/],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = cumsum %0 : [3]\nreturn %1", /^verify: expected a vector of its shape/],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = assemble %0@2 : [3]\nreturn %1",
      /^verify: expected piece 0 inside 3 lanes, got it at 2 in row 1, assemble/,
    ],
    ["%0 = input leaf=0 offset=0 : [2]\n%1 = assemble %0@0\nreturn %1", /^verify: expected scalar pieces in a scalar/],
    ["%0 = input leaf=0 offset=0\n%1 = assemble\nreturn %1", /expected pieces/],
    ["%0 = input leaf=0 offset=0\n%1 = assemble %0\nreturn %1", /expected offset= and a whole number/],
    ["%0 = vector [1, 2] : [3]\nreturn %0", /^verify: expected a constant vector of its length/],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 2] : [2]\n%2 = take %0 %1 : [2]\nreturn %2",
      /^verify: expected lane numbers from 0 to 1, got 2 in lane 1 in row 2, take/,
    ],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0.5, 1] : [2]\n%2 = take %0 %1 : [2]\nreturn %2",
      /expected whole numbers in brackets/,
    ],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 1, 1] : [3]\n%2 = take %0 %1 : [2]\nreturn %2",
      /^verify: expected lanes of a vector, as many as lane numbers/,
    ],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = indexVector [0, 1, 1] : [3]\n%2 = segmentSum %0 %1 : [2]\nreturn %2",
      /^verify: expected a lane number for each lane/,
    ],
    ...[2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53, 1e300].flatMap((number): [text: string, message: RegExp][] => {
      const big = BigInt(number);
      const held = (name: string): RegExp => new RegExp(`^parse: expected a ${name} of at most 2147483647, got ".*" in line`);
      return [
        [`%0 = input leaf=${big} offset=0\nreturn %0`, held("leaf")],
        [`%0 = input leaf=0 offset=${big}\nreturn %0`, held("offset")],
        [`%0 = input leaf=0 offset=0\n%1 = sin %${big}\nreturn %1`, held("row number")],
        [`%0 = input leaf=0 offset=0\nreturn %${big}`, held("row number")],
        [`%0 = input leaf=0 offset=0 : [${big}]\nreturn %0`, /expected a shape of at least one lane, and at most 2147483647/],
        [`%0 = input leaf=0 offset=0 : [2]\n%1 = at %0 index=${big}\nreturn %1`, held("index")],
        [`%0 = input leaf=0 offset=0 : [2]\n%1 = slice %0 start=${big} : [1]\nreturn %1`, held("start")],
        [`%0 = input leaf=0 offset=0\n%1 = assemble %0@${big} : [2]\nreturn %1`, held("offset")],
        [`%0 = input leaf=0 offset=0\n%1 = assemble %${big}@0 : [2]\nreturn %1`, held("row number")],
        [`%${big} = input leaf=0 offset=0\nreturn %0`, /^parse: expected row %0/],
        [`%0 = indexVector [0, ${big}] : [2]\nreturn %0`, /expected whole numbers in brackets/],
      ];
    }),
    [
      "%0 = input leaf=0 offset=0\n%1 = input leaf=0 offset=0 : [3]\n%2 = add %0 %1 : [3]\nreturn %2",
      /^verify: expected leaf 0 to be what it is in row 0 \(%0 = input leaf=0 offset=0\) in row 1, input/,
    ],
    [
      "%0 = input leaf=0 offset=0 : [2]\n%1 = input leaf=0 offset=0 : [3]\nreturn %0 %1",
      /^verify: expected leaf 0 to be what it is in row 0/,
    ],
    [
      "%0 = input leaf=1 offset=0 : [2]\n%1 = indices leaf=1 : [2]\n%2 = take %0 %1 : [2]\nreturn %2",
      /^verify: expected leaf 1 to be what it is in row 0/,
    ],
    ["%0 = input leaf=0 offset=1 : [2]\nreturn %0", /^verify: expected a leaf and an offset from 0, which is 0 of a vector in row 0/],
  ];
  test.each(malformed)("%j", (text, message) => {
    expect(() => parse(text)).toThrow(GraphError);
    expect(() => parse(text)).toThrow(message);
  });
});

test.each([null, undefined, 5, {}, ["return %0"], new Uint8Array(3)])("what is no text is refused: %s", (text) => {
  expect(() => parse(untyped(text))).toThrow(TypeError);
  expect(() => parse(untyped(text))).toThrow(/^parse: expected the text of a graph, got /);
});

test("with other numbers and words in it, each is refused by a GraphError or is what it says", () => {
  const texts = programs.map(({ f, args }) => trace(f, args as []).toString());
  const words = [
    "0",
    "1",
    "2",
    "7",
    "99",
    "-1",
    "2147483648",
    "4294967296",
    "4294967298",
    "1e9",
    "NaN",
    "sin",
    "assemble",
    "input",
    "[2]",
    "",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words)), { minLength: 1, maxLength: 3 }),
      (text, changes) => {
        let changed = text;
        for (const [at, word] of changes) {
          const places = [...changed.matchAll(/\[\d+\]|[\d.]+|[a-z]+/gi)];
          const { index, 0: found } = places[at % places.length]!;
          changed = changed.slice(0, index) + word + changed.slice(index + found.length);
        }
        try {
          const graph = parse(changed);
          const again = graph.toString();
          expect(parse(again).toString()).toBe(again);
          const wanted = changed.match(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi)?.map(Number);
          expect(again.match(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi)?.map(Number)).toEqual(wanted); // no number became another
        } catch (error) {
          if (!(error instanceof GraphError)) throw error;
        }
      },
    ),
    { numRuns: 2000 },
  );
});
