/** The workloads of the driver, in the order of the report: another eval is one file beside this one and one line here. */
import { baWorkloads } from "./ba.js";
import { detWorkloads } from "./det.js";
import { gmmWorkloads } from "./gmm.js";
import { htWorkloads } from "./ht.js";
import { kmeansWorkloads } from "./kmeans.js";
import { llsqWorkloads } from "./llsq.js";
import { lseWorkloads } from "./lse.js";
import { lstmWorkloads } from "./lstm.js";
import { odeWorkloads } from "./ode.js";
import { type Workload } from "./workload.js";

export const workloads: readonly Workload[] = [
  ...llsqWorkloads,
  ...lseWorkloads,
  ...gmmWorkloads,
  ...kmeansWorkloads,
  ...baWorkloads,
  ...detWorkloads,
  ...odeWorkloads,
  ...lstmWorkloads,
  ...htWorkloads,
];
