/** The six workloads, with data cut from those of bench/workloads: one seeded source, identical for every contender. */
import { logistic } from "../workloads/columns/logistic.js";
import { mixture10, mixture2 } from "../workloads/columns/mixture.js";
import { network } from "../workloads/columns/network.js";
import { rosenbrock10, rosenbrock1000 } from "../workloads/columns/rosenbrock.js";
import { type ColumnsWorkload, type Native } from "../workloads/columns/workload.js";
import { truthOf } from "./handwritten/index.mjs";

/** A loss, with the numbers that its program in bench/native and every library is given. */
export interface Workload {
  readonly name: string;
  readonly native: Native;
  /** The value and the gradient that are written by hand, in one list. */
  readonly truth: readonly number[];
}

const nativeOf = (workload: ColumnsWorkload): Native => workload.prepare().native;

const named = (name: string, native: Native): Workload => ({ name, native, truth: truthOf(native) });

function rosenbrockOf(workload: ColumnsWorkload): Workload {
  const native = nativeOf(workload);
  return named(`rosenbrock ${native.sizes.join()}`, native);
}

function logisticRegression(): Workload {
  const native = nativeOf(logistic);
  return named(`logistic ${native.sizes.join("x")}`, native);
}

function mixtureOf(workload: ColumnsWorkload): Workload {
  const native = nativeOf(workload);
  const [n, d, k] = native.sizes as [number, number, number];
  return named(`mixture d${d} k${k} n${n}`, native);
}

/** The network on the first so many of its rows, which are three numbers each and follow the parameters. */
function networkOf(rows: number): Workload {
  const { program, sizes, inputs } = nativeOf(network);
  const parameters = inputs.length - 3 * sizes[0]!;
  return named(`network ${rows} rows`, { program, sizes: [rows], inputs: inputs.slice(0, parameters + 3 * rows) });
}

/** The workloads, in the order of the columns. */
export const workloads: readonly Workload[] = [
  rosenbrockOf(rosenbrock10),
  rosenbrockOf(rosenbrock1000),
  logisticRegression(),
  mixtureOf(mixture2),
  mixtureOf(mixture10),
  networkOf(100),
];
