/** Clusters around more and more centroids; each centroid has a point near by, so that none is without points and no two are as near. */
import { normalSource } from "../../workloads/random.js";
import { type Clusters } from "../modules/kmeans.js";
import { inOrder, type Workload } from "./workload.js";

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
        inC: ({ points, centroids }: Clusters) => ({
          program: "kmeans",
          sizes: [k, n, d],
          inputs: Float64Array.from([...points.flat(), ...centroids.flat()]),
          count: k * d,
          order: (rows: number[][]) => inOrder(rows.flat()),
        }),
      })),
    ),
  ),
);
