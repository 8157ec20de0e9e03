/** The nonlinear regression problems of NIST's Statistical Reference Datasets, with their models; nist.json holds the data, the two starts and the certified results (public domain, to 11 digits). */
import { add, atan, cos, div, exp, log, mul, pow, sin, square, sub, type Value } from "wengert";
import data from "./nist.json" with { type: "json" };

/** A data set as NIST gives it. */
interface Dataset {
  readonly level: string;
  readonly starts: readonly (readonly number[])[];
  readonly parameters: readonly number[];
  readonly standardErrors: readonly number[];
  readonly residualSumOfSquares: number;
  readonly residualStandardDeviation: number;
  readonly y: readonly number[];
  /** The columns that predict. */
  readonly x: readonly (readonly number[])[];
}

export const datasets = data as Readonly<Record<keyof typeof data, Dataset>>;

export type ProblemName = keyof typeof data;

type Model = (b: readonly Value[], x: readonly Float64Array[]) => Value;

const boxBod: Model = ([b1, b2], [x]) => mul(b1!, sub(1, exp(mul(b2!, x!).neg())));
const chwirut: Model = ([b1, b2, b3], [x]) => div(exp(mul(b1!, x!).neg()), add(b2!, mul(b3!, x!)));
const peak = (x: Float64Array, height: Value, centre: Value, width: Value): Value =>
  mul(height, exp(square(div(sub(x, centre), width)).neg()));
const gauss: Model = ([b1, b2, b3, b4, b5, b6, b7, b8], [x]) =>
  add(mul(b1!, exp(mul(b2!, x!).neg())), add(peak(x!, b3!, b4!, b5!), peak(x!, b6!, b7!, b8!)));
const horner = (x: Float64Array, ...c: readonly (Value | number)[]): Value | Float64Array | number =>
  c.reduceRight<Value | Float64Array | number>((total, a) => add(mul(total, x), a), 0);
const cubics: Model = ([b1, b2, b3, b4, b5, b6, b7], [x]) =>
  div(horner(x!, b1!, b2!, b3!, b4!) as Value, horner(x!, 1, b5!, b6!, b7!) as Value);
const decay = (x: Float64Array, size: Value, rate: Value): Value => mul(size, exp(mul(rate, x).neg()));
const lanczos: Model = ([b1, b2, b3, b4, b5, b6], [x]) => add(decay(x!, b1!, b2!), add(decay(x!, b3!, b4!), decay(x!, b5!, b6!)));
const logistic = (b2: Value, b3: Value, x: Float64Array): Value => add(1, exp(sub(b2, mul(b3, x))));
const wave = (x: Float64Array, period: Value | number, c: Value, s: Value): Value => {
  const angle = div(mul(2 * Math.PI, x), period);
  return add(mul(c, cos(angle as Value)), mul(s, sin(angle as Value)));
};

/** What predicts y, or for Nelson its logarithm. */
export const models: Readonly<Record<ProblemName, Model>> = {
  Bennett5: ([b1, b2, b3], [x]) => mul(b1!, pow(add(b2!, x!), div(-1, b3!))),
  BoxBOD: boxBod,
  Chwirut1: chwirut,
  Chwirut2: chwirut,
  DanWood: ([b1, b2], [x]) => mul(b1!, pow(x!, b2!)),
  ENSO: ([b1, b2, b3, b4, b5, b6, b7, b8, b9], [x]) =>
    add(b1!, add(wave(x!, 12, b2!, b3!), add(wave(x!, b4!, b5!, b6!), wave(x!, b7!, b8!, b9!)))),
  Eckerle4: ([b1, b2, b3], [x]) => mul(div(b1!, b2!), exp(mul(-0.5, square(div(sub(x!, b3!), b2!))))),
  Gauss1: gauss,
  Gauss2: gauss,
  Gauss3: gauss,
  Hahn1: cubics,
  Kirby2: ([b1, b2, b3, b4, b5], [x]) => div(horner(x!, b1!, b2!, b3!) as Value, horner(x!, 1, b4!, b5!) as Value),
  Lanczos1: lanczos,
  Lanczos2: lanczos,
  Lanczos3: lanczos,
  MGH09: ([b1, b2, b3, b4], [x]) => div(mul(b1!, add(square(x!), mul(x!, b2!))), add(square(x!), add(mul(x!, b3!), b4!))),
  MGH10: ([b1, b2, b3], [x]) => mul(b1!, exp(div(b2!, add(x!, b3!)))),
  MGH17: ([b1, b2, b3, b4, b5], [x]) => add(b1!, add(decay(x!, b2!, b4!), decay(x!, b3!, b5!))),
  Misra1a: boxBod,
  Misra1b: ([b1, b2], [x]) => mul(b1!, sub(1, pow(add(1, mul(b2!, mul(0.5, x!))), -2))),
  Misra1c: ([b1, b2], [x]) => mul(b1!, sub(1, pow(add(1, mul(b2!, mul(2, x!))), -0.5))),
  Misra1d: ([b1, b2], [x]) => div(mul(mul(b1!, b2!), x!), add(1, mul(b2!, x!))),
  Nelson: ([b1, b2, b3], [x1, x2]) => sub(b1!, mul(mul(b2!, x1!), exp(mul(b3!, x2!).neg()))),
  Rat42: ([b1, b2, b3], [x]) => div(b1!, logistic(b2!, b3!, x!)),
  Rat43: ([b1, b2, b3, b4], [x]) => div(b1!, pow(logistic(b2!, b3!, x!), div(1, b4!))),
  Roszman1: ([b1, b2, b3, b4], [x]) => sub(sub(b1!, mul(b2!, x!)), div(atan(div(b3!, sub(x!, b4!))), Math.PI)),
  Thurber: cubics,
};

/** The residuals of a problem, as a function of its parameters. */
export function residualsOf(name: ProblemName): (b: Value[]) => Value {
  const { x, y } = datasets[name];
  const columns = x.map((column) => Float64Array.from(column));
  const wanted = Float64Array.from(name === "Nelson" ? y.map((value) => log(value)) : y);
  return (b) => sub(wanted, models[name](b, columns));
}

/** How many digits of a certified number another has: −log₁₀ of the relative error, 11 at most. */
export const digits = (came: number, certified: number): number =>
  Math.min(11, -Math.log10(Math.abs(came - certified) / Math.abs(certified)));
