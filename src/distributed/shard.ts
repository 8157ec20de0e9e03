/** A shard computed: its rows read part by part, and summed block by block. */
import { leavesStep, verifiedModule } from "../compiled/portable.js";
import { classifyData, flatten, type Leaf } from "../data/tree.js";
import { type ShardJob, type ShardResult } from "./names.js";
import { decoded, OpenSums } from "./opensums.js";
import { BLOCK_ROWS } from "./sharded.js";

/** Reads the rows from … to of a shard's source, as columns in the structure that the function has. */
export type Reader = (source: unknown, from: number, to: number) => unknown;

/** Rows that are read at once: a megabyte a column. */
const READ_ROWS = 16 * BLOCK_ROWS;

/** What computes shards of a module. */
export function shardComputer(bytes: Uint8Array<ArrayBuffer>): (job: ShardJob, read: Reader) => Promise<ShardResult> {
  const { module, manifest } = verifiedModule(bytes);
  const step = leavesStep(module);
  const inputs = step.inputs as unknown as (number | Float64Array | Int32Array)[];
  const [countAt, insideAt] = [manifest.inputs.length - 2, manifest.inputs.length - 1];
  const inside = inputs[insideAt] as Float64Array;
  const sums = (step.outputs as unknown as Float64Array[])[0]!;

  return async ({ argument, args, count, shard, block, rows, source }, read) => {
    const root = `args[${argument}]`;
    const isColumn = ({ path }: Leaf): boolean => path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
    const columns = manifest.inputs.flatMap((leaf, i) => (i < countAt && isColumn(leaf) ? [i] : []));
    const numbers = decoded(args);
    let at = 0;
    manifest.inputs.slice(0, countAt).forEach((leaf, i) => {
      if (isColumn(leaf)) return;
      const lanes = numbers.subarray(at, (at += leaf.lanes));
      if (leaf.kind === "number") inputs[i] = lanes[0]!;
      else (inputs[i] as Float64Array).set(lanes);
    });
    inputs[countAt] = count;
    const open = new OpenSums();
    for (let from = 0; from < rows; from += READ_ROWS) {
      const to = Math.min(rows, from + READ_ROWS);
      const [leaves, values]: [Leaf[], unknown[]] = [[], []];
      flatten("work", await read(source, from, to), root, classifyData, leaves, values);
      columns.forEach((input, k) => {
        if (leaves[k]?.path !== manifest.inputs[input]!.path || leaves[k].lanes !== to - from || leaves.length !== columns.length)
          throw new TypeError(
            `work: expected ${to - from} rows at ${manifest.inputs[input]!.path} from the reader, got ${leaves[k] ? `${leaves[k].lanes} at ${leaves[k].path}` : "none"}`,
          );
      });
      for (let row = from; row < to; row += BLOCK_ROWS) {
        const end = Math.min(to, row + BLOCK_ROWS);
        columns.forEach((input, k) => (inputs[input] as Float64Array).set((values[k] as Float64Array).subarray(row - from, end - from)));
        inside.fill(1, 0, end - row).fill(0, end - row);
        step.run();
        open.add(block + row / BLOCK_ROWS, sums);
      }
    }
    return { shard, open: open.write() };
  };
}
