/** Adjoints under construction: what the users of every row have given it, and where each share counts. */
import { type Graph, type Piece, type Row } from "../graph/graph.js";
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

/** A sum under construction for every row. */
export class Contributions {
  readonly #last: (Share | undefined)[];

  constructor(
    readonly graph: Graph,
    readonly masks: Masks,
    rows: number,
  ) {
    this.#last = new Array<Share | undefined>(rows).fill(undefined);
  }

  has(row: Row): boolean {
    return this.#last[row] !== undefined;
  }

  add(row: Row, { row: piece, mask, clean }: Masked, offset?: number): void {
    const fits = offset === 0 && this.graph.shape[piece] === this.graph.shape[row];
    this.#last[row] = { row: piece, mask, clean, offset: fits ? undefined : offset, before: this.#last[row] };
  }

  /** The sum of what was added to `row`; a scalar may stand for a vector that is the same in every lane. */
  total(row: Row): Masked {
    const shares: Share[] = [];
    for (let share = this.#last[row]; share !== undefined; share = share.before) shares.push(share);
    shares.reverse();
    if (shares.length === 1 && shares[0]!.offset === undefined) return shares[0]!;
    const mask = this.#maskOf(row, shares);
    const placed = shares.some(({ offset }) => offset !== undefined);
    let clean = true;
    const rows = shares.map((share) => {
      if (share.clean || share.mask === ALWAYS) return share.row;
      if (share.mask !== mask || placed) return this.masks.guard(share.mask, share.row);
      clean = false;
      return share.row;
    });
    return { row: placed ? this.#placed(row, shares, rows) : this.#whole(row, rows), mask, clean };
  }

  #maskOf(row: Row, shares: readonly Share[]): Mask {
    const { graph, masks } = this;
    if (shares.every(({ mask, offset }) => mask === ALWAYS && offset === undefined)) return ALWAYS;
    const whole = masks.or(shares.flatMap(({ mask, offset }) => (offset === undefined ? [mask] : [])));
    const pieces = shares.filter(({ offset }) => offset !== undefined);
    if (pieces.length === 0) return whole;
    const placed = pieces.map(({ row: piece, mask, offset }) => ({ mask, offset: offset!, lanes: graph.lanes(piece) }));
    if (pieces.length < shares.length) placed.push({ mask: whole, offset: 0, lanes: graph.lanes(row) });
    return masks.placed(placed, graph.lanes(row));
  }

  /** The sum of shares that all have the row's shape, or stand for it. */
  #whole(row: Row, rows: readonly Row[]): Row {
    const { graph } = this;
    if (rows.length < 3 || !graph.isScalar(row)) return rows.reduce((x, y) => plus(graph, x, y));
    const wide = rows.find((piece) => !graph.isScalar(piece)); // several seeds side by side make a scalar's adjoint a vector
    const lanes = wide === undefined ? undefined : graph.lanes(wide);
    const pieces = rows.map((piece): Piece => [lanes === undefined ? piece : broadcastTo(graph, piece, lanes), 0]);
    return graph.assemble(pieces.reverse(), lanes); // in the users' recorded order, which is mostly that of their numbers in memory
  }

  /** The sum of shares of which some are pieces at a lane. */
  #placed(row: Row, shares: readonly Share[], rows: readonly Row[]): Row {
    const { graph } = this;
    const lanes = graph.lanes(row);
    const pieces = shares.flatMap(({ offset }, i): Piece[] => (offset === undefined ? [] : [[rows[i]!, offset]]));
    const whole = rows.filter((_, i) => shares[i]!.offset === undefined);
    if (whole.length > 0) pieces.unshift([broadcastTo(graph, this.#whole(row, whole), lanes), 0]);
    return graph.assemble(pieces, lanes);
  }
}
