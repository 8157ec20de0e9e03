/** The GradBench tool over a real pipe: every line is answered, nothing is fatal, and every eval's outputs are right at small sizes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../bench/gradbench/check.js";
import { compare } from "../bench/gradbench/compare.js";
import { Connection, TOOL } from "../bench/gradbench/connection.js";
import { observation } from "../bench/gradbench/manual/ba.js";
import { define, greet, measure } from "../bench/gradbench/measure.js";
import { type Observations, prepareJacobian } from "../bench/gradbench/modules/ba.js";
import { modules } from "../bench/gradbench/modules/index.js";
import { baInput } from "../bench/gradbench/workloads/ba.js";
import { detInput } from "../bench/gradbench/workloads/det.js";
import { gmmInput } from "../bench/gradbench/workloads/gmm.js";
import { workloads } from "../bench/gradbench/workloads/index.js";
import { htInput } from "../bench/gradbench/workloads/ht.js";
import { kmeansInput } from "../bench/gradbench/workloads/kmeans.js";
import { llsqInput } from "../bench/gradbench/workloads/llsq.js";
import { lseInput } from "../bench/gradbench/workloads/lse.js";
import { lstmInput } from "../bench/gradbench/workloads/lstm.js";
import { odeInput } from "../bench/gradbench/workloads/ode.js";
import { scattered } from "./numbers.js";

let tool: Connection;
beforeAll(() => {
  tool = new Connection();
});
afterAll(async () => {
  expect(await tool.close()).toBe(0);
});

const evaluate = (module: string, name: string, input: unknown) => tool.ask({ kind: "evaluate", module, function: name, input });

describe("the protocol", () => {
  test("start names the tool and its engine", async () => {
    expect(await tool.send('{"id":"a","kind":"start","eval":"hello"}')).toEqual({ id: "a", tool: "wengert", config: { engine: "auto" } });
  });

  test("another engine is an option, and a wrong one is refused", async () => {
    const other = new Connection([...TOOL, "--engine", "reference"]);
    expect(await other.ask({ kind: "start" })).toMatchObject({ config: { engine: "reference" } });
    await greet(other);
    expect(await other.close()).toBe(0);
    expect(await new Connection([...TOOL, "--engine", "steam"], "ignore").close()).toBe(1);
  });

  test("define says which modules there are", async () => {
    for (const module of modules.keys()) expect(await tool.ask({ kind: "define", module })).toMatchObject({ success: true });
    for (const module of ["odd", "toString", undefined, 7]) {
      expect(await tool.ask({ kind: "define", module })).toMatchObject({
        success: false,
        error: expect.stringMatching(/^define: expected module to be one of hello, llsq, .*, got /) as string,
      });
    }
  });

  test.each(["junk", "", "7", "[]", "null", '{"id":1', '"start"'])("the line %j is answered", async (line) => {
    expect(await tool.send(line)).toEqual({
      id: null,
      success: false,
      error: expect.stringMatching(/^protocol: expected (a line of JSON|an object a line), got/) as string,
    });
  });

  test("anything else is answered with its id", async () => {
    expect(await tool.send('{"id":[3],"kind":"analysis","of":2,"valid":true}')).toEqual({ id: [3] });
    expect(await tool.send('{"kind":"what"}')).toEqual({ id: null });
    expect(await tool.send("{}\r")).toEqual({ id: null });
  });

  test("lines end at newlines alone, however long they are", async () => {
    const separators = "\u2028\u2029";
    expect(await tool.send(`{"id":"${separators}","description":"${"x".repeat(3e6)}"}`)).toEqual({ id: separators });
  });

  test("there are as many timings as are asked for", async () => {
    const count = async (limits: object): Promise<number> => {
      const { timings } = await evaluate("lse", "gradient", { x: [1, 2], ...limits });
      expect(timings!.every(({ nanoseconds }) => Number.isInteger(nanoseconds) && nanoseconds > 0)).toBe(true);
      return timings!.filter(({ name }) => name === "evaluate").length;
    };
    expect(await count({})).toBe(1);
    expect(await count({ min_runs: 0, min_seconds: 0 })).toBe(1);
    expect(await count({ min_runs: 7, min_seconds: 0 })).toBe(7);
    expect(await count({ min_runs: 1, min_seconds: 0.05 })).toBeGreaterThan(100);
  });
});

describe("an evaluation that fails says why, and the tool lives on", () => {
  const rows = [
    [1, 2],
    [3, 4],
  ];
  test.each([
    ["odd", "primal", {}, 'define: expected module to be one of hello, llsq, lse, gmm, kmeans, ba, det, ode, lstm, ht, got "odd"'],
    ["hello", "cube", 1, 'evaluate: expected function to be one of square, double, got "cube"'],
    ["hello", "toString", 1, 'evaluate: expected function to be one of square, double, got "toString"'],
    ["hello", "square", "1", 'hello.square: expected the input to be a number, got "1"'],
    ["hello", "square", undefined, "hello.square: expected the input to be a number, got undefined"],
    ["llsq", "gradient", { n: 16 }, "llsq.gradient: expected x to be an array of one or more numbers, got undefined"],
    ["llsq", "gradient", { x: [], n: 16 }, "llsq.gradient: expected x to be an array of one or more numbers, got an array of 0"],
    ["llsq", "primal", { x: [1] }, "llsq.primal: expected n to be a number, got undefined"],
    ["llsq", "primal", { x: [1], n: 1.5 }, "llsq.primal: expected n to be a whole number from 2, got 1.5"],
    ["llsq", "primal", { x: [1], n: 4, min_runs: -1 }, "llsq.primal: expected min_runs to be a whole number from 0, got -1"],
    ["lse", "primal", { x: [1, null] }, "lse.primal: expected x[1] to be a number, got null"],
    ["lse", "primal", null, "lse.primal: expected x to be an array of one or more numbers, got undefined"],
    ["lse", "primal", [1, 2], "lse.primal: expected x to be an array of one or more numbers, got undefined"],
    ["gmm", "jacobian", { ...gmmInput(2, 1, 2), l: [[]] }, "gmm.jacobian: expected l[0] to be an array of 1 numbers, got an array of 0"],
    ["gmm", "objective", { ...gmmInput(2, 1, 2), x: rows[0] }, "gmm.objective: expected x[0] to be an array of 2 numbers, got 1"],
    [
      "kmeans",
      "dir",
      { points: rows, centroids: [[1]] },
      "kmeans.dir: expected centroids[0] to be an array of 2 numbers, got an array of 1",
    ],
    ["kmeans", "cost", { points: [1], centroids: rows }, "kmeans.cost: expected points[0] to be an array of one or more numbers, got 1"],
    ["ba", "jacobian", { ...baInput(1, 1, 1), cam: [1] }, "ba.jacobian: expected cam to be an array of 11 numbers, got an array of 1"],
  ])("%s.%s of %j", async (module, name, input, error) => {
    expect(await evaluate(module, name, input)).toEqual({ id: expect.any(Number) as number, success: false, error });
    expect(await evaluate("hello", "square", 3)).toMatchObject({ success: true, output: 9 });
  });
});

describe("outputs are those of the reference engine and of the functions by hand", () => {
  const still = { ...baInput(3, 4, 20), cam: [0, 0, 0, ...baInput(3, 4, 20).cam.slice(3)] };
  const inputs: Readonly<Record<string, readonly object[]>> = {
    llsq: [llsqInput(1, 2), llsqInput(3, 7), llsqInput(128, 16), llsqInput(20, 1001)],
    lse: [lseInput(1), lseInput(5), { x: [1000, 1000, -1000] }, lseInput(20001)],
    gmm: [gmmInput(1, 1, 1), gmmInput(2, 3, 10), gmmInput(3, 2, 33, 2, 0.5), gmmInput(5, 4, 40, 0, 1.5)],
    kmeans: [kmeansInput(1, 1, 1), kmeansInput(3, 10, 2), kmeansInput(7, 129, 5)],
    ba: [baInput(1, 1, 10), baInput(3, 5, 17), baInput(4, 3, 300), still],
    det: [detInput(1), detInput(2), detInput(5), detInput(8)],
    ode: [odeInput(1, 3), odeInput(4, 100), odeInput(10, 10)],
    lstm: [lstmInput(1, 2, 1), lstmInput(2, 6, 3), lstmInput(3, 40, 4)],
    ht: [
      htInput(9, 5, false),
      htInput(9, 7, true),
      htInput(20, 4, true, true),
      { ...htInput(9, 3, false), theta: new Array<number>(26).fill(0) },
    ],
  };

  test("hello: each output is the next input", () => greet(tool));

  const cases = Object.entries(inputs).flatMap(([module, list]) =>
    Object.keys(modules.get(module)!).flatMap((name) => list.map((input, number) => ({ module, name, number, input }))),
  );
  test.each(cases)(
    "$module, $name, input $number",
    async ({ module, name, input }) => {
      const { against, difference, runs } = await measure(tool, { module, numbers: 0 }, name, input, 0);
      expect(against).toBe("by hand, reference");
      expect(difference).toBeLessThan(1e-12);
      expect(runs).toBe(3);
    },
    30_000,
  );

  test("every eval is among them, and every function of a workload", async () => {
    expect(Object.keys(inputs)).toEqual([...modules.keys()].slice(1));
    for (const { module, functions } of workloads) {
      await define(tool, module);
      expect(Object.keys(modules.get(module)!)).toEqual(expect.arrayContaining([functions.primal, functions.derivative]));
    }
  });

  test.each(["auto", "reference"] as const)("a whole Jacobian of different observations, %s", (engine) => {
    const [n, m, p] = [3, 5, 12];
    const column = (count: number, low: number, high: number, seed: number): Float64Array =>
      Float64Array.from(scattered(count, low, high, seed));
    const data: Observations<Float64Array, Int32Array> = {
      cameras: Array.from({ length: 11 }, (_, k) => column(n, 0.1, 1, k + 1)),
      points: Array.from({ length: 3 }, (_, k) => column(m, -3, -2, k + 20)),
      features: Array.from({ length: 2 }, (_, k) => column(p, -1, 1, k + 30)),
      weights: column(p, 0.5, 1, 40),
      cameraOf: Int32Array.from({ length: p }, (_, i) => (7 * i) % n),
      pointOf: Int32Array.from({ length: p }, (_, i) => (3 * i + 1) % m),
    };
    const { rows, cols, vals } = prepareJacobian({ n, m, p }, data, engine)();
    const at = (columns: readonly Float64Array[], i: number): number[] => columns.map((column) => column[i]!);
    for (let i = 0; i < p; i++) {
      const [camera, point] = [data.cameraOf[i]!, data.pointOf[i]!];
      const wanted = observation({
        cam: at(data.cameras, camera),
        x: at(data.points, point),
        w: data.weights[i]!,
        feat: at(data.features, i),
      });
      const columns = [
        ...Array.from({ length: 11 }, (_, k) => 11 * camera + k),
        ...[0, 1, 2].map((k) => 11 * n + 3 * point + k),
        11 * n + 3 * m + i,
      ];
      for (const e of [0, 1]) {
        const [first, end] = [rows[2 * i + e]!, rows[2 * i + e + 1]!];
        expect([...cols.subarray(first, end)]).toEqual(columns);
        expect(compare(`row ${2 * i + e}`, [...vals.subarray(first, end)], wanted.rows[e])).toBeLessThan(1e-13);
      }
      const last = rows[2 * p + i]!;
      expect([cols[last], vals[last], rows[2 * p + i + 1]]).toEqual([11 * n + 3 * m + i, -2 * data.weights[i]!, last + 1]);
    }
    expect([rows.length, cols.length, vals.length]).toEqual([3 * p + 1, 31 * p, 31 * p]);
  });
});

describe("the comparison", () => {
  test.each([
    [1, 1 + 3e-10],
    [NaN, 1],
    [1, NaN],
    [NaN, NaN],
    [null, NaN],
    ["1", 1],
    [[1], [1, 2]],
    [[1, 2], [1]],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
    [1, [1]],
    [[1], { 0: 1 }],
    [31_000_001, 31_000_000],
  ])("refuses %j for %j", (came, wanted) => {
    expect(() => compare("x", came, wanted)).toThrow(/^compare: expected .* at x(\[0\])?, got /);
  });

  test("measures relative to large numbers, and absolutely else", () => {
    expect(compare("x", { a: [1e6 + 1e-5], b: 1e-11 }, { a: Float64Array.of(1e6), b: 0 })).toBeCloseTo(1e-11, 13);
    expect(check("hello", "double", 3, 6, 1)).toEqual({ against: "by hand, reference", difference: 0 });
    expect(() => check("hello", "double", 3, 6.1, 1)).toThrow("compare: expected 6 at hello.double, got 6.1");
  });
});
