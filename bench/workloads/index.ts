/** The bench's workloads: another is one file beside this one and one line here. */
import { logistic } from "./logistic.js";
import { mixture } from "./mixture.js";
import { rosenbrock } from "./rosenbrock.js";
import { type Workload } from "./workload.js";

/** The workloads, in the order of the report. */
export const workloads: readonly Workload[] = [rosenbrock, logistic, mixture];
