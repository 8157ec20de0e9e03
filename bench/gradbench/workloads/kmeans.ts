/** Clusters around more and more centroids; each centroid has a point near by, so that none is without points and no two are as near. */
import { normalSource } from "../../workloads/random.js";
import { type Clusters } from "../modules/kmeans.js";
import { type Workload } from "./workload.js";

/** Milliseconds of the derivative by hand in C++, by centroids, points and dimensions. */
const published: Readonly<Record<string, number>> = { "10_1000_8": 0.043, "1000_10000_8": 32 };

export function kmeansInput(k: number, n: number, d: number): Clusters {
  const normal = normalSource(100 * k + d);
  const points = Array.from({ length: n }, () => Array.from({ length: d }, normal));
  const centroids = points.slice(0, k).map((point) => point.map((x) => x + 0.1 * normal()));
  return { points, centroids };
}

/** The cost by the nearest centroid's number and by the least distance. */
const forms = [
  { form: "", functions: { primal: "cost", derivative: "dir" } },
  { form: " by min", functions: { primal: "costByMin", derivative: "dirByMin" } },
];

export const kmeansWorkloads: readonly Workload[] = forms.flatMap(({ form, functions }) =>
  [10, 100, 1000].flatMap((k) =>
    [1000, 10000].flatMap((n) =>
      [8, 16].map((d) => ({
        module: "kmeans",
        size: `k ${k}, n ${n}, d ${d}${form}`,
        functions,
        input: () => kmeansInput(k, n, d),
        numbers: 3 * k * n * d,
        ...(`${k}_${n}_${d}` in published ? { manualMs: published[`${k}_${n}_${d}`]! } : {}),
      })),
    ),
  ),
);
