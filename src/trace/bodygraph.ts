/** The graph of a body while its function is recorded: what it uses of what is around it becomes a parameter. */
import { type NumericArray } from "../data/arrays.js";
import { sameOwned } from "../graph/body.js";
import { Graph, type Owned, type Row } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { type Indices, rowIn, type Trace, type Value } from "./value.js";

/** What a parameter stands for: an argument by its leaf, a number or vector that the function uses, or a Value that it captured; of a loop, a carry or a slice of a stack, by where it stands. */
type Origin =
  | { readonly kind: "argument"; readonly leaf: number }
  | { readonly kind: "data"; readonly value: number | NumericArray }
  | { readonly kind: "captured"; readonly value: Value | Indices }
  | { readonly kind: "carry" | "slice"; readonly path: string };

/** A parameter: its row, what it stands for, and the row of that around the body. */
interface Parameter {
  readonly row: Row;
  readonly around: Row;
  readonly origin: Origin;
}

/**
 * A graph around which another is recorded. Numbers and vectors that its function uses are parameters too, so that functions which differ in these alone are one body;
 * lane numbers that are constant stay, for passes read them.
 */
export class BodyGraph extends Graph {
  readonly parameters: Parameter[] = [];
  readonly #known = new Map<Row, Row>();

  constructor(readonly outer: Trace) {
    super();
  }

  /** A parameter that stands for a row around the body, by default in its shape. */
  parameter(around: Row, origin: Origin, shape = this.outer.graph.sizes(around)): Row {
    const op = this.outer.graph.isIndices(around) ? structural.indices : structural.placeholder;
    const row = this.push(op, this.shapeOf(shape), this.parameters.length);
    this.parameters.push({ row, around, origin });
    return row;
  }

  /** The parameter that stands for a Value around the body: the same each time. */
  readonly capture = (value: Value | Indices): Row => this.#shared(rowIn(this.outer, value), { kind: "captured", value });

  #shared(around: Row, origin: Origin): Row {
    let row = this.#known.get(around);
    if (row === undefined) this.#known.set(around, (row = this.parameter(around, origin)));
    return row;
  }

  override literal(value: number): Row {
    return this.parameter(this.outer.graph.literal(value), { kind: "data", value });
  }

  override vector(values: NumericArray | Int32Array): Row {
    if (values instanceof Int32Array) return super.vector(values);
    return this.#shared(this.outer.graph.vector(values), { kind: "data", value: values });
  }
}

/** A body or loop as one that was recorded before, where one is equal to it. */
export function known<T extends Owned>({ bodies }: Trace, owned: T): T {
  const found = bodies.find((other) => sameOwned(other, owned));
  if (found === undefined) bodies.push(owned);
  return (found as T | undefined) ?? owned;
}
