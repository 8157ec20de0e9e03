/** `npm run --silent gradbench`: answers GradBench's messages, a line on stdout for each line on stdin. `-- --help` lists the options. */
import { Command, InvalidArgumentError, Option } from "commander";
import { once } from "node:events";
import { type EngineChoice, grad, sin, type Value } from "wengert";
import { linesOf } from "./lines.js";
import { respond } from "./protocol.js";

/** The engine of that name; the library says which there are. */
function engineOf(text: string): EngineChoice {
  const engine = text as EngineChoice;
  try {
    grad((x: Value) => sin(x), { engine });
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  return engine;
}

const { engine } = new Command("gradbench")
  .description("Speaks GradBench's protocol on stdin and stdout: a JSON message a line, and a response to each.")
  .allowExcessArguments(false)
  .addOption(new Option("--engine <name>", "the engine that evaluates").env("WENGERT_ENGINE").argParser(engineOf).default("auto"))
  .parse()
  .opts<{ engine: EngineChoice }>();

for await (const line of linesOf(process.stdin)) {
  if (!process.stdout.write(`${JSON.stringify(respond(line, engine))}\n`)) await once(process.stdout, "drain");
}
