/** The tool as a process: messages down one pipe, responses up the other. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linesOf } from "./lines.js";
import { type Response } from "./protocol.js";

/** Where commands run: the root of the repository. */
const root = join(import.meta.dirname, "../..");

/** The command that starts the tool; its arguments follow. */
export const TOOL: readonly string[] = [process.execPath, join(import.meta.dirname, "gradbench.mjs")];

/** A tool under way. */
export class Connection {
  readonly #process: ChildProcess;
  readonly #lines: AsyncGenerator<Buffer>;
  #id = 0;
  #failure = "";

  /** Starts a tool; its complaints go where this process's go, unless they are ignored. */
  constructor([command, ...args]: readonly string[] = TOOL, complaints: "inherit" | "ignore" = "inherit") {
    this.#process = spawn(command!, args, { cwd: root, stdio: ["pipe", "pipe", complaints] });
    this.#process.stdin!.on("error", () => undefined); // a tool that died is noticed by the response that it owes
    this.#process.on("error", ({ message }) => (this.#failure = `: ${message}`));
    this.#lines = linesOf(this.#process.stdout!);
  }

  /** Sends a line as it is, and waits for the one that answers it. */
  async send(line: string): Promise<Response> {
    this.#process.stdin!.write(`${line}\n`);
    const next = await this.#lines.next();
    if (next.done === true) throw new Error(`connection: expected a response, got the end of the tool's output${this.#failure}`);
    return JSON.parse(next.value.toString()) as Response;
  }

  /** Sends a message under the next id, and waits for the response, which must echo it. */
  async ask(message: Readonly<Record<string, unknown>>): Promise<Response> {
    const id = this.#id++;
    const response = await this.send(JSON.stringify({ id, ...message }));
    if (response.id !== id) throw new Error(`connection: expected a response with id ${id}, got one with ${JSON.stringify(response.id)}`);
    return response;
  }

  /** The most memory that the tool has held at a time, in bytes, where the system tells. */
  get peakBytes(): number | undefined {
    const file = `/proc/${this.#process.pid}/status`;
    const line = existsSync(file) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(file, "utf8")) : null;
    return line ? 1024 * Number(line[1]) : undefined;
  }

  /** Ends the tool's input and waits until it has ended; its exit code. */
  async close(): Promise<number | null> {
    this.#process.stdin!.end();
    if (this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, "exit");
    return this.#process.exitCode;
  }
}
