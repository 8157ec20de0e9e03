/** Gradients checked against differences: `checkGradient`, and the report that it makes. */
import { taking } from "../data/operands.js";
import { compiledProgram } from "../compiled/compile.js";
import { Coordinates } from "./coordinates.js";
import { engineNamed } from "../engines/index.js";
import { describe } from "../errors.js";
import { grad, type TransformOptions } from "../transforms/gradient.js";
import { optionsOf } from "../data/options.js";
import { type PlainCall, plainCall, plainText } from "./plain.js";
import { type AnyFunction, programOf } from "../trace/program.js";
import { asList, settled } from "../trace/trace.js";
import { type Concrete } from "../trace/types.js";
import { type Value } from "../trace/value.js";
import { randomSource } from "../data/random.js";

/** Options of `checkGradient`. */
export interface CheckOptions extends Pick<TransformOptions, "argnums" | "engine" | "staticArgnums"> {
  /** How many random directions are looked along; 5 by default. */
  readonly directions?: number;
  /** The greatest relative error that passes; 1e-6 by default. */
  readonly tolerance?: number;
  /** Other seeds give other directions. */
  readonly seed?: number;
}

/** A derivative that differences do not confirm. */
export interface GradientFailure {
  /** Where: the path of a number, as `args[0].w[2]`, or a direction where no number is off by itself. */
  readonly path: string;
  /** The gradient's derivative. */
  readonly got: number;
  /** The differences'. */
  readonly expected: number;
  /** |got − expected| / max(|got|, |expected|), less where both are below what differences can tell from rounding. */
  readonly error: number;
  /** "wrong", or why nothing is known of the gradient: the differences disagree with themselves, by a kink, a jump or noise, or are not finite. */
  readonly verdict: "wrong" | "disagreement" | "not finite";
}

/** How many failures a report's text lists. */
const MOST_LISTED = 10;

/** A relative error as text. */
const percent = (error: number): string =>
  error === Infinity ? "infinite" : error < 1e-3 ? error.toExponential(1) : `${Number((100 * error).toPrecision(3))} %`;

/** Why the gradient is not blamed. */
const doubts = {
  disagreement: "the differences disagree with themselves: a kink, a jump or noise",
  "not finite": "the differences are not finite",
};

/** Rows of text as aligned columns. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => row[k]!.length)));
  return rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(widths[k]!)).join("  ")}`.trimEnd()).join("\n");
}

/** What `checkGradient` found. */
export class GradientReport {
  /** Whether every derivative that was looked at is within the tolerance of the differences, and the function's value on plain numbers that of its trace where it can be called on them. */
  readonly ok: boolean;
  /** The greatest relative error. */
  readonly worst: number;

  /** @internal */
  constructor(
    /** The relative error along each direction. */
    readonly directions: readonly number[],
    /** What is off, the worst first. */
    readonly failures: readonly GradientFailure[],
    readonly tolerance: number,
    /** The function at the arguments, called once on plain numbers. */
    readonly plain: PlainCall,
  ) {
    this.ok = failures.length === 0 && plain.verdict !== "different";
    this.worst = failures.reduce((worst, { error }) => Math.max(worst, error), Math.max(0, ...directions));
  }

  /** This report. Throws RangeError, with the report as its message, where the gradient is off or could not be judged. */
  throwIfWrong(): this {
    if (!this.ok) throw new RangeError(this.toString());
    return this;
  }

  /** The report as text: one line where all is well, else a table of what is off, by how much and where. */
  toString(): string {
    const { directions, failures, tolerance, plain } = this;
    const onNumbers = plainText(plain);
    if (plain.verdict === "different" && failures.length === 0) return `checkGradient: ${onNumbers}`;
    const also = onNumbers === "" ? "" : `\n${onNumbers}`;
    const wanted = `a gradient within ${tolerance.toExponential()} of central differences`;
    if (this.ok) return `checkGradient: ${wanted} along ${directions.length} directions, ${this.worst.toExponential(1)} at worst${also}`;
    const listed = failures
      .slice(0, MOST_LISTED)
      .map(({ path, got, expected, error, verdict }) => [
        path,
        String(got),
        String(expected),
        verdict === "wrong" ? percent(error) : doubts[verdict],
      ]);
    const rest = failures.length > MOST_LISTED ? `\n  and ${failures.length - MOST_LISTED} more` : "";
    return `checkGradient: expected ${wanted}, got\n${aligned([["at", "gradient", "differences", "error"], ...listed])}${rest}${also}`;
  }
}

/** A random direction of length 1 in which every coordinate takes part: ±[1/2, 1), scaled. */
function unitDirection(count: number, random: () => number): Float64Array {
  const raw = Float64Array.from({ length: count }, () => (random() < 0.5 ? -1 : 1) * (0.5 + random() / 2));
  const length = Math.sqrt(raw.reduce((total, x) => total + x * x, 0));
  return raw.map((x) => x / length);
}

/** The step of central differences (Nocedal and Wright, section 8.1). */
const STEP = Math.cbrt(Number.EPSILON);

/** The second step as a part of the first: irrational, so that a result's rounding does not hit both alike. */
const PART = (Math.sqrt(5) - 1) / 2;

/** Below this many coordinates, each is looked at by itself; of more, only those of a part that is off as a whole. */
const FEW = 256;

/** How many points beside the point say how far the function scatters by rounding. */
const SCATTERED = 16;

const spread = (values: Float64Array): number => Math.max(...values) - Math.min(...values);

/** A gradient at one point, beside the function it should be of. */
class Comparison {
  readonly #point: Float64Array;
  /** max(1, |x|), one a coordinate: directions are of length 1 over x / scale. */
  readonly #scale: Float64Array;
  /** The value at the point. */
  readonly middle: number;

  constructor(
    readonly coordinates: Coordinates,
    readonly gradient: Float64Array,
    readonly tolerance: number,
  ) {
    this.#point = coordinates.read();
    this.#scale = this.#point.map((x) => Math.max(1, Math.abs(x)));
    this.middle = coordinates.at(this.#point);
  }

  /** The derivative along a direction, by the gradient and by differences. */
  along(direction: Float64Array, path: string): GradientFailure {
    const { tolerance } = this;
    const moves = direction.map((x, i) => x * this.#scale[i]!);
    const at = (t: number): number => this.coordinates.at(this.#point.map((x, i) => x + t * moves[i]!));
    const got = moves.reduce((total, x, i) => (x === 0 ? total : total + x * this.gradient[i]!), 0);
    const near = PART * STEP;
    const [high, low, nearHigh, nearLow] = [at(STEP), at(-STEP), at(near), at(-near)];
    const [wide, narrow] = [(high - low) / (2 * STEP), (nearHigh - nearLow) / (2 * near)];
    const expected = narrow + ((narrow - wide) * PART ** 2) / (1 - PART ** 2);
    const rounding = (8 * Number.EPSILON * Math.max(Math.abs(high), Math.abs(low))) / near;
    const size = Math.max(Math.abs(got), Math.abs(expected), rounding / tolerance);
    const difference = Math.abs(got - expected);
    const error = Number.isFinite(difference) ? (difference === 0 ? 0 : difference / size) : Infinity;
    // Of a smooth function the second difference over the step shrinks with the step; at a kink it stays, at a jump it grows.
    const [bend, nearBend] = [(high + low - 2 * this.middle) / STEP, (nearHigh + nearLow - 2 * this.middle) / near];
    const kink = Math.abs(nearBend) > Math.max(0.85 * Math.abs(bend), tolerance * size);
    const disagreement = kink || Math.abs(narrow - wide) > tolerance * size;
    const verdict = Number.isFinite(expected) ? (disagreement && Number.isFinite(got) ? "disagreement" : "wrong") : "not finite";
    return { path, got, expected, error, verdict };
  }

  /**
   * Whether the function's value by `plain` at the point is the traced one, but for rounding on the way: what differs by no more is scattered as much, or differs each time otherwise, at arguments moved
   * by some ulp. What is chosen otherwise differs everywhere alike, or at the point alone.
   */
  isMiddle(value: number, plain: () => number, random: () => number): boolean {
    const difference = Math.abs(value - this.middle);
    const size = Math.max(Math.abs(value), Math.abs(this.middle));
    if (difference <= Math.max(this.tolerance * size, 64 * Number.EPSILON)) return true; // as what cancels numbers of size 1
    const [traced, differences] = [new Float64Array(SCATTERED), new Float64Array(SCATTERED)];
    for (let k = 0; k < SCATTERED; k++) {
      const ulps = (): number => (random() < 0.5 ? -1 : 1) * (2 + 200 * random());
      traced[k] = this.coordinates.at(this.#point.map((x, i) => x + ulps() * Number.EPSILON * this.#scale[i]!));
      differences[k] = plain() - traced[k]!;
    }
    return difference <= 16 * Math.max(spread(traced), spread(differences));
  }

  /** Whether a derivative passes. */
  passes({ error }: GradientFailure): boolean {
    return error <= this.tolerance;
  }

  /** The coordinates from `from` to `to` that are off, along their own axes. */
  locate(direction: Float64Array, from: number, to: number): GradientFailure[] {
    if (to - from > FEW) {
      const part = direction.map((x, i) => (i >= from && i < to ? x : 0));
      if (this.passes(this.along(part, ""))) return [];
      const middle = (from + to) >> 1;
      return [...this.locate(direction, from, middle), ...this.locate(direction, middle, to)];
    }
    return Array.from({ length: to - from }, (_, k) => this.#axis(from + k)).filter((found) => !this.passes(found));
  }

  #axis(i: number): GradientFailure {
    const scale = this.#scale[i]!;
    const axis = new Float64Array(this.#point.length);
    axis[i] = 1;
    const { got, expected, ...found } = this.along(axis, this.coordinates.list[i]!.path);
    return { ...found, got: got / scale, expected: expected / scale };
  }
}

/** The gradient's numbers at the arguments, in the order of the coordinates. */
function gradientNumbers(f: AnyFunction, args: readonly unknown[], options: CheckOptions): Float64Array {
  const argnums = asList(options.argnums ?? 0);
  const compiled = compiledProgram(programOf("checkGradient", grad(f as (x: Value) => Value, { argnums }), args, options), options.engine);
  compiled.write(args);
  compiled.executable.run();
  const { outputs } = compiled.executable;
  return Float64Array.from(compiled.signature.outputs.flatMap(({ position, lanes }) => [...outputs.subarray(position, position + lanes)]));
}

/**
 * Compares the gradient of a scalar function at `point` with its central differences: δᵀ∇f along random directions δ of length 1, over coordinates measured in units of max(1, |x|), then, where one is off,
 * coordinate by coordinate. The differences are of two steps, ε^(1/3) and a part of it, and extrapolated; where the two disagree, or bend at the point, the report says so and does not blame the gradient.
 * Calls the function itself once on the plain numbers too, and reports where its value there is another than its trace's: a Value is truthy, so `if (x)` and `x === 0` are read otherwise.
 * @throws TypeError where the function is not scalar or an argument is no tree of numbers, RangeError where an option is out of range or the function is not finite there.
 */
export const checkGradient = /* @__PURE__ */ taking(
  "checkGradient",
  3,
  function checkGradient<P extends readonly unknown[]>(
    f: (...args: P) => Value | number,
    point: Concrete<P>,
    given?: CheckOptions,
  ): GradientReport {
    const options = optionsOf("checkGradient", given);
    if (!Array.isArray(point)) throw new TypeError(`checkGradient: expected an array of arguments, got ${describe(point)}`);
    engineNamed(options.engine, "checkGradient"); // a wrong one is refused before anything is traced
    const args = settled("checkGradient", point, options);
    const { directions = 5, tolerance = 1e-6, seed = 1 } = options;
    if (!Number.isInteger(directions) || directions < 1)
      throw new RangeError(`checkGradient: expected a number of directions from 1, got ${describe(directions)}`);
    if (!(tolerance > 0)) throw new RangeError(`checkGradient: expected a tolerance above 0, got ${describe(tolerance)}`);
    const compiled = compiledProgram(programOf("checkGradient", f, args, options), options.engine);
    const coordinates = new Coordinates("checkGradient", compiled, options.argnums ?? 0);
    if (coordinates.list.length === 0) throw new RangeError("checkGradient: expected at least one argument to differentiate by, got none");
    compiled.write(args);
    const comparison = new Comparison(coordinates, gradientNumbers(f, args, options), tolerance);
    const random = randomSource(seed);
    const { middle } = comparison;
    const plain = plainCall(f, compiled, middle, (value, again) => comparison.isMiddle(value, again, random));
    if (!Number.isFinite(middle)) {
      if (plain.verdict === "different" && Number.isFinite(plain.plain)) return new GradientReport([], [], tolerance, plain);
      throw new RangeError(`checkGradient: expected a finite value at the arguments, got ${middle}`);
    }
    const looked = Array.from({ length: directions }, (_, k) => {
      const direction = unitDirection(coordinates.list.length, random);
      return { direction, found: comparison.along(direction, `direction ${k + 1}`) };
    });
    const worst = looked.reduce((x, y) => (y.found.error > x.found.error ? y : x));
    const located = comparison.passes(worst.found) ? [] : comparison.locate(worst.direction, 0, coordinates.list.length);
    const failures = comparison.passes(worst.found) || located.length > 0 ? located : [worst.found];
    return new GradientReport(
      looked.map(({ found }) => found.error),
      failures.sort((x, y) => Number(y.verdict === "wrong") - Number(x.verdict === "wrong") || y.error - x.error),
      tolerance,
      plain,
    );
  },
  "argument",
);
