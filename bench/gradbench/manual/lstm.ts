/** The loss of an LSTM with weights that act number by number, and its gradient, by hand. */
import { type Lstm } from "../modules/lstm.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What one layer computed in one step, gate by gate, and what it was given. */
interface Layer {
  readonly x: Float64Array;
  readonly hidden: Float64Array;
  readonly cell: Float64Array;
  readonly forget: Float64Array;
  readonly ingate: Float64Array;
  readonly outgate: Float64Array;
  readonly change: Float64Array;
  /** tanh of the new cell. */
  readonly bent: Float64Array;
}

/** What a step computed. */
interface Step {
  readonly layers: readonly Layer[];
  /** What the last layer gave. */
  readonly last: Float64Array;
  readonly share: Float64Array;
}

const row = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers);

/** The total over the steps, and what each computed where `keep` says so. */
function run({ main_params: main, extra_params: extra, state, sequence }: Lstm, keep: boolean): { total: number; steps: Step[] } {
  const b = state[0]!.length;
  const current = state.map(row);
  const steps: Step[] = [];
  let total = 0;
  for (let t = 0; t + 1 < sequence.length; t++) {
    let h = Float64Array.from(sequence[t]!, (x, i) => x * extra[0]![i]!);
    const layers: Layer[] = [];
    for (let l = 0; 2 * l < main.length; l++) {
      const [weights, biases] = [main[2 * l]!, main[2 * l + 1]!];
      const [hidden, cell] = [current[2 * l]!, current[2 * l + 1]!];
      const gate = (g: number, of: Float64Array, bend: (x: number) => number): Float64Array =>
        of.map((x, i) => bend(x * weights[g * b + i]! + biases[g * b + i]!));
      const [forget, ingate] = [gate(0, h, sigmoid), gate(1, hidden, sigmoid)];
      const [outgate, change] = [gate(2, h, sigmoid), gate(3, hidden, Math.tanh)];
      const next = cell.map((c, i) => c * forget[i]! + ingate[i]! * change[i]!);
      const bent = next.map(Math.tanh);
      if (keep) layers.push({ x: h, hidden, cell, forget, ingate, outgate, change, bent });
      h = bent.map((x, i) => x * outgate[i]!);
      current[2 * l] = h;
      current[2 * l + 1] = next;
    }
    const exps = h.map((x, i) => Math.exp(x * extra[1]![i]! + extra[2]![i]!));
    const sum = 2 + exps.reduce((all, x) => all + x, 0);
    for (let i = 0; i < b; i++) total += sequence[t + 1]![i]! * (h[i]! * extra[1]![i]! + extra[2]![i]! - Math.log(sum));
    if (keep) steps.push({ layers, last: h, share: exps.map((x) => x / sum) });
  }
  return { total, steps };
}

/** What the loss is of the total: minus its mean. */
const scaleOf = ({ state, sequence }: Lstm): number => -1 / (state[0]!.length * (sequence.length - 1));

export const objective = (given: Lstm): number => scaleOf(given) * run(given, false).total;

export function jacobian(given: Lstm): Float64Array {
  const { main_params: main, extra_params: extra, state, sequence } = given;
  const b = state[0]!.length;
  const { steps } = run(given, true);
  const slopes = new Float64Array(4 * b * main.length + 3 * b);
  const extras = 4 * b * main.length;
  const adjoints = state.map(() => new Float64Array(b)); // of hidden and cell, layer by layer
  for (let t = steps.length - 1; t >= 0; t--) {
    const { layers, last, share } = steps[t]!;
    const ones = sequence[t + 1]!.reduce((all, x) => all + x, 0);
    const above = new Float64Array(b); // of what the layer gives on
    for (let i = 0; i < b; i++) {
      const g = scaleOf(given) * (sequence[t + 1]![i]! - ones * share[i]!);
      slopes[extras + b + i]! += g * last[i]!;
      slopes[extras + 2 * b + i]! += g;
      above[i] = g * extra[1]![i]!;
    }
    for (let l = layers.length - 1; l >= 0; l--) {
      const { x, hidden, cell, forget, ingate, outgate, change, bent } = layers[l]!;
      const weights = main[2 * l]!;
      const at = 8 * b * l;
      for (let i = 0; i < b; i++) {
        const gh = above[i]! + adjoints[2 * l]![i]!;
        const gc = adjoints[2 * l + 1]![i]! + gh * outgate[i]! * (1 - bent[i]! ** 2);
        const gates = [
          gc * cell[i]! * forget[i]! * (1 - forget[i]!),
          gc * change[i]! * ingate[i]! * (1 - ingate[i]!),
          gh * bent[i]! * outgate[i]! * (1 - outgate[i]!),
          gc * ingate[i]! * (1 - change[i]! ** 2),
        ];
        gates.forEach((g, k) => {
          slopes[at + k * b + i]! += g * (k % 2 === 0 ? x : hidden)[i]!;
          slopes[at + 4 * b + k * b + i]! += g;
        });
        above[i] = gates[0]! * weights[i]! + gates[2]! * weights[2 * b + i]!;
        adjoints[2 * l]![i] = gates[1]! * weights[b + i]! + gates[3]! * weights[3 * b + i]!;
        adjoints[2 * l + 1]![i] = gc * forget[i]!;
      }
    }
    for (let i = 0; i < b; i++) slopes[extras + i]! += above[i]! * sequence[t]![i]!;
  }
  return slopes;
}
