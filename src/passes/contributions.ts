/** Adjoints under construction: what the users of every row have given it, and where each share counts. */
import { type Graph, type Piece, type Row } from "../graph/graph.js";
import { type Part } from "../graph/parts.js";
import { sameShape } from "../ops/shapes.js";
import { broadcastTo, plus } from "./algebra.js";
import { ALWAYS, type Mask, type Masks } from "./masks.js";

/** A derivative, and where it counts; elsewhere it may be anything, unless it is known to be 0 there. */
export interface Masked {
  readonly row: Row;
  readonly mask: Mask;
  /** 0 wherever the mask does not hold. */
  readonly clean: boolean;
}

/** A derivative that counts wherever it is evaluated. */
export const everywhere = (row: Row): Masked => ({ row, mask: ALWAYS, clean: true });

/** A derivative that is 0 where it does not count. */
export function cleaned(masks: Masks, { row, mask, clean }: Masked): Row {
  return clean || mask === ALWAYS ? row : masks.guard(mask, row);
}

/** A share of a row's adjoint: of its shape, or a scalar for all its lanes, or a piece of it at a lane. */
interface Share extends Masked {
  readonly offset: number | undefined;
  readonly before: Share | undefined;
}

/** What shares are added up to: a row, or a part of one. */
type Whole = Pick<Part, "lanes" | "scalar" | "shape">;

/** A sum under construction for every row from `first` up to `end`. */
export class Contributions {
  readonly #last: (Share | undefined)[];

  constructor(
    readonly graph: Graph,
    readonly masks: Masks,
    readonly first: Row,
    end: Row,
  ) {
    this.#last = new Array<Share | undefined>(Math.max(0, end - first)).fill(undefined);
  }

  has(row: Row): boolean {
    return this.#last[row - this.first] !== undefined;
  }

  add(row: Row, { row: piece, mask, clean }: Masked, offset?: number): void {
    const fits = offset === 0 && this.graph.shape[piece] === this.graph.shape[row];
    const before = this.#last[row - this.first];
    this.#last[row - this.first] = { row: piece, mask, clean, offset: fits ? undefined : offset, before };
  }

  /** The sum of what was added to `row`; a scalar may stand for a vector that is the same in every lane. */
  total(row: Row): Masked {
    return this.#total(
      { lanes: this.graph.lanes(row), scalar: this.graph.isScalar(row), shape: this.graph.sizes(row) },
      this.#sharesOf(row),
    );
  }

  /** The sums of what was added to the parts of `row`; undefined where nothing was. */
  totals(row: Row, parts: readonly Part[]): (Masked | undefined)[] {
    const shares = this.#sharesOf(row);
    return parts.map((part) => {
      const own = shares.flatMap((share): Share[] => {
        const offset = (share.offset ?? 0) - part.start; // one that is all of the row has none
        if (offset < 0 || offset >= part.lanes) return [];
        return [{ ...share, offset: offset === 0 && this.#fits(share.row, part) ? undefined : offset }];
      });
      return own.length === 0 ? undefined : this.#total(part, own);
    });
  }

  /** Whether a row has the shape of what it is added to. */
  #fits(piece: Row, { shape }: Whole): boolean {
    return sameShape(this.graph.sizes(piece), shape);
  }

  #sharesOf(row: Row): Share[] {
    const shares: Share[] = [];
    for (let share = this.#last[row - this.first]; share !== undefined; share = share.before) shares.push(share);
    return shares.reverse();
  }

  #total(whole: Whole, shares: readonly Share[]): Masked {
    if (shares.length === 1 && shares[0]!.offset === undefined) return shares[0]!;
    const mask = this.#maskOf(whole, shares);
    const placed = shares.some(({ offset }) => offset !== undefined);
    let clean = true;
    const rows = shares.map((share) => {
      if (share.clean || share.mask === ALWAYS) return share.row;
      if (share.mask !== mask || placed) return this.masks.guard(share.mask, share.row);
      clean = false;
      return share.row;
    });
    return { row: placed ? this.#placed(whole, shares, rows) : this.#whole(whole, rows), mask, clean };
  }

  #maskOf(whole: Whole, shares: readonly Share[]): Mask {
    const { graph, masks } = this;
    if (shares.every(({ mask, offset }) => mask === ALWAYS && offset === undefined)) return ALWAYS;
    const all = masks.or(shares.flatMap(({ mask, offset }) => (offset === undefined ? [mask] : [])));
    const pieces = shares.filter(({ offset }) => offset !== undefined);
    if (pieces.length === 0) return all;
    const placed = pieces.map(({ row: piece, mask, offset }) => ({ mask, offset: offset!, lanes: graph.lanes(piece) }));
    if (pieces.length < shares.length) placed.push({ mask: all, offset: 0, lanes: whole.lanes });
    return masks.placed(placed, whole.shape);
  }

  /** The sum of shares that all have the shape of the whole, or stand for it. */
  #whole({ scalar }: Whole, rows: readonly Row[]): Row {
    const { graph } = this;
    if (rows.length < 3 || !scalar) return rows.reduce((x, y) => plus(graph, x, y));
    const wide = rows.find((piece) => !graph.isScalar(piece)); // several seeds side by side make a scalar's adjoint a vector
    const shape = wide === undefined ? [] : graph.sizes(wide);
    const pieces = rows.map((piece): Piece => [wide === undefined ? piece : broadcastTo(graph, piece, shape), 0]);
    return graph.assemble(pieces.reverse(), shape); // in the users' recorded order, which is mostly that of their numbers in memory
  }

  /** The sum of shares of which some are pieces at a lane. */
  #placed(whole: Whole, shares: readonly Share[], rows: readonly Row[]): Row {
    const { graph } = this;
    const { shape } = whole;
    const pieces = shares.flatMap(({ offset }, i): Piece[] => (offset === undefined ? [] : [[rows[i]!, offset]]));
    const all = rows.filter((_, i) => shares[i]!.offset === undefined);
    if (all.length > 0) pieces.unshift([broadcastTo(graph, this.#whole(whole, all), shape), 0]);
    return graph.assemble(pieces, shape);
  }
}
