/** GradBench's derivatives by other tools, as multiples of its hand-written C++: both measured on one machine, which is not the one of our own figures. */

/** The tools, in the order of the columns: native ones, then those of WebAssembly and JavaScript. */
export const tools = ["tapenade", "CoDiPack", "ADOL-C", "Adept", "CppAD", "floretta (wasm)", "TensorFlow.js"] as const;

export type Tool = (typeof tools)[number];

/** What was measured of a tool: a multiple, a reason why there is none, or nothing where it does not have the eval. */
type Ratio = number | "out of memory" | undefined;

/** A workload on which the tools were measured. */
interface Published {
  /** Its name in the driver's report. */
  readonly workload: string;
  /** A shorter one. */
  readonly label: string;
  readonly ratios: Readonly<Record<Tool, Ratio>>;
}

const row = (workload: string, label: string, ...ratios: readonly Ratio[]): Published => ({
  workload,
  label,
  ratios: Object.fromEntries(tools.map((tool, i) => [tool, ratios[i]])) as Record<Tool, Ratio>,
});

const none = undefined;

/** The workloads, each eval's small ones before its large ones. */
export const published: readonly Published[] = [
  row("llsq, n 16", "llsq, n 16", none, 5.4, 7.9, 28, 111, 31, 6069),
  row("llsq, n 1024", "llsq, n 1024", none, 6.6, 15, 38, 167, 29, 144),
  row("llsq, n 16392", "llsq, n 16392", none, 8.1, 21, 92, 156, 29, 93),
  row("lse, n 2500", "lse, n 2500", none, 4.6, 6.2, 8.7, 59, 18, 58),
  row("lse, n 1280000", "lse, n 1280000", none, 2.8, 39, 34, 64, 21, 59),
  row("gmm, d 2, k 5", "gmm, d 2, k 5", 1.9, 2.6, 4.1, 9.1, 50),
  row("gmm, d 10, k 25", "gmm, d 10, k 25", 1.2, 4.3, 13, 35, 90),
  row("gmm, d 64, k 25", "gmm, d 64, k 25", 1.1, 28, 32, 81, 178),
  row("kmeans, k 10, n 1000, d 8", "kmeans, k 10, n 1000", none, 14, 101, none, 929),
  row("kmeans, k 1000, n 10000, d 8", "kmeans, k 1000, n 10000", none, 159, 387, none, "out of memory"),
  row("ba, ba1, p 31843", "ba1", 2.2, 4.4, 34, 3.4, 65),
  row("ba, ba5, p 225911", "ba5", 1.7, 2.5, 15, 2.3, 31),
];
