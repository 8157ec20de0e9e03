/** An HTTP service of a registered function: values and gradients for batches, with limits on the body, the time and the memory. */
import fastify, { type FastifyInstance } from "fastify";
import { loadModule } from "wengert";
import { pool, QueueFullError, TimeLimitError } from "wengert/pool";

/** A module that the service answers by. */
interface Served {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The limits of a service. */
interface Limits {
  readonly threads: number;
  /** Calls that may wait; one beyond is answered by 503, which says when to come again. */
  readonly maxQueue: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes of a request. */
  readonly body: number;
  /** Points of a request. */
  readonly batch: number;
  /** Bytes of memory that a function may take, which each thread holds. */
  readonly memory: number;
}

/** Numbers as JSON has them: those that it has not are texts. */
const written = (_: string, value: unknown): unknown => {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) return Object.is(value, -0) ? "-0" : String(value);
  return value instanceof Float64Array ? Array.from(value) : value;
};

/** A value of a request with typed arrays where the function has them: JSON has lists alone. */
function like(structure: unknown, value: unknown): unknown {
  if (typeof value !== "object" || value === null || typeof structure !== "object" || structure === null) return value;
  if (Array.isArray(value)) {
    if (Array.isArray(structure)) return value.map((item, i) => like(structure[i], item));
    if (!(structure instanceof Float64Array || structure instanceof Int32Array) || !value.every((item) => typeof item === "number"))
      return value;
    return structure instanceof Float64Array ? Float64Array.from(value) : Int32Array.from(value);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, like((structure as Record<string, unknown>)[key], item)]));
}

/** The service: POST /NAME with { "points": [[…arguments], …] } gives { "results": […] } in the same order. */
export async function service(
  modules: readonly Served[],
  { body, batch, memory: mostMemory, ...limits }: Limits,
): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: body, requestTimeout: 10_000 });
  const schema = {
    body: {
      type: "object",
      required: ["points"],
      additionalProperties: false,
      properties: { points: { type: "array", minItems: 1, maxItems: batch, items: { type: "array" } } },
    },
  };
  for (const { name, bytes } of modules) {
    const gradients = await pool<unknown[]>(bytes, limits);
    const { inputs, bytes: memory } = loadModule(bytes);
    if (memory > mostMemory) throw new RangeError(`service: expected ${name} to take at most ${mostMemory} bytes, got ${memory}`);
    app.addHook("onClose", () => gradients.dispose());
    app.post<{ Body: { points: unknown[][] } }>(`/${name}`, { schema }, async (request, reply) => {
      // one request takes no more of the queue than keeps the threads busy, so that others come between
      const results: unknown[] = [];
      for await (const result of gradients.map(request.body.points.map((point) => like(inputs, point) as unknown[]))) results.push(result);
      return reply.type("application/json").send(JSON.stringify({ results }, written));
    });
  }
  app.setErrorHandler((error, _, reply) => {
    const { statusCode } = error as { statusCode?: number };
    if (error instanceof QueueFullError) return reply.code(503).header("retry-after", "1").send({ error: error.message });
    if (error instanceof TimeLimitError) return reply.code(504).send({ error: error.message });
    // the arguments are the client's, so what the function says of them is for it to read
    const isArguments = error instanceof TypeError || error instanceof RangeError;
    return reply.code(statusCode ?? (isArguments ? 400 : 500)).send({ error: (error as Error).message });
  });
  return app;
}
