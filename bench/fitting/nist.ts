/** NIST's 54 runs by `leastSquares` and by ml-levenberg-marquardt: certified digits, calls of the model and time, in one process. */
import { levenbergMarquardt } from "ml-levenberg-marquardt";
import { grad, log, trace, type Value } from "wengert";
import { leastSquares } from "wengert/optimize";
import { datasets, digits, models, type ProblemName, residualsOf } from "../../test/nist.js";
import { type Bench, type Line, median, timed } from "../bench.js";

type Plain = (b: readonly number[], ...x: number[]) => number;

/** A model and its slopes by the parameters as plain JavaScript, of one row, which the other library calls for each. */
function plainOf(name: ProblemName): { value: Plain; slopes: (...args: Parameters<Plain>) => number[] } {
  const { starts, x } = datasets[name];
  const f = (b: Value[], ...row: Value[]): Value => models[name](b, row as never);
  const point = [[...starts[0]!], ...x.map((column) => column[0]!)] as never;
  const [value, slopes] = [f, grad(f)].map((g) => new Function(`${trace(g as never, point).toSource()}; return f;`)() as unknown); // eslint-disable-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  return { value: value as Plain, slopes: slopes as (...args: Parameters<Plain>) => number[] };
}

/** What came of a run. */
interface Ran {
  readonly digits: number;
  readonly calls: number;
  readonly ms: number;
}

const fewest = (x: ArrayLike<number>, name: ProblemName): number =>
  Math.max(0, Math.min(...datasets[name].parameters.map((wanted, i) => digits(x[i]!, wanted))) || 0);

function ours(name: ProblemName, start: readonly number[]): Ran {
  const { ms, result } = timed(() => leastSquares(residualsOf(name), [...start]));
  return { digits: fewest(result.x, name), calls: (result.evaluations + result.jacobians) * datasets[name].y.length, ms };
}

/** With its defaults but for what else stops it early: small differences, central ones, or exact slopes. */
function theirs(name: ProblemName, start: readonly number[], exact: boolean): Ran {
  const { x, y } = datasets[name];
  const { value, slopes } = plainOf(name);
  let calls = 0;
  const rows = y.map((_, i) => x.map((column) => column[i]!));
  const data = { x: rows.map((_, i) => i), y: name === "Nelson" ? y.map((yi) => log(yi)) : [...y] };
  const model = (b: number[]) => (i: number) => (calls++, value(b, ...rows[i]!));
  const jacobian = (b: number[]) => (i: number) => (calls++, slopes(b, ...rows[i]!));
  const options = {
    initialValues: [...start],
    maxIterations: 1000,
    errorTolerance: 0,
    improvementThreshold: 0,
    gradientDifference: start.map((b) => 1e-6 * Math.abs(b) || 1e-6),
    centralDifference: true,
    timeout: 5,
    ...(exact ? { jacobianFunction: jacobian } : {}),
  };
  let found: readonly number[] = [];
  const { ms } = timed(() => {
    try {
      found = levenbergMarquardt(data, model, options).parameterValues;
    } catch {
      // a singular matrix, or out of time: no digits
    }
  });
  return { digits: found.length > 0 ? fewest(found, name) : 0, calls, ms };
}

function lineOf(fitter: string, run: (name: ProblemName, start: readonly number[]) => Ran): Line {
  const runs = (Object.keys(datasets) as ProblemName[]).flatMap((name) => datasets[name].starts.map((start) => run(name, start)));
  const count = (least: number): number => runs.filter((ran) => ran.digits >= least).length;
  return {
    fitter,
    "runs with 4 digits": count(4),
    "with 8": count(8),
    "fewest digits": Math.min(...runs.map((ran) => ran.digits)),
    "rows evaluated": runs.reduce((total, { calls }) => total + calls, 0),
    "median ms": median([...runs.map(({ ms }) => ms), Infinity]),
    "total ms": runs.reduce((total, { ms }) => total + ms, 0),
  };
}

export const nistBench: Bench = {
  name: "nist",
  title: "NIST's 27 nonlinear problems from both starts, 54 runs: digits of the certified parameters, tracing and compilation included",
  run() {
    ours("Misra1a", datasets.Misra1a.starts[0]!); // what is compiled once in a process
    return [
      lineOf("leastSquares", ours),
      lineOf("ml-levenberg-marquardt, differences", (name, start) => theirs(name, start, false)),
      lineOf("ml-levenberg-marquardt, exact slopes", (name, start) => theirs(name, start, true)),
    ];
  },
};
