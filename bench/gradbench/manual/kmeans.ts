/** The sum of squared distances to the nearest centroids, and Newton's direction, by hand. */
import { type Clusters } from "../modules/kmeans.js";

/** The number of the nearest centroid, and its squared distance. */
function nearest(point: readonly number[], centroids: readonly (readonly number[])[]): [number, number] {
  let [best, least] = [0, Infinity];
  for (let c = 0; c < centroids.length; c++) {
    const centroid = centroids[c]!;
    let squared = 0;
    for (let i = 0; i < point.length; i++) squared += (point[i]! - centroid[i]!) ** 2;
    if (squared < least) [best, least] = [c, squared];
  }
  return [best, least];
}

export function cost({ points, centroids }: Clusters): number {
  let total = 0;
  for (const point of points) total += nearest(point, centroids)[1];
  return total;
}

export function dir({ points, centroids }: Clusters): number[][] {
  const gradient = centroids.map((centroid) => centroid.map(() => 0));
  const counts = centroids.map(() => 0);
  for (const point of points) {
    const [c] = nearest(point, centroids);
    counts[c]!++;
    for (let i = 0; i < point.length; i++) gradient[c]![i]! += 2 * (centroids[c]![i]! - point[i]!);
  }
  return gradient.map((row, c) => row.map((slope) => slope / (2 * counts[c]!)));
}
