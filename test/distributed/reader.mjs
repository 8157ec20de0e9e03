/** A reader of rows that are computed: two columns of `rows.seed`, slowly where it says so. */
import { setTimeout } from "node:timers/promises";

export const columns = ({ seed, first }, from, to) => ({
  x: Float64Array.from({ length: to - from }, (_, i) => Math.sin(seed + first + from + i)),
  y: Float64Array.from({ length: to - from }, (_, i) => Math.cos(seed * (first + from + i))),
});

export default async function read(source, from, to) {
  if (source.failing === true) throw new Error("no such rows");
  await setTimeout(source.wait ?? 0);
  return columns(source, from, to);
}
