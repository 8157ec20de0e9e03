/** The traces of a transformed function on data, compiled and kept. */
import { Compiled } from "./compile.js";
import { type EngineChoice } from "./engines/index.js";
import { type AnyFunction, programOf } from "./program.js";
import { type TraceOptions } from "./trace.js";

/** The options of a transform that say how it is traced and run. */
interface CacheOptions extends TraceOptions {
  readonly engine?: EngineChoice;
  readonly retrace?: boolean;
}

/** How many traces a transformed function keeps. */
const MOST_TRACES = 16;

/** The traces of one transformed function, most recently used first. */
export class TraceCache {
  readonly #entries: Compiled[] = [];

  constructor(
    readonly f: AnyFunction,
    readonly name: string,
    readonly options: CacheOptions,
  ) {}

  call(args: readonly unknown[]): unknown {
    const entries = this.#entries;
    let index = this.options.retrace ? -1 : entries.findIndex((entry) => entry.mismatch(args) === undefined);
    const entry = index < 0 ? new Compiled(programOf(this.name, this.f, args, this.options), this.options.engine) : entries[index]!;
    if (index < 0) index = entries.length;
    entries.splice(index, 1);
    if (!this.options.retrace) entries.unshift(entry);
    if (entries.length > MOST_TRACES) entries.pop()!.dispose();
    entry.write(args);
    entry.executable.run();
    return entry.read();
  }
}
