/** The sparsity pattern of a Jacobian, found from its graph: which numbers of the parameters each number of the results depends on. */
import { grown } from "../../data/growth.js";
import { factsOf } from "../../graph/facts.js";
import { expandGrid, sumPlan } from "../../ops/shapes.js";
import { type Graph, type Row } from "../../graph/graph.js";
import { slotOf } from "../../graph/steps.js";
import { laneNumber, type Monoid } from "../../ops/monoid.js";
import { byOpcode, isElementwise, structural, structuralOf } from "../../ops/rows.js";
import { type BodyRow, type CallRow } from "../../ops/structural.js";
import { activity, flows } from "../activity.js";
import { type IndexSet, IndexSets } from "./indexsets.js";
import { knownLanes } from "./knownlanes.js";
import { reach } from "../../graph/reach.js";

/** Where a matrix may hold other numbers than 0: row i has the columns from rows[i] to rows[i + 1], in order. */
export interface Pattern {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly shape: readonly [m: number, n: number];
}

/** Marks a row whose lanes have sets of their own. */
const VARIED = -1;

/** The sets of a row: one for all its lanes where they are equal, otherwise one a lane. */
type Sets = IndexSet | Int32Array;

/** The sets of so many lanes. */
interface LaneSets {
  readonly found: Sets;
  readonly lanes: number;
}

/**
 * The pattern of ∂results/∂parameters: what may not be 0, for any numbers. Derivatives that are 0 everywhere (of comparisons, of what is stopped) leave no mark; both branches of a `where` do.
 * Lane numbers among the arguments are those that `indices` gives; where they are computed, every lane counts. Takes time and memory in proportion to the lanes of the rows, and to the pattern.
 */
export function patternOf(
  graph: Graph,
  results: readonly Row[],
  parameters: readonly Row[],
  indices: (leaf: number) => Int32Array,
): Pattern {
  const sets = new IndexSets();
  /** One set of all lanes. */
  const every = (found: Sets): IndexSet => (typeof found === "number" ? found : sets.unionAll(found));

  function united(x: Sets, y: Sets): Sets {
    if (x === y || y === 0) return x;
    if (x === 0) return y;
    if (typeof x === "number") return typeof y === "number" ? sets.union(x, y) : y.map((set) => sets.union(x, set));
    return typeof y === "number" ? x.map((set) => sets.union(set, y)) : x.map((set, i) => sets.union(set, y[i]!));
  }

  /** Lanes of sets: every operand is what it may depend on. */
  const lanesOfSets: Monoid<LaneSets> = {
    gather: ({ found }, lanes) => ({
      lanes: lanes.length,
      found: typeof found === "number" ? found : Int32Array.from({ length: lanes.length }, (_, i) => found[laneNumber(lanes, i)] ?? 0),
    }),
    total: (x) => ({ lanes: 1, found: every(x.found) }),
    along({ found }, { outer, count, inner }) {
      const lanes = outer * inner;
      if (typeof found === "number") return { lanes, found };
      const terms = (lane: number): Int32Array =>
        Int32Array.from({ length: count }, (_, k) => found[(Math.floor(lane / inner) * count + k) * inner + (lane % inner)]!);
      return { lanes, found: Int32Array.from({ length: lanes }, (_, lane) => sets.unionAll(terms(lane))) };
    },
    extremesAlong: (_, { outer, inner }) => ({ lanes: outer * inner, found: 0 }),
    firstsAlong: (_, { outer, inner }) => ({ lanes: outer * inner, found: 0 }),
    runningAlong({ found, lanes }, { count, inner }) {
      if (typeof found === "number") return { lanes, found };
      const sums = new Int32Array(lanes);
      for (let i = 0; i < lanes; i++) sums[i] = Math.floor(i / inner) % count === 0 ? found[i]! : sets.union(sums[i - inner]!, found[i]!);
      return { lanes, found: sums };
    },
    ordered: ({ lanes }) => ({ lanes, found: 0 }),
    running({ found, lanes }) {
      let total: IndexSet = 0;
      return { lanes, found: typeof found === "number" ? found : found.map((set) => (total = sets.union(total, set))) };
    },
    scatter({ found, lanes: count }, to, lanes) {
      const sums = new Int32Array(lanes);
      for (let i = 0; i < count; i++) {
        const lane = laneNumber(to, i);
        if (lane >= 0 && lane < lanes) sums[lane] = sets.union(sums[lane]!, typeof found === "number" ? found : found[i]!);
      }
      return { lanes, found: sums };
    },
    placed(pieces, lanes) {
      const sums = new Int32Array(lanes);
      for (const [{ found, lanes: count }, offset] of pieces) {
        if (found === 0) continue;
        for (let lane = 0; lane < count; lane++)
          sums[offset + lane] = sets.union(sums[offset + lane]!, typeof found === "number" ? found : found[lane]!);
      }
      return { lanes, found: sums };
    },
    terms: (xs) => ({ lanes: 1, found: sets.unionAll(Int32Array.from(xs, ({ found }) => every(found))) }),
    anywhere: ({ found }, lanes) => ({ lanes, found: every(found) }),
    times: (x, y) => ({ lanes: Math.max(x.lanes, y.lanes), found: united(x.found, y.found) }),
    extreme: () => ({ lanes: 1, found: 0 }),
    firstExtreme: () => ({ lanes: 1, found: 0 }),
  };

  /** The sets of all lanes of a row. */
  const lanesOf = (found: Sets, lanes: number): Int32Array => (typeof found === "number" ? new Int32Array(lanes).fill(found) : found);

  /** The sets of results, of those of the rows that are given; `indices` says the lane numbers of an argument. */
  function setsIn(
    graph: Graph,
    results: readonly Row[],
    given: ReadonlyMap<Row, Sets>,
    indices: (row: Row) => Int32Array | undefined,
  ): Sets[] {
    const depends = activity(graph, results, [...given.keys()]);
    const needed = reach(graph, results);
    /** The set of all lanes of a row; VARIED where they have sets of their own. */
    const uniform = new Int32Array(depends.end);
    const varied = new Map<Row, Int32Array>();

    function set(row: Row, found: Sets): void {
      uniform[row] = typeof found === "number" ? found : found.length === 1 ? found[0]! : VARIED;
      if (uniform[row] === VARIED) varied.set(row, found as Int32Array);
    }

    const of = (row: Row): Sets => (uniform[row] === VARIED ? varied.get(row)! : uniform[row]!);

    /** The lane numbers that are known before the function runs; undefined where they are computed. */
    function laneNumbers(row: Row): Int32Array | undefined {
      const isGiven = (row: Row): boolean => graph.op[row] === structural.indices || graph.op[row] === structural.placeholder;
      const known = knownLanes(graph, row, (row) => (isGiven(row) ? indices(row) : undefined));
      return known && Int32Array.from(known);
    }

    /** The union of the operands' sets, lane by lane. */
    function lanewise(row: Row): Sets {
      let total: Sets = 0;
      for (let k = 0; k < graph.operandCount(row); k++) if (flows(graph, row, k)) total = united(total, of(graph.operand(row, k)));
      return total;
    }

    const calls: Record<CallRow, (row: Row) => Sets> = {
      custom: (row) => sets.unionAll(Int32Array.from(graph.operands(row).slice(1), (operand) => every(of(operand)))),
      host: lanewise,
    };
    const callsByOpcode = byOpcode(calls);

    const bodies: Record<BodyRow, (row: Row) => Sets> = {
      call(row) {
        const { graph: inner, parameters, results, parts, lanes } = graph.bodyOf(row);
        const operands = graph.operands(row);
        const active = parameters.flatMap((parameter, k) => (depends.has(operands[k]!) ? [[parameter, of(operands[k]!)] as const] : []));
        const found = setsIn(inner, results, new Map(active), (row) =>
          inner.isIndices(row) ? laneNumbers(operands[parameters.indexOf(row)]!) : undefined,
        );
        const packed = new Int32Array(lanes);
        parts.forEach((part, i) => packed.set(lanesOf(found[i]!, part.lanes), part.start));
        return packed;
      },
      loop(row) {
        const loop = graph.loopOf(row);
        const { consts, carries, writes, parts, lanes, body } = loop;
        const operands = graph.operands(row);
        const given = operands.map((operand) => of(operand));
        const packed = new Int32Array(lanes);
        const stepLanes = body.parts.map((part) => part.lanes);
        for (let i = 0; i < loop.length; i++) {
          const slot = slotOf(loop, i);
          /** The share of one step in what all steps have of a parameter. */
          const shareOf = <T extends Int32Array>(all: T, k: number): T => {
            const width = body.takes[k]!.lanes;
            return (k < consts + carries ? all : all.subarray(slot * width, (slot + 1) * width)) as T;
          };
          const active = body.parameters.flatMap((parameter, k) => {
            const sets = given[k];
            return sets === undefined || body.takes[k]!.indices
              ? []
              : [[parameter, typeof sets === "number" ? sets : shareOf(sets, k)] as const];
          });
          const numbersOf = (parameter: Row): Int32Array | undefined => {
            const k = body.parameters.indexOf(parameter);
            if (k === operands.length) return Int32Array.of(slot);
            if (!body.takes[k]!.indices) return undefined;
            const numbers = laneNumbers(operands[k]!);
            return numbers && shareOf(numbers, k);
          };
          const found = setsIn(body.graph, body.results, new Map(active), numbersOf);
          found.forEach((sets, part) => {
            const width = stepLanes[part]!;
            const { start } = parts[part]!;
            if (part < carries) given[consts + part] = sets;
            if (writes[part - carries] === "stack") packed.set(lanesOf(sets, width), start + slot * width);
            else if (writes[part - carries] === "sum") packed.set(lanesOf(united(sets, packed.slice(start, start + width)), width), start);
          });
        }
        for (let k = 0; k < carries; k++) packed.set(lanesOf(given[consts + k]!, stepLanes[k]!), parts[k]!.start);
        return packed;
      },
    };
    const bodiesByOpcode = byOpcode(bodies);

    function setsOf(row: Row): Sets {
      const op = graph.op[row]!;
      if (isElementwise(op)) return lanewise(row);
      const definition = structuralOf(op);
      switch (definition.kind) {
        case "entry":
          return 0;
        case "call":
          return callsByOpcode[op]!(row);
        case "whole": {
          const facts = factsOf(graph, row);
          return graph.operands(row).reduce<Sets>((total, operand, k) => {
            if (!definition.flowsTo(k)) return total;
            const { kept, as } = definition.meeting(facts, k);
            const lanes = { found: of(operand), lanes: graph.lanes(operand) };
            const plan = sumPlan(graph.sizes(operand), kept);
            const sums = plan === undefined ? lanes : lanesOfSets.along(lanes, plan);
            return united(total, lanesOfSets.gather(sums, expandGrid(as, facts.shape)).found);
          }, 0);
        }
        case "body":
          return bodiesByOpcode[op]!(row);
        default: {
          const operands = graph.operands(row).map((operand) => ({ found: of(operand), lanes: graph.lanes(operand) }));
          return definition.map(lanesOfSets, operands, factsOf(graph, row, laneNumbers)).found;
        }
      }
    }

    for (const [row, found] of given) if (row < depends.end) set(row, found);
    const lastUse = new Int32Array(depends.end).fill(-1);
    const works = (row: Row): boolean => depends.has(row) && needed.has(row) && !given.has(row);
    for (let row = 0; row < depends.end; row++)
      if (works(row)) for (let k = 0; k < graph.operandCount(row); k++) lastUse[graph.operand(row, k)] = row;
    for (const row of results) lastUse[row] = depends.end;
    for (let row = 0; row < depends.end; row++) {
      if (!works(row)) continue;
      set(row, setsOf(row));
      // what no later row needs goes
      for (let k = 0; k < graph.operandCount(row); k++) if (lastUse[graph.operand(row, k)] === row) varied.delete(graph.operand(row, k));
    }
    return results.map(of);
  }

  let n = 0;
  const given = new Map(
    parameters.map((row): [Row, Sets] => {
      const first = n;
      n += graph.lanes(row);
      return [row, Int32Array.from({ length: graph.lanes(row) }, (_, lane) => sets.singleton(first + lane))];
    }),
  );
  const found = setsIn(graph, results, given, (row) => (graph.isIndices(row) ? indices(graph.a[row]!) : undefined));
  return listed(
    sets,
    found.map((of, i) => lanesOf(of, graph.lanes(results[i]!))),
    n,
  );
}

/** The sets of a matrix' rows as a pattern. */
function listed(sets: IndexSets, rowSets: readonly Int32Array[], n: number): Pattern {
  const m = rowSets.reduce((total, { length }) => total + length, 0);
  const rows = new Int32Array(m + 1);
  let columns = new Int32Array(4 * m);
  let row = 0;
  for (const lanes of rowSets) {
    for (const set of lanes) {
      const list = sets.list(set);
      const end = rows[row]! + list.length;
      if (end > columns.length) columns = grown(columns, 2 * end);
      columns.set(list, rows[row]);
      rows[++row] = end;
    }
  }
  return { rows, columns: columns.slice(0, rows[m]), shape: [m, n] };
}
