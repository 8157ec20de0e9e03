/** Sums over shards of rows: the bits of one process, whatever the cuts, the workers, their number and their end. */
import { type ChildProcess, execFileSync, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetWriteFile } from "hyparquet-writer";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  add,
  compile,
  cumsum,
  div,
  dot,
  exp,
  loadModule,
  log,
  max,
  mean,
  mul,
  square,
  sub,
  sum,
  take,
  type Indices,
  type Value,
  valueAndGrad,
} from "wengert";
import { BLOCK_ROWS, type Cluster, cluster, OpenSums, readColumns, type Shard, sharded, type Sharded } from "wengert/distributed";
import { compiled } from "./engines.js";
import { randomSource } from "../examples/penguins/random.js";
import { redisNotice, startRedis } from "./distributed/redis.js";
import { numbersOf } from "./modes.js";
import { bitsOf } from "./wasmhost.js";

type Columns = readonly (Float64Array | Int32Array)[];
const bits = (result: unknown): string[] => bitsOf(numbersOf(result));
const random = randomSource(7);
const column = (n: number): Float64Array => Float64Array.from({ length: n }, () => 4 * random() - 2);

interface Case {
  readonly name: string;
  readonly f: (...args: never[]) => unknown;
  readonly params: readonly unknown[];
  readonly columns: (n: number) => Columns;
}

const cases: readonly Case[] = [
  {
    name: "logistic regression",
    f: valueAndGrad(
      (w: Value[], b: Value, [y, ...xs]: Value[]) => {
        const z = add(xs.map((x, k) => mul(x, w[k]!)).reduce(add), b);
        return sub(sum(log(add(1, exp(z)))), dot(y!, z));
      },
      { argnums: [0, 1] },
    ),
    params: [[0.3, -0.2, 1], 0.1],
    columns: (n) => [column(n), column(n), column(n), column(n)],
  },
  {
    name: "a mean, whose gradient has the number of rows",
    f: valueAndGrad((w: Value[], [x, y]: Value[]) => mean(square(sub(y!, mul(w[0]!, add(x!, w[1]!)))))),
    params: [[1.5, 2]],
    columns: (n) => [column(n), column(n)],
  },
  {
    name: "a normal density, with a constant for each row",
    f: valueAndGrad(({ mu, s }: { mu: Value; s: Value }, [y]: Value[]) => sum(sub(mul(-0.5, square(div(sub(y!, mu), exp(s)))), s))),
    params: [{ mu: 0.2, s: -0.3 }],
    columns: (n) => [column(n)],
  },
  {
    name: "groups by lane numbers, parameters as a vector",
    f: (w: Value, [x, group]: [Value, Indices]) => sum(mul(take(w, group), x)),
    params: [Float64Array.of(1, 2, 3)],
    columns: (n) => [column(n), Int32Array.from({ length: n }, (_, i) => i % 3)],
  },
  { name: "negative zeros", f: ([x]: Value[]) => [sum(x!), sum(mul(x!, 2))], params: [], columns: (n) => [new Float64Array(n).fill(-0)] },
];

/** Lanes of a block; behind the last row there is what must not count. */
const blockOf = (data: Columns, block: number): Columns =>
  data.map((all) => {
    const [lanes, part] = [
      all instanceof Int32Array ? new Int32Array(BLOCK_ROWS) : new Float64Array(BLOCK_ROWS).fill(NaN),
      all.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS),
    ];
    lanes.set(part);
    return lanes;
  });

/** The result by open sums of shards that are cut at some blocks, each sent as text. */
function bySplits(
  { block, finish }: Sharded<readonly unknown[], unknown>,
  params: readonly unknown[],
  data: Columns,
  cuts: readonly number[],
): unknown {
  const [sums, results] = [loadModule<unknown[], number[]>(block), loadModule(finish)];
  const n = data[0]!.length;
  const blocks = Math.ceil(n / BLOCK_ROWS);
  const whole = new OpenSums();
  [0, ...cuts].forEach((from, i) => {
    const open = new OpenSums();
    for (let at = from; at < (cuts[i] ?? blocks); at++)
      open.add(at, Float64Array.from(sums(...params, blockOf(data, at), n, new Float64Array(BLOCK_ROWS).fill(1, 0, n - at * BLOCK_ROWS))));
    whole.append(OpenSums.read(JSON.parse(JSON.stringify(open.write())) as ReturnType<OpenSums["write"]>));
  });
  return results(...params, null, n, [...whole.total(blocks)]);
}

describe.each(cases)("$name", ({ f, params, columns }) => {
  const cut = sharded(f, [...params, columns(3)]) as Sharded<readonly unknown[], unknown>;
  test.each([1, 3, 8191, 8192, 8193, 3 * 8192, 100_001])("%s rows, in any shards, have the bits of one sum", (n) => {
    const data = columns(n);
    const wanted = bits(compiled(f, [...params, data], "jit")(...params, data));
    const inner = Array.from({ length: Math.ceil(n / BLOCK_ROWS) - 1 }, (_, i) => i + 1);
    for (const share of [0, 0.3, 0.6, 1])
      expect(
        bits(
          bySplits(
            cut,
            params,
            data,
            inner.filter(() => random() < share),
          ),
        ),
      ).toEqual(wanted);
  });
});

test("what is no sum over rows is refused, in the words of the function", () => {
  const refused: readonly (readonly [f: (...args: never[]) => unknown, message: RegExp])[] = [
    [(_: Value, [x]: Value[]) => x, /^sharded: expected a result that is made of sums over rows, got args\[1\]\[0\]/],
    [(w: Value) => w, /^sharded: expected a result that sums over rows, got one without such a sum/],
    [(_: Value, [x]: Value[]) => sum(mul(x!, sum(x!))), /^sharded: expected sums over rows that do not depend on other such sums, got /],
    [valueAndGrad((w: Value, [x]: Value[]) => log(mean(exp(mul(w, x!))))), /do not depend on other such sums/],
    [(_: Value, [x]: Value[]) => max(x!), /^sharded: expected elementwise functions of the rows and sums over all of them, got max/],
    [(_: Value, [x]: Value[]) => sum(cumsum(x!)), /expected elementwise functions of the rows and sums over all of them, got cumsum/],
    [(w: Value, [x]: Value[]) => add(mul(w, 3 * x!.shape[0]!), sum(x!)), /constants that do not depend on the number of rows/],
    [(w: Value, [x]: Value[]) => (x!.shape[0]! > 10_000 ? sum(x!) : add(sum(x!), exp(w))), /records the same for any number of rows/],
  ];
  for (const [f, message] of refused) expect(() => sharded(f, [1, [column(4)]])).toThrow(message);
  expect(() => sharded((x: Value) => sum(x), [[1, 2]])).toThrow(
    /^sharded: expected columns in the argument of rows, got an array of 2 at args\[0\]/,
  );
  expect(() => sharded((x: Value) => sum(x), [column(3)], { rows: 1 })).toThrow(/^sharded: expected one of 1 arguments/);
});

test("open sums that do not follow each other, or are not all, are refused", () => {
  const open = new OpenSums();
  open.add(3, Float64Array.of(1));
  expect(() => open.add(5, Float64Array.of(1))).toThrow("expected block 4, which follows, got 5");
  expect(() => open.total(4)).toThrow("expected blocks 0 to 4, got 3 to 4");
});

describe("columns of files", () => {
  const folder = mkdtempSync(join(tmpdir(), "wengert-columns-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const x = column(1000);
  writeFileSync(join(folder, "x.f64"), new Uint8Array(x.buffer));

  test("of floats, from any row on", async () => {
    expect(await readColumns({ float64: [join(folder, "x.f64")], from: 100 }, 5, 25)).toEqual([x.slice(105, 125)]);
    await expect(readColumns({ float64: [join(folder, "x.f64")], from: 900 }, 0, 200)).rejects.toThrow(
      /^readColumns: expected 200 numbers from 900 on, got 100 in/,
    );
  });

  test("of Parquet, from any row on, by the pages and groups that hold them", async () => {
    const path = join(folder, "rows.parquet");
    const whole = Int32Array.from({ length: 1000 }, (_, i) => i);
    parquetWriteFile({
      filename: path,
      columnData: [
        { name: "x", data: x, type: "DOUBLE" },
        { name: "other", data: x, type: "DOUBLE" },
        { name: "i", data: whole, type: "INT32" },
      ],
      rowGroupSize: 300,
    });
    const source = { parquet: path, columns: ["i", "x"], from: 250 };
    expect(await readColumns(source, 5, 500)).toEqual([Float64Array.from(whole.slice(255, 750)), x.slice(255, 750)]);
    await expect(readColumns(source, 700, 800)).rejects.toThrow(/^readColumns: expected rows 950 to 1050 of i, x, got 100 numbers/);
  });
});

const wheel = spawnSync("python3", ["-c", "import wasmtime"]).status === 0;

test.skipIf(!wheel)(`in Python, by wasmtime, sums have the same bits${wheel ? "" : ": pip install wasmtime"}`, { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "wengert-python-"));
  try {
    const { f, params, columns } = cases[0]!;
    const n = 5 * BLOCK_ROWS + 77;
    const data = columns(n) as Float64Array<ArrayBuffer>[];
    const { block, finish, sums } = sharded(f, [...params, data]);
    const file = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const task = {
      count: n,
      sums,
      arguments: { "args[0]": params[0], "args[1]": [params[1]] },
      columns: Object.fromEntries(data.map((column, k) => [`args[2][${k}]`, file(`${k}.f64`, new Uint8Array(column.buffer))])),
      countAt: "args[3]",
      lastAt: "args[4]",
      results: { "result[0]": 1, "result[1][0]": 3, "result[1][1]": 1 },
    };
    const program = fileURLToPath(new URL("./distributed/shards.py", import.meta.url));
    const modules = [file("block.wasm", block), file("finish.wasm", finish)];
    const lines = execFileSync("python3", [program, ...modules], { input: JSON.stringify(task) }).toString().trim().split("\n"); // prettier-ignore
    const numbers = lines.flatMap((line) => [...new Float64Array(Uint8Array.from(Buffer.from(line, "hex")).buffer)]);
    expect(bitsOf(numbers)).toEqual(bits(compiled(f, [...params, data], "jit")(...params, data)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe.skipIf(redisNotice !== undefined)(`a cluster${redisNotice === undefined ? "" : `: ${redisNotice}`}`, { timeout: 120_000 }, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let asking: Cluster;
  const workers: ChildProcess[] = [];
  const reader = new URL("./distributed/reader.mjs", import.meta.url);

  beforeAll(async () => {
    redis = await startRedis();
    asking = await cluster({ connection: redis.connection });
  }, 60_000);
  afterAll(async () => {
    await asking.close();
    await redis.stop();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await killed(worker);
  });

  async function killed(worker: ChildProcess): Promise<void> {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    worker.kill("SIGKILL");
    await once(worker, "exit");
  }
  async function begin(): Promise<ChildProcess> {
    const file = fileURLToPath(new URL("./distributed/worker.ts", import.meta.url));
    const worker = fork(file, [String(redis.connection.port), "2000", reader.href], { execArgv: ["--import", "tsx"] });
    workers.push(worker);
    await once(worker, "message");
    return worker;
  }

  const loss = (w: { a: Value; b: Value }, { x, y }: { x: Value; y: Value }): Value => mean(square(sub(y, add(mul(w.a, x), w.b))));
  const params = { a: 0.5, b: -0.25 };
  const gradient = sharded(valueAndGrad(loss), [params, { x: column(1), y: column(1) }]);

  /** Shards of computed rows, and the result of one process. */
  async function shardsOf(count: number, blocks: number, wait: number): Promise<{ shards: Shard[]; wanted: string[] }> {
    const { columns } = (await import(reader.href)) as {
      columns: (source: unknown, from: number, to: number) => { x: Float64Array; y: Float64Array };
    };
    const rows = (i: number): number => blocks * BLOCK_ROWS - (i === count - 1 ? 1234 : 0);
    const shards = Array.from({ length: count }, (_, i): Shard => ({
      rows: rows(i),
      source: { seed: 3, first: i * blocks * BLOCK_ROWS, wait },
    }));
    const all = columns({ seed: 3, first: 0 }, 0, (count - 1) * blocks * BLOCK_ROWS + rows(count - 1));
    return { shards, wanted: bits(compile(valueAndGrad(loss), [params, all])(params, all)) };
  }

  test("has the bits of one process, with one worker and with two", async () => {
    const { shards, wanted } = await shardsOf(7, 3, 0);
    const f = await asking.register(gradient);
    await begin();
    expect(bits(await f([params, undefined as never], shards))).toEqual(wanted);
    await begin();
    for (let time = 0; time < 3; time++) expect(bits(await f([params, undefined as never], shards))).toEqual(wanted);
  });

  test("has them where a worker is killed on the way, whose shard another computes", async () => {
    const { shards, wanted } = await shardsOf(8, 2, 300);
    const f = await asking.register(gradient);
    const [first] = [await begin(), await begin()];
    const result = f([params, undefined as never], shards);
    setTimeout(() => void killed(first), 700);
    expect(bits(await result)).toEqual(wanted);
  });

  test("says why a shard fails, and refuses shards that are cut elsewhere and other arguments", async () => {
    const f = await asking.register(gradient);
    await begin();
    const rows = undefined as never;
    await expect(f([params, rows], [{ rows: 100, source: { failing: true } }])).rejects.toThrow(/no such rows/);
    await expect(
      f(
        [params, rows],
        [
          { rows: 100, source: 0 },
          { rows: 100, source: 0 },
        ],
      ),
    ).rejects.toThrow(/^cluster: expected a multiple of 8192 rows, got 100 at shards\[0\]/);
    await expect(f([{ a: 1 } as never, rows], [{ rows: 100, source: 0 }])).rejects.toThrow(
      /^cluster: expected an object with a, b, got one with a at args\[0\]/,
    );
  });
});
