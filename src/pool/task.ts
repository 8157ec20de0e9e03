/** What goes to a thread of a pool. */

/** A module that was verified, and the leaves of its arguments; without them nothing is computed. */
export interface PoolTask {
  readonly module: WebAssembly.Module;
  readonly leaves: readonly unknown[] | undefined;
}
