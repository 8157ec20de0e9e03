/**
 * Derivatives of rows that own bodies, part by part. The derivative of a call is two calls: of the body with more results, those that the derivative needs, and of a
 * body that computes the derivative from these. The first takes the place of the call for all that read it, so that nothing is computed twice.
 */
import { called, closed, type Closed } from "../graph/anew.js";
import { bodyOf, readPart } from "../graph/body.js";
import { type Body, type Graph, type Row } from "../graph/graph.js";
import { shapeText } from "../ops/shapes.js";
import { structural } from "../ops/rows.js";
import { ruleRowsOf } from "./algebra.js";
import { type BodyRule, type Derivatives, oncePerBase, type Pass, seedsOf } from "./bodyrules.js";
import { type Masked } from "./contributions.js";
import { ownerRead, readAgain } from "./kept.js";
import { ALWAYS, type Mask, Masks } from "./masks.js";

/** What a parameter of a derived body is given: an operand of the call, a part of its result, or a derivative or mask that the pass has. */
type Source = { readonly kind: "operand" | "part" | "given"; readonly k: number };

/** A derivative of a body. */
interface Derived {
  readonly closed: Closed;
  /** By parameter. */
  readonly sources: readonly Source[];
  /** How many parts the call has that it reads. */
  readonly parts: number;
  /** By derivative: the numbers of the results that are it and its mask, and whether it is 0 where that does not hold. */
  readonly derivatives: readonly (Derivative | undefined)[];
}

interface Derivative {
  readonly row: number;
  readonly mask: number | undefined;
  readonly clean: boolean;
}

/** Derivatives of one body under way: rows of it are kept as results more and more. */
class Growth {
  /** The base's graph, to which rows that read what inner calls keep are appended. */
  readonly graph: Graph;
  readonly #rows: Row[];
  readonly #bodies = new Map<number, Body>();
  readonly #derived = new Map<string, Derived>();

  constructor(readonly base: Body) {
    this.graph = base.graph.copy();
    this.#rows = [...base.results];
    this.#bodies.set(base.results.length, base);
  }

  /** The body with so many results. */
  body(count: number): Body {
    let body = this.#bodies.get(count);
    if (body === undefined) {
      const { name, parameters } = this.base;
      this.#bodies.set(count, (body = bodyOf(name, this.graph, parameters, this.#rows.slice(0, count), this.base)));
    }
    return body;
  }

  /** The number of the part that a row is, kept from now on. */
  #partOf(row: Row): number {
    const known = this.#rows.indexOf(row);
    return known < 0 ? this.#rows.push(row) - 1 : known;
  }

  /** The part that a row of a copy of the graph is; undefined of rows that are to be computed again. */
  #kept(work: Graph, row: Row, end: Row): number | undefined {
    const owner = ownerRead(work, row, end);
    if (owner !== undefined) return this.#partOf(readAgain(this.graph, work, row, owner));
    if (row >= end || work.operandCount(row) === 0) return undefined; // a constant
    // a number in every lane takes no more room than once
    return work.op[row] === structural.broadcast ? undefined : this.#partOf(row);
  }

  /** A derivative of the body, made once: `record` appends its rows to a copy of the graph, of what the pass has, and says what they are. */
  derived(
    key: string,
    record: (work: Graph) => { readonly given: readonly Row[]; readonly derivatives: Derivatives; readonly masks: Masks },
  ): Derived {
    let derived = this.#derived.get(key);
    if (derived !== undefined) return derived;
    const work = this.graph.copy();
    const end = work.length;
    const { given, derivatives, masks } = record(work);
    const rows: Row[] = [];
    const found = derivatives.map((derivative): Derivative | undefined => {
      if (derivative === undefined) return undefined;
      const { row, mask, clean } = derivative;
      return { row: rows.push(row) - 1, mask: mask === ALWAYS ? undefined : rows.push(masks.rowOf(mask)) - 1, clean };
    });
    const sources: Source[] = [];
    const numbers = new Map<Row, number | undefined>();
    const sourceOf = (row: Row): Source | undefined => {
      const seed = given.indexOf(row);
      if (seed >= 0) return { kind: "given", k: seed };
      const parameter = this.base.parameters.indexOf(row);
      if (parameter >= 0) return { kind: "operand", k: parameter };
      const part = this.#kept(work, row, end);
      return part === undefined ? undefined : { kind: "part", k: part };
    };
    const numberOf = (row: Row): number | undefined => {
      if (!numbers.has(row)) {
        const source = sourceOf(row);
        numbers.set(row, source && sources.push(source) - 1);
      }
      return numbers.get(row);
    };
    const made = closed(`${this.base.name}′`, work, numberOf, rows);
    const parts = sources.reduce((most, { kind, k }) => (kind === "part" ? Math.max(most, k + 1) : most), 0);
    this.#derived.set(key, (derived = { closed: made, sources, parts, derivatives: found }));
    return derived;
  }
}

const growthOf = oncePerBase((base: Body) => new Growth(base));

/** What a pass has for a body: derivatives by parameter or part, and the masks where they count, each once. */
class Given {
  readonly rows: Row[] = [];
  readonly masks: Mask[] = [];
  readonly key: string;

  constructor(
    readonly pass: Pass,
    readonly derivatives: Derivatives,
  ) {
    const { graph, masks } = pass;
    const words = derivatives.map((derivative) => {
      if (derivative === undefined) return "";
      const { row, mask, clean } = derivative;
      this.rows.push(row);
      if (mask === ALWAYS) return `${shapeOf(graph, row)}`;
      const known = this.masks.indexOf(mask);
      return `${shapeOf(graph, row)} ${known < 0 ? this.masks.push(mask) - 1 : known} ${clean}`;
    });
    for (const mask of this.masks) this.rows.push(masks.rowOf(mask));
    const last = this.rows.slice(this.rows.length - this.masks.length);
    this.key = `${words.join()} ${last.map((row) => shapeOf(graph, row)).join()}`;
  }

  /** Placeholders for all of it in a body, and the derivatives there. */
  record(work: Graph, masks: Masks): { readonly given: Row[]; readonly derivatives: Derivatives } {
    const { graph } = this.pass;
    const given = this.rows.map((row) => work.push(structural.placeholder, work.shapeOf(graph.sizes(row)), work.length));
    const first = given.length - this.masks.length;
    let next = 0;
    const derivatives = this.derivatives.map((derivative): Masked | undefined => {
      if (derivative === undefined) return undefined;
      const { mask, clean } = derivative;
      return { row: given[next++]!, mask: mask === ALWAYS ? ALWAYS : masks.given(given[first + this.masks.indexOf(mask)]!), clean };
    });
    return { given, derivatives };
  }

  /** Records a derived body's call beside the call in `row`, and returns the derivatives. */
  call(row: Row, { closed, sources, parts, derivatives }: Derived): Derivatives {
    const { graph, masks } = this.pass;
    graph.extend(row, growthOf(graph.bodyOf(row)).body(Math.max(parts, graph.bodyOf(row).results.length)));
    const operandOf = (k: number): Row => {
      const source = sources[k]!;
      if (source.kind === "operand") return graph.operand(row, source.k);
      return source.kind === "part" ? readPart(graph, row, source.k) : this.rows[source.k]!;
    };
    const results = called(graph, closed, operandOf);
    const own = this.rows.slice(this.rows.length - this.masks.length);
    const maskOf = (result: Row): Mask => {
      const known = own.indexOf(result);
      return known < 0 ? masks.given(result) : this.masks[known]!;
    };
    return derivatives.map(
      (found) =>
        found && {
          row: results[found.row]!,
          mask: found.mask === undefined ? ALWAYS : maskOf(results[found.mask]!),
          clean: found.clean,
        },
    );
  }
}

const shapeOf = (graph: Graph, row: Row): string => shapeText(graph.sizes(row));

/** What the passes make of a call. */
export const call: BodyRule = {
  tangents({ graph, masks, push }, row, tangents) {
    const body = graph.bodyOf(row);
    const given = new Given({ graph, masks }, tangents);
    const derived = growthOf(body).derived(`forward ${body.results.length} ${given.key}`, (work) => {
      const inner = new Masks(work, ruleRowsOf(work));
      const own = given.record(work, inner);
      const derivatives = push(work, inner, body.results, seedsOf(body.parameters, own.derivatives));
      return { given: own.given, derivatives, masks: inner };
    });
    return given.call(row, derived);
  },
  adjoints({ graph, masks, pull }, row, adjoints, wanted) {
    const body = graph.bodyOf(row);
    const given = new Given({ graph, masks }, adjoints);
    const derived = growthOf(body).derived(`reverse ${wanted.map(Number).join("")} ${given.key}`, (work) => {
      const inner = new Masks(work, ruleRowsOf(work));
      const own = given.record(work, inner);
      const parameters = body.parameters.filter((_, k) => wanted[k]);
      const pulled = pull(work, inner, seedsOf(body.results, own.derivatives), parameters);
      let next = 0;
      return { given: own.given, derivatives: wanted.map((wants) => (wants ? pulled[next++] : undefined)), masks: inner };
    });
    return given.call(row, derived);
  },
};
