/** Reads the text that print.ts writes back into a graph. */
import { describe, GraphError } from "../errors.js";
import { arity, attributeNames, opNames } from "../ops/generated/table.js";
import { bodyOf } from "./body.js";
import { loopOf, loopProblem } from "./loop.js";
import { type Body, Graph, type Owned, type Row, SCALAR } from "./graph.js";
import { definitionOf, isElementwise, ownsBodies, rowName, structural } from "../ops/rows.js";
import { lanesOf, MOST_DIMENSIONS, type Shape } from "../ops/shapes.js";
import { type Steps, type Written } from "./steps.js";
import { verify } from "./verify.js";

/** A graph and the rows that are its results. */
interface Results {
  readonly graph: Graph;
  readonly results: Row[];
}

const LINE = /^%(\d+) = (\w+)((?: (?!: ).*?)?)(?: : \[(\d+(?:, ?\d+)*)\])?$/;

/**
 * Reads a graph's text and verifies it. Blank lines are passed over.
 * @throws GraphError that names the line where the text is not a row, or the row that does not verify; TypeError on what is no text.
 */
export function parseGraph(text: string): Results {
  if (typeof text !== "string") throw new TypeError(`parse: expected the text of a graph, got ${describe(text)}`);
  const bodies: Body[] = [];
  let graph = new Graph();
  let heading: { readonly name: string; readonly parameters: readonly Row[] } | undefined;
  let results: Row[] | undefined;
  for (const [i, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "") continue;
    const fail = (expected: string): never => {
      throw new GraphError(`parse: expected ${expected}, got "${line.slice(0, 80)}" in line ${i + 1}`);
    };
    if (results) fail("nothing after the return line");
    if (line.startsWith("body ")) {
      heading = headingOf(line, bodies.length, heading !== undefined || graph.length > 0, fail);
      continue;
    }
    if (line.startsWith("return")) {
      const rows = rowNumbers(line.split(/\s+/).slice(1), fail);
      if (heading === undefined) results = rows;
      else {
        for (const row of [...heading.parameters, ...rows]) graph.checkRow(row, "parse");
        bodies.push(bodyOf(heading.name, graph, heading.parameters, rows));
        [graph, heading] = [new Graph(), undefined];
      }
      continue;
    }
    const [, number, name, rest, sizes] = LINE.exec(line) ?? fail("a row such as %3 = mul %0 %2");
    if (Number(number) !== graph.length) fail(`row %${graph.length}`);
    const shape = sizes === undefined ? SCALAR : shapeId(graph, sizes.split(",").map(Number), fail);
    parseRow(graph, bodies, name!, rest!.trim(), shape, fail);
  }
  if (!results) throw new GraphError("parse: expected a last line such as return %3, got none");
  verify(graph, results);
  return { graph, results };
}

/** The greatest whole number that a column of a graph holds. */
const MOST = 0x7fffffff;

/** A number that the graph's columns can hold: of a greater one they would keep the lowest bits alone. */
function held(value: number, name: string, fail: (expected: string) => never): number {
  return value <= MOST ? value : fail(`a ${name} of at most ${MOST}`);
}

function shapeId(graph: Graph, shape: Shape, fail: (expected: string) => never): number {
  if (shape.length > MOST_DIMENSIONS) fail(`a shape of at most ${MOST_DIMENSIONS} dimensions`);
  const lanes = lanesOf(shape);
  return lanes >= 1 && lanes <= MOST ? graph.shapeOf(shape) : fail(`a shape of at least one lane, and at most ${MOST}`);
}

const rowNumbers = (words: readonly string[], fail: (expected: string) => never): Row[] => words.map((word) => rowNumber(word, fail));

/** The line before a body's rows. */
function headingOf(
  line: string,
  number: number,
  inside: boolean,
  fail: (expected: string) => never,
): { readonly name: string; readonly parameters: Row[] } {
  if (inside) fail("bodies before the rows of the graph, each with a return line");
  const [, given, name, ...parameters] = line.split(/\s+/);
  if (given !== String(number) || name === undefined || name.startsWith("%")) fail(`body ${number}, its name and its parameters`);
  return { name, parameters: rowNumbers(parameters, fail) };
}

function rowNumber(word: string, fail: (expected: string) => never): Row {
  if (!/^%\d+$/.test(word)) fail("a row number such as %3");
  return held(Number(word.slice(1)), "row number", fail);
}

function decimal(word: string, fail: (expected: string) => never): number {
  const value = word === "" ? NaN : Number(word);
  return Number.isNaN(value) && word !== "NaN" ? fail(`a number for "${word}"`) : value;
}

function integer(word: string | undefined, name: string, fail: (expected: string) => never): number {
  const [key, value] = word?.split("=") ?? [];
  if (key !== name || !/^\d+$/.test(value ?? "")) fail(`${name}= and a whole number`);
  return held(Number(value), name, fail);
}

/** A word of some that may stand for an attribute. */
function oneOf(word: string | undefined, name: string, choices: readonly string[], fail: (expected: string) => never): string {
  const [key, value] = word?.split("=") ?? [];
  return key === name && choices.includes(value ?? "") ? value! : fail(`${name}= and ${choices.join(" or ")}`);
}

/** What a row owns, by its attributes. */
function owned(op: number, bodies: readonly Body[], words: readonly string[], fail: (expected: string) => never): Owned {
  const body = bodies[integer(words[0], "body", fail)] ?? fail("the number of a body before it");
  const isLoop = op === structural.loop;
  if (words.length !== (isLoop ? 7 : 1)) fail(`${isLoop ? 7 : 1} attributes of ${rowName(op)}`);
  if (!isLoop) return body;
  const written = words[6] === "writes=none" ? [] : (words[6]!.split("=")[1] ?? "").split(",");
  const steps: Steps = {
    length: integer(words[1], "length", fail),
    reverse: oneOf(words[2], "direction", ["forward", "backward"], fail) === "backward",
    consts: integer(words[3], "consts", fail),
    carries: integer(words[4], "carries", fail),
    numbered: oneOf(words[5], "numbered", ["yes", "no"], fail) === "yes",
    writes: written.map((word) => oneOf(`${words[6]!.split("=")[0]}=${word}`, "writes", ["stack", "sum"], fail) as Written),
  };
  const problem = loopProblem(body, steps);
  return problem === undefined ? loopOf(body, steps) : fail(problem);
}

function parseRow(
  graph: Graph,
  bodies: readonly Body[],
  name: string,
  rest: string,
  shape: number,
  fail: (expected: string) => never,
): void {
  const words = rest === "" ? [] : rest.split(/\s+/);
  const op = opNames.indexOf(name);
  if (op < 0) fail("a known op");
  if (definitionOf(op)?.text === false) fail(`rows that text can hold (a ${name} row is a function, which cannot be read back)`);
  if (op === structural.constant) {
    if (words.length !== 1) fail("one number");
    graph.constants.push(decimal(words[0]!, fail));
    graph.push(op, shape, graph.constants.length - 1);
  } else if (op === structural.vector || op === structural.indexVector) {
    const values =
      /^\[(.*)\]$/
        .exec(rest)?.[1]
        ?.split(",")
        .map((word) => decimal(word.trim(), fail)) ?? fail("numbers in brackets");
    if (op === structural.indexVector && !values.every((value) => value === (value | 0))) fail("whole numbers in brackets");
    graph.vectors.push(op === structural.vector ? Float64Array.from(values) : Int32Array.from(values));
    graph.push(op, shape, graph.vectors.length - 1);
  } else if (op === structural.assemble) {
    const pieces = words.map((word): [number, number] => {
      const [row, offset] = word.split("@");
      return [rowNumber(row ?? "", fail), integer(`offset=${offset}`, "offset", fail)];
    });
    graph.assemble(pieces, graph.sizesOf(shape));
  } else if (ownsBodies(op)) {
    const first = words.findIndex((word) => !word.startsWith("%"));
    const operands = rowNumbers(first < 0 ? words : words.slice(0, first), fail);
    for (const row of operands) if (row >= graph.length) fail("operands that are earlier rows");
    graph.pushOwner(op, owned(op, bodies, first < 0 ? [] : words.slice(first), fail), operands, shape);
  } else {
    const count = arity[op]!;
    const attributes = attributeNames[op] ?? [];
    if (words.length !== count + attributes.length)
      fail(`${count} operands${isElementwise(op) ? "" : ` and ${attributes.length} attributes`} of ${name}`);
    graph.push(op, shape, ...words.map((word, k) => (k < count ? rowNumber(word, fail) : integer(word, attributes[k - count]!, fail))));
  }
}
