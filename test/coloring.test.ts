/** Colourings of sparsity patterns, and the sets of indices that patterns are made of. */
import { describe, expect, test } from "vitest";
import { columnColoring, starColoring, symmetrized, transposed } from "../src/passes/sparsity/coloring.js";
import { IndexSets } from "../src/passes/sparsity/indexsets.js";
import { type Pattern } from "../src/passes/sparsity/pattern.js";
import { scattered } from "./numbers.js";

/** A pattern with entries where `random` says. */
function randomPattern(m: number, n: number, chance: number, seed: number): Pattern {
  const draws = scattered(m * n, 0, 1, seed);
  const rows = new Int32Array(m + 1);
  const columns: number[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) if (draws[i * n + j]! < chance) columns.push(j);
    rows[i + 1] = columns.length;
  }
  return { rows, columns: Int32Array.from(columns), shape: [m, n] };
}

describe("colourings", () => {
  const chances = [0.02, 0.1, 0.3, 0.9];

  test("columns of one colour share no row", () => {
    for (const [k, chance] of chances.entries()) {
      const pattern = randomPattern(90, 110, chance, k + 1);
      const { colors, count } = columnColoring(pattern);
      for (let i = 0; i < 90; i++) {
        const seen = [...pattern.columns.subarray(pattern.rows[i], pattern.rows[i + 1])].map((j) => colors[j]!);
        expect(new Set(seen).size).toBe(seen.length);
      }
      expect(Math.max(...colors)).toBe(count - 1);
    }
  });

  test("of each pair of symmetric entries one can be read", () => {
    for (const [k, chance] of chances.entries()) {
      const pattern = symmetrized(randomPattern(70, 70, chance, k + 2));
      expect(transposed(pattern)).toEqual(pattern);
      const { colors, mirrored } = starColoring(pattern);
      const row = (i: number): Int32Array => pattern.columns.subarray(pattern.rows[i], pattern.rows[i + 1]);
      for (let i = 0; i < 70; i++)
        row(i).forEach((j, q) => {
          const [a, b] = mirrored[pattern.rows[i]! + q] ? [j, i] : [i, j];
          expect([...row(a)].filter((other) => colors[other] === colors[b])).toEqual([b]);
        });
    }
  });
});

test("index sets: unions of small and large sets list what they hold", () => {
  const sets = new IndexSets();
  const listed = new Map<number, Set<number>>();
  const all = Array.from({ length: 200 }, (_, i) => sets.singleton((7 * i) % 200));
  all.forEach((set, i) => listed.set(set, new Set([(7 * i) % 200])));
  const pool = [0, ...all];
  listed.set(0, new Set());
  for (const [x, y] of scattered(3000, 0, 1).map((u, i) => [u, (u * 977 + i * 0.37) % 1] as const)) {
    const [a, b] = [pool[Math.floor(x * pool.length)]!, pool[Math.floor(y * pool.length)]!];
    const union = sets.union(a, b);
    const expected = new Set([...listed.get(a)!, ...listed.get(b)!]);
    const known = listed.get(union);
    if (known) expect(known).toEqual(expected);
    else pool.push(union);
    listed.set(union, expected);
  }
  for (const set of pool) expect([...sets.list(set)]).toEqual([...listed.get(set)!].sort((x, y) => x - y));
  expect([...sets.list(sets.unionAll(Int32Array.from(all)))]).toEqual(Array.from({ length: 200 }, (_, i) => i));
  expect(sets.union(all[3]!, all[5]!)).toBe(sets.union(all[5]!, all[3]!));
});
