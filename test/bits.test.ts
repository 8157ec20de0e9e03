/** Every op as the jit engine emits it, on scalars and over lanes, against the kernel engine: the same doubles to the bit, at the edges too. */
import { describe, expect, test } from "vitest";
import { opcode } from "../src/ops/generated/table.js";
import { Graph, SCALAR } from "../src/graph/graph.js";
import { type Op } from "../src/ops/ops.js";
import { structural } from "../src/ops/structural.js";
import { type Program } from "../src/trace/trace.js";
import { edges } from "./checks.js";
import { engineOf, prepare, programFor } from "./engines.js";
import { spread } from "./numbers.js";
import { table } from "./oracle.js";

/** How a row meets its operands: an odd lane, which no pair takes, is the third. */
const shapes = [
  { shape: "a scalar", lanes: 1 },
  { shape: "2 lanes", lanes: 2 },
  { shape: "3 lanes", lanes: 3 },
];

const codeOf = ({ name }: Pick<Op, "name">): number => opcode[name as keyof typeof opcode];

/** Ops of the same operands as one program, with the partials of the first. */
function programOf(op: Op, beside: readonly Op[], lanes: number): Program {
  const graph = new Graph();
  const inputs = op.partials.map((_, leaf) => graph.push(structural.input, lanes === 1 ? SCALAR : graph.shapeOf(lanes), leaf, 0));
  const [a, b, c] = inputs;
  const values = [op, ...beside].map((row) => graph.elementwise(codeOf(row), a!, b, c));
  return programFor(graph, values, lanes === 1 ? values[0] : graph.shared(structural.sum, SCALAR, values[0]), inputs);
}

const show = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

/** Where the engines differ, on points that are taken `lanes` at a time. */
function differences(op: Op, beside: readonly Op[], lanes: number): string[] {
  const names = [op.name, ...beside.map(({ name }) => name), ...op.partials.map((_, k) => `∂${op.name}/∂${"abc"[k]}`)];
  // each has a program of its own, since an engine appends the rows of derivatives to its graph
  const [emitted, interpreted] = (["jit", "kernel"] as const).map((name) => prepare(engineOf(name), programOf(op, beside, lanes)));
  const points = [...spread(op.probe, 41), ...edges(op)];
  const complaints: string[] = [];
  for (let i = 0; i < points.length; i += lanes) {
    const taken = Array.from({ length: lanes }, (_, lane) => points[(i + lane) % points.length]!);
    const inputs = op.partials.map((_, k) => taken.map((point) => point[k]!));
    const [came, wanted] = [emitted!(inputs), interpreted!(inputs)];
    names.forEach((name, result) =>
      taken.forEach((point, lane) => {
        const [x, y] = [came[result]![lane]!, wanted[result]![lane]!];
        if (!Object.is(x, y))
          complaints.push(`${name}(${point.map(show).join(", ")}) in lane ${lane}: expected ${show(y)}, got ${show(x)}`);
      }),
    );
  }
  return complaints;
}

describe.each(shapes)("as a row over $shape", ({ lanes }) => {
  test.each(table)("$name", (op) => expect(differences(op, [], lanes)).toEqual([]));

  test.each(table.filter(({ companion }) => companion))("$name beside $companion.op", (op) =>
    expect(
      differences(
        op,
        table.filter(({ name }) => name === op.companion!.op),
        lanes,
      ),
    ).toEqual([]),
  );
});
