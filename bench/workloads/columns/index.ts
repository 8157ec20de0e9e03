/** The workloads over columns: another is one file beside this one, one line here, and a gradient in bench/native. */
import { logistic } from "./logistic.js";
import { mixture10, mixture2 } from "./mixture.js";
import { network } from "./network.js";
import { points } from "./points.js";
import { rosenbrock10, rosenbrock1000 } from "./rosenbrock.js";
import { type ColumnsWorkload } from "./workload.js";

/** The workloads, in the order of the report. */
export const columnsWorkloads: readonly ColumnsWorkload[] = [points, network, logistic, mixture2, mixture10, rosenbrock10, rosenbrock1000];
