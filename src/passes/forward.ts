/** The forward pass: appends to a graph the rows of its results' tangents. */
import { choice } from "../ops/generated/table.js";
import { type Graph, type Piece, type Row } from "../graph/graph.js";
import { isElementwise, ownsBodies, structuralOf } from "../ops/rows.js";
import { rules } from "./generated/rules.js";
import { activity } from "./activity.js";
import { broadcastTo, contributionOf, plus, ruleRowsOf } from "./algebra.js";
import { type Seeds } from "./bodyrules.js";
import { bodyTangents } from "./owners.js";
import { callTangent } from "./calls.js";
import { partIn } from "../graph/body.js";
import { partAt } from "../graph/parts.js";
import { cleaned, everywhere, type Masked } from "./contributions.js";
import { mapped, mixes } from "./linear.js";
import { type Structural } from "../ops/definition.js";
import { edgesOf, joined } from "./dependence.js";
import { ALWAYS, type Mask, Masks } from "./masks.js";
import { factsOf } from "../graph/facts.js";
import { pullback } from "./reverse.js";
import { recorderFor } from "./whole.js";

/**
 * Appends the rows of Σ ∂result/∂parameter · tangent for every result, each in its result's shape; the keys of `seeds` are the parameters, and its values their tangents.
 * Rows that are neither of them count as constants. Where all rows that depend on the parameters are scalars, a tangent may be a vector: of several directions side by side.
 */
export function pushforward(graph: Graph, results: readonly Row[], seeds: ReadonlyMap<Row, Row>): Row[] {
  const masks = new Masks(graph, ruleRowsOf(graph));
  const tangents = pushedForward(
    graph,
    masks,
    results,
    [...seeds].map(([row, seed]) => [row, everywhere(seed)]),
  );
  const zero = graph.constant(0);
  return results.map((row, i) => {
    const tangent = tangents[i];
    const dot = tangent === undefined ? zero : cleaned(masks, tangent);
    return graph.isScalar(row) ? dot : broadcastTo(graph, dot, graph.sizes(row));
  });
}

/** The same of tangents that count where their masks hold, as derivatives that do; undefined where a result depends on no parameter. */
function pushedForward(graph: Graph, masks: Masks, results: readonly Row[], seeds: Seeds): (Masked | undefined)[] {
  const depends = activity(
    graph,
    results,
    seeds.map(([row]) => row),
  );
  const fresh = graph.length;
  const { record } = masks;
  const tangents = new Map(seeds);
  /** By part of rows that own bodies. */
  const parts = new Map<Row, readonly (Masked | undefined)[]>();
  const maskOf = (row: Row): Mask | undefined => tangents.get(row)?.mask;

  /** A derivative in the shape of a row. */
  const shaped = (row: Row, tangent: Row): Row => (graph.isScalar(row) ? tangent : broadcastTo(graph, tangent, graph.sizes(row)));

  /** Adds the shares that a row's operands have in its tangent, where each counts. */
  function total(row: Row, share: (k: number, tangent: Row) => Row, keeps: (k: number) => boolean): Masked | undefined {
    const edges = edgesOf(masks, row, maskOf, true);
    const mask = joined(masks, row, edges);
    if (mask === undefined) return undefined;
    let sum: Row | undefined;
    let clean = true;
    edges.forEach((edge, k) => {
      if (edge === undefined) return;
      const operand = tangents.get(graph.operand(row, k))!;
      const known = edge === ALWAYS || (operand.clean && keeps(k));
      let next = share(k, operand.row);
      if (!known && edge === mask) clean = false;
      if (!known && edge !== mask) next = masks.guard(edge, next);
      sum = sum === undefined ? next : plus(graph, sum, next);
    });
    return { row: sum!, mask, clean };
  }

  function elementwise(row: Row): Masked | undefined {
    const op = graph.op[row]!;
    const slopes = rules[op]!;
    return total(
      row,
      (k, tangent) => contributionOf(graph, record, row, k, tangent, fresh),
      (k) => choice[op] !== 1 && (slopes[k] === 1 || slopes[k] === -1),
    );
  }

  /** The tangent of an assembly: its pieces' tangents in their places. */
  function pieces(row: Row): Masked | undefined {
    if (graph.isScalar(row)) return sumOfScalars(row);
    const edges = edgesOf(masks, row, maskOf, true);
    const mask = joined(masks, row, edges);
    if (mask === undefined) return undefined;
    const placed = edges.flatMap((edge, k): Piece[] => {
      const piece = graph.operand(row, k);
      return edge === undefined ? [] : [[shaped(piece, cleaned(masks, tangents.get(piece)!)), graph.pieceOffset(row, k)]];
    });
    return { row: graph.assemble(placed, graph.sizes(row)), mask, clean: true };
  }

  /** Many numbers add up in one row, unless directions lie side by side in some. */
  function sumOfScalars(row: Row): Masked | undefined {
    const given = graph.operands(row).flatMap((piece) => tangents.get(piece) ?? []);
    if (given.length < 3 || !given.every((tangent) => graph.isScalar(tangent.row))) {
      return total(
        row,
        (_, tangent) => tangent,
        () => true,
      );
    }
    const mask = masks.or(given.map((tangent) => tangent.mask));
    return { row: graph.assemble(given.map((tangent): Piece => [cleaned(masks, tangent), 0])), mask, clean: true };
  }

  /** The tangent of a row that is linear in its operand is the same row of the operand's tangent. */
  function linear(row: Row, definition: Extract<Structural, { kind: "linear" }>): Masked | undefined {
    if (definition.flows === "all") return pieces(row);
    if (ownsBodies(graph.op[graph.a[row]!]!)) return ofPart(row);
    const given = tangents.get(graph.a[row]!);
    if (given === undefined) return undefined;
    const whole = mixes(definition) && !masks.isUniform(given.mask);
    const tangent = whole ? cleaned(masks, given) : given.row;
    return { row: mapped(graph, row, tangent), mask: masks.mapped(row, given.mask), clean: whole || given.clean };
  }

  /** The tangent of a row that reads lanes of a part of what a body computes. */
  function ofPart(row: Row): Masked | undefined {
    const of = graph.a[row]!;
    const owned = graph.owned(of);
    const part = partAt(owned, graph.b[row]!);
    const given = parts.get(of)?.[part];
    if (given === undefined) return undefined;
    const lanes = (of: Row): Row => partIn(graph, of, graph.b[row]! - owned.parts[part]!.start, graph.sizes(row));
    const { mask, clean } = given;
    return { row: lanes(given.row), mask: masks.isUniform(mask) ? mask : masks.given(lanes(masks.rowOf(mask))), clean };
  }

  /** The tangent of a row that is linear in each of two operands: the row with each operand's tangent in its place, added up. */
  function bilinear(row: Row): Masked | undefined {
    const shares = graph.operands(row).flatMap((operand, k) => {
      const given = tangents.get(operand);
      if (given === undefined) return [];
      const mask = masks.mapped(row, given.mask, k);
      const share = mapped(graph, row, cleaned(masks, given), k);
      return [{ row: mask === ALWAYS ? share : masks.guard(mask, share), mask }];
    });
    if (shares.length === 0) return undefined;
    return { row: shares.map((share) => share.row).reduce((x, y) => plus(graph, x, y)), mask: masks.or(shares.map(({ mask }) => mask)), clean: true }; // prettier-ignore
  }

  /** The tangent of a row of whole operands, as its definition has it. */
  function whole(row: Row, definition: Extract<Structural, { kind: "whole" }>): Masked | undefined {
    const edges = edgesOf(masks, row, maskOf, true);
    const mask = joined(masks, row, edges);
    if (mask === undefined) return undefined;
    const given = edges.map((edge, k) => {
      const operand = graph.operand(row, k);
      return edge === undefined ? undefined : broadcastTo(graph, cleaned(masks, tangents.get(operand)!), graph.sizes(operand));
    });
    return { row: definition.tangent(recorderFor(graph, row), given, factsOf(graph, row)), mask, clean: mask === ALWAYS };
  }

  function structuralRow(row: Row): Masked | undefined {
    const definition = structuralOf(graph.op[row]!);
    switch (definition.kind) {
      case "entry":
      case "stopped":
        return undefined;
      case "linear":
        return linear(row, definition);
      case "bilinear":
        return bilinear(row);
      case "body":
        parts.set(row, bodyTangents({ graph, masks, push: pushedForward }, row, graph.operands(row).map((operand) => tangents.get(operand)))); // prettier-ignore
        return undefined;
      case "whole":
        return whole(row, definition);
      case "call":
        return callTangent({ graph, masks, pull: pullback, tangentOf: (operand) => tangents.get(operand), total }, row);
    }
  }

  for (let row = depends.first; row < depends.end; row++) {
    if (!depends.has(row) || tangents.has(row)) continue;
    const tangent = isElementwise(graph.op[row]!) ? elementwise(row) : structuralRow(row);
    if (tangent !== undefined) tangents.set(row, tangent);
  }
  return results.map((row) => tangents.get(row));
}
