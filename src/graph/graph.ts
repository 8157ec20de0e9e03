/** The graph: a traced function as flat columns, operands before users, equal rows one row. */
import { grown } from "../data/growth.js";
import { type NumericArray } from "../data/arrays.js";
import { GraphError } from "../errors.js";
import { evaluate } from "../ops/generated/evaluate.js";
import { arity, commutative, exact } from "../ops/generated/table.js";
import { holdsIndices, isPooled, rowName, structural } from "../ops/rows.js";
import { type Signature } from "../ops/definition.js";
import { lanesOf, MOST_DIMENSIONS, type Shape, shapeText } from "../ops/shapes.js";
import { type Part } from "./parts.js";
import { type Steps } from "./steps.js";
import { type Leaf } from "../data/tree.js";

/** The index of a row in its graph. */
export type Row = number;

/** The shape id of scalars; every other id names the sizes of dimensions. */
export const SCALAR = 0;

const NONE = -1;

/** A piece of an `assemble` row: a row, and the lane where it is placed. */
export type Piece = readonly [row: Row, offset: number];

/** A derivative that the user gave: by tangents, or by seeds. Rows are of the shapes of the inputs and of the result. */
export interface CustomRule {
  readonly name: string;
  /** Appends the rows of the result's tangent. */
  readonly tangent?: (graph: Graph, inputs: readonly Row[], tangents: readonly Row[]) => Row;
  /** Appends the rows of the inputs' adjoints. */
  readonly adjoints?: (graph: Graph, inputs: readonly Row[], seed: Row) => readonly Row[];
}

/** A user's function of plain numbers, and its partials: functions of the same numbers, or such ops where they are to be differentiated again. */
export interface HostOp {
  readonly name: string;
  readonly value: (...numbers: number[]) => number;
  readonly partials?: readonly (((...numbers: number[]) => number) | HostOp)[];
}

/** A function as a graph of its own. Its parameters are placeholders, or rows of lane numbers; nothing is written into it once rows call it. */
export interface Body extends Signature {
  readonly kind: "body";
  readonly name: string;
  readonly graph: Graph;
  readonly parameters: readonly Row[];
  readonly results: readonly Row[];
  readonly parts: readonly Part[];
  /** The body of which this one is the same function with more results, those that derivatives need; itself where it is none. */
  readonly base: Body;
}

/**
 * A loop that a row owns. Its operands are the constants, what the carries are at first, and the stacks, `[length, …slice]`, lane numbers side by side; its parts the
 * carries after the last step, the stacks that it writes, and the sums: 0, and to that in the order of steps what each step gives.
 */
export interface Loop extends Signature, Steps {
  readonly kind: "loop";
  readonly name: string;
  readonly body: Body;
  readonly parts: readonly Part[];
  /** The loop of which this one is the same with more parts, those that derivatives need; itself where it is none. */
  readonly base: Loop;
}

/** What a row owns: its parts lie side by side in the row. */
export type Owned = Body | Loop;

/** What knows the numbers of a graph's rows while they are recorded. */
export interface Recording {
  /** How often the function that is recorded read a number. */
  readonly reads: number;
  /** Called with every row, once its columns are there. */
  compute(row: Row): void;
  /** Gives a placeholder the value of the row it stands for. */
  stand(placeholder: Row, row: Row): void;
  /** What the function that is recorded reads: the number of a scalar row, the lanes of a vector, copied; undefined where the row depends on what has no value, a point of many. */
  read(row: Row): number | Float64Array | undefined;
}

/** How much of everything a graph had at some time. */
export interface Mark {
  readonly length: number;
  readonly poolLength: number;
  readonly shapeCount: number;
  /** Of constants, vectors, rules, host functions and bodies. */
  readonly lists: readonly number[];
}

/** Reinterprets doubles, so that 0 and −0 are told apart. */
const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/**
 * A graph under construction or finished. A row takes 17 bytes in five columns (opcode 1, operands 3 × 4, shape 4)
 * and 12 to 24 in the table that finds equal rows; both double when full.
 */
export class Graph {
  /** How many rows there are. */
  length = 0;
  op = new Uint8Array(64);
  a = new Int32Array(64);
  b = new Int32Array(64);
  c = new Int32Array(64);
  shape = new Int32Array(64);
  /** Sizes by shape id, and how many lanes those are. */
  readonly #shapes: Shape[] = [[]];
  readonly #lanes: number[] = [1];
  /** Ids of vectors by their lanes, of others by their text. */
  readonly #shapeIds = new Map<number | string, number>();
  /** Pairs (row, offset) of the `assemble` rows, and the operands of `custom` and `host` rows. */
  pool = new Int32Array(64);
  poolLength = 0;
  /** The numbers of `constant` rows. */
  readonly constants: number[] = [];
  readonly #constantRows = new Map<number | bigint, Row>();
  /** The contents of `vector` and `indexVector` rows, copied when they were recorded. */
  readonly vectors: (Float64Array | Int32Array)[] = [];
  readonly #vectorRows = new Map<NumericArray | Int32Array, Row>();
  /** The rules of `custom` rows and the functions of `host` rows. */
  readonly rules: CustomRule[] = [];
  readonly hosts: HostOp[] = [];
  /** What rows own: bodies, and loops over such. */
  readonly bodies: Owned[] = [];
  /** The rows that own bodies, by the base of what they own and the operands. */
  readonly #owners = new Map<string, Row>();
  /** How many recordings it held before. */
  generation = 0;
  /** The argument leaves that `input` and `indices` rows name by number; none where the graph comes from text. */
  leaves: readonly Leaf[] = [];
  /** Knows the numbers of rows as they are recorded; a graph that has one is used once, so equal rows are not looked for. */
  recording: Recording | undefined = undefined;
  /** Slots of two: a row's hash, which keeps most look-ups out of the columns, and the row plus one. */
  #table = new Int32Array(256);

  /** The id of a shape: of a vector of so many lanes, or of the sizes of up to three dimensions. */
  shapeOf(shape: number | Shape): number {
    if (typeof shape !== "number" && shape.length < 2) return shape.length === 0 ? SCALAR : this.shapeOf(shape[0]!);
    const key = typeof shape === "number" ? shape : shapeText(shape);
    let id = this.#shapeIds.get(key);
    if (id === undefined) {
      const sizes = typeof shape === "number" ? [shape] : [...shape];
      const isSize = (size: number): boolean => Number.isInteger(size) && size >= 1 && size <= 0x7fffffff;
      if (!isSize(lanesOf(sizes)) || !sizes.every(isSize) || sizes.length > MOST_DIMENSIONS)
        throw new RangeError(
          typeof shape === "number"
            ? `graph: expected a vector of 1 to 2147483647 lanes, got ${shape}`
            : `graph: expected up to ${MOST_DIMENSIONS} dimensions of 1 to 2147483647 lanes together, got ${shapeText(shape)}`,
        );
      id = this.#shapes.push(sizes) - 1;
      this.#lanes.push(lanesOf(sizes));
      this.#shapeIds.set(key, id);
    }
    return id;
  }

  /** The sizes of a shape's dimensions. */
  sizesOf(shape: number): Shape {
    return this.#shapes[shape]!;
  }

  /** The sizes of a row's dimensions: none of a scalar. */
  sizes(row: Row): Shape {
    return this.#shapes[this.shape[row]!]!;
  }

  /** How many numbers a shape holds: 1 for the scalar's. */
  lanesOf(shape: number): number {
    return this.#lanes[shape]!;
  }

  /** How many numbers a row holds: 1 for a scalar. */
  lanes(row: Row): number {
    return this.lanesOf(this.shape[row]!);
  }

  isScalar(row: Row): boolean {
    return this.shape[row] === SCALAR;
  }

  isIndices(row: Row): boolean {
    return holdsIndices(this.op[row]!);
  }

  isConstant(row: Row): boolean {
    return this.op[row] === structural.constant;
  }

  /** The number of a `constant` row. */
  constantOf(row: Row): number {
    return this.constants[this.a[row]!]!;
  }

  /** Appends a row without looking for an equal one. */
  push(op: number, shape: number, a = NONE, b = NONE, c = NONE): Row {
    const row = this.length++;
    if (row === this.op.length) this.#grow();
    this.op[row] = op;
    this.shape[row] = shape;
    this.a[row] = a;
    this.b[row] = b;
    this.c[row] = c;
    this.recording?.compute(row);
    return row;
  }

  /** The row with these columns, recorded once. */
  shared(op: number, shape: number, a = NONE, b = NONE, c = NONE): Row {
    if (this.recording !== undefined) return this.push(op, shape, a, b, c);
    if (3 * this.length >= this.#table.length) this.#growTable();
    const table = this.#table;
    const mask = table.length - 1;
    const key = hash(op, shape, a, b, c);
    let slot = (key << 1) & mask;
    for (let entry; (entry = table[slot + 1]!) !== 0; slot = (slot + 2) & mask) {
      if (table[slot] !== key) continue;
      const row = entry - 1;
      if (this.op[row] === op && this.a[row] === a && this.b[row] === b && this.c[row] === c && this.shape[row] === shape) return row;
    }
    table[slot] = key;
    table[slot + 1] = this.length + 1;
    return this.push(op, shape, a, b, c);
  }

  /** The row of an op of the table; constants fold where the result is the same on every machine, and the operands of a commutative op are ordered. */
  elementwise(op: number, a: Row, b: Row = NONE, c: Row = NONE): Row {
    if (exact[op] && this.isConstant(a) && (b < 0 || this.isConstant(b)) && (c < 0 || this.isConstant(c))) {
      return this.literal(evaluate(op, this.constantOf(a), b < 0 ? 0 : this.constantOf(b), c < 0 ? 0 : this.constantOf(c)));
    }
    let shape = this.#join(op, this.shape[a]!, a);
    if (b >= 0) shape = this.#join(op, shape, b);
    if (c >= 0) shape = this.#join(op, shape, c);
    return commutative[op] && b < a ? this.shared(op, shape, b, a, c) : this.shared(op, shape, a, b, c);
  }

  #join(op: number, shape: number, operand: Row): number {
    const other = this.shape[operand]!;
    if (this.isIndices(operand))
      throw new TypeError(`${rowName(op)}: expected numbers, got lane numbers (an Int32Array). Only take and segmentSum accept those`);
    if (shape === other || other === SCALAR) return shape;
    if (shape === SCALAR) return other;
    throw differentShapes(rowName(op), this.#shapes[shape]!, this.#shapes[other]!);
  }

  /** The row of a number that a function used, or that follows from such: here that of the number. */
  literal(value: number): Row {
    return this.constant(value);
  }

  /** The row of a number, by its 64 bits; there is one NaN. */
  constant(value: number): Row {
    let key: number | bigint = value;
    if (value === 0) {
      double[0] = value;
      key = bits[0]!; // a bigint, so that −0 has a key of its own
    }
    let row = this.#constantRows.get(key);
    if (row === undefined) {
      row = this.push(structural.constant, SCALAR, this.constants.push(value) - 1);
      this.#constantRows.set(key, row);
    }
    return row;
  }

  /** The row of a constant vector or of constant lane numbers, by array identity while its contents stay the same; they are copied. */
  vector(values: NumericArray | Int32Array): Row {
    let row = this.#vectorRows.get(values);
    if (row === undefined || !sameNumbers(this.vectors[this.a[row]!]!, values)) {
      const op = values instanceof Int32Array ? structural.indexVector : structural.vector;
      row = this.push(
        op,
        this.shapeOf(values.length),
        this.vectors.push(values instanceof Int32Array ? values.slice() : new Float64Array(values)) - 1,
      );
      this.#vectorRows.set(values, row);
    }
    return row;
  }

  /** The row of constant numbers: of a vector, or in a shape that holds as many. */
  array(values: NumericArray, shape: Shape = [values.length]): Row {
    const row = this.vector(values);
    return shape.length === 1 ? row : this.shared(structural.reshape, this.shapeOf(shape), row);
  }

  /** The sum of pieces placed in zeros of a shape, by row-major lanes: of a vector of so many, or a scalar where it is left out. */
  assemble(pieces: readonly Piece[], shape: number | Shape = []): Row {
    return this.#pooled(structural.assemble, this.shapeOf(shape), pieces);
  }

  /** A row with the value of `value` whose derivative by `inputs` is rule number `rule`. */
  custom(rule: number, value: Row, inputs: readonly Row[]): Row {
    const operands = [value, ...inputs];
    return this.#pooled(
      structural.custom,
      this.shape[value]!,
      operands.map((row) => [row, 0]),
      rule,
    );
  }

  /** The row of host function number `host`, over the lanes of its operands. */
  host(host: number, operands: readonly Row[]): Row {
    const shape = operands.reduce((joined, row) => this.#join(structural.host, joined, row), SCALAR);
    return this.#pooled(
      structural.host,
      shape,
      operands.map((row) => [row, 0]),
      host,
    );
  }

  /** The row of a body's results on operands, recorded once. */
  call(body: Body, operands: readonly Row[]): Row {
    return this.owner(structural.call, body, operands);
  }

  /** The row of a loop on operands, recorded once. */
  loop(loop: Loop, operands: readonly Row[]): Row {
    return this.owner(structural.loop, loop, operands);
  }

  /**
   * The row of an opcode that owns something, recorded once. Of a row of the same function it is the one that there is, with the results of that which has more:
   * the parts of the other are the first of these, so its readers stay.
   */
  owner(op: number, owned: Owned, operands: readonly Row[]): Row {
    const key = `${this.bodyNumber(owned.base)} ${operands.join(" ")}`;
    let row = this.#owners.get(key);
    if (row === undefined) this.#owners.set(key, (row = this.pushOwner(op, owned, operands)));
    else this.extend(row, owned);
    return row;
  }

  /** Appends a row that owns something without looking for an equal one, of the shape that text says. */
  pushOwner(op: number, owned: Owned, operands: readonly Row[], shape = this.shapeOf(owned.lanes)): Row {
    return this.#pooled(
      op,
      shape,
      operands.map((operand) => [operand, 0]),
      this.bodyNumber(owned),
    );
  }

  /** Has a row give the parts of the same function with more of them, unless it gives as many. */
  extend(row: Row, owned: Owned): void {
    if (owned.parts.length <= this.owned(row).parts.length) return;
    this.c[row] = this.bodyNumber(owned);
    this.shape[row] = this.shapeOf(owned.lanes);
  }

  /** What a row owns. */
  owned(row: Row): Owned {
    return this.bodies[this.c[row]!]!;
  }

  /** The body of a call. */
  bodyOf(row: Row): Body {
    return this.bodies[this.c[row]!] as Body;
  }

  /** The loop of a loop's row. */
  loopOf(row: Row): Loop {
    return this.bodies[this.c[row]!] as Loop;
  }

  /** The number in this graph of what a row owns. */
  bodyNumber(owned: Owned): number {
    const known = this.bodies.indexOf(owned);
    return known < 0 ? this.bodies.push(owned) - 1 : known;
  }

  #pooled(op: number, shape: number, pieces: readonly Piece[], attribute = NONE): Row {
    const start = this.poolLength;
    if (this.pool.length < start + 2 * pieces.length) this.pool = grown(this.pool, start + 2 * pieces.length);
    for (const [row, offset] of pieces) {
      this.pool[this.poolLength++] = row;
      this.pool[this.poolLength++] = offset;
    }
    return this.push(op, shape, start, pieces.length, attribute);
  }

  /** How many operands of a row are rows. */
  operandCount(row: Row): number {
    const op = this.op[row]!;
    return isPooled(op) ? this.b[row]! : arity[op]!;
  }

  /** Operand number k of a row. */
  operand(row: Row, k: number): Row {
    if (isPooled(this.op[row]!)) return this.pool[this.a[row]! + 2 * k]!;
    return k === 0 ? this.a[row]! : k === 1 ? this.b[row]! : this.c[row]!;
  }

  /** All operands of a row, in order. */
  operands(row: Row): Row[] {
    return Array.from({ length: this.operandCount(row) }, (_, k) => this.operand(row, k));
  }

  /** The lane where piece k of an `assemble` row is placed. */
  pieceOffset(row: Row, k: number): number {
    return this.pool[this.a[row]! + 2 * k + 1]!;
  }

  /** How many shapes there are. */
  get shapeCount(): number {
    return this.#shapes.length;
  }

  /** How much there is of everything. */
  mark(): Mark {
    const { length, poolLength, shapeCount, constants, vectors, rules, hosts, bodies } = this;
    return { length, poolLength, shapeCount, lists: [constants, vectors, rules, hosts, bodies].map((list) => list.length) };
  }

  /** Forgets what came after a mark, and which rows are equal; the columns stay, and a table that was used for the most part. */
  rewind({ length, poolLength, shapeCount, lists }: Mark): void {
    if (this.#table.length > Math.max(2048, 64 * this.length)) this.#table = new Int32Array(256);
    else this.#table.fill(0);
    this.length = length;
    this.poolLength = poolLength;
    this.constants.length = lists[0]!;
    this.vectors.length = lists[1]!;
    this.rules.length = lists[2]!;
    this.hosts.length = lists[3]!;
    this.bodies.length = lists[4]!;
    this.#owners.clear();
    this.#shapes.length = shapeCount;
    this.#lanes.length = shapeCount;
    this.#shapeIds.clear();
    this.#constantRows.clear();
    this.#vectorRows.clear();
    for (let id = 1; id < shapeCount; id++) {
      const sizes = this.#shapes[id]!;
      this.#shapeIds.set(sizes.length === 1 ? sizes[0]! : shapeText(sizes), id);
    }
  }

  /** A graph with the same rows, to which others can be appended. */
  copy(): Graph {
    const to = new Graph();
    [to.length, to.poolLength, to.leaves] = [this.length, this.poolLength, this.leaves];
    [to.op, to.a, to.b, to.c, to.shape] = [this.op.slice(), this.a.slice(), this.b.slice(), this.c.slice(), this.shape.slice()];
    [to.pool, to.#table] = [this.pool.slice(), this.#table.slice()];
    for (let id = 1; id < this.shapeCount; id++) to.shapeOf(this.#shapes[id]!);
    to.constants.push(...this.constants);
    to.vectors.push(...this.vectors);
    to.rules.push(...this.rules);
    to.hosts.push(...this.hosts);
    to.bodies.push(...this.bodies);
    for (const [value, row] of this.#constantRows) to.#constantRows.set(value, row);
    for (const [values, row] of this.#vectorRows) to.#vectorRows.set(values, row);
    for (const [key, row] of this.#owners) to.#owners.set(key, row);
    return to;
  }

  /** The bytes the columns, pool and table take now. */
  get bytes(): number {
    return this.op.length * 17 + this.pool.byteLength + this.#table.byteLength;
  }

  /** Refuses a row number that is not of this graph. */
  checkRow(row: Row, where: string): void {
    if (!(row >= 0 && row < this.length)) throw new GraphError(`${where}: expected a row below ${this.length}, got ${row}`);
  }

  #grow(): void {
    this.op = grown(this.op);
    this.a = grown(this.a);
    this.b = grown(this.b);
    this.c = grown(this.c);
    this.shape = grown(this.shape);
  }

  #growTable(): void {
    const old = this.#table;
    const table = (this.#table = new Int32Array(2 * old.length));
    const mask = table.length - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = (old[i]! << 1) & mask;
      while (table[slot + 1] !== 0) slot = (slot + 2) & mask;
      table[slot] = old[i]!;
      table[slot + 1] = old[i + 1]!;
    }
  }
}

/** The error of operands whose shapes do not go together. */
export const differentShapes = (name: string, x: Shape, y: Shape): RangeError =>
  new RangeError(
    x.length === 1 && y.length === 1
      ? `${name}: expected operands of one length, got ${x[0]} and ${y[0]} lanes`
      : `${name}: expected operands whose shapes broadcast to each other, got ${shapeText(x)} and ${shapeText(y)}`,
  );

const sameNumbers = (x: Float64Array | Int32Array, y: NumericArray | Int32Array): boolean =>
  x.length === y.length && x.every((value, i) => Object.is(value, y[i]));

/** Multiplies and folds as MurmurHash3 does, so that neighbouring rows spread over the table. */
function hash(op: number, shape: number, a: number, b: number, c: number): number {
  let h = Math.imul(a, 0xcc9e2d51) ^ Math.imul(b, 0x1b873593) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(op + (shape << 8), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}
