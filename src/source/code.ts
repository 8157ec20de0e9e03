/** Structural rows as JavaScript: their definitions, over texts in place of numbers. */
import { isGrid, isRange, laneNumber, type Lanes, type Monoid, type SumPlan } from "../ops/monoid.js";
import { FROM_THE_LEFT } from "../ops/layout.js";

/** The text of a vector, and of each of its lanes: by number, or by the name of one. */
export interface Code {
  readonly lanes: number;
  readonly whole: string;
  lane(i: number | string): string;
}

/** A variable, or any text that holds together: of one number, or of a vector. */
export const scalarCode = (text: string): Code => ({ lanes: 1, whole: `Float64Array.of(${text})`, lane: () => text });
export const vectorCode = (text: string, lanes: number): Code => ({ lanes, whole: text, lane: (i) => `${text}[${i}]` });

/** A number as JavaScript. */
export const numberText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** `start + step · i`, or the number that this is. */
function position(start: number, step: number, i: number | string): string {
  if (typeof i === "number" || step === 0) return String(start + step * Number(i));
  const moved = step === 1 ? i : step === -1 ? `- ${i}` : `${step} * ${i}`;
  if (start === 0) return step === 1 ? i : moved.replace("- ", "-");
  return step === -1 ? `${start} ${moved}` : `${start} + ${moved}`;
}

/** Numbers, and lists of them, by name. */
export const objectText = (object: object): string =>
  `{ ${Object.entries(object)
    .map(([name, value]: [string, unknown]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ")} }`;

/** A vector by its lanes, where lane i is a text over i. */
export const eachLane = (lanes: number, lane: (i: string) => string): string => `lanes(${lanes}, (i) => ${lane("i")})`;

/** Texts that JavaScript evaluates to what structural rows mean, in the same order of additions. `nameOf` says where lane numbers lie. */
export class CodeMonoid implements Monoid<Code> {
  constructor(readonly nameOf: (lanes: Lanes) => string) {}

  gather(x: Code, lanes: Lanes): Code {
    if (isGrid(lanes)) return vectorCode(`gridLanes(${x.whole}, ${objectText(lanes)})`, lanes.length);
    if (!isRange(lanes)) return vectorCode(`takeLanes(${x.whole}, ${this.nameOf(lanes)})`, lanes.length);
    const { start, step, length } = lanes;
    const lane = (i: number | string): string => x.lane(step === 1 && start === 0 ? i : position(start, step, i));
    const whole =
      step === 0
        ? `new Float64Array(${length}).fill(${x.lane(start)})`
        : step === 1
          ? `${x.whole}.slice(${start}, ${start + length})`
          : eachLane(length, lane);
    return { lanes: length, whole, lane };
  }

  total(x: Code): Code {
    return scalarCode(`sumLanes(${x.whole})`);
  }

  along(x: Code, plan: SumPlan): Code {
    return vectorCode(`sumAlong(${x.whole}, ${objectText(plan)})`, plan.outer * plan.inner);
  }

  extremesAlong(x: Code, plan: SumPlan, sign: 1 | -1): Code {
    return vectorCode(`extremesAlong(${x.whole}, ${objectText(plan)}, ${sign})`, plan.outer * plan.inner);
  }

  firstsAlong(x: Code, plan: SumPlan, sign: 1 | -1): Code {
    return vectorCode(`firstsAlong(${x.whole}, ${objectText(plan)}, ${sign})`, plan.outer * plan.inner);
  }

  runningAlong(x: Code, plan: SumPlan): Code {
    return vectorCode(`cumsumAlong(${x.whole}, ${objectText(plan)})`, x.lanes);
  }

  ordered(x: Code, count: number): Code {
    return vectorCode(`orderLanes(${x.whole}, ${count})`, x.lanes);
  }

  running(x: Code): Code {
    return vectorCode(`cumsumLanes(${x.whole})`, x.lanes);
  }

  scatter(x: Code, to: Lanes, lanes: number): Code {
    const listed = isRange(to) || isGrid(to);
    const numbers = listed ? `[${Array.from({ length: to.length }, (_, i) => laneNumber(to, i)).join(", ")}]` : this.nameOf(to);
    return vectorCode(`segmentSumLanes(${x.whole}, ${numbers}, ${lanes})`, lanes);
  }

  placed(pieces: readonly (readonly [x: Code, offset: number])[], lanes: number): Code {
    const texts = pieces.map(([x, offset]) => `{ x: ${x.whole}, offset: ${offset} }`);
    return vectorCode(`placeLanes([${texts.join(", ")}], new Float64Array(${lanes}))`, lanes);
  }

  terms(xs: readonly Code[]): Code {
    const texts = xs.map((x) => x.lane(0));
    return scalarCode(texts.length > FROM_THE_LEFT ? `sumLanes(Float64Array.of(${texts.join(", ")}))` : texts.join(" + "));
  }

  anywhere(): Code {
    throw new TypeError("toSource: expected lane numbers that are known, got none");
  }

  times(x: Code, y: Code): Code {
    const lanes = Math.max(x.lanes, y.lanes);
    const lane = (i: number | string): string => `${x.lane(x.lanes === 1 ? 0 : i)} * ${y.lane(y.lanes === 1 ? 0 : i)}`;
    return lanes === 1 ? scalarCode(lane(0)) : { lanes, whole: eachLane(lanes, lane), lane: (i) => `(${lane(i)})` };
  }

  extreme(x: Code, sign: 1 | -1): Code {
    return scalarCode(`extremeLane(${x.whole}, ${sign})`);
  }

  firstExtreme(x: Code, sign: 1 | -1): Code {
    return scalarCode(`argLane(${x.whole}, ${sign})`);
  }
}
