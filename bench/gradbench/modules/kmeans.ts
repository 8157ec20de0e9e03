/** GradBench's kmeans: the sum of squared distances to the nearest centroids, and Newton's direction, whose Hessian is diagonal. */
import { argmin, columns, compile, concat, div, grad, hvp, min, square, sub, sum, take, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module, type Prepare } from "../module.js";

/** Points, and centroids to be moved. */
export interface Clusters {
  readonly points: readonly (readonly number[])[];
  readonly centroids: readonly (readonly number[])[];
}

function read(input: Fields): Clusters {
  const points = input.rows("points");
  return { points, centroids: input.rows("centroids", undefined, points[0]!.length) };
}

/** A cost of centroids, with the points as columns. */
type Cost = (centroids: readonly (readonly Value[])[], points: readonly Value[]) => Value;

const squaredDistance = (a: readonly Value[], b: readonly Value[]): Value => sum(a.map((x, i) => square(sub(x, b[i]!))));

/** The nearest centroid by number, then its distance: only one centroid a point is differentiated. */
const costByArgmin: Cost = (centroids, points) => {
  const nearest = argmin(centroids.map((centroid) => squaredDistance(points, centroid)));
  const chosen = points.map((_, i) => take(concat(centroids.map((centroid) => centroid[i]!)), nearest));
  return sum(squaredDistance(points, chosen));
};

/** The least of all distances. */
const costByMin: Cost = (centroids, points) => sum(min(centroids.map((centroid) => squaredDistance(points, centroid))));

/** The gradient by the Hessian's diagonal, which is its product with a vector of ones. */
const directionOf =
  (cost: Cost) =>
  (...[centroids, points]: Parameters<Cost>): Value[][] => {
    // the types of a tangent ask for Values where a primal is one; numbers will do
    const ones = centroids.map((centroid) => centroid.map(() => 1)) as unknown as readonly Value[][];
    const gradient = grad(cost)(centroids, points);
    const diagonal = hvp(cost)([centroids, points], ones);
    return gradient.map((row, j) => row.map((slope, i) => div(slope, diagonal[j]![i]!)));
  };

/** A function of centroids and points, made ready for those of an input. */
const prepared =
  (f: (...args: Parameters<Cost>) => Value | Value[][]): Prepare =>
  (input, engine) => {
    const { points, centroids } = read(input);
    const step = compile(f, [centroids, columns(points)], { engine });
    return () => step(centroids, columns(points));
  };

export const kmeans: Module = {
  cost: prepared(costByArgmin),
  dir: prepared(directionOf(costByArgmin)),
  costByMin: prepared(costByMin),
  dirByMin: prepared(directionOf(costByMin)),
};
