/** The GradBench protocol: what the tool answers to a line. */
import { type EngineChoice } from "wengert";
import { describe } from "../../src/errors.js";
import { Fields } from "./fields.js";
import { type Module, type Prepare, type Run } from "./module.js";
import { modules } from "./modules/index.js";

/** How long something took. */
interface Timing {
  readonly name: "prepare" | "evaluate";
  readonly nanoseconds: number;
}

/** The answer to a message, with its id. */
export interface Response {
  readonly id: unknown;
  readonly tool?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly success?: boolean;
  readonly output?: unknown;
  readonly timings?: readonly Timing[];
  readonly error?: string;
}

type Message = Readonly<Record<string, unknown>>;

function moduleNamed(name: unknown): Module {
  const module = typeof name === "string" ? modules.get(name) : undefined;
  if (module) return module;
  throw new RangeError(`define: expected module to be one of ${[...modules.keys()].join(", ")}, got ${describe(name)}`);
}

function functionNamed(name: unknown, module: Module): Prepare {
  if (typeof name === "string" && Object.hasOwn(module, name)) return module[name]!;
  throw new RangeError(`evaluate: expected function to be one of ${Object.keys(module).join(", ")}, got ${describe(name)}`);
}

function timed<T>(name: Timing["name"], run: () => T): { result: T; timing: Timing } {
  const start = process.hrtime.bigint();
  const result = run();
  return { result, timing: { name, nanoseconds: Number(process.hrtime.bigint() - start) } };
}

/** Runs once, and until there were as many runs and seconds as the input asks for; seconds are those of the runs alone. */
function repeated(run: Run, input: Fields): { output: unknown; timings: Timing[] } {
  const [runs, seconds] = [input.whole("min_runs", 0, 1), input.number("min_seconds", 0)];
  const timings: Timing[] = [];
  let elapsed = 0;
  let output: unknown;
  do {
    const { result, timing } = timed("evaluate", run);
    timings.push(timing);
    elapsed += timing.nanoseconds / 1e9;
    output = result;
  } while (timings.length < runs || elapsed < seconds);
  return { output, timings };
}

function evaluated(message: Message, engine: EngineChoice): Omit<Response, "id"> {
  const prepare = functionNamed(message["function"], moduleNamed(message["module"]));
  const input = new Fields(`${String(message["module"])}.${String(message["function"])}`, message["input"]);
  const { result: run, timing } = timed("prepare", () => prepare(input, engine));
  const { output, timings } = repeated(run, input);
  return { success: true, output: output instanceof Float64Array ? Array.from(output) : output, timings: [timing, ...timings] };
}

/** The answer, or the error where there is none. */
function attempted(answer: () => Omit<Response, "id">): Omit<Response, "id"> {
  try {
    return answer();
  } catch (error) {
    return { success: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function messageOf(line: string): Message {
  const message: unknown = JSON.parse(line);
  if (typeof message !== "object" || message === null || Array.isArray(message))
    throw new TypeError(`protocol: expected an object a line, got ${describe(message)}`);
  return message as Message;
}

/** The answer to a line: every line has one, with the message's id, or null where the line has none. */
export function respond(line: Buffer, engine: EngineChoice): Response {
  let message: Message;
  try {
    message = messageOf(line.toString());
  } catch (error) {
    const reason = error instanceof TypeError ? error.message : `protocol: expected a line of JSON, got another. ${String(error)}`;
    return { id: null, success: false, error: reason };
  }
  const { id = null } = message;
  switch (message["kind"]) {
    case "start":
      return { id, tool: "wengert", config: { engine } };
    case "define":
      return { id, ...attempted(() => (moduleNamed(message["module"]), { success: true })) };
    case "evaluate":
      return { id, ...attempted(() => evaluated(message, engine)) };
    default:
      return { id };
  }
}
