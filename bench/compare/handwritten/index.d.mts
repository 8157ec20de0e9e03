import { type Native } from "../../workloads/columns/workload.js";

/** The value and the gradient that all others are compared with, in one list. */
export function truthOf(native: Native): number[];
