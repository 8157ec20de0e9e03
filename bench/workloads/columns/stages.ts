/** A thousand elementwise rows with reductions between three stages: what memory it takes shows whether a whole column is kept for each row. */
import { div, mean, sqrt, square, sub, sum, type Value } from "wengert";

/** v ↦ v + h (x − v²), over and over: four rows a turn. */
function steps(turns: number, v: Value, x: Value): Value {
  for (let turn = 0; turn < turns; turn++) v = v.add(sub(x, square(v)).mul(0.25 / turns));
  return v;
}

/** Three stages of 4 × `turns` rows: the second waits for a mean of the first, the third for a root mean square of the second. */
export const stages =
  (turns: number) =>
  (x: Value): Value => {
    const first = steps(turns, x, x);
    const second = steps(turns, sub(first, mean(first)), x);
    return sum(steps(turns, div(second, sqrt(mean(square(second)))), x));
  };
