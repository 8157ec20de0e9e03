/** Graphs as JavaScript: one function, one row a line, with all that it calls below it. */
import { type Leaf } from "../data/tree.js";
import { describe } from "../errors.js";
import { factsOf } from "../graph/facts.js";
import { type FormulaNames, isCopy, namedRows, operandsOf } from "../graph/formula.js";
import { type Graph, type Row } from "../graph/graph.js";
import { type Lanes } from "../ops/monoid.js";
import { byOpcode, isElementwise, rowName, structural, structuralOf } from "../ops/rows.js";
import { type CallRow } from "../ops/structural.js";
import { expanded } from "../graph/expand.js";
import { type Code, CodeMonoid, eachLane, numberText, objectText, scalarCode, vectorCode } from "./code.js";
import { declarations, meanings } from "./generated/library.js";
import { nameLeaves, nameRows, Names } from "./names.js";
import { expression, pattern, type Signature } from "./signature.js";

/** Options of `toSource`. */
export interface SourceOptions {
  /** The function's name, `f` where it is left out. */
  readonly name?: string;
  /** Names of the arguments' numbers and vectors in order, as `formula` takes them: `["a", ["x", "y"]]`. */
  readonly names?: FormulaNames;
}

/** What a graph is the graph of. */
interface Written {
  readonly graph: Graph;
  readonly results: readonly Row[];
  readonly signature: Signature;
  /** Of rows that are adjoints, the rows that they are the adjoints of. */
  readonly adjoints: ReadonlyMap<Row, Row>;
}

/** Calls as what they call; adjoints then have names as other rows. */
const inPlace = (written: Written): Written =>
  written.graph.bodies.length === 0 ? written : { ...written, ...expanded(written.graph, written.results), adjoints: new Map<Row, Row>() };

/** What calls of users' code are in JavaScript: what stands in the row's place, or why nothing can. */
const calls: Readonly<Record<CallRow, (graph: Graph, row: Row, operands: readonly Code[]) => Code>> = {
  custom: (_graph, _row, [value]) => value!,
  host(graph, row) {
    const { name } = graph.hosts[graph.c[row]!]!;
    throw new TypeError(
      `toSource: expected rows whose meaning is known, got the host function ${describe(name)}, whose code may use anything around it. Write it with the library's ops`,
    );
  },
};
const callsByOpcode = byOpcode(calls);

/** Constant lanes as JavaScript. */
const arrayText = (values: Float64Array | Int32Array): string =>
  `${values instanceof Int32Array ? "Int32Array" : "Float64Array"}.of(${Array.from(values, numberText).join(", ")})`;

/** The declarations that a text calls, and those that they call, in order. */
function declarationsFor(texts: readonly string[]): string[] {
  const needed = new Set<string>();
  const need = (text: string): void => {
    for (const name of text.match(/[A-Za-z_]\w*/g) ?? [])
      if (Object.hasOwn(declarations, name) && !needed.has(name)) {
        needed.add(name);
        need(declarations[name]!);
      }
  };
  texts.forEach(need);
  return Object.keys(declarations).flatMap((name) => (needed.has(name) ? [declarations[name]!] : []));
}

const LANES = `function lanes(count, lane) {
  const v = new Float64Array(count);
  for (let i = 0; i < count; i++) v[i] = lane(i);
  return v;
}`;

/**
 * A graph's results as a function in JavaScript that takes its arguments and returns its result as trees, with all that it needs.
 * @throws TypeError where a row calls a host function, or a name is not free.
 */
export function printSource(written: Written, { name: called = "f", names: given = [] }: SourceOptions): string {
  const { graph, results, signature, adjoints } = inPlace(written);
  const names = new Names();
  const functionName = names.given(called);
  const { inputs, inputTree, outputTree } = signature;
  const leafNames = nameLeaves(names, inputs, given);
  const rows = namedRows(graph, results);
  const inputName = (row: Row): string => {
    const leaf = leafNames[graph.a[row]!]!;
    const offset = graph.b[row]!;
    return typeof leaf === "string" ? (inputs[graph.a[row]!]!.kind === "numbers" ? `${leaf}[${offset}]` : leaf) : leaf[offset]!;
  };
  const rowNames = nameRows(names, graph, rows, adjoints, inputName);
  const codes = new Map<Row, Code>();
  const arrays: string[] = [];
  const lines: string[] = [];

  const laneNumbers = new Map<Lanes, string>();
  const monoid = new CodeMonoid((lanes) => laneNumbers.get(lanes)!);
  /** The lane numbers of a row, which here is a list that stands for their name. */
  const lanesAt = (row: Row): Lanes => {
    const lanes = graph.op[row] === structural.indexVector ? graph.vectors[graph.a[row]!]! : new Int32Array(graph.lanes(row));
    laneNumbers.set(lanes, codes.get(row)!.whole);
    return lanes;
  };

  /** A row that has its name. */
  const named = (row: Row, text: string): Code => (graph.isScalar(row) ? scalarCode(text) : vectorCode(text, graph.lanes(row)));

  /** Constant lanes, which stand outside. */
  function outside(values: Float64Array | Int32Array): string {
    const array = names.free(values instanceof Int32Array ? "indices" : "data");
    arrays.push(`const ${array} = ${arrayText(values)};`);
    return array;
  }

  function elementwise(row: Row): string {
    const operands = graph.operands(row).map((operand) => codes.get(operand)!);
    const scalar = (k: number): boolean => graph.isScalar(graph.operand(row, k));
    const at = (i: string): string =>
      meanings[graph.op[row]!]!.replace(/(-?)\b([abc])\b/g, (_, sign: string, letter: string) => {
        const k = "abc".indexOf(letter);
        const text = operands[k]!.lane(scalar(k) ? 0 : i);
        return sign + (sign && text.startsWith("-") ? `(${text})` : text);
      });
    return graph.isScalar(row) ? at("0") : eachLane(graph.lanes(row), at);
  }

  /** The text of a row that is computed, or what stands in its place. */
  function computed(row: Row): string | Code {
    const op = graph.op[row]!;
    if (isElementwise(op)) return isCopy(graph, row) ? codes.get(graph.operand(row, 0))! : elementwise(row);
    const definition = structuralOf(op);
    const operands = operandsOf(graph, row).map((operand) => codes.get(operand)!);
    if (definition.kind === "entry" || definition.kind === "body")
      throw new TypeError(`toSource: expected rows of a finished trace, got ${rowName(op)}`);
    if (definition.kind === "call") return callsByOpcode[op]!(graph, row, operands);
    if (definition.kind === "whole") {
      const { name, of, operands: count } = definition.loops(factsOf(graph, row));
      const given = [...operands.slice(0, count).map(({ whole }) => whole), objectText(of), `new Float64Array(${graph.lanes(row)})`];
      return `${name}(${given.join(", ")})`;
    }
    const code = definition.map(monoid, operands, factsOf(graph, row, lanesAt));
    return graph.isScalar(row) ? code.lane(0) : code.whole;
  }

  function entry(row: Row): Code | undefined {
    switch (graph.op[row]!) {
      case structural.input:
      case structural.indices:
        return named(row, graph.op[row] === structural.input ? inputName(row) : (leafNames[graph.a[row]!] as string));
      case structural.constant:
        return scalarCode(numberText(graph.constantOf(row)));
      case structural.vector:
      case structural.indexVector:
        return named(row, outside(graph.vectors[graph.a[row]!]!));
    }
    return undefined;
  }

  for (const row of rows) {
    const code = entry(row) ?? computed(row);
    if (typeof code === "string") {
      const name = rowNames.get(row)!;
      lines.push(`  const ${name} = ${code};`);
      codes.set(row, named(row, name));
    } else codes.set(row, code);
  }

  let next = 0;
  const returned = new Set<string>();
  const leafTexts = signature.outputs.map(({ kind, lanes, shape }: Leaf) => {
    const own = results.slice(next, (next += kind === "numbers" ? lanes : 1));
    const texts = own.map((row) => {
      const text = graph.isScalar(row) ? codes.get(row)!.lane(0) : codes.get(row)!.whole;
      if (graph.isScalar(row)) return text;
      const shared = graph.operandCount(row) === 0 || returned.has(text); // an array of the result is in no other place
      returned.add(text);
      return shared ? `${text}.slice()` : text;
    });
    if (shape !== undefined) return `{ data: ${texts[0]}, shape: [${shape.join(", ")}] }`;
    return kind === "numbers" ? `[${texts.join(", ")}]` : texts[0]!;
  });
  const items = inputTree.kind === "array" ? inputTree.items : [inputTree];
  const parameters = items.map(
    (item, k) =>
      pattern(item, (leaf) => (inputs[leaf]!.shape === undefined ? leafNames[leaf]! : `{ data: ${leafNames[leaf] as string} }`)) ??
      names.free(`fixed${k}`),
  );
  const body = [...lines, `  return ${expression(outputTree, (leaf) => leafTexts[leaf]!)};`];
  const main = `function ${functionName}(${parameters.join(", ")}) {\n${body.join("\n")}\n}`;
  const helpers = declarationsFor(body);
  if (body.some((line) => line.includes("lanes("))) helpers.unshift(LANES);
  return [main, ...arrays, ...helpers].map((part) => `${part}\n`).join("\n");
}
