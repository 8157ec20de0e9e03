/** Pools of threads, as they are built: the bits of the function, the order of results, and the end of what is late, full or lost. */
import { Piscina } from "piscina";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compile, type Indices, matmul, matrix, type Matrix, mul, sin, sum, take, type Value, valueAndGrad } from "wengert";
import type * as entry from "wengert/pool";
import { compiled } from "./engines.js";
import { erased, numbersOf } from "./modes.js";
import { programs } from "./programs.js";
import { bitsOf } from "./wasmhost.js";

// threads run what is built
const built = new URL("../dist/pool.js", import.meta.url).href;
const { pool, QueueFullError, TimeLimitError } = (await import(/* @vite-ignore */ built)) as typeof entry;

/** Pools that a test made, which end with it. */
const pools: { dispose(): Promise<void> }[] = [];
async function poolOf<A extends readonly unknown[], R>(...options: Parameters<typeof pool>): Promise<entry.Pool<A, R>> {
  const made = await pool<A, R>(...options);
  pools.push(made);
  return made;
}
afterEach(() => Promise.all(pools.splice(0).map((made) => made.dispose())));

const column = (n: number, seed = 0): Float64Array<ArrayBuffer> => Float64Array.from({ length: n }, (_, i) => Math.cos(i + seed));
const f = (p: { x: Value; y: Value }, v: Value): Value => sum(mul(sin(mul(p.x, v)), p.y));
const step = compile(valueAndGrad(f), [{ x: 1, y: 2 }, column(100)]);
type Args = Parameters<typeof step>;
type Result = ReturnType<typeof step>;
const bytes = step.toWasm();
const argsOf = (i: number): Args => [{ x: i, y: 2 - i }, column(100, i)];

/** Takes tenths of a second. */
const n = 1200;
const square = (): [Matrix] => [matrix(column(n * n), [n, n])];
const slow = compile((a: Value) => sum(matmul(a, a)), square()).toWasm();

describe("a pool", { timeout: 60_000 }, () => {
  test("gives the bits of the function, of any structure", async () => {
    for (const { f, args, name } of programs.filter((_, i) => i % 7 === 0)) {
      const one = compiled(valueAndGrad(erased(f)), args, "jit");
      const many = await poolOf<unknown[], unknown>(one.toWasm(), { threads: 1 });
      const result = await many.run([...args]);
      const numbers = JSON.parse(JSON.stringify(result)) as unknown; // structure
      expect(numbers, name).toEqual(JSON.parse(JSON.stringify(one(...args))));
      if (!JSON.stringify(numbers).includes('"shape"')) expect(bitsOf(numbersOf(result)), name).toEqual(bitsOf(numbersOf(one(...args))));
      await many.dispose();
    }
  });

  test("computes what was asked, in whatever order it was", async () => {
    const many = await poolOf<Args, Result>(bytes, { threads: 3 });
    const results = await Promise.all(Array.from({ length: 40 }, (_, i) => many.run(argsOf(i))));
    results.forEach((result, i) => expect(result).toEqual(step(...argsOf(i))));
    expect(many.waiting).toBe(0);
  });

  test("maps sets of arguments in their order, and takes no more than it needs", async () => {
    const many = await poolOf<Args, Result>(bytes, { threads: 2 });
    let [taken, given] = [0, 0];
    async function* endless(): AsyncGenerator<Args> {
      for (; ; taken++) yield await Promise.resolve(argsOf(taken));
    }
    for await (const result of many.map(endless())) {
      expect(result).toEqual(step(...argsOf(given++)));
      expect(taken).toBeLessThanOrEqual(given + 5);
      if (given === 30) break;
    }
    const some = [1, 2, 3].map(argsOf);
    expect(await collect(many.map(some))).toEqual(some.map((args) => step(...args)));
    const wrong = [argsOf(1), [{ x: 1 }] as unknown as Args];
    await expect(collect(many.map(wrong))).rejects.toThrow(/^run: expected 2 arguments, got 1/);
  });

  test("moves columns where it may: a part of a buffer by a copy", async () => {
    const many = await poolOf<Args, Result>(bytes, { threads: 1 });
    const [p, whole] = argsOf(3);
    const part = new Float64Array(200).fill(7);
    part.set(whole, 50);
    const wanted = step(p, whole.slice());
    expect(await many.run([p, part.subarray(50, 150)], { transfer: true })).toEqual(wanted);
    expect(part.length).toBe(200);
    expect(await many.run([p, whole])).toEqual(wanted);
    expect(whole.length).toBe(100);
    expect(await many.run([p, whole], { transfer: true })).toEqual(wanted);
    expect(whole.length).toBe(0);
  });

  test("refuses what the function would: structure, lane numbers, the queue's end, a module that is none", async () => {
    const at = compile((x: Value, i: Indices) => sum(take(x, i)), [column(3), Int32Array.of(0)]);
    const many = await poolOf<[Float64Array, Int32Array], number>(at.toWasm(), { threads: 1, maxQueue: 1 });
    await expect(many.run([column(4), Int32Array.of(0)])).rejects.toThrow(
      /^run: expected a Float64Array of 3, got a Float64Array of 4 at args\[0\]/,
    );
    await expect(many.run([column(3), Int32Array.of(3)])).rejects.toThrow(RangeError);
    expect(await many.run([column(3), Int32Array.of(0)])).toBe(1);
    const calls = [0, 1, 2].map((i) => many.run([column(3), Int32Array.of(i)]));
    expect(many.waiting).toBe(1);
    const [first, second, third] = await Promise.allSettled(calls);
    expect([first!.status, second!.status, third!.status]).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect((third as PromiseRejectedResult).reason).toBeInstanceOf(QueueFullError);
    await expect(pool(new Uint8Array(8))).rejects.toThrow(/^loadModule: /);
    await expect(pool(bytes, { threads: 0 })).rejects.toThrow(/^pool: expected a whole number from 1/);
    await expect(pool(bytes, { thread: 2 } as object)).rejects.toThrow("Did you mean threads?");
  });

  test("ends what is late or given up, and goes on", async () => {
    const many = await poolOf<[Matrix], number>(slow, { threads: 1, timeout: 60 });
    await expect(many.run(square())).rejects.toThrow(TimeLimitError);
    const patient = await poolOf<[Matrix], number>(slow, { threads: 1 });
    const given = new AbortController();
    const reason = new Error("changed my mind");
    const lost = patient.run(square(), { signal: given.signal });
    setTimeout(() => given.abort(reason), 60);
    await expect(lost).rejects.toBe(reason);
    await expect(patient.run(square(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await patient.run(square())).toBeTypeOf("number");
  });

  test("computes again what a lost thread was computing, unless its arguments went with it", async () => {
    const sent = vi.spyOn(Piscina.prototype, "run");
    const many = await poolOf<[Matrix], number>(slow, { threads: 2 });
    const kill = (): Promise<unknown> => Promise.all((sent.mock.contexts[0] as Piscina).threads.map((thread) => thread.terminate()));
    const wanted = await many.run(square());
    const results = [many.run(square()), many.run(square())];
    setTimeout(() => void kill(), 60);
    expect(await Promise.all(results)).toEqual([wanted, wanted]);
    expect(sent.mock.calls.length).toBeGreaterThanOrEqual(5);
    const moved = many.run(square(), { transfer: true });
    setTimeout(() => void kill(), 60);
    await expect(moved).rejects.toThrow(
      /^run: expected a thread that lives, got one that ended with the arguments that had moved to it\. Call it again$/,
    );
    await kill(); // while they wait
    expect(await many.run(square())).toBe(wanted);
    sent.mockRestore();
  });

  test("is of no use once it is disposed of", async () => {
    const many = await pool<[Matrix], number>(slow, { threads: 1 });
    const lost = many.run(square()).catch((error: unknown) => error);
    await many.dispose();
    const gone = /^run: expected a pool that is in use, got one that was disposed of/;
    expect(((await lost) as Error).message).toMatch(gone);
    await expect(many.run(square())).rejects.toThrow(gone);
  });
});

/** All that comes. */
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
