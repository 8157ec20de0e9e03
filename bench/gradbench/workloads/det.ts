/** Determinants of larger and larger matrices. */
import { normalSource } from "../../workloads/random.js";
import { type Determinant } from "../modules/det.js";
import { type Workload } from "./workload.js";

export const detInput = (ell: number): Determinant => ({ A: Array.from({ length: ell * ell }, normalSource(ell)), ell });

export const detWorkloads: readonly Workload[] = [5, 6, 7, 8, 9, 10, 11].map((ell) => ({
  module: "det",
  size: `ℓ ${ell}`,
  functions: { primal: "primal", derivative: "gradient" },
  input: () => detInput(ell),
  numbers: ell * 2 ** ell,
}));
