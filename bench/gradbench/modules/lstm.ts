/** GradBench's lstm: the loss of an LSTM whose weights act number by number, and its gradient. */
import { add, compile, exp, grad, log, type Matrix, matrix, mul, scan, sigmoid, slice, sub, sum, tanh, type Value } from "wengert";
import { type Fields } from "../fields.js";
import { type Module } from "../module.js";

/** Layers by two rows each: weights and biases of forget, ingate, outgate and change, side by side; and hidden and cell. */
export interface Lstm {
  readonly main_params: readonly (readonly number[])[];
  readonly extra_params: readonly (readonly number[])[];
  readonly state: readonly (readonly number[])[];
  readonly sequence: readonly (readonly number[])[];
}

/** What the loss is differentiated by. */
interface Parameters<V> {
  readonly main: readonly V[];
  readonly extra: readonly V[];
}

function read(input: Fields): Lstm {
  const state = input.rows("state");
  const width = state[0]!.length;
  return {
    main_params: input.rows("main_params", state.length, 4 * width),
    extra_params: input.rows("extra_params", 3, width),
    state,
    sequence: input.rows("sequence", undefined, width),
  };
}

/** The loss over a sequence, one step of which is the body of a loop. */
const lossOf =
  (width: number, state: readonly Float64Array[], sequence: Matrix) =>
  ({ main, extra }: Parameters<Value>): Value => {
    const gate = (rows: number, k: number, x: Value): Value => {
      const part = (row: Value): Value => slice(row, k * width, (k + 1) * width);
      return add(mul(x, part(main[rows]!)), part(main[rows + 1]!));
    };
    const steps = sequence.shape[0]! - 1;
    const [, terms] = scan(
      (current: readonly Value[], { now, next }: { now: Value; next: Value }) => {
        let h = mul(now, extra[0]!);
        const after = current.slice();
        for (let rows = 0; rows < current.length; rows += 2) {
          const [hidden, cell] = [current[rows]!, current[rows + 1]!];
          const kept = mul(cell, sigmoid(gate(rows, 0, h)));
          const changed = add(kept, mul(sigmoid(gate(rows, 1, hidden)), tanh(gate(rows, 3, hidden))));
          h = mul(sigmoid(gate(rows, 2, h)), tanh(changed));
          [after[rows], after[rows + 1]] = [h, changed];
        }
        const y = add(mul(h, extra[1]!), extra[2]!);
        return [after, sum(mul(next, sub(y, log(add(2, sum(exp(y)))))))] as const;
      },
      state,
      { now: slice(sequence, 0, steps), next: slice(sequence, 1) },
    );
    return mul(-1 / (width * steps), sum(terms));
  };

const columns = (rows: readonly (readonly number[])[]): Float64Array[] => rows.map((row) => Float64Array.from(row));

function prepared(input: Fields): { loss: ReturnType<typeof lossOf>; parameters: Parameters<Float64Array> } {
  const { main_params, extra_params, state, sequence } = read(input);
  return {
    loss: lossOf(state[0]!.length, columns(state), matrix(sequence)),
    parameters: { main: columns(main_params), extra: columns(extra_params) },
  };
}

export const lstm: Module = {
  objective(input, engine) {
    const { loss, parameters } = prepared(input);
    const step = compile(loss as never, [parameters] as never, { engine });
    return () => (step as unknown as (p: unknown) => number)(parameters);
  },
  jacobian(input, engine) {
    const { loss, parameters } = prepared(input);
    const step = compile(grad(loss as never), [parameters] as never, { engine });
    return () => {
      const { main, extra } = (step as unknown as (p: unknown) => Parameters<Float64Array>)(parameters);
      return [...main, ...extra].flatMap((row) => [...row]);
    };
  },
};
