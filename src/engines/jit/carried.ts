/** What goes from lane to lane in a loop: running sums, greatest and least lanes. */
import { type Row } from "../../graph/graph.js";
import { structural } from "../../ops/structural.js";
import { type Code, type Local } from "../../wasm/code.js";
import { I, Type, type TypeCode } from "../../wasm/instructions.js";
import { type Emission } from "./emission.js";

/** A carried value: its type, and what it is before the first lane. */
interface Carried {
  readonly type: TypeCode;
  readonly start: number;
}

/** What a row carries from lane to lane, if anything. */
function carriedBy({ stages: { lowered } }: Emission, row: Row): Carried | undefined {
  switch (lowered.op[row]!) {
    case structural.cumsum:
      return { type: Type.f64, start: -0 };
    case structural.max:
      return { type: Type.v128, start: -Infinity };
    case structural.min:
      return { type: Type.v128, start: Infinity };
    default:
      return undefined;
  }
}

/** Puts what rows carry before the first lane in locals. */
export function beginCarried(emission: Emission, code: Code, rows: readonly Row[]): Map<Row, Local> {
  return inLocals(emission, code, rows, ({ start }) => emission.constant(start));
}

/** Puts what rows carry in locals, from memory. */
export function loadCarried(emission: Emission, code: Code, rows: readonly Row[], addresses: ReadonlyMap<Row, number>): Map<Row, Local> {
  return inLocals(emission, code, rows, (_, row) => addresses.get(row)!);
}

function inLocals(
  emission: Emission,
  code: Code,
  rows: readonly Row[],
  addressOf: (carried: Carried, row: Row) => number,
): Map<Row, Local> {
  const locals = new Map<Row, Local>();
  for (const row of rows) {
    const carried = carriedBy(emission, row);
    if (carried === undefined) continue;
    code.load(carried.type === Type.f64 ? I.f64_load : I.v128_load, addressOf(carried, row));
    const local = code.take(carried.type);
    code.set(local);
    locals.set(row, local);
  }
  return locals;
}

/** Writes what rows carry to memory. */
export function storeCarried(emission: Emission, code: Code, locals: ReadonlyMap<Row, Local>, addresses: ReadonlyMap<Row, number>): void {
  for (const [row, local] of locals) {
    code.integer(0);
    code.get(local);
    code.memory(carriedBy(emission, row)!.type === Type.f64 ? I.f64_store : I.v128_store, addresses.get(row)!);
  }
}
