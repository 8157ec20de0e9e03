/** Structural rows on numbers: made once, then run again and again without allocation. */
import {
  argLane,
  cumsumLanes,
  extremeLane,
  cumsumAlong,
  extremesAlong,
  firstsAlong,
  gridLanes,
  orderLanes,
  placeLanes,
  segmentSumLanes,
  sumAlong,
  sumLanes,
  sumTerms,
  takeLanes,
} from "./lanes.js";
import { isGrid, isRange, laneNumber, type Lanes, type Monoid, type SumPlan } from "./monoid.js";

/** Numbers that lie somewhere, or how they are computed. */
interface Numbers {
  readonly lanes: number;
  /** Where they lie; undefined while they lie nowhere. */
  readonly view?: Float64Array;
  /** Computes them. */
  readonly fill: (v: Float64Array) => void;
}

/** Numbers that lie in a view. */
export const lying = (view: Float64Array): Numbers => ({ lanes: view.length, view, fill: (v) => v.set(view) });

/** What fills v with the numbers of a range of lanes. */
function moved(x: Float64Array, start: number, step: number, length: number): (v: Float64Array) => void {
  if (step === 0) return (v) => v.fill(x[start]!);
  if (step === 1) {
    const part = x.subarray(start, start + length);
    return (v) => v.set(part);
  }
  return (v) => {
    for (let i = 0; i < v.length; i++) v[i] = x[start + step * i]!;
  };
}

/** Vectors of numbers. What a row is computed from lies in views; what is computed on the way gets memory once. */
export class NumberMonoid implements Monoid<Numbers> {
  readonly #steps: (() => void)[] = [];

  /** Errors of lane numbers carry the name. */
  constructor(readonly name?: string) {}

  /** What fills v with numbers of this monoid. */
  into({ fill }: Numbers, v: Float64Array): () => void {
    const steps = this.#steps;
    if (steps.length === 0) return () => fill(v);
    return () => {
      for (const step of steps) step();
      fill(v);
    };
  }

  #view({ lanes, view, fill }: Numbers): Float64Array {
    if (view !== undefined) return view;
    const temporary = new Float64Array(lanes);
    this.#steps.push(() => fill(temporary));
    return temporary;
  }

  gather(of: Numbers, lanes: Lanes): Numbers {
    const x = this.#view(of);
    if (isRange(lanes)) return { lanes: lanes.length, fill: moved(x, lanes.start, lanes.step, lanes.length) };
    if (isGrid(lanes)) return { lanes: lanes.length, fill: (v) => void gridLanes(x, lanes, v) };
    return { lanes: lanes.length, fill: (v) => void takeLanes(x, lanes, v, this.name) };
  }

  along(of: Numbers, plan: SumPlan): Numbers {
    const x = this.#view(of);
    return { lanes: plan.outer * plan.inner, fill: (v) => void sumAlong(x, plan, v) };
  }

  total(of: Numbers): Numbers {
    const x = this.#view(of);
    return { lanes: 1, fill: (v) => void (v[0] = sumLanes(x)) };
  }

  extremesAlong(of: Numbers, plan: SumPlan, sign: 1 | -1): Numbers {
    const x = this.#view(of);
    return { lanes: plan.outer * plan.inner, fill: (v) => void extremesAlong(x, plan, sign, v) };
  }

  firstsAlong(of: Numbers, plan: SumPlan, sign: 1 | -1): Numbers {
    const x = this.#view(of);
    return { lanes: plan.outer * plan.inner, fill: (v) => void firstsAlong(x, plan, sign, v) };
  }

  runningAlong(of: Numbers, plan: SumPlan): Numbers {
    const x = this.#view(of);
    return { lanes: of.lanes, fill: (v) => void cumsumAlong(x, plan, v) };
  }

  ordered(of: Numbers, count: number): Numbers {
    const x = this.#view(of);
    return { lanes: of.lanes, fill: (v) => void orderLanes(x, count, v) };
  }

  running(of: Numbers): Numbers {
    const x = this.#view(of);
    return { lanes: of.lanes, fill: (v) => void cumsumLanes(x, v) };
  }

  scatter(of: Numbers, to: Lanes, lanes: number): Numbers {
    const x = this.#view(of);
    const list = isRange(to) || isGrid(to) ? Int32Array.from({ length: to.length }, (_, i) => laneNumber(to, i)) : to;
    return { lanes, fill: (v) => void segmentSumLanes(x, list, lanes, v, this.name) };
  }

  placed(pieces: readonly (readonly [x: Numbers, offset: number])[], lanes: number): Numbers {
    const placed = pieces.map(([x, offset]) => ({ x: this.#view(x), offset }));
    return { lanes, fill: (v) => void placeLanes(placed, v) };
  }

  terms(of: readonly Numbers[]): Numbers {
    const views = of.map((x) => this.#view(x));
    const terms = new Float64Array(views.length);
    return {
      lanes: 1,
      fill(v) {
        for (let k = 0; k < terms.length; k++) terms[k] = views[k]![0]!;
        v[0] = sumTerms(terms, terms.length);
      },
    };
  }

  anywhere(): Numbers {
    throw new TypeError("numbers: expected lane numbers that are known, got none");
  }

  times(of: Numbers, by: Numbers): Numbers {
    const [x, y] = [this.#view(of), this.#view(by)];
    const lanes = Math.max(of.lanes, by.lanes);
    return {
      lanes,
      fill(v) {
        for (let i = 0; i < lanes; i++) v[i] = x[x.length === 1 ? 0 : i]! * y[y.length === 1 ? 0 : i]!;
      },
    };
  }

  extreme(of: Numbers, sign: 1 | -1): Numbers {
    const x = this.#view(of);
    return { lanes: 1, fill: (v) => void (v[0] = extremeLane(x, sign)) };
  }

  firstExtreme(of: Numbers, sign: 1 | -1): Numbers {
    const x = this.#view(of);
    return { lanes: 1, fill: (v) => void (v[0] = argLane(x, sign)) };
  }
}
