/** Values: what a function sees while it is traced, and how ops apply to numbers, Float64Arrays and Values alike. */
import { asFloat64, insteadOf, isNumericArray, type NumericArray } from "../data/arrays.js";
import { copyOf, describe, thisCopy } from "../errors.js";
import { evaluate } from "../ops/generated/evaluate.js";
import { Methods } from "./generated/methods.js";
import { arity, internal, opCount, opNames, truth } from "../ops/generated/table.js";
import { Matrix, type Found, shapedIn } from "../data/matrix.js";
import { differentShapes, type Graph, type Owned, type Row } from "../graph/graph.js";
import { expandedTo } from "../graph/shaped.js";
import { fillLanes, gridLanes } from "../ops/lanes.js";
import { broadcastShape, expandGrid, lanesOf, type Shape } from "../ops/shapes.js";
import { surplus, taking } from "../data/operands.js";
import { printRow } from "../graph/print.js";
import { Truths } from "./truths.js";
import { type Standing, wordsOf } from "../graph/words.js";

/** What an elementwise function accepts: a number, a vector of numbers (typed arrays are taken by copy), a Matrix, or a traced Value of any of these. */
export type Operand = number | NumericArray | Matrix | Value;

/** What operands give together: a Value where one is, else a Matrix where one is, else a vector where one is, else a number. */
export type Joined<A, B = number> = A extends Value
  ? Value
  : B extends Value
    ? Value
    : A extends Matrix
      ? Matrix
      : B extends Matrix
        ? Matrix
        : A extends NumericArray
          ? Float64Array
          : B extends NumericArray
            ? Float64Array
            : number;

/** A function of one operand. */
export interface Unary {
  <A extends Operand>(a: A): Joined<A>;
  (a: Value): Value;
}

/** A function of two operands; a scalar combines with every lane of a vector. */
export interface Binary {
  <A extends Operand, B extends Operand>(a: A, b: B): Joined<A, B>;
  (a: Value, b: Value): Value;
}

/** A function of three operands; scalars combine with every lane of vectors. */
export interface Ternary {
  <A extends Operand, B extends Operand, C extends Operand>(a: A, b: B, c: C): Joined<A, Joined<B, C>>;
  (a: Value, b: Value, c: Value): Value;
}

/** A recording under way. A transform called inside a traced function opens a trace of its own on the same graph. */
export class Trace {
  open = true;
  readonly depth: number;
  /** Which recording of its graph it belongs to. */
  readonly generation: number;
  /** The truth values that the user's function made. */
  readonly truths: Truths;
  /** What the placeholders of this trace stand for. */
  standing: Standing | undefined;
  /** In the trace of a body, the row that stands for a row of what surrounds it. */
  capture: ((value: Value | Indices) => Row) | undefined;
  /** The bodies and loops that were recorded, of this trace and all around it, so that equal ones are one. */
  readonly bodies: Owned[];

  constructor(
    /** The function that traces, for messages. */
    readonly name: string,
    readonly graph: Graph,
    readonly parent?: Trace,
    truths = parent?.truths ?? new Truths(),
  ) {
    this.depth = parent ? parent.depth + 1 : 0;
    this.generation = graph.generation;
    this.truths = truths;
    this.bodies = parent?.bodies ?? [];
    if (parent?.graph === graph) this.capture = parent.capture;
  }

  /** The innermost trace under way; undefined outside any. */
  static current: Trace | undefined;

  /** Whether it is inside a trace on a graph. */
  isInside(graph: Graph): boolean {
    return this.graph === graph || this.parent?.isInside(graph) === true;
  }

  /** What the user called, whatever is nested in it. */
  get caller(): string {
    return this.parent?.caller ?? this.name;
  }

  /** A row in the words of the function that is traced. */
  words(row: Row): string {
    return wordsOf(this.graph, row, (placeholder) => this.#stood(placeholder));
  }

  #stood(placeholder: Row): string | undefined {
    return this.standing?.(placeholder) ?? (this.parent ? this.parent.#stood(placeholder) : undefined);
  }
}

/** What a Value is, by how many dimensions it has. */
const kindOf = ({ shape }: Value): "scalar" | "vector" | "matrix" => (["scalar", "vector"] as const)[shape.length] ?? "matrix";

/** Throws the error that says why a Value cannot stand where an array is needed. */
function notAnArray(value: Value, use: string): never {
  const kind = kindOf(value);
  const remedy =
    kind === "scalar"
      ? "A vector's lanes are at(x, i); an array of scalars is an array"
      : "Lane i is at(x, i), a part slice(x, start, end), and sin(x) is of every lane";
  throw new TypeError(`Value: expected an array ${use}, got the traced ${kind} ${value.words}. ${remedy}`);
}

/** Throws the error that says why a Value cannot stand where a number is needed. */
function notANumber(value: Value, use: string): never {
  const [came, or] = value.trace.graph.recording ? ["recorded", ", or numberOf(x), which is its number"] : ["traced", ""];
  throw new TypeError(
    `Value: expected ${use}, got the ${came} ${value.words}. Use the functions of this library (add, lt, sin, where …) in place of operators and Math${or}`,
  );
}

/** What is said of a row that is no more. */
const GONE = "row of a trace that has ended";

/** A row of a trace, as the traced function sees it: a scalar or a vector whose numbers are not known yet. */
export class Value extends Methods {
  /** @internal */
  constructor(
    readonly trace: Trace,
    readonly row: Row,
  ) {
    super();
  }

  /** The number of lanes of a vector, of rows of a matrix, of matrices of a batch; undefined for a scalar. */
  get length(): number | undefined {
    return this.shape[0];
  }

  /** The sizes of the dimensions: [] of a scalar, [n] of a vector, [m, n] of a matrix, [b, m, n] of a batch of them. */
  get shape(): Shape {
    return this.#isGone ? [] : this.trace.graph.sizes(this.row);
  }

  /** @internal Whether it is one number. */
  get isScalar(): boolean {
    return this.shape.length === 0;
  }

  /** Whether the row is no more: its graph holds another recording now. */
  get #isGone(): boolean {
    return this.trace.generation !== this.trace.graph.generation;
  }

  /**
   * The number of a scalar inside `record`, so that loops and branches may depend on it. What may also be a plain number, which has no `.value`, is read by `numberOf`.
   * @throws TypeError anywhere else, and on a vector.
   */
  get value(): number {
    const value = this.#recorded("value");
    if (typeof value !== "number")
      throw new TypeError(`Value: expected a scalar for .value, got the vector ${this.words}. The lanes of a vector are its .values`);
    return value;
  }

  /**
   * The lanes of a vector inside `record`, copied.
   * @throws TypeError anywhere else, and on a scalar.
   */
  get values(): Float64Array {
    const value = this.#recorded("values");
    if (typeof value === "number")
      throw new TypeError(`Value: expected a vector for .values, got the scalar ${this.words}. The number of a scalar is its .value`);
    return value;
  }

  /** What the row was computed to be. */
  #recorded(name: string): number | Float64Array {
    const { graph, open } = this.trace;
    const value = open ? graph.recording?.read(this.row) : undefined;
    if (value !== undefined) {
      this.trace.truths.use(graph, this.row);
      return value;
    }
    const came = !open
      ? "one whose recording has ended"
      : `the ${graph.recording ? "unknown" : "traced"} ${this.words}${graph.recording ? ", one point of many" : ""}`;
    throw new TypeError(
      `Value: expected a Value of a recording under way for .${name}, got ${came}. Only record(f, x) computes values while f runs; elsewhere use where()`,
    );
  }

  /** @internal The row in the words of the function that is traced. */
  get words(): string {
    return this.#isGone ? GONE : this.trace.words(this.row);
  }
  /** The row as the graph prints it. */
  inspect(): string {
    return this.#isGone ? GONE : printRow(this.trace.graph, this.row);
  }
  /** @internal Node's console.log. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Value ${this.inspect()}`;
  }

  /** @internal */
  [Symbol.toPrimitive](hint: string): never {
    return notANumber(this, hint === "string" ? "text" : "a number");
  }
  /** @internal */
  toJSON(): never {
    return notANumber(this, "a number in JSON.stringify");
  }
  /** @internal */
  [Symbol.iterator](): never {
    return notAnArray(this, "to iterate over");
  }
}

// The methods that are declared in the generated base.
for (let op = 0; op < opCount; op++) {
  const [name, others] = [opNames[op]!, arity[op]! - 1];
  if (internal[op]) continue;
  Object.defineProperty(Value.prototype, name, {
    value(this: Value, ...operands: unknown[]): Operand {
      if (operands.length > others) surplus(name, [this, ...operands.slice(0, others)], operands.slice(others));
      return apply(op, this, operands[0], operands[1]);
    },
  });
}

// What arrays have and Values do not; values of vectors have their own meaning of `length` and `values`.
for (const name of ["map", "forEach", "reduce", "filter", "some", "every", "find", "join", "fill", "slice", "at", "concat", "entries"])
  Object.defineProperty(Value.prototype, name, {
    value(this: Value): never {
      return notAnArray(this, `for .${name}`);
    },
  });

/**
 * The number that a scalar is: a number itself, or inside `record` what a Value was computed to be. So a loop reads its variable alike before and after it met a Value:
 * `let x = 0; while (numberOf(x) < 1) x = add(x, y)`, where `x.value` of a number would be undefined and end the loop at once.
 * @throws TypeError on a Value whose number is not known, and on anything else.
 */
export const numberOf: (x: number | Value) => number = /* @__PURE__ */ taking("numberOf", 1, (x: number | Value): number => {
  if (typeof x === "number") return x;
  if (x instanceof Value) return x.value;
  throw new TypeError(`numberOf: expected a number or a Value, got ${describe(x)}`);
});

/** Lane numbers, for `take` and `segmentSum`: what an Int32Array argument is while its function is traced. */
export class Indices {
  /** @internal */
  constructor(
    readonly trace: Trace,
    readonly row: Row,
    /** How many lane numbers there are. */
    readonly length: number,
    /** @internal Whether it is one lane number, of which `take` gives a scalar. */
    readonly isOne = false,
  ) {}
}

for (const type of [Value, Indices]) Object.defineProperty(type.prototype, copyOf, { value: thisCopy });

/** The inner one of a trace and an operand's, where it has one. */
function innermost(name: string, trace: Trace | undefined, operand: unknown): Trace | undefined {
  if (!(operand instanceof Value || operand instanceof Indices)) return trace;
  const other = operand.trace;
  if (!other.open)
    throw new TypeError(
      `${name}: expected a Value of the trace under way, got one whose trace has ended. A Value lives only while its function is traced`,
    );
  if (!trace) return other;
  const [inner, outer] = trace.depth >= other.depth ? [trace, other] : [other, trace];
  if (inner.graph !== outer.graph && !inner.isInside(outer.graph))
    throw new TypeError(`${name}: expected Values of one trace, got Values of two`);
  return inner;
}

/** Where an op is recorded: in the trace of its Values, or in the body under way around which that is. */
const recordedIn = (trace: Trace): Trace => {
  const { current } = Trace;
  return current !== undefined && current.graph !== trace.graph && current.isInside(trace.graph) ? current : trace;
};

/** The innermost trace among the operands' Values, or that of the body under way; undefined where there are none. */
export function traceOf(name: string, operands: readonly unknown[]): Trace | undefined {
  let trace: Trace | undefined;
  for (const operand of operands) trace = innermost(name, trace, operand);
  return trace && recordedIn(trace);
}

/** The row of a Value in a trace: its own, or, where it is a Value of what is around a body, the parameter that stands for it. */
export const rowIn = (trace: Trace, value: Value | Indices): Row => (value.trace.graph === trace.graph ? value.row : trace.capture!(value));

/** The row that stands for an operand in a trace: a Value's own, or a constant's. */
export function rowOf(name: string, trace: Trace, operand: unknown): Row {
  if (operand instanceof Value) return rowIn(trace, operand);
  if (typeof operand === "number") return trace.graph.literal(operand);
  if (isNumericArray(operand)) return trace.graph.vector(operand);
  const found = shapedIn(name, operand);
  if (found !== undefined) return trace.graph.array(found.data, found.shape);
  return badOperand(name, operand, trace);
}

/** An index column where numbers are needed, with what to do about it. */
export const indexColumn = (indices: Indices): string =>
  `the index column ${indices.trace.words(indices.row)}. An Int32Array is one, for take and segmentSum: to compute with its numbers, pass them as a Float64Array`;

/** The most arguments that a message lists. */
const MOST_LISTED = 8;

/** What may be meant where undefined came: a name that is not there, or a lane of a vector. */
function missing(trace: Trace | undefined): string {
  const leaves = trace?.graph.leaves ?? [];
  const paths = leaves.slice(0, MOST_LISTED).map(({ path }) => path);
  const listed = paths.length === 0 ? "" : `: there are ${paths.join(", ")}${leaves.length > paths.length ? ", …" : ""}`;
  const hasVectors = leaves.length === 0 || leaves.some(({ kind }) => kind === "vector");
  return `. Is it a name that is not there${listed}?${hasVectors ? " Lane i of a vector x is at(x, i)" : ""}`;
}

/** Throws the error of an operand that is none. */
export function badOperand(name: string, operand: unknown, trace?: Trace): never {
  const expected = `${name}: expected a number, a Float64Array or a Value, got`;
  if (operand instanceof Indices) throw new TypeError(`${expected} ${indexColumn(operand)}`);
  throw new TypeError(`${expected} ${describe(operand)}${operand === undefined ? missing(trace) : insteadOf(operand)}`);
}

/** Applies an op of the table: numbers give a number, Float64Arrays a Float64Array, a Value among the operands a Value. */
export function apply(op: number, a: unknown, b?: unknown, c?: unknown): Operand {
  const count = arity[op]!;
  if (typeof a === "number" && (count < 2 || typeof b === "number") && (count < 3 || typeof c === "number")) {
    return evaluate(op, a, b as number, c as number);
  }
  const name = opNames[op]!;
  let trace = innermost(name, undefined, a);
  if (count > 1) trace = innermost(name, trace, b);
  if (count > 2) trace = innermost(name, trace, c);
  if (!trace) return onLanes(name, (a, b, c) => evaluate(op, a, b, c), [a, b, c].slice(0, count));
  trace = recordedIn(trace);
  const rows = [rowOf(name, trace, a)];
  if (count > 1) rows.push(rowOf(name, trace, b));
  if (count > 2) rows.push(rowOf(name, trace, c));
  const [x, y, z] = broadcasting(name, trace.graph, rows);
  const row = trace.graph.elementwise(op, x!, y, z);
  const value = new Value(trace, row);
  if (truth[op]) trace.truths.add(value);
  return value;
}

/** Rows of shapes that go together, each in the shape that all broadcast to; scalars stay as they are. */
function broadcasting(name: string, graph: Graph, rows: readonly Row[]): readonly Row[] {
  let shape: Shape = [];
  let isMixed = false;
  for (const row of rows) {
    const sizes = graph.sizes(row);
    if (sizes.length === 0 || sizes === shape || graph.isIndices(row)) continue;
    isMixed ||= shape.length > 0;
    shape = joinedShape(name, shape, sizes);
  }
  return isMixed ? rows.map((row) => (graph.isScalar(row) || graph.isIndices(row) ? row : expandedTo(graph, row, shape))) : rows;
}

/** The shape that two broadcast to. */
function joinedShape(name: string, x: Shape, y: Shape): Shape {
  const joined = broadcastShape(x, y);
  if (joined === undefined) throw differentShapes(name, x, y);
  return joined;
}

/** A function of numbers lane by lane, outside a trace; numbers combine with every lane, and arrays broadcast. */
export function onLanes(
  name: string,
  value: (...numbers: number[]) => number,
  operands: readonly unknown[],
): number | Float64Array | Matrix {
  let shape: Shape = [];
  const columns = operands.map((operand): Found => {
    if (typeof operand === "number") return { data: Float64Array.of(operand), shape: [] };
    const found = isNumericArray(operand) ? { data: asFloat64(operand), shape: [operand.length] } : shapedIn(name, operand);
    if (found === undefined) return badOperand(name, operand);
    shape = joinedShape(name, shape, found.shape);
    return found;
  });
  if (shape.length === 0) return value(...(operands as readonly number[]));
  const v = new Float64Array(lanesOf(shape));
  fillLanes(
    { value },
    v,
    columns.map((column) => (column.shape.length === 0 ? column.data : expandedLanes(column, shape))),
  );
  return shape.length > 1 ? new Matrix(v, shape) : v;
}

/** Numbers broadcast to a shape. */
function expandedLanes({ data, shape: from }: Found, shape: Shape): Float64Array {
  return data.length === lanesOf(shape) ? data : gridLanes(data, expandGrid(from, shape));
}
