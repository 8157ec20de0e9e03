/** Writes the rows of a graph on a tape: a lane is a row, what only moves lanes is no row, and what combines them is computed between the sweeps. */
import { type RowSet } from "../../graph/rowset.js";
import { type Graph, type Row, SCALAR } from "../../graph/graph.js";
import { arity } from "../../ops/generated/table.js";
import { isElementwise, structural } from "../../ops/rows.js";
import { flows } from "../../passes/activity.js";
import { rules } from "../../passes/generated/rules.js";
import { HELD, SUM } from "../reference/generated/sweeps.js";
import { type Counts, type TapeMemory } from "./memory.js";

/** Rows of a tape that follow each other, whose results lie from a cell on. */
interface Run {
  readonly kind: "run";
  readonly first: number;
  readonly cell: number;
  count: number;
}

/** A number for all lanes of a row, in cells of their own, so that the shares of its adjoint add up in the order of all sums. */
interface Spread {
  readonly kind: "spread";
  readonly from: number;
  readonly cell: number;
  readonly count: number;
}

/** A row of the graph that is computed between the sweeps. */
interface Stop {
  readonly kind: "stop";
  readonly row: Row;
}

/** A part of a tape, in order. */
export type Part = Run | Spread | Stop;

/** How much of a graph was written. */
export interface Written {
  readonly counts: Counts;
  /** How many rows of the graph. */
  readonly rows: Row;
  readonly parts: readonly Part[];
}

/** What is written, and where. */
interface Given {
  readonly graph: Graph;
  readonly memory: TapeMemory;
  /** How many cells, from the first, hold the inputs. */
  readonly inputs: number;
  /** Where the leaves begin among the inputs. */
  readonly leaves: readonly number[];
  /** 1 for the rows that adjoints are asked for; where it is left out, they are the inputs. */
  readonly parameters?: Uint8Array;
  /** 1 for the rows that are written; all where it is left out. */
  readonly needed?: RowSet;
  /** Called with every row that is computed between the sweeps, once it has its cells. */
  readonly onStop?: (row: Row) => void;
}

/** The cell of a row whose number is not known: of one point of many. */
const UNKNOWN = -1;

/** Parts that do not change when more is written. */
const copied = (parts: readonly Part[]): Part[] => parts.map((part) => ({ ...part }));

/** By opcode: bit k is set where a derivative flows to operand k. */
const flowing = Uint8Array.from(rules, (rule) => rule.reduce<number>((bits, partial, k) => bits | (partial === 0 ? 0 : 1 << k), 0));

/** A graph's rows on a tape, as far as they were written. */
export class TapeWriter {
  /** The first cell of every row of the graph, or, of lane numbers that are an argument, their position among those. */
  positions = new Int32Array(64);
  parts: Part[] = [];
  readonly graph: Graph;
  readonly #given: Omit<Given, "memory">;
  #memory: TapeMemory | undefined;
  /** 1 where adjoints are asked for at a row, by row of the graph. */
  #depends = new Uint8Array(64);
  #row = 0;
  #cell: number;
  #term = 0;
  #written: Row = 0;
  readonly #standing = new Map<Row, Row>();

  constructor({ memory, ...given }: Given) {
    this.#given = given;
    this.graph = given.graph;
    this.#memory = memory;
    this.#cell = given.inputs;
    memory.reserve(0, given.inputs, 0);
  }

  /** What is written on. */
  get memory(): TapeMemory {
    return this.#memory!;
  }

  /** Writes elsewhere from now on, or, without a memory, lets go of the one that it had. */
  moveTo(memory: TapeMemory | undefined): void {
    this.#memory = memory;
  }

  get counts(): Counts {
    return { row: this.#row, cell: this.#cell, term: this.#term };
  }

  /** What was written so far. */
  get state(): Written {
    return { counts: this.counts, rows: this.#written, parts: copied(this.parts) };
  }

  /** Goes on from what was written at another time. */
  restore({ counts, rows, parts }: Written): void {
    ({ row: this.#row, cell: this.#cell, term: this.#term } = counts);
    this.#written = rows;
    this.parts = copied(parts);
  }

  /** Forgets what placeholders stood for that are no more. */
  forget(): void {
    for (const row of this.#standing.keys()) if (row >= this.graph.length) this.#standing.delete(row);
  }

  /** A placeholder has the cells of the row that it stands for. */
  stand(placeholder: Row, row: Row): void {
    this.#standing.set(placeholder, row);
  }

  /** Writes the rows of the graph that are before `end` and not written yet. */
  write(end: Row): void {
    this.#reserveRows(end);
    while (this.#written < end) {
      this.#scalars(end);
      if (this.#written < end) this.#other(this.#written++);
    }
  }

  #reserveRows(end: Row): void {
    if (end <= this.positions.length) return;
    const positions = new Int32Array(Math.max(end, 2 * this.positions.length));
    positions.set(this.positions);
    this.positions = positions;
    const depends = new Uint8Array(positions.length);
    depends.set(this.#depends);
    this.#depends = depends;
  }

  /** Writes elementwise rows of scalars, up to another row. */
  #scalars(end: Row): void {
    const { graph, positions } = this;
    const { needed, parameters } = this.#given;
    const { op: ops, shape, a: as, b: bs, c: cs } = graph;
    let row = this.#written;
    let stop = row;
    let count = 0;
    for (; stop < end && isElementwise(ops[stop]!) && shape[stop] === SCALAR; stop++)
      count += needed === undefined || needed.has(stop) ? 1 : 0;
    if (stop === row) return;
    this.memory.reserve(this.#row + count, this.#cell + count, 0);
    const { op, flows, a, b, c } = this.memory.columns;
    const depends = this.#depends;
    const first = this.#row;
    let at = first;
    let cell = this.#cell;
    for (; row < stop; row++) {
      if (needed !== undefined && !needed.has(row)) continue;
      const code = ops[row]!;
      const [ra, rb, rc] = [as[row]!, bs[row]!, cs[row]!];
      const pa = positions[ra]!;
      const pb = rb < 0 ? 0 : positions[rb]!;
      const pc = rc < 0 ? 0 : positions[rc]!;
      if ((pa | pb | pc) < 0) {
        positions[row] = UNKNOWN;
        depends[row] = 0;
        continue;
      }
      const flow = flowing[code]! & (depends[ra]! | (rb < 0 ? 0 : depends[rb]! << 1) | (rc < 0 ? 0 : depends[rc]! << 2));
      op[at] = code;
      flows[at] = flow;
      a[at] = pa;
      b[at] = pb;
      c[at] = pc;
      at++;
      positions[row] = cell++;
      depends[row] = flow === 0 ? (parameters?.[row] ?? 0) : 1;
    }
    this.#written = row;
    this.#extend(at - first);
  }

  /** Notes that so many rows were written, whose results are the next cells. */
  #extend(count: number): void {
    if (count === 0) return;
    const last = this.parts.at(-1);
    if (last?.kind === "run" && last.first + last.count === this.#row && last.cell + last.count === this.#cell) last.count += count;
    else this.parts.push({ kind: "run", first: this.#row, cell: this.#cell, count });
    this.#row += count;
    this.#cell += count;
  }

  /** Gives a row the next cells. */
  #take(row: Row): void {
    this.positions[row] = this.#cell;
    this.memory.reserve(0, (this.#cell += this.graph.lanes(row)), 0);
  }

  /** Gives a row the cells of another, from a lane on. */
  #alias(row: Row, of: Row, lane = 0): void {
    this.positions[row] = this.positions[of]! + lane;
    if (this.#depends[of] === 1) this.#depends[row] = 1;
  }

  #isUnknown(row: Row): boolean {
    const { graph } = this;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--) if (this.positions[graph.operand(row, k)] === UNKNOWN) return true;
    return false;
  }

  /** Writes a vector, or a row that is not elementwise. */
  #other(row: Row): void {
    const { graph, positions } = this;
    const { parameters, needed, leaves } = this.#given;
    const op = graph.op[row]!;
    const a = graph.a[row]!;
    const isInput = op === structural.input || op === structural.indices;
    const isParameter = parameters === undefined ? op === structural.input : parameters[row] === 1;
    this.#depends[row] = Number(isParameter);
    if (isInput) positions[row] = leaves[a]! + (op === structural.input ? graph.b[row]! : 0);
    else if (needed !== undefined && !needed.has(row)) positions[row] = UNKNOWN;
    else if (op === structural.placeholder) this.#placeholder(row);
    else if (this.#isUnknown(row)) positions[row] = UNKNOWN;
    else if (isElementwise(op)) this.#lanes(row);
    else
      switch (op) {
        case structural.constant:
          return this.#held(row, graph.constantOf(row));
        case structural.vector:
          this.#take(row);
          return this.memory.columns.value.set(graph.vectors[a]!, positions[row]);
        case structural.indexVector:
          positions[row] = 0; // lane numbers lie in the graph
          return;
        case structural.at:
          return isParameter ? this.#sum(row, [positions[a]! + graph.b[row]!]) : this.#alias(row, a, graph.b[row]);
        case structural.slice:
        case structural.reshape:
          return isParameter ? this.#stop(row) : this.#alias(row, a, Math.max(0, graph.b[row]!));
        case structural.custom:
          return this.#alias(row, graph.operand(row, 0));
        case structural.assemble:
          if (!graph.isScalar(row)) return this.#stop(row);
          return this.#sum(
            row,
            graph.operands(row).map((operand) => positions[operand]!),
          );
        default:
          return this.#stop(row);
      }
  }

  #placeholder(row: Row): void {
    const real = this.#standing.get(row);
    if (real === undefined) this.positions[row] = UNKNOWN;
    else this.#alias(row, real);
  }

  /** A number that is given has a row of its own, so that the cells of the rows around it follow each other. */
  #held(row: Row, value: number): void {
    this.memory.reserve(this.#row + 1, this.#cell + 1, 0);
    const { op, flows, value: values } = this.memory.columns;
    op[this.#row] = HELD;
    flows[this.#row] = 0;
    values[this.#cell] = value;
    this.positions[row] = this.#cell;
    this.#extend(1);
  }

  /** A row a lane, of the operands' lanes. */
  #lanes(row: Row): void {
    const { graph, positions } = this;
    const lanes = graph.lanes(row);
    const code = graph.op[row]!;
    const operands = Array.from({ length: arity[code]! }, (_, k) => graph.operand(row, k));
    const flow = operands.reduce((bits, operand, k) => bits | (flowing[code]! & (this.#depends[operand]! << k)), 0);
    const cells = operands.map((operand, k) => {
      const cell = positions[operand]!;
      const isShared = graph.isScalar(operand);
      if (!isShared || ((flow >> k) & 1) === 0) return { cell, moves: !isShared };
      return { cell: this.#spread(cell, lanes), moves: true };
    });
    this.memory.reserve(this.#row + lanes, this.#cell + lanes, 0);
    const { op, flows, a, b, c } = this.memory.columns;
    const first = this.#row;
    for (const [k, { cell, moves }] of cells.entries()) {
      const column = [a, b, c][k]!;
      if (moves) for (let lane = 0; lane < lanes; lane++) column[first + lane] = cell + lane;
      else column.fill(cell, first, first + lanes);
    }
    op.fill(code, first, first + lanes);
    flows.fill(flow, first, first + lanes);
    positions[row] = this.#cell;
    if (flow !== 0) this.#depends[row] = 1;
    this.#extend(lanes);
  }

  /** Cells for a number in every lane. */
  #spread(from: number, count: number): number {
    const cell = this.#cell;
    this.#cell += count;
    this.memory.reserve(0, this.#cell, 0);
    this.parts.push({ kind: "spread", from, cell, count });
    return cell;
  }

  /** The sum of numbers, wherever they lie. */
  #sum(row: Row, cells: readonly number[]): void {
    const { graph, positions } = this;
    const count = cells.length;
    this.memory.reserve(this.#row + 1, this.#cell + 1, this.#term + count);
    const { op, flows, a, b, terms } = this.memory.columns;
    const depends = Number(graph.operands(row).some((operand) => this.#depends[operand] === 1));
    terms.set(cells, this.#term);
    op[this.#row] = SUM;
    flows[this.#row] = depends;
    a[this.#row] = this.#term;
    b[this.#row] = count;
    this.#term += count;
    positions[row] = this.#cell;
    if (depends === 1) this.#depends[row] = 1;
    this.#extend(1);
  }

  /** A row that is computed between the sweeps. */
  #stop(row: Row): void {
    const { graph } = this;
    this.#take(row);
    const depends = this.#depends;
    for (let k = graph.operandCount(row) - 1; k >= 0; k--)
      if (depends[graph.operand(row, k)] === 1 && flows(graph, row, k)) depends[row] = 1;
    this.#given.onStop?.(row); // which may throw, and is no part then
    this.parts.push({ kind: "stop", row });
  }
}
