/** Programs lowered, with the numbers that depend on no argument computed beforehand by the kernel's mathematics, whatever engine then runs them. */
import { type Graph, type Row } from "../../graph/graph.js";
import { constantRows } from "../../passes/constants.js";
import { prune } from "../../passes/simplify.js";
import { outputLeaves, type Program } from "../../trace/trace.js";
import { type Leaf } from "../../data/tree.js";
import { Lowered } from "../plan/lower.js";
import { instantiate } from "./load.js";
import { encode } from "./encode.js";

/** What a program's results need, as kernel and emitted code evaluate it. */
export function lowered({ graph, outputs }: Program): Lowered {
  const results = outputs.flatMap(({ rows }) => rows);
  const rows = constantRows(graph, results);
  if (rows.length === 0) return new Lowered(graph, results);
  const values = valuesOf(graph, rows);
  return new Lowered(graph, results, new Map(rows.map((row, k) => [row, values[k]!])));
}

/** The numbers of rows that need no inputs. */
function valuesOf(from: Graph, rows: readonly Row[]): Float64Array {
  const { graph, results } = prune(from, rows);
  const leaf: Leaf = { kind: "numbers", lanes: rows.length, path: "constants" };
  const nothing = { kind: "static", value: undefined } as const;
  const program = { graph, inputs: [], inputTree: nothing, outputs: outputLeaves([leaf], [results]), outputTree: nothing };
  const { tape, places } = encode(program, new Lowered(graph, results));
  const { exports, memory } = instantiate(tape.arena.bytes);
  tape.arena.writeTo(memory.buffer);
  tape.writeTo(memory.buffer);
  exports.sweep(tape.header);
  return places.views(program, memory.buffer).outputs;
}
