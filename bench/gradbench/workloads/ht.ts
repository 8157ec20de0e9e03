/** Hands of random vertices, with points of vertices or of places in triangles. */
import { normalSource } from "../../workloads/random.js";
import { type Hand } from "../modules/ht.js";
import { type Workload } from "./workload.js";

const BONES = 22;

/** A hand of so many vertices beside so many points. */
export function htInput(vertices: number, points: number, withPlaces: boolean, isMirrored = false): Hand {
  const normal = normalSource(vertices + points);
  const list = (count: number, of: () => number = normal): number[] => Array.from({ length: count }, of);
  const below = (count: number): number => Math.floor(Math.abs(normal()) * 7919) % count;
  const rigid = (): number[][] => [...[0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => Number(i === j) + 0.1 * normal())), [0, 0, 0, 1]];
  const shares = (): number[] => {
    const parts = list(BONES).map(Math.abs);
    const total = parts.reduce((x, y) => x + y);
    return parts.map((x) => x / total);
  };
  return {
    theta: list(26).map((x) => 0.3 * x),
    data: {
      model: {
        bone_count: BONES,
        parents: Array.from({ length: BONES }, (_, i) => (i === 0 ? -1 : i === 1 || (i - 2) % 4 === 0 ? 0 : i - 1)),
        base_relatives: Array.from({ length: BONES }, rigid),
        inverse_base_absolutes: Array.from({ length: BONES }, rigid),
        base_positions: Array.from({ length: vertices }, () => [...list(3), 1]),
        weights: Array.from({ length: vertices }, shares),
        triangles: Array.from({ length: 2 * vertices }, () => [below(vertices), below(vertices), below(vertices)]),
        is_mirrored: isMirrored,
      },
      correspondences: Array.from({ length: points }, () => below(withPlaces ? 2 * vertices : vertices)),
      points: Array.from({ length: points }, () => list(3)),
    },
    ...(withPlaces ? { us: Array.from({ length: points }, () => [0.3 + 0.1 * normal(), 0.3 + 0.1 * normal()]) } : {}),
  };
}

export const htWorkloads: readonly Workload[] = ([[100, false], [100, true], [1000, false], [1000, true]] as const).map(([points, withPlaces]) => ({
  module: "ht",
  size: `543 vertices, ${points} points${withPlaces ? " in triangles" : ""}`,
  functions: { primal: "objective", derivative: "jacobian" },
  input: () => htInput(543, points, withPlaces),
  numbers: 28 * (543 * 90 * 4 + 12 * points),
})); // prettier-ignore
