/** Measurements of a tool: messages as GradBench sends them, every output checked. */
import { median } from "../bench.js";
import { check, type Checked } from "./check.js";
import { type Connection } from "./connection.js";
import { type Response } from "./protocol.js";
import { type Workload } from "./workloads/workload.js";

/** What was measured of one function, in milliseconds. */
interface Measured extends Checked {
  /** Tracing and compiling, by the tool. */
  readonly prepare: number;
  /** One run, by the tool: the median. */
  readonly evaluate: number;
  readonly runs: number;
  /** From an input here to an output here, with one run. */
  readonly roundTrip: number;
}

/** Throws where the tool did not succeed. */
function succeeded(what: string, response: Response): Response {
  if (response.success === true) return response;
  throw new Error(`driver: expected ${what} to succeed, got ${response.error ?? "no error"}`);
}

/** Asks for a module. */
export async function define(connection: Connection, module: string): Promise<void> {
  succeeded(module, await connection.ask({ kind: "define", module }));
}

async function evaluate(connection: Connection, module: string, name: string, input: unknown): Promise<Response> {
  return succeeded(`${module}.${name}`, await connection.ask({ kind: "evaluate", module, function: name, input }));
}

/** The milliseconds of a response's timings of one name. */
const milliseconds = ({ timings = [] }: Response, name: string): number[] =>
  timings.flatMap((timing) => (timing.name === name ? [timing.nanoseconds / 1e6] : []));

/** Drives hello: each output is the next input. */
export async function greet(connection: Connection, rounds = 4): Promise<void> {
  let x = 1.5;
  for (let round = 0; round < rounds; round++) {
    for (const name of ["square", "double"]) {
      const { output } = await evaluate(connection, "hello", name, x);
      check("hello", name, x, output, 1);
      x = output as number;
    }
  }
}

/** Evaluates a function once, for the round trip, then for so many seconds, and checks both outputs. */
export async function measure(
  connection: Connection,
  { module, numbers }: Pick<Workload, "module" | "numbers">,
  name: string,
  input: object,
  seconds: number,
): Promise<Measured> {
  const start = performance.now();
  const once = await evaluate(connection, module, name, { ...input, min_runs: 1, min_seconds: 0 });
  const roundTrip = performance.now() - start;
  const many = await evaluate(connection, module, name, { ...input, min_runs: 3, min_seconds: seconds });
  const checks = [once, many].map(({ output }) => check(module, name, input, output, numbers));
  const times = milliseconds(many, "evaluate");
  return {
    against: checks[0]!.against,
    difference: Math.max(...checks.map(({ difference }) => difference)),
    prepare: milliseconds(once, "prepare")[0] ?? NaN,
    evaluate: median(times),
    runs: times.length,
    roundTrip,
  };
}
