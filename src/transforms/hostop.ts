/** Functions of plain numbers as ops: `hostOp`. */
import { taking } from "../data/operands.js";
import { type NumericArray } from "../data/arrays.js";
import { describe } from "../errors.js";
import { type HostOp } from "../graph/graph.js";
import { optionsOf } from "../data/options.js";
import { hostNumber } from "../passes/calls.js";
import { outside } from "../trace/trace.js";
import { onLanes, type Operand, rowOf, traceOf, Value } from "../trace/value.js";

export { type HostOp };

/** A host function as an op: on numbers a number, on Float64Arrays a Float64Array, on Values a Value. */
export interface HostFunction {
  (...operands: number[]): number;
  (...operands: (number | NumericArray)[]): Float64Array;
  (...operands: Operand[]): Value;
}

/** Refuses what is no function of numbers, partials included. */
function check(op: HostOp, count: number | undefined): void {
  if (typeof op !== "object" || op === null || typeof op.name !== "string" || typeof op.value !== "function")
    throw new TypeError(`hostOp: expected { name, value } with a function of numbers, got ${describe(op)}`);
  if (count !== undefined && op.partials !== undefined && op.partials.length !== count)
    throw new RangeError(`hostOp: expected one partial an operand of ${op.name}, got ${op.partials.length} for ${count}`);
  for (const partial of op.partials ?? []) if (typeof partial !== "function") check(optionsOf("hostOp", partial), count);
}

/** A user's function that throws where it gives anything but a number. */
const checked =
  (name: string, value: (...numbers: number[]) => number) =>
  (...numbers: number[]): number => {
    const result: unknown = value(...numbers);
    if (typeof result === "number") return result;
    const hint = result instanceof Promise ? ". It must be synchronous" : result === undefined ? ". Does it return?" : "";
    throw new TypeError(`${name}: expected a function that gives a number, got ${describe(result)}${hint}`);
  };

/** An op whose functions are checked at every call. */
function checkedOp(given: HostOp): HostOp {
  const { name, value, partials } = optionsOf("hostOp", given);
  const op = { name, value: checked(name, value) };
  if (partials === undefined) return op;
  const checkedPartials = partials.map((partial, k) =>
    typeof partial === "function" ? checked(`${name}.partials[${k}]`, partial) : checkedOp(partial),
  );
  return { ...op, partials: checkedPartials };
}

/**
 * A function of plain numbers as an op that traced functions may use: `hostOp({ name, value, partials })`, with one partial an operand. On vectors it is called once a lane.
 * The engines call it back at every evaluation, in no order that is promised, so it should depend on its numbers alone. A partial may be such an op itself, with partials of its own, for
 * derivatives of derivatives.
 * @throws TypeError where it is differentiated without partials, or gives anything but a number.
 */
export const hostOp = /* @__PURE__ */ taking(
  "hostOp",
  1,
  function hostOp(given: HostOp): HostFunction {
    check(given, undefined);
    const op = checkedOp(given);
    let arity: number | undefined;
    return ((...operands: unknown[]): Operand => {
      if (operands.length === 0) throw new RangeError(`${op.name}: expected at least one operand, got none`);
      if (arity !== operands.length) check(op, (arity = operands.length));
      const trace = traceOf(op.name, operands);
      if (!trace) return outside(() => onLanes(op.name, op.value, operands));
      const { graph } = trace;
      return new Value(
        trace,
        graph.host(
          hostNumber(graph, op),
          operands.map((operand) => rowOf(op.name, trace, operand)),
        ),
      );
    }) as HostFunction;
  },
  "argument",
);
