/** A written tape as stretches, forward and back. */
import { type Graph } from "../../graph/graph.js";
import { sumLanes } from "../../ops/lanes.js";
import { type Tape } from "../reference/generated/sweeps.js";
import { type Sweep } from "../reference/reference.js";
import { type Stretch, structuralStretch } from "../reference/structural.js";
import { type TapeMemory } from "./memory.js";
import { type Part } from "./writer.js";

/** Where what was written lies. */
interface Placed {
  readonly graph: Graph;
  readonly positions: Int32Array;
  readonly parts: readonly Part[];
}

/** The stretch of a number for all lanes of a row: the shares of its adjoint add up as all sums do. */
function spreadStretch({ value, adjoint, live }: Tape, { from, cell, count }: Extract<Part, { readonly kind: "spread" }>): Stretch {
  const [x, g, isLive] = [value, adjoint, live].map((column) => column.subarray(cell, cell + count)) as [
    Float64Array,
    Float64Array,
    Uint8Array,
  ];
  return {
    forward: () => void x.fill(value[from]!),
    reverse() {
      if (!isLive.includes(1)) return;
      adjoint[from]! += sumLanes(g);
      live[from] = 1;
    },
  };
}

/** The stretches of a tape in its memory, which must not grow as long as they are used. */
export function sweepIn(memory: TapeMemory, { graph, positions, parts }: Placed, indices: Int32Array): Sweep {
  const tape = memory.columns;
  const stretches = parts.flatMap((part): Stretch | readonly [] => {
    if (part.kind === "stop") return structuralStretch(graph, part.row, positions, tape, indices) ?? [];
    if (part.kind === "spread") return spreadStretch(tape, part);
    const { first, cell, count } = part;
    return { forward: () => memory.forward(first, count, cell), reverse: () => memory.reverse(first, count, cell) };
  });
  return { tape, positions, indices, stretches };
}
