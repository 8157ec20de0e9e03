/** What a structural row computes from its operands' numbers: one meaning for the reference engine and for recordings. */
import { type Graph, type Row } from "./graph.js";
import { argLane, cumsumLanes, extremeLane, fillLanes, segmentSumLanes, sumLanes, sumTerms, takeLanes } from "../ops/lanes.js";
import { structural } from "../ops/structural.js";

/** How a row's numbers are found. */
interface Memory {
  /** The numbers of a row: one of a scalar. */
  readonly view: (row: Row) => Float64Array;
  /** The lane numbers that a row holds. */
  readonly indices: (row: Row) => ArrayLike<number>;
  /** The name that errors of lane numbers carry. */
  readonly name?: string;
}

/** Fills `v` with what a row that is neither elementwise nor given computes, every time it is called. */
export function structuralValue(graph: Graph, row: Row, v: Float64Array, { view, indices, name }: Memory): () => void {
  const op = graph.op[row]!;
  const views = graph.operands(row).map(view);
  const x = views[0]!;
  const b = graph.b[row]!;
  switch (op) {
    case structural.sum:
      return () => void (v[0] = sumLanes(x));
    case structural.broadcast:
      return () => void v.fill(x[0]!);
    case structural.at:
    case structural.slice: {
      const part = x.subarray(b, b + v.length);
      return () => v.set(part);
    }
    case structural.take: {
      const lanes = indices(b);
      return () => void takeLanes(x, lanes, v, name);
    }
    case structural.segmentSum: {
      const lanes = indices(b);
      return () => void segmentSumLanes(x, lanes, v.length, v, name);
    }
    case structural.cumsum:
      return () => void cumsumLanes(x, v);
    case structural.reverse:
      return () => {
        for (let i = 0; i < v.length; i++) v[i] = x[v.length - 1 - i]!;
      };
    case structural.custom:
      return () => v.set(x);
    case structural.host: {
      const host = graph.hosts[graph.c[row]!]!;
      return () => fillLanes(host, v, views);
    }
    case structural.assemble: {
      if (graph.isScalar(row)) {
        const terms = new Float64Array(views.length);
        return () => {
          for (let k = 0; k < terms.length; k++) terms[k] = views[k]![0]!;
          v[0] = sumTerms(terms, terms.length);
        };
      }
      const offsets = views.map((_, k) => graph.pieceOffset(row, k));
      return () => {
        v.fill(0);
        for (let k = 0; k < views.length; k++) v.fill(-0, offsets[k], offsets[k]! + views[k]!.length);
        for (let k = 0; k < views.length; k++) for (let i = 0; i < views[k]!.length; i++) v[offsets[k]! + i]! += views[k]![i]!;
      };
    }
    case structural.max:
    case structural.min:
      return () => void (v[0] = extremeLane(x, op === structural.max ? 1 : -1));
    default:
      return () => void (v[0] = argLane(x, op === structural.argmax ? 1 : -1));
  }
}
