/** Traced functions for reading: the graph, its size, its text. */
import { countOperations, type FormulaNames, type Operations, printFormula } from "../graph/formula.js";
import { type Graph, type Row } from "../graph/graph.js";
import { taking } from "../data/operands.js";
import { optionsOf } from "../data/options.js";
import { parseGraph } from "../graph/parse.js";
import { withDerivatives } from "../passes/derivatives.js";
import { expanded } from "../graph/expand.js";
import { type DiagramOptions, printDot, printMermaid } from "../pictures/diagrams.js";
import { printTable, type TableOptions } from "../pictures/table.js";
import { reach } from "../graph/reach.js";
import { prune, simplify } from "../passes/simplify.js";
import { printGraph } from "../graph/print.js";
import { printSource, type SourceOptions } from "../source/source.js";
import { type Signature, signatureOf } from "../source/signature.js";
import { programOf } from "../trace/program.js";
import { type TraceOptions } from "../trace/trace.js";
import { type Concrete } from "../trace/types.js";
import { verify } from "../graph/verify.js";

/** A traced function. */
export class Traced {
  /** @internal */
  constructor(
    readonly graph: Graph,
    /** The rows that are the function's results, leaf by leaf. */
    readonly results: readonly Row[],
    /** @internal */
    readonly signature: Signature = signatureOf(graph, results),
    /** @internal */
    readonly adjoints: ReadonlyMap<Row, Row> = new Map(),
  ) {}

  /** How many rows the results need, inputs and constants included. */
  get rows(): number {
    return reach(this.graph, this.results).size;
  }

  /**
   * How many operations the results take, `shared` as the graph has them and `unshared` as a formula writes them out. A row over vectors counts as one.
   * Throws RangeError where, written out, they are more than 2^131072.
   */
  get operations(): Operations {
    const { graph, results } = expanded(this.graph, this.results);
    return countOperations(graph, results);
  }

  /**
   * The results as formulas, one a line: of `trace(grad(f), args)`, the symbolic derivative. `names` name the arguments' numbers and vectors in order, `["a", ["x", "y"]]`; without them they are x, or x0, x1 …
   * @throws RangeError where that takes more than 100,000 operations.
   */
  formula(names: FormulaNames = []): string {
    const { graph, results } = expanded(this.graph, this.results);
    return printFormula(graph, results, names);
  }

  /** The same results by fewer rows: algebraic rules applied that neither round nor hide a NaN, and no row left that is not needed. */
  simplify(): Traced {
    const { graph, results } = simplify(this.graph, this.results);
    return new Traced(graph, results, this.signature);
  }

  /** The same results without the rows that they do not need. */
  prune(): Traced {
    const { graph, results } = prune(this.graph, this.results);
    return new Traced(graph, results, this.signature);
  }

  /** Throws GraphError where the graph is malformed. */
  verify(): this {
    verify(this.graph, this.results);
    return this;
  }

  /**
   * The function as JavaScript that runs anywhere, with all that it calls: one row a line, rows by letters and their adjoints as `da`, `dx`; it takes arguments and returns the result
   * as the traced function does.
   * @throws TypeError where a row calls a host function, or a name is not one of a variable.
   */
  toSource(options?: SourceOptions): string {
    return printSource(this, optionsOf("toSource", options));
  }

  /**
   * The trace table at arguments, as the textbooks have it: variables v₋₁, v₀, v₁ … with formula and value, and by mode "forward" their tangents, by "reverse" their adjoints,
   * each as the sum over the paths that lead to it.
   * @throws TypeError where the arguments or the seed are not in the function's structure.
   */
  table(args: readonly unknown[], options?: TableOptions): string {
    return printTable(this, args, optionsOf("table", options));
  }

  /** The graph for Graphviz, in DOT. */
  toDot(options?: DiagramOptions): string {
    return printDot(this, optionsOf("toDot", options));
  }

  /** The graph in Mermaid's notation, which GitHub draws in Markdown. */
  toMermaid(options?: DiagramOptions): string {
    return printMermaid(this, optionsOf("toMermaid", options));
  }

  /** The graph as text, one row a line. `parse` reads it back. */
  toString(): string {
    return printGraph(this.graph, this.results);
  }
}

/** The graph that a function records for arguments of the given structure; of a gradient, with the rows of its derivatives. */
export const trace = /* @__PURE__ */ taking(
  "trace",
  3,
  function trace<P extends readonly unknown[]>(f: (...args: P) => unknown, args: Concrete<P>, options?: TraceOptions): Traced {
    const primal = programOf("trace", f, args, optionsOf("trace", options));
    const first = primal.graph.length;
    const adjoints = new Map<Row, Row>();
    const program = withDerivatives(primal, (row, adjoint) => {
      if (adjoint >= first && !adjoints.has(adjoint)) adjoints.set(adjoint, row);
    });
    return new Traced(
      program.graph,
      program.outputs.flatMap((leaf) => leaf.rows),
      program,
      adjoints,
    );
  },
  "argument",
);

/** Reads the text of a traced function's graph back. Throws GraphError where it is malformed. */
export const parse: (text: string) => Traced = /* @__PURE__ */ taking(
  "parse",
  1,
  (text: string): Traced => {
    const { graph, results } = parseGraph(text);
    return new Traced(graph, results);
  },
  "argument",
);
