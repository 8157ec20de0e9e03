/** How time and memory grow with lanes and with rows, each size in a process of its own so that its peak memory is known. */
import { spawnSync } from "node:child_process";
import { measure } from "mitata";
import { compile, mul, sin, sum, type Value, valueAndGrad } from "wengert";
import { type Bench, type Line, type Settings, timed } from "./bench.js";

/** The lanes of each function of many rows. */
const LANES = 1000;

/** What is made larger: the lanes of x·y + sin x, or the rows of a chain over 1,000 lanes. */
const growths = {
  lanes: { sizes: [1e2, 1e3, 1e4, 1e5, 1e6, 1e7], lanes: (size: number) => size },
  rows: { sizes: [1e1, 1e2, 1e3, 1e4], lanes: () => LANES },
} as const;

type Growth = keyof typeof growths;

/** What one size took. */
interface Measured {
  readonly nanoseconds: number;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly peak: number;
}

/** v ↦ v·x + y or v·x − y, two rows a turn, over and over. x is 1 or −1, so that neither values nor derivatives overflow or become subnormal. */
const chain =
  (rows: number) =>
  (x: Value, y: Value): Value => {
    let v = y;
    for (let row = 0; row < rows; row += 2) v = row % 4 === 0 ? mul(v, x).add(y) : mul(v, x).sub(y);
    return sum(v);
  };

const points = (x: Value, y: Value): Value => sum(mul(x, y).add(sin(x)));

/** Measures one size in this process, and the memory that it takes at its peak, arguments included. */
async function measureSize(growth: Growth, size: number, seconds: number): Promise<Measured> {
  const before = process.memoryUsage().rss;
  const y = Float64Array.from({ length: growths[growth].lanes(size) }, (_, i) => Math.sin(i + 1));
  const [f, x] = growth === "lanes" ? [points, y.map((value) => 3 * value)] : [chain(size), y.map(Math.sign)];
  const { ms, result: step } = timed(() => compile(valueAndGrad(f, { argnums: [0, 1] }), [x, y]));
  const { p50 } = await measure(() => step.run(), { min_cpu_time: 1e9 * seconds });
  return { nanoseconds: p50, milliseconds: ms, bytes: step.bytes, peak: 1024 * process.resourceUsage().maxRSS - before };
}

/** Measures one size in a process of its own. */
function measureAlone(growth: Growth, size: number, seconds: number): Measured {
  const command = [...process.execArgv, import.meta.filename, growth, String(size), String(seconds)];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`bench: expected the process of ${size} ${growth} to end well, got ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

export const scalingBench: Bench = {
  name: "scaling",
  title:
    "How a value and its gradient grow: x·y + sin x by lanes, and chains of multiplications and additions over 1,000 lanes by rows. " +
    "Peak: beyond Node's start, arguments included",
  run({ seconds }: Settings) {
    return (Object.keys(growths) as Growth[]).flatMap((growth) =>
      growths[growth].sizes.map((size): Line => {
        const { nanoseconds, milliseconds, bytes, peak } = measureAlone(growth, size, seconds / 2);
        const units = growth === "lanes" ? size : size * LANES;
        return {
          what: `${size.toLocaleString("en")} ${growth}`,
          µs: nanoseconds / 1e3,
          "ns a lane": growth === "lanes" ? nanoseconds / units : "",
          "ns a row and lane": growth === "rows" ? nanoseconds / units : "",
          "made in ms": milliseconds,
          "bytes held": bytes,
          "peak MB": peak / 1e6,
        };
      }),
    );
  },
};

if (process.argv[1] === import.meta.filename) {
  const [growth, size, seconds] = process.argv.slice(2);
  console.log(JSON.stringify(await measureSize(growth as Growth, Number(size), Number(seconds))));
}
