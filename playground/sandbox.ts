/** The sandbox: a frame of opaque origin without network, and in it a worker that is ended when a request takes too long. */
import type { Failure, Reply, Request } from "./answers.js";

/** How long a request may take, in ms. */
export const LIMIT = 2000;

/** How long a worker may take to start. */
const START_LIMIT = 20_000;

/** What runs in the frame: it makes the worker, hands on what is asked and answered, and ends the worker that is late. */
function frame(limit: number, startLimit: number): void {
  let address = "";
  let worker: Worker | undefined;
  let ready: Promise<void> = Promise.resolve();
  const end = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  const start = (): Worker => {
    const started = new Worker(address);
    ready = new Promise((resolve) => started.addEventListener("message", () => resolve(), { once: true }));
    return started;
  };
  const late = (time: number, message: string): Promise<object> =>
    new Promise((resolve) => setTimeout(() => resolve({ failure: { message }, isLate: true }), time));
  onmessage = async ({ data }: MessageEvent<{ program?: string; request?: unknown; id?: number }>) => {
    if (data.program !== undefined) {
      address = URL.createObjectURL(new Blob([data.program], { type: "text/javascript" }));
      worker = start();
      return;
    }
    const used = (worker ??= start());
    let reply = await Promise.race([ready.then(() => undefined), late(startLimit, "the sandbox did not start")]);
    if (reply === undefined) {
      const answered = new Promise<object>((resolve) => {
        used.onmessage = ({ data: answer }: MessageEvent<object>) => resolve(answer);
        used.onerror = (event) => resolve({ failure: { message: event.message } });
      });
      used.postMessage(data.request);
      reply = await Promise.race([answered, late(limit, `ended after ${limit / 1000} s: a loop that does not end, or too much work`)]);
    }
    if ("isLate" in reply) end();
    parent.postMessage({ id: data.id, reply }, "*");
  };
}

const policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src blob:";

/** Asks the sandbox, one request at a time. */
export class Sandbox {
  readonly #frame: HTMLIFrameElement;
  readonly #waiting = new Map<number, (reply: Reply<never>) => void>();
  #next = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(element: HTMLIFrameElement) {
    this.#frame = element;
    addEventListener("message", ({ source, data }: MessageEvent<{ id: number; reply: Reply<never> }>) => {
      if (source !== element.contentWindow) return;
      this.#waiting.get(data.id)?.(data.reply);
      this.#waiting.delete(data.id);
    });
  }

  /** A sandbox whose workers run a program. */
  static async of(program: string): Promise<Sandbox> {
    const element = document.createElement("iframe");
    element.setAttribute("sandbox", "allow-scripts");
    element.hidden = true;
    element.title = "sandbox";
    element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>(${frame.toString()})(${LIMIT}, ${START_LIMIT})</script>`;
    await new Promise((resolve) => {
      element.onload = resolve;
      document.body.append(element);
    });
    const sandbox = new Sandbox(element);
    element.contentWindow!.postMessage({ program }, "*");
    return sandbox;
  }

  /**
   * The answer to a request.
   * @throws Failure where there is none.
   */
  ask<T>(request: Request): Promise<T> {
    const asked = this.#last.then(() => this.#send<T>(request));
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  async #send<T>(request: Request): Promise<T> {
    const id = this.#next++;
    const reply = await new Promise<Reply<T>>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#frame.contentWindow!.postMessage({ id, request }, "*");
    });
    if ("failure" in reply) throw new SandboxError(reply.failure);
    return reply.ok;
  }
}

/** What the sandbox says is wrong. */
export class SandboxError extends Error {
  readonly line: number | undefined;
  constructor({ message, line }: Failure) {
    super(String(message));
    this.line = typeof line === "number" ? line : undefined;
  }
}
