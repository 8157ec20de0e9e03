/** Derivatives of rows that call a user's code: custom rules, and functions of plain numbers. */
import { type CustomRule, type Graph, type HostOp, type Row, SCALAR } from "../graph/graph.js";
import { type RowSet } from "../graph/rowset.js";
import { byOpcode, structural } from "../ops/rows.js";
import { type CallRow } from "../ops/structural.js";
import { broadcastTo, plus, times } from "./algebra.js";
import { cleaned, everywhere, type Masked } from "./contributions.js";
import { dependence } from "./dependence.js";
import { ALWAYS, type Mask, type Masks } from "./masks.js";
import { substitute } from "../graph/substitute.js";

/** The reverse pass, which imports this file. */
type Pullback = (graph: Graph, seeds: ReadonlyMap<Row, Row>, parameters: readonly Row[]) => Row[];

/** The number of a host function in a graph. */
export function hostNumber(graph: Graph, op: HostOp): number {
  const known = graph.hosts.indexOf(op);
  return known < 0 ? graph.hosts.push(op) - 1 : known;
}

/** Partials by function and operand, so that each is one host function. */
const partialOps = new WeakMap<HostOp, HostOp[]>();

function partialsOf(op: HostOp): readonly HostOp[] {
  if (op.partials === undefined)
    throw new TypeError(
      `hostOp: expected partials of ${op.name} to differentiate by, got none. Give one function an operand, or stopGradient its operands`,
    );
  let partials = partialOps.get(op);
  if (!partials) {
    partials = op.partials.map((partial, k) =>
      typeof partial === "function" ? { name: `${op.name}.partials[${k}]`, value: partial } : partial,
    );
    partialOps.set(op, partials);
  }
  return partials;
}

/** The derivative g of one side of a host row times its partial by operand k, which is a host row too. */
function hostShare(graph: Graph, row: Row, k: number, g: Row): Row {
  const op = partialsOf(graph.hosts[graph.c[row]!]!)[k]!;
  return times(graph, g, graph.host(hostNumber(graph, op), graph.operands(row)));
}

/**
 * The transpose of a linear function of rows: what seeds of its results are pulled back to.
 * @throws TypeError where it is not linear: where its derivative depends on what it is applied to.
 */
function transposed(
  graph: Graph,
  { name }: CustomRule,
  shapes: readonly Row[],
  linear: (arguments_: readonly Row[]) => readonly Row[],
  seeds: readonly Row[],
  pull: Pullback,
): Row[] {
  const first = graph.length;
  const points = shapes.map((row) => graph.push(structural.placeholder, graph.shape[row]!, graph.length));
  const sums = new Map<Row, Row>();
  linear(points).forEach((row, i) => {
    const before = sums.get(row);
    sums.set(row, before === undefined ? seeds[i]! : plus(graph, before, seeds[i]!));
  });
  const results = pull(graph, sums, points);
  const known = new Set(seeds);
  const open = results.filter((row) => row >= first);
  const seen = new Set(open);
  for (let row; (row = open.pop()) !== undefined;) {
    if (points.includes(row))
      throw new TypeError(
        `${name}: expected a rule that is linear in its tangents or its seed, got one that is not. Only then can it serve in the other mode`,
      );
    for (const operand of graph.operands(row)) {
      if (operand < first || seen.has(operand) || known.has(operand)) continue;
      seen.add(operand);
      open.push(operand);
    }
  }
  return results;
}

/** Applies a function of rows lane by lane where some are vectors in place of scalars: several directions side by side. */
function sideBySide(
  graph: Graph,
  given: readonly Row[],
  shapes: readonly Row[],
  apply: (rows: readonly Row[]) => readonly Row[],
): readonly Row[] {
  const wide = given.find((row, i) => !graph.isScalar(row) && graph.isScalar(shapes[i]!));
  if (wide === undefined) return apply(given);
  const lanes = graph.lanes(wide);
  const columns = Array.from({ length: lanes }, (_, lane) =>
    apply(given.map((row) => (graph.isScalar(row) ? row : graph.shared(structural.at, SCALAR, row, lane)))),
  );
  return columns[0]!.map((_, i) =>
    graph.assemble(
      columns.map((column, lane) => [column[i]!, lane]),
      lanes,
    ),
  );
}

/** A row of a rule in the shape that is wanted: a scalar may stand for equal lanes. */
const shaped = (graph: Graph, row: Row, like: Row): Row => (graph.isScalar(like) ? row : broadcastTo(graph, row, graph.sizes(like)));

/** The tangent that a rule gives for tangents of its inputs. */
export function ruleTangent(
  graph: Graph,
  rule: CustomRule,
  result: Row,
  inputs: readonly Row[],
  tangents: readonly Row[],
  pull: Pullback,
): Row {
  if (rule.tangent) return rule.tangent(graph, inputs, tangents);
  const adjoints = rule.adjoints!;
  return transposed(
    graph,
    rule,
    [result],
    ([seed]) => adjoints(graph, inputs, seed!).map((row, i) => shaped(graph, row, inputs[i]!)),
    tangents,
    pull,
  )[0]!;
}

/** What a rule gives for derivatives that it is linear in, and where that counts: where it depends on one that counts. */
function maskedRule(
  graph: Graph,
  masks: Masks,
  given: readonly (Masked | undefined)[],
  likes: readonly Row[],
  rule: (rows: readonly Row[]) => readonly Row[],
): Masked[] {
  const zero = graph.constant(0);
  const rows = given.map((one, i) => (one === undefined ? zero : shaped(graph, cleaned(masks, one), likes[i]!)));
  if (given.every((one) => one === undefined || one.mask === ALWAYS)) return sideBySide(graph, rows, likes, rule).map(everywhere);
  let found: (Mask | undefined)[] = [];
  const results = sideBySide(graph, rows, likes, (directions) => {
    const stand = new Map(directions.map((row) => [placeholderFor(graph, row), row]));
    const derived = rule([...stand.keys()]);
    found = dependence(masks, derived, new Map([...stand.keys()].flatMap((row, i) => (given[i] ? [[row, given[i].mask]] : [])))); // prettier-ignore
    return substitute(graph, derived, stand);
  });
  const whole = masks.or(given.flatMap((one) => (one === undefined ? [] : [masks.any(one.mask)])));
  return results.map((row, i) => ({ row, mask: found[i] ?? whole, clean: false }));
}

/** A fresh row that stands for another. */
function placeholderFor(graph: Graph, row: Row): Row {
  const fresh = graph.push(structural.placeholder, graph.shape[row]!, graph.length);
  graph.recording?.stand(fresh, row);
  return fresh;
}

/** The forward pass, as a call's row sees it. */
interface Tangents {
  readonly graph: Graph;
  readonly masks: Masks;
  readonly pull: Pullback;
  readonly tangentOf: (operand: Row) => Masked | undefined;
  /** Adds the shares of operands, where each counts. */
  readonly total: (row: Row, share: (k: number, tangent: Row) => Row, keeps: (k: number) => boolean) => Masked | undefined;
}

/** The reverse pass, as a call's row sees it. */
interface Adjoints {
  readonly graph: Graph;
  readonly masks: Masks;
  readonly pull: Pullback;
  /** The operands that need an adjoint. */
  readonly depends: RowSet;
  /** Adds an operand's share; lanes that shared a scalar operand add up. */
  readonly give: (row: Row, operand: Row, share: Masked) => void;
  /** Adds an adjoint in the operand's shape. */
  readonly add: (operand: Row, adjoint: Masked) => void;
}

/** The derivatives of a row that calls a user's code. */
interface CallRule {
  tangent(pass: Tangents, row: Row): Masked | undefined;
  adjoints(pass: Adjoints, row: Row, g: Masked): void;
}

/** A row with a derivative of its own, by its rule. */
const custom: CallRule = {
  tangent({ graph, masks, pull, tangentOf }, row) {
    const [value, ...inputs] = graph.operands(row);
    const rule = graph.rules[graph.c[row]!]!;
    const apply = (given: readonly Row[]): Row[] => [shaped(graph, ruleTangent(graph, rule, value!, inputs, given, pull), row)];
    return maskedRule(graph, masks, inputs.map(tangentOf), inputs, apply)[0]!;
  },
  adjoints({ graph, masks, pull, depends, add }, row, seed) {
    const [, ...inputs] = graph.operands(row);
    const rule = graph.rules[graph.c[row]!]!;
    const apply = ([g]: readonly Row[]): readonly Row[] => {
      const adjoints = rule.adjoints
        ? rule.adjoints(graph, inputs, g!)
        : transposed(graph, rule, inputs, (tangents) => [rule.tangent!(graph, inputs, tangents)], [g!], pull);
      return adjoints.map((adjoint, i) => shaped(graph, adjoint, inputs[i]!));
    };
    maskedRule(graph, masks, [seed], [row], apply).forEach((adjoint, k) => {
      if (depends.has(inputs[k]!)) add(inputs[k]!, adjoint);
    });
  },
};

/** A function of plain numbers, by its partials. */
const host: CallRule = {
  tangent: ({ graph, total }, row) =>
    total(
      row,
      (k, tangent) => hostShare(graph, row, k, tangent),
      () => false,
    ),
  adjoints({ graph, depends, give }, row, { row: g, mask }) {
    graph.operands(row).forEach((operand, k) => {
      if (depends.has(operand)) give(row, operand, { row: hostShare(graph, row, k, g), mask, clean: mask === ALWAYS });
    });
  },
};

const rules: Readonly<Record<CallRow, CallRule>> = { custom, host };
const rulesByOpcode = byOpcode(rules);

/** The tangent of a call's row; undefined where it depends on no parameter. */
export const callTangent = (pass: Tangents, row: Row): Masked | undefined => rulesByOpcode[pass.graph.op[row]!]!.tangent(pass, row);

/** Adds what a call's row, of adjoint g, gives to its operands. */
export const callAdjoints = (pass: Adjoints, row: Row, g: Masked): void => rulesByOpcode[pass.graph.op[row]!]!.adjoints(pass, row, g);
