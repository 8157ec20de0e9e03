/** A program as one module that any WebAssembly host can run; docs/modules.md says what it exports. */
import { OutOfMemoryError } from "../../errors.js";
import { type Graph } from "../../graph/graph.js";
import { structural } from "../../ops/rows.js";
import { type Program, type WholeProgram } from "../../trace/trace.js";
import { type Tree, visitTree } from "../../data/tree.js";
import { MOST_BYTES } from "../../wasm/sections.js";
import { wordsOf } from "../../graph/words.js";
import { emitProgram, type JitOptions } from "./jit.js";
import { type Call } from "../plan/host.js";
import { type Places } from "../plan/places.js";
import { FAULT, type PortableLeaf, SECTION, writeManifest } from "./manifest.js";

/**
 * The module of a program.
 * @throws TypeError where a row is a host's, or a fixed value cannot be written as text; OutOfMemoryError where its memory would be too large.
 */
export function portableModule(program: WholeProgram, options?: JitOptions): Uint8Array<ArrayBuffer> {
  const { module, places, faultAt, calls } = emitProgram(program, options);
  if (calls.length > 0) refuseHost(program.graph, calls[0]!);
  const { bytes } = places.arena;
  if (bytes > MOST_BYTES)
    throw new OutOfMemoryError(`toWasm: expected to need at most ${MOST_BYTES} bytes (4 GiB), got ${bytes}. Evaluate fewer lanes`);
  const { inputs, inputTree, outputs, outputTree } = program;
  const manifest = {
    inputs: leavesAt(inputs, inputTree, "args", places, places.inputsAt),
    outputs: leavesAt(outputs, outputTree, "result", places, places.outputsAt),
    arguments: inputTree,
    results: outputTree,
  };
  for (const { path, address } of [...manifest.inputs, ...manifest.outputs]) module.constant(path, address);
  module.constant(FAULT, faultAt);
  return module.toBytes(bytes, "own", { [SECTION]: writeManifest(manifest) }).slice();
}

function refuseHost(graph: Graph, { op }: Call): never {
  let row = 0;
  while (graph.op[row] !== structural.host || graph.hosts[graph.c[row]!] !== op) row++;
  throw new TypeError(
    `toWasm: expected rows that WebAssembly can compute, got ${wordsOf(graph, row)}. Write ${op.name} with the ops of the library`,
  );
}

/** The leaves of a tree with their addresses, named by where they stand in it. */
function leavesAt(leaves: Program["inputs" | "outputs"], tree: Tree, root: string, places: Places, doublesAt: number): PortableLeaf[] {
  const paths: string[] = [];
  visitTree(tree, root, (node, path) => {
    if (node.kind === "leaf") paths[node.leaf] = path;
  });
  return leaves.map(({ kind, lanes, shape, position }, i) => ({
    path: paths[i]!,
    kind,
    lanes,
    ...(shape === undefined ? {} : { shape }),
    address: kind === "indices" ? places.indicesAt + 4 * position : doublesAt + 8 * position,
  }));
}
