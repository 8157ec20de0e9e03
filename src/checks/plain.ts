/** The function itself, called on plain numbers: what a trace cannot see, a Value that is truthy, shows there. */
import { describe } from "../errors.js";
import { type AnyFunction } from "../trace/program.js";
import { type Compiled } from "../compiled/step.js";
import { build, inLeaf } from "../data/tree.js";

/** What a function gave when it was called on plain numbers, beside what its trace gives there. */
export interface PlainCall {
  /** The traced function's value. */
  readonly traced: number;
  /** The function's value on plain numbers; undefined where it gave no number. */
  readonly plain: number | undefined;
  /** Whether the two are one within the tolerance, or that the function cannot be called on plain numbers, since it uses methods of Values. */
  readonly verdict: "same" | "different" | "not called";
  /** Why there is no number. */
  readonly reason?: string;
}

/** A compiled function's arguments as they lie in its memory, copied. */
function argumentsOf({ signature, executable }: Compiled): unknown[] {
  const { inputs, indices } = executable;
  return build(signature.inputTree, (leaf) => {
    const { kind, position, lanes } = signature.inputs[leaf]!;
    if (kind === "number") return inputs[position]!;
    if (kind === "indices") return indices.slice(position, position + lanes);
    const numbers = inputs.slice(position, position + lanes);
    return kind === "vector" ? inLeaf(signature.inputs[leaf]!, numbers) : [...numbers];
  }) as unknown[];
}

/** Calls a function on the numbers in its compiled form's memory. `isSame` says whether the value there is the traced one; it may call again, on other numbers. */
export function plainCall(
  f: AnyFunction,
  compiled: Compiled,
  traced: number,
  isSame: (plain: number, again: () => number) => boolean,
): PlainCall {
  const call = (): unknown => f(...(argumentsOf(compiled) as never[]));
  let plain: unknown;
  try {
    plain = call();
  } catch (error) {
    return { traced, plain: undefined, verdict: "not called", reason: error instanceof Error ? error.message : describe(error) };
  }
  if (typeof plain !== "number") return { traced, plain: undefined, verdict: "different", reason: `it returned ${describe(plain)}` };
  return { traced, plain, verdict: Object.is(plain, traced) || isSame(plain, () => Number(call())) ? "same" : "different" };
}

/** What a call on plain numbers showed, as text; nothing where the values are one. */
export function plainText({ traced, plain, verdict, reason }: PlainCall): string {
  if (verdict === "same") return "";
  if (verdict === "not called") return `the function was not called on plain numbers: ${reason}`;
  return (
    `expected the function's value on plain numbers${plain === undefined ? "" : `, ${plain}`}, got ${traced} where it is traced${reason === undefined ? "" : ` (${reason} on numbers)`}. ` +
    "A traced Value is truthy and equals no number: write `if (x)`, `x === 0`, Number.isFinite(x) with where(), or in record() with numberOf(x). " +
    "The lint rule @typescript-eslint/no-unnecessary-condition finds most of these"
  );
}
