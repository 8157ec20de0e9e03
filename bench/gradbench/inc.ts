/** Derivatives by hand in C, timed on the driver's inputs. */
import { type NativePrograms } from "../native/native.js";
import { compare } from "./compare.js";
import { manual } from "./manual/index.js";
import { type Workload } from "./workloads/workload.js";

/**
 * The milliseconds of a workload's derivative in C; undefined where there is none.
 * @throws Error where it is not that of the function by hand in TypeScript.
 */
export function inC(programs: NativePrograms, { module, functions, inC }: Workload, input: object, seconds: number): number | undefined {
  if (inC === undefined) return undefined;
  const given = inC(input as never);
  const { nanoseconds, numbers } = programs.measure("strict", given, given.count, seconds);
  const wanted = given.order(manual[module]![functions.derivative]!(input as never) as never);
  const derivative = numbers.subarray(1);
  compare(
    `${module} in C`,
    wanted.map(([place]) => derivative[place]!),
    wanted.map(([, number]) => number),
  );
  return nanoseconds / 1e6;
}
