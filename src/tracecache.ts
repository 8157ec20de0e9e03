/** The traces of a transformed function on data, compiled and kept. */
import { compiledProgram } from "./compile.js";
import { type EngineChoice, engineNamed } from "./engines/index.js";
import { type AnyFunction, programOf } from "./program.js";
import { type Compiled } from "./step.js";
import { type TraceOptions } from "./trace.js";

/** The options of a transform that say how it is traced and run. */
interface CacheOptions extends TraceOptions {
  readonly engine?: EngineChoice;
  readonly retrace?: boolean;
}

/** How many traces a transformed function keeps. */
const MOST_TRACES = 16;

/** What was made from a function for arguments of one structure. */
interface Kept {
  /** What does not fit of the arguments; undefined where all do. */
  mismatch(args: readonly unknown[]): string | undefined;
  dispose(): void;
}

/** What was made for the structures that a function met, most recently used first. */
export class Recent<Entry extends Kept> {
  readonly #entries: Entry[] = [];

  constructor(
    readonly make: (args: readonly unknown[]) => Entry,
    readonly retrace = false,
  ) {}

  /** The entry that fits the arguments, made where there is none. */
  entry(args: readonly unknown[]): Entry {
    const entries = this.#entries;
    let index = this.retrace ? -1 : entries.findIndex((entry) => entry.mismatch(args) === undefined);
    const entry = index < 0 ? this.make(args) : entries[index]!;
    if (index < 0) index = entries.length;
    entries.splice(index, 1);
    if (!this.retrace) entries.unshift(entry);
    if (entries.length > MOST_TRACES) entries.pop()!.dispose();
    return entry;
  }
}

/** The traces of one transformed function. */
export class TraceCache {
  readonly #traces: Recent<Compiled>;

  constructor(f: AnyFunction, name: string, options: CacheOptions) {
    engineNamed(options.engine, name); // a wrong one is refused where the transform is made
    this.#traces = new Recent((args) => compiledProgram(programOf(name, f, args, options), options.engine), options.retrace);
  }

  call(args: readonly unknown[]): unknown {
    const entry = this.#traces.entry(args);
    entry.write(args);
    entry.executable.run();
    return entry.read();
  }
}
