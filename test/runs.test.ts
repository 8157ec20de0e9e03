/** Runs: rows of one opcode over operands wherever they lie, cut or gathered, and always the same numbers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "../src/engines/plan/arena.js";
import { kernelRow } from "../src/engines/kernel/rows.js";
import { Column, CONSTANT, Runs } from "../src/engines/kernel/runs.js";
import { type Place, Tape } from "../src/engines/kernel/tape.js";
import { opcode } from "../src/ops/generated/table.js";

/** Where the numbers are that runs read, and how many. */
const [FIRST, CELLS] = [1024, 64];

/** A row as it was appended. */
interface Row {
  readonly op: number;
  readonly lanes: number;
  readonly v: Place;
  readonly operands: readonly (Place | undefined)[];
}

/** A tape that says which rows are appended to it. */
class Written extends Tape {
  readonly rows: Row[] = [];
  override row(op: number, lanes: number, v: Place, a: Place, b?: Place, c?: Place): void {
    this.rows.push({ op, lanes, v, operands: [a, b, c] });
    super.row(op, lanes, v, a, b, c);
  }
}

const written = (): Written => new Written(new Arena(FIRST + 8 * CELLS));

/** An operand of every lane: a cell, or a constant. */
type Lane = number | { readonly constant: number };

const columnOf = (lanes: readonly Lane[]): Column =>
  new Column(
    Float64Array.from(lanes, (lane) => (typeof lane === "number" ? FIRST + 8 * lane : CONSTANT)),
    (i) => (lanes[i] as { constant: number }).constant,
  );

/** The numbers of a run a − b, computed as the rows say in a memory whose cell k holds k + 1/2. */
function computed(a: readonly Lane[], b: readonly Lane[]): { values: number[]; rows: readonly Row[] } {
  const tape = written();
  const address = tape.arena.allocate(8 * (a.length + 1));
  new Runs(tape).emit(opcode.sub, a.length, [columnOf(a), columnOf(b)], (start) => ({ address: address + 8 * start }));
  const memory = new ArrayBuffer(tape.arena.bytes);
  new Float64Array(memory, FIRST, CELLS).forEach((_, k, cells) => (cells[k] = k + 0.5));
  tape.arena.writeTo(memory);
  const numbers = new Float64Array(memory);
  for (const { op, lanes, v, operands } of tape.rows)
    for (let i = 0; i < lanes; i++) {
      const at = ({ address, broadcast }: Place): number => (address + (broadcast ? 0 : 8 * i)) / 8;
      numbers[v.address / 8 + i] =
        op === kernelRow.gather
          ? numbers[new Uint32Array(memory, operands[0]!.address, lanes)[i]! / 8]!
          : numbers[at(operands[0]!)]! - numbers[at(operands[1]!)]!;
    }
  return { values: [...numbers.subarray(address / 8, address / 8 + a.length)], rows: tape.rows };
}

const valueOf = (lane: Lane): number => (typeof lane === "number" ? lane + 0.5 : lane.constant);

const column = (length: number): fc.Arbitrary<Lane[]> =>
  fc.array(fc.oneof(fc.nat({ max: CELLS - 1 }), fc.double({ noNaN: true }).map((constant) => ({ constant }))), { minLength: length, maxLength: length }); // prettier-ignore

test("compute every lane from its operands", () => {
  const pairs = fc.integer({ min: 1, max: 40 }).chain((length) => fc.tuple(column(length), column(length)));
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      expect(computed(a, b).values).toEqual(a.map((lane, i) => valueOf(lane) - valueOf(b[i]!)));
    }),
    { numRuns: 500, seed: 7 },
  );
});

const ramp = (from: number, length: number): number[] => Array.from({ length }, (_, i) => from + i);
const scattered = (length: number): number[] => ramp(0, length).map((i) => (37 * i) % CELLS);

describe("are as few rows as pay", () => {
  test.each([
    { what: "neighbours", a: ramp(0, 20), b: ramp(20, 20), lanes: [20] },
    { what: "neighbours and one number", a: ramp(0, 20), b: Array.from({ length: 20 }, () => 7), lanes: [20] },
    { what: "neighbours and constants", a: ramp(0, 20), b: ramp(0, 20).map((constant) => ({ constant })), lanes: [20] },
    { what: "two stretches", a: [...ramp(0, 10), ...ramp(30, 10)], b: ramp(40, 20), lanes: [10, 10] },
    { what: "scattered numbers, gathered", a: scattered(30), b: ramp(0, 30), lanes: [30, 30] },
    { what: "scattered numbers on both sides", a: scattered(30), b: scattered(30).reverse(), lanes: [30, 30, 30] },
  ])("$what", ({ a, b, lanes }) => {
    const { rows, values } = computed(a, b);
    expect(rows.map((row) => row.lanes)).toEqual(lanes);
    expect(values).toEqual(a.map((lane, i) => valueOf(lane) - valueOf(b[i]!)));
  });

  test("and what was gathered for the run before is not gathered again", () => {
    const tape = written();
    const runs = new Runs(tape);
    const v = { address: tape.arena.allocate(8 * 32) };
    const emit = (a: readonly number[]): void => runs.emit(opcode.sub, 30, [columnOf(a), columnOf(ramp(0, 30))], () => v);
    emit(scattered(30));
    emit(scattered(30));
    emit(scattered(30).reverse());
    const [gather, sub] = [kernelRow.gather, opcode.sub] as const;
    expect(tape.rows.map(({ op }) => op)).toEqual([gather, sub, sub, gather, sub]);
  });
});
