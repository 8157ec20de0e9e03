/** What a workload of the driver is: an eval's functions, a size, and what is known of it. */

/** An input of an eval. */
export interface Workload {
  readonly module: string;
  /** Its size, in words. */
  readonly size: string;
  /** The function and its derivative, by their names in the module. */
  readonly functions: { readonly primal: string; readonly derivative: string };
  /** Makes the input. */
  readonly input: () => object;
  /** About how many numbers the function computes: whether the reference engine can check it depends on that. */
  readonly numbers: number;
  /** The milliseconds of the derivative by hand-written C++, on the machine of GradBench's published figures. */
  readonly manualMs?: number;
}
