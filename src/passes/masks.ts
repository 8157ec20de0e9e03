/**
 * Masks say where a row depends on a parameter, or a result on it, at the point where the function is evaluated: on the paths that were chosen.
 * They are held as terms until a derivative needs one as a row of truth values.
 */
import { rules } from "./generated/rules.js";
import { opcode, truth } from "../ops/generated/table.js";
import { type Graph, type Piece, type Row, SCALAR } from "../graph/graph.js";
import { structural } from "../ops/rows.js";
import { lanesOf, type Shape, shapeText } from "../ops/shapes.js";
import { expandedTo, reshapedTo, summedTo } from "../graph/shaped.js";
import { broadcastTo, type RuleRows } from "./algebra.js";
import { meetingOf } from "./whole.js";
import { flowing, mapped, mixes, mixesBack, transposed } from "./linear.js";

/** The number of a term. */
export type Mask = number;

/** Depends wherever it is evaluated. */
export const ALWAYS: Mask = 0;

/** What a term is of. */
type Term =
  | { readonly kind: "always" }
  /** Where a row of truth values says so. */
  | { readonly kind: "given"; readonly row: Row }
  /** Operand k of a choice is what was chosen. */
  | { readonly kind: "choice"; readonly row: Row; readonly k: number }
  | { readonly kind: "and"; readonly x: Mask; readonly y: Mask }
  | { readonly kind: "or"; readonly terms: readonly Mask[] }
  /** Some lane of x. */
  | { readonly kind: "any"; readonly x: Mask }
  /** x through a structural row from operand k, or back through it to that. */
  | { readonly kind: "mapped" | "transposed"; readonly row: Row; readonly k: number; readonly x: Mask }
  /** The lanes of a row of whole operands that those of operand k meet, or the other way round. */
  | { readonly kind: "met" | "metBack"; readonly row: Row; readonly k: number; readonly x: Mask }
  /** Masks placed in lanes that do not depend. */
  | { readonly kind: "placed"; readonly pieces: readonly PlacedMask[]; readonly shape: Shape }
  /** The lanes that lane numbers name. */
  | { readonly kind: "named"; readonly indices: Row; readonly lanes: number };

/** A mask over some lanes of a vector. */
interface PlacedMask {
  readonly mask: Mask;
  readonly offset: number;
  readonly lanes: number;
}

/** How many alternatives are looked through for those that exclude each other: beyond, all are kept. */
const MOST_ALTERNATIVES = 16;

/** The masks of one pass over a graph. */
export class Masks {
  readonly #terms: Term[] = [{ kind: "always" }];
  /** 1 where a mask is one truth value for all lanes. */
  readonly #uniform: boolean[] = [true];
  readonly #known = new Map<string, Mask>();
  readonly #rows: (Row | undefined)[] = [];

  constructor(
    readonly graph: Graph,
    readonly record: RuleRows,
  ) {}

  /** Whether a mask is one truth value for all lanes. */
  isUniform(mask: Mask): boolean {
    return this.#uniform[mask]!;
  }

  #term(term: Term, key: string, uniform: boolean): Mask {
    let mask = this.#known.get(key);
    if (mask === undefined) {
      this.#known.set(key, (mask = this.#terms.push(term) - 1));
      this.#uniform.push(uniform);
    }
    return mask;
  }

  /** Where a row of truth values holds. */
  given(row: Row): Mask {
    return this.#term({ kind: "given", row }, `given ${row}`, this.graph.isScalar(row));
  }

  /** Where a choice took operand k. Two `where` of one condition choose together. */
  choice(row: Row, k: number): Mask {
    const { graph } = this;
    const uniform = graph.isScalar(graph.op[row] === opcode.where ? graph.a[row]! : row);
    return this.#term({ kind: "choice", row, k }, `choice ${this.#choiceKey(row)} ${k}`, uniform);
  }

  #choiceKey(row: Row): string {
    const { graph } = this;
    return graph.op[row] === opcode.where ? `by ${graph.a[row]}` : String(row);
  }

  and(x: Mask, y: Mask): Mask {
    if (x === ALWAYS || x === y) return y;
    if (y === ALWAYS) return x;
    const holds = (term: Term, other: Mask): boolean => term.kind === "and" && (term.x === other || term.y === other);
    if (holds(this.#terms[x]!, y)) return x;
    if (holds(this.#terms[y]!, x)) return y;
    if (y < x) [x, y] = [y, x];
    return this.#term({ kind: "and", x, y }, `and ${x} ${y}`, this.#uniform[x]! && this.#uniform[y]!);
  }

  or(alternatives: readonly Mask[]): Mask {
    let left = new Set(alternatives);
    if (left.has(ALWAYS)) return ALWAYS;
    if (left.size > 1 && left.size <= MOST_ALTERNATIVES) left = this.#exhausted(left);
    if (left.has(ALWAYS)) return ALWAYS;
    if (left.size === 1) return left.values().next().value!;
    const terms = [...left].sort((x, y) => x - y);
    return this.#term(
      { kind: "or", terms },
      `or ${terms.join(" ")}`,
      terms.every((mask) => this.#uniform[mask]),
    );
  }

  /** Alternatives without those that others hold, and with the two branches of one `where` as one: x ∧ c ∨ x ∧ ¬c is x. */
  #exhausted(given: ReadonlySet<Mask>): Set<Mask> {
    const left = new Set([...given].filter((mask) => !this.#factors(mask).some(([factor]) => factor !== mask && given.has(factor))));
    const taken = new Map<string, Mask[]>();
    for (const mask of left) {
      for (const [factor, rest] of this.#factors(mask)) {
        const term = this.#terms[factor]!;
        // Only a `where` always takes one of two: any other choice may take a number, or nothing where it meets a NaN.
        if (term.kind !== "choice" || this.graph.op[term.row] !== opcode.where) continue;
        const key = `${this.#choiceKey(term.row)} ${rest}`;
        const masks = [...(taken.get(key) ?? []), mask];
        taken.set(key, masks);
        if (masks.length < 2) continue;
        for (const one of masks) left.delete(one);
        return this.#exhausted(left.add(rest));
      }
    }
    return left;
  }

  /** What a mask is the conjunction of, each with the rest. */
  #factors(mask: Mask): readonly (readonly [factor: Mask, rest: Mask])[] {
    const term = this.#terms[mask]!;
    if (term.kind !== "and") return [[mask, ALWAYS]];
    return [
      [term.x, term.y],
      [term.y, term.x],
    ];
  }

  /** Whether some lane depends. */
  any(x: Mask): Mask {
    return this.#uniform[x] ? x : this.#term({ kind: "any", x }, `any ${x}`, true);
  }

  /** Masks of parts of a vector, in lanes that do not depend. */
  placed(pieces: readonly PlacedMask[], shape: Shape): Mask {
    let end = 0;
    for (const { mask, offset, lanes: length } of [...pieces].sort((x, y) => x.offset - y.offset)) {
      if (mask !== ALWAYS) continue;
      if (offset > end) break;
      end = Math.max(end, offset + length);
    }
    if (end >= lanesOf(shape)) return ALWAYS;
    const key = pieces.map(({ mask, offset, lanes }) => `${mask}@${offset}+${lanes}`).join(" ");
    return this.#term({ kind: "placed", pieces, shape }, `placed ${shapeText(shape)} ${key}`, false);
  }

  /** The lanes, of so many, that a row of lane numbers names. */
  #named(indices: Row, lanes: number): Mask {
    const { graph } = this;
    if (graph.op[indices] === structural.indexVector && new Set(graph.vectors[graph.a[indices]!]).size === lanes) return ALWAYS;
    return this.#term({ kind: "named", indices, lanes }, `named ${indices} ${lanes}`, false);
  }

  /** The mask of a linear row, of its operand k's. */
  mapped(row: Row, x: Mask, k = 0): Mask {
    const { graph } = this;
    if (this.#uniform[x]) return this.#isEmpty(row, "lanes") ? this.and(this.#named(graph.b[row]!, graph.lanes(row)), x) : x;
    return this.#term({ kind: "mapped", row, k, x }, `mapped ${row} ${k} ${x}`, graph.isScalar(row));
  }

  /** The mask of a linear row's operand k, of the row's; of the piece where it takes a piece. */
  transposed(row: Row, x: Mask, k = 0): Mask {
    const { graph } = this;
    const definition = flowing(graph, row);
    if (definition.kind === "linear" && definition.takesPart) return x;
    const operand = graph.operand(row, k);
    if (definition.kind === "linear" && definition.mixesBack && graph.isScalar(operand)) return this.any(x);
    if (this.#uniform[x]) return this.#isEmpty(row, "lanesBack") ? this.and(this.#named(graph.b[row]!, graph.lanes(operand)), x) : x;
    return this.#term({ kind: "transposed", row, k, x }, `transposed ${row} ${k} ${x}`, graph.isScalar(operand));
  }

  /** The mask of a row of whole operands, of its operand k's. */
  met(row: Row, x: Mask, k: number): Mask {
    return this.#uniform[x] ? x : this.#term({ kind: "met", row, k, x }, `met ${row} ${k} ${x}`, this.graph.isScalar(row));
  }

  /** The mask of its operand k, of its own. */
  metBack(row: Row, x: Mask, k: number): Mask {
    return this.#uniform[x] ? x : this.#term({ kind: "metBack", row, k, x }, `metBack ${row} ${k} ${x}`, false);
  }

  /** Truth values that meet. */
  #meets(row: Row, x: Row, k: number, back: boolean): Row {
    const { graph } = this;
    const operand = graph.sizes(graph.operand(row, k));
    const { kept, as } = meetingOf(graph, row, k);
    const [from, to, shape] = back ? [as, kept, operand] : [kept, as, graph.sizes(row)];
    const some = graph.lanes(x) === lanesOf(from) ? x : this.#truth(summedTo(graph, x, from));
    return expandedTo(graph, reshapedTo(graph, some, to), shape);
  }

  /** Whether a row, or its transposition, may have lanes that are empty sums. */
  #isEmpty(row: Row, which: "lanes" | "lanesBack"): boolean {
    const definition = flowing(this.graph, row);
    return definition.kind === "linear" && definition.empty === which;
  }

  /** A structural row over ones, in which an operand may be replaced; of one operand, the row itself. */
  #overOnes(row: Row): Row {
    const { graph } = this;
    if (flowing(graph, row).kind === "linear") return row;
    const ones = graph.operands(row).map((operand) => this.#ones(graph.sizes(operand)));
    return graph.shared(graph.op[row]!, graph.shape[row]!, ones[0], ones[1]);
  }

  #ones(shape: Shape): Row {
    const one = this.graph.constant(1);
    return shape.length === 0 ? one : broadcastTo(this.graph, one, shape);
  }

  /** A row where its mask holds, else 0: what has no influence there has none, whatever it is. */
  guard(mask: Mask, x: Row): Row {
    const { graph } = this;
    const term = this.#terms[mask]!;
    const zero = graph.constant(0);
    if (term.kind === "always") return x;
    if (term.kind === "choice" && graph.op[term.row] === opcode.where) {
      const condition = graph.a[term.row]!;
      return term.k === 1 ? graph.elementwise(opcode.where, condition, x, zero) : graph.elementwise(opcode.where, condition, zero, x);
    }
    return graph.elementwise(opcode.where, this.rowOf(mask), x, zero);
  }

  /** A mask as a row of truth values; a scalar where it is one for all lanes, or may be. */
  rowOf(mask: Mask): Row {
    // Terms are made of those before them, so that no recursion is needed.
    const needed = new Set([mask]);
    for (const next of needed) if (this.#rows[next] === undefined) for (const x of operandsOf(this.#terms[next]!)) needed.add(x);
    for (const next of [...needed].sort((x, y) => x - y)) this.#rows[next] ??= this.#recorded(this.#terms[next]!);
    return this.#rows[mask]!;
  }

  /** The row as 1 or 0. */
  #truth(row: Row): Row {
    const { graph } = this;
    const known = truth[graph.op[row]!] === 1 || (graph.isConstant(row) && graph.constantOf(row) === 1);
    return known ? row : graph.elementwise(opcode.ne, row, graph.constant(0));
  }

  #recorded(term: Term): Row {
    const { graph } = this;
    const of = (x: Mask): Row => this.#rows[x]!;
    switch (term.kind) {
      case "always":
        return graph.constant(1);
      case "given":
        return term.row;
      case "choice":
        return this.#chosen(term.row, term.k);
      case "and":
        return graph.elementwise(opcode.and, of(term.x), of(term.y));
      case "or":
        return this.#either(term.terms.map(of));
      case "any":
        return graph.isScalar(of(term.x)) ? of(term.x) : this.#truth(graph.shared(structural.sum, SCALAR, of(term.x)));
      case "mapped":
        return this.#summed(mapped(graph, this.#overOnes(term.row), of(term.x), term.k), mixes(flowing(graph, term.row)));
      case "transposed":
        return this.#summed(transposed(graph, this.#overOnes(term.row), of(term.x), term.k).piece, mixesBack(flowing(graph, term.row)));
      case "met":
      case "metBack":
        return this.#meets(term.row, of(term.x), term.k, term.kind === "metBack");
      case "placed":
        return this.#assembled(term.pieces, term.shape);
      case "named": {
        const ones = this.#ones(graph.sizes(term.indices));
        return this.#truth(graph.shared(structural.segmentSum, graph.shapeOf(term.lanes), ones, term.indices));
      }
    }
  }

  /** Truth values that may have been summed, as such again. */
  #summed(row: Row, mixed: boolean): Row {
    return mixed ? this.#truth(row) : row;
  }

  #assembled(pieces: readonly PlacedMask[], shape: Shape): Row {
    const { graph } = this;
    const placed = pieces.map(({ mask, offset, lanes }): Piece => {
      const row = this.#rows[mask]!;
      return [lanes === 1 ? row : broadcastTo(graph, row, lanes), offset];
    });
    const overlap = pieces.reduce((total, piece) => total + piece.lanes, 0) > lanesOf(shape) || overlapping(pieces);
    return this.#summed(graph.assemble(placed, shape), overlap);
  }

  /** Whether operand k was chosen: where its partial is not 0. */
  #chosen(row: Row, k: number): Row {
    const { graph, record } = this;
    const [a, b, c] = [graph.a[row]!, graph.b[row]!, graph.c[row]!];
    if (graph.op[row] === opcode.where) return k === 1 ? this.#truth(a) : graph.elementwise(opcode.not, a);
    const rule = rules[graph.op[row]!]![k]!;
    if (typeof rule === "number") throw new TypeError(`masks: expected a choice, got a constant slope in opcode ${graph.op[row]}`);
    return this.#truth(rule.rows(record.elementwise, record.constant, a, b, c, row));
  }

  #either(rows: readonly Row[]): Row {
    const { graph } = this;
    if (rows.length > 3 && rows.every((row) => graph.isScalar(row))) return this.#truth(graph.assemble(rows.map((row): Piece => [row, 0])));
    return rows.reduce((x, y) => graph.elementwise(opcode.or, x, y));
  }
}

/** Whether some lane is covered twice. */
function overlapping(pieces: readonly PlacedMask[]): boolean {
  let end = 0;
  return [...pieces].sort((x, y) => x.offset - y.offset).some(({ offset, lanes }) => {
    const overlaps = offset < end;
    end = Math.max(end, offset + lanes);
    return overlaps;
  }); // prettier-ignore
}

/** The terms that a term is made of. */
function operandsOf(term: Term): readonly Mask[] {
  switch (term.kind) {
    case "and":
      return [term.x, term.y];
    case "or":
      return term.terms;
    case "placed":
      return term.pieces.map(({ mask }) => mask);
    case "any":
    case "mapped":
    case "transposed":
    case "met":
    case "metBack":
      return [term.x];
    case "always":
    case "given":
    case "choice":
    case "named":
      return [];
  }
}
