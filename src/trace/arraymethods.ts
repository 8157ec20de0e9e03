/** The methods of a Value that are functions of vectors and matrices, of which it is the first operand. */
import type { AxisOptions } from "./axes.js";
import type { MatmulOptions } from "./products.js";
import type { VarianceOptions } from "./statistics.js";
import type { Value } from "./value.js";
import type { Array2 } from "./wholes.js";

/** A reduction of all lanes, or, with `{ axis }`, of those along one dimension. */
type ReductionMethod = (options?: AxisOptions) => Value;

/** What a Value inherits; src/trace/methods.ts defines what is declared here. */
export abstract class ArrayMethods {
  /** transpose(this): rows and columns swapped, of a batch each. */
  declare readonly T: Value;
  /** transpose(this): rows and columns swapped, of a batch each. */
  declare readonly transpose: () => Value;
  /** reshape(this, shape): the same numbers in another shape; one size may be −1. */
  declare readonly reshape: (shape: readonly number[]) => Value;
  /** matmul(this, b, options): the product with a matrix or a vector on its right. */
  declare readonly matmul: (b: Array2, options?: MatmulOptions) => Value;
  /** sum(this, options): the sum of the lanes. */
  declare readonly sum: ReductionMethod;
  /** mean(this, options): Σ xᵢ / n. */
  declare readonly mean: ReductionMethod;
  /** prod(this, options): the product of the lanes. */
  declare readonly prod: ReductionMethod;
  /** max(this, options): the greatest lane; ties share the derivative. */
  declare readonly max: ReductionMethod;
  /** min(this, options): the least lane; ties share the derivative. */
  declare readonly min: ReductionMethod;
  /** argmax(this, options): the first place of the greatest lane. */
  declare readonly argmax: ReductionMethod;
  /** argmin(this, options): the first place of the least lane. */
  declare readonly argmin: ReductionMethod;
  /** norm(this, options): √Σ xᵢ², without overflow on the way. */
  declare readonly norm: ReductionMethod;
  /** logSumExp(this, options): log Σ exp xᵢ, without overflow on the way. */
  declare readonly logSumExp: ReductionMethod;
  /** variance(this, options): the mean of the squared deviations from the mean. */
  declare readonly variance: (options?: VarianceOptions) => Value;
  /** std(this, options): √variance. */
  declare readonly std: (options?: VarianceOptions) => Value;
}
