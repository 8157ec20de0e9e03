/**
 * The rows that are not elementwise, each a total definition: where values enter, and what moves or combines lanes.
 * Passes, engines, printer, parser and verifier take all that they know of a row from here. Needs nothing generated, so that the generator can read it.
 */
import { type Common, type Facts, type Signature, type Structural, type Transposed, type Transposer } from "./definition.js";
import { decompositionRows } from "./linear/decompositions.js";
import { columnsOf, linearRows, PARTS } from "./linear/rows.js";
import { laneNumber, type Monoid, type SumPlan } from "./monoid.js";
import { alongAxis, broadcastsTo, expandGrid, reverseGrid, sameShape, sumPlan, transposedShape, transposeGrid } from "./shapes.js";

const unless = (holds: boolean, expected: string): string | undefined => (holds ? undefined : expected);

/** Whether operand k holds numbers in one dimension or more. */
const isVector = (row: Facts, k: number): boolean => !row.operand(k).scalar && !row.operand(k).indices;

/** Whether operand k is a vector of the row's shape. */
const isAlike = (row: Facts, k: number): boolean =>
  isVector(row, k) && row.shape.length === 1 && sameShape(row.shape, row.operand(k).shape);

/** Lane numbers that are known must be below `lanes`. */
function inBounds(row: Facts, lanes: number): string | undefined {
  const numbers = row.lanesAt(1);
  for (let i = 0; numbers !== undefined && i < numbers.length; i++) {
    const lane = laneNumber(numbers, i);
    if (lane < 0 || lane >= lanes) return `lane numbers from 0 to ${lanes - 1}, got ${lane} in lane ${i}`;
  }
  return undefined;
}

/** Whether the lanes from the attribute on are lanes of the first operand. */
const isWithin = (row: Facts): boolean => isVector(row, 0) && row.attribute >= 0 && row.attribute + row.lanes <= row.operand(0).lanes;

const none = [] as const;
const leaf = { kind: "entry", rows: 0, text: true, place: "given", whole: "none" } as const;
const linear = { kind: "linear", text: true } as const;
/** Lanes of a vector, as many as the row has, from its attribute on. */
const part = {
  ...linear,
  rows: 1,
  place: "view",
  whole: "first",
  flows: "first",
  map<X>(m: Monoid<X>, [x]: readonly X[], { attribute, lanes }: Facts): X {
    return m.gather(x!, { start: attribute, step: 1, length: lanes });
  },
  transpose: (_: Transposer, g: number, { attribute }: Facts): Transposed => ({ piece: g, offset: attribute }),
  takesPart: true,
  mixes: false,
  mixesBack: false,
  uniform: "kept",
  uniformBack: "spread",
} as const;
/** A row that owns something, whose parts lie side by side. */
const owner = {
  kind: "body",
  rows: 0,
  pooled: true,
  attributes: none,
  text: true,
  place: "between",
  whole: "vectors",
  needs(row: Facts): string | undefined {
    const owned = row.content as Signature | undefined;
    if (owned === undefined) return "a body";
    if (row.scalar || row.lanes !== owned.lanes) return `the ${owned.lanes} lanes of its body's results`;
    if (row.count !== owned.takes.length) return `${owned.takes.length} operands, one a parameter`;
    const k = owned.takes.findIndex(({ shape, indices }, k) => {
      const operand = row.operand(k);
      return !sameShape(operand.shape, shape) || operand.indices !== indices;
    });
    return k < 0 ? undefined : `operand ${k} in the shape of its parameter`;
  },
} as const;
const stopped = {
  kind: "stopped",
  rows: 1,
  text: true,
  attributes: none,
  place: "reduction",
  whole: "none",
  needs: (row: Facts) => unless(isVector(row, 0) && row.scalar, "a vector into a scalar"),
} as const;

/** Rows of the shape of a matrix, of its lanes along the dimension of the attribute. */
const alongOwn = {
  ...linear,
  rows: 1,
  attributes: ["axis"],
  place: "called",
  whole: "first",
  flows: "first",
  needs: (row: Facts) =>
    unless(
      isVector(row, 0) && sameShape(row.shape, row.operand(0).shape) && row.attribute >= 0 && row.attribute < row.shape.length,
      "a shape of its own with that axis",
    ),
} as const;

/** Whether a row has the shape of its operand but for dimensions that are reduced. */
const reduces = (row: Facts): boolean => isVector(row, 0) && !row.scalar && sumPlan(row.operand(0).shape, row.shape) !== undefined;

/** Which lanes of its operand each lane of a row that reduces dimensions has. */
const reduced = (row: Facts): SumPlan => sumPlan(row.operand(0).shape, row.shape)!;

/** What is reduced along a dimension to one number, without a derivative; from the shapes alone. */
const stoppedAlong = {
  kind: "stopped",
  rows: 1,
  text: true,
  attributes: none,
  place: "called",
  whole: "first",
  needs: (row: Facts) => unless(reduces(row), "a shape that broadcasts to its operand's"),
} as const;

/** The structural rows, in opcode order; their codes follow the op table's. */
export const structuralRows = {
  input: {
    ...leaf,
    doc: "number `offset` of the argument leaf, or the whole leaf where it is a vector",
    attributes: ["leaf", "offset"],
    indices: false,
    needs: ({ content, scalar, attribute }) =>
      unless(
        (content as number) >= 0 && attribute >= 0 && (scalar || attribute === 0),
        "a leaf and an offset from 0, which is 0 of a vector",
      ),
  },
  placeholder: {
    ...leaf,
    doc: "a parameter of a transform that is being traced; never shared",
    attributes: ["id"],
    indices: false,
    needs: () => undefined,
  },
  constant: {
    ...leaf,
    doc: "a number",
    attributes: ["index"],
    indices: false,
    needs: ({ content, scalar }) => unless(scalar && typeof content === "number", "a scalar among the constants"),
  },
  vector: {
    ...leaf,
    doc: "a constant vector",
    attributes: ["index"],
    indices: false,
    needs: ({ content, scalar, lanes }) =>
      unless(content instanceof Float64Array && content.length === lanes && !scalar, "a constant vector of its length"),
  },
  indices: {
    ...leaf,
    doc: "an argument leaf of lane numbers",
    attributes: ["leaf"],
    indices: true,
    needs: ({ content, scalar }) => unless((content as number) >= 0 && !scalar, "a leaf from 0 and a vector shape"),
  },
  indexVector: {
    ...leaf,
    doc: "constant lane numbers",
    attributes: ["index"],
    indices: true,
    needs: ({ content, scalar, lanes }) =>
      unless(content instanceof Int32Array && content.length === lanes && !scalar, "constant lane numbers of its length"),
  },
  sum: {
    ...linear,
    doc: "Σ aᵢ",
    rows: 1,
    attributes: none,
    place: "reduction",
    whole: "none",
    needs: (row) => unless(isVector(row, 0) && row.scalar, "a vector into a scalar"),
    flows: "first",
    map: (m, [x]) => m.total(x!),
    transpose: (_, g) => ({ piece: g }),
    mixes: true,
    mixesBack: false,
    uniform: "counted",
    uniformBack: "stated",
  },
  broadcast: {
    ...linear,
    doc: "the scalar a in every lane",
    rows: 1,
    attributes: none,
    place: "loop",
    whole: "none",
    needs: (row) => unless(row.operand(0).scalar && !row.scalar, "a scalar into a vector"),
    flows: "first",
    map: (m, [x], { lanes }) => m.gather(x!, { start: 0, step: 0, length: lanes }),
    transpose: (r, g, { lanes }) => ({ piece: r.reduced(g, lanes) }),
    mixes: false,
    mixesBack: true,
    uniform: "kept",
    uniformBack: "stated",
  },
  at: {
    ...part,
    doc: "lane `index` of a",
    attributes: ["index"],
    needs: (row) => unless(isWithin(row) && row.scalar, "a lane of a vector"),
  },
  slice: {
    ...part,
    doc: "as many lanes of a as the shape says, from `start`",
    attributes: ["start"],
    needs: (row) => unless(isWithin(row) && !row.scalar, "lanes of a vector"),
  },
  assemble: {
    ...linear,
    doc: "the sum of pieces, each placed at an offset in zeros",
    rows: 0,
    pooled: true,
    attributes: none,
    place: "between",
    whole: "vectors",
    needs(row) {
      for (let k = row.count - 1; k >= 0; k--) {
        const piece = row.operand(k);
        if (piece.indices) return "numbers, got lane numbers";
        if (row.scalar && !piece.scalar) return "scalar pieces in a scalar";
        if (!(row.offset(k) >= 0 && row.offset(k) + piece.lanes <= row.lanes))
          return `piece ${k} inside ${row.lanes} lanes, got it at ${row.offset(k)}`;
      }
      return undefined;
    },
    flows: "all",
    map: (m, x, row) =>
      row.scalar
        ? m.terms(x)
        : m.placed(
            x.map((piece, k) => [piece, row.offset(k)]),
            row.lanes,
          ),
    transpose: (r, g, row, k) => ({ piece: row.scalar ? g : r.part(g, row.offset(k), row.operand(k).shape) }),
    mixes: false,
    mixesBack: false,
    uniform: "spread",
    uniformBack: "kept",
  },
  take: {
    ...linear,
    doc: "lane bᵢ of a, for every i",
    rows: 2,
    attributes: none,
    place: "loop",
    whole: "first",
    needs: (row) =>
      unless(
        isVector(row, 0) && !row.operand(1).scalar && row.lanes === row.operand(1).lanes && !row.scalar,
        "lanes of a vector, as many as lane numbers",
      ) ?? inBounds(row, row.operand(0).lanes),
    flows: "first",
    map(m, [x], row) {
      const lanes = row.lanesAt(1);
      return lanes === undefined ? m.anywhere(x!, row.lanes) : m.gather(x!, lanes);
    },
    transpose: (r, g) => ({ piece: r.segmentSum(g) }),
    mixes: false,
    mixesBack: true,
    uniform: "kept",
    uniformBack: "spread",
    empty: "lanesBack",
  },
  segmentSum: {
    ...linear,
    doc: "lane j is the sum of the aᵢ with bᵢ = j",
    rows: 2,
    attributes: none,
    place: "reduction",
    whole: "none",
    needs: (row) =>
      unless(
        isVector(row, 0) && !row.operand(1).scalar && row.operand(0).lanes === row.operand(1).lanes && !row.scalar,
        "a lane number for each lane",
      ) ?? inBounds(row, row.lanes),
    flows: "first",
    map(m, [x], row) {
      const lanes = row.lanesAt(1);
      return lanes === undefined ? m.anywhere(x!, row.lanes) : m.scatter(x!, lanes, row.lanes);
    },
    transpose: (r, g) => ({ piece: r.take(g) }),
    mixes: true,
    mixesBack: false,
    uniform: "spread",
    uniformBack: "kept",
    empty: "lanes",
  },
  cumsum: {
    ...linear,
    doc: "lane i is a₀ + … + aᵢ",
    rows: 1,
    attributes: none,
    place: "loop",
    whole: "none",
    needs: (row) => unless(isAlike(row, 0), "a vector of its shape"),
    flows: "first",
    map: (m, [x]) => m.running(x!),
    transpose: (r, g) => ({ piece: r.reverse(r.again(r.reverse(g))) }),
    mixes: true,
    mixesBack: true,
    uniform: "spread",
    uniformBack: "spread",
  },
  reverse: {
    ...linear,
    doc: "the lanes of a in opposite order",
    rows: 1,
    attributes: none,
    place: "loop",
    whole: "first",
    needs: (row) => unless(isAlike(row, 0), "a vector of its shape"),
    flows: "first",
    map: (m, [x], { lanes }) => m.gather(x!, { start: lanes - 1, step: -1, length: lanes }),
    transpose: (r, g) => ({ piece: r.again(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "kept",
  },
  reshape: {
    ...linear,
    doc: "the lanes of a, in order, in another shape",
    rows: 1,
    attributes: none,
    place: "view",
    whole: "first",
    needs: (row) => unless(isVector(row, 0) && !row.scalar && row.operand(0).lanes === row.lanes, "as many lanes in another shape"),
    flows: "first",
    map: (m, [x], { lanes }) => m.gather(x!, { start: 0, step: 1, length: lanes }),
    transpose: (r, g) => ({ piece: r.reshaped(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "kept",
  },
  transpose: {
    ...linear,
    doc: "a with its last two dimensions swapped",
    rows: 1,
    attributes: none,
    place: "called",
    whole: "first",
    needs: (row) =>
      unless(
        isVector(row, 0) && row.shape.length > 1 && sameShape(row.shape, transposedShape(row.operand(0).shape)),
        "a matrix, or a batch of them, and its shape with the last two sizes swapped",
      ),
    flows: "first",
    map: (m, [x], row) => m.gather(x!, transposeGrid(row.operand(0).shape)),
    transpose: (r, g) => ({ piece: r.swapped(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "kept",
  },
  expand: {
    ...linear,
    doc: "a broadcast to the row's shape, sizes of 1 and missing ones repeated",
    rows: 1,
    attributes: none,
    place: "loop",
    whole: "first",
    needs: (row) =>
      unless(
        isVector(row, 0) && broadcastsTo(row.operand(0).shape, row.shape) && row.operand(0).lanes < row.lanes,
        "a shape that broadcasts to the row's",
      ),
    flows: "first",
    map: (m, [x], row) => m.gather(x!, expandGrid(row.operand(0).shape, row.shape)),
    transpose: (r, g) => ({ piece: r.along(g) }),
    mixes: false,
    mixesBack: true,
    uniform: "kept",
    uniformBack: "stated",
  },
  sumAxis: {
    ...linear,
    doc: "the sums of the lanes of a along the dimensions that its shape has beyond the row's, which broadcasts to it",
    rows: 1,
    attributes: none,
    place: "called",
    whole: "first",
    needs: (row) => unless(reduces(row), "a shape that broadcasts to its operand's, by dimensions that follow each other"),
    flows: "first",
    map: (m, [x], row) => m.along(x!, reduced(row)),
    transpose: (r, g) => ({ piece: r.expanded(g) }),
    mixes: true,
    mixesBack: false,
    uniform: "counted",
    uniformBack: "kept",
  },
  triangle: {
    ...linear,
    doc: "a part of a matrix, zeros elsewhere: 0 on and below the diagonal, 1 below it, 2 on and above it, 3 above it, 4 on it",
    rows: 1,
    attributes: ["part"],
    place: "called",
    whole: "first",
    needs: (row) =>
      unless(
        row.shape.length > 1 && sameShape(row.shape, row.operand(0).shape) && row.attribute >= 0 && row.attribute < PARTS.length,
        "a matrix of its shape and a part from 0 to 4",
      ),
    flows: "first",
    map(m, [x], { shape, lanes, attribute }) {
      const n = shape.at(-1)!;
      return m.placed(
        Array.from({ length: lanes / n }, (_, row) => {
          const [from, end] = columnsOf(attribute, row % shape.at(-2)!, n);
          return [m.gather(x!, { start: row * n + from, step: 1, length: Math.max(0, end - from) }), row * n + from] as const;
        }),
        lanes,
      );
    },
    transpose: (r, g) => ({ piece: r.again(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "spread",
    uniformBack: "spread",
  },
  ...linearRows,
  ...decompositionRows,
  cumsumAxis: {
    ...alongOwn,
    doc: "running sums along a dimension",
    map: (m, [x], row) => m.runningAlong(x!, alongAxis(row.shape, row.attribute)),
    transpose: (r, g) => ({ piece: r.flipped(r.again(r.flipped(g))) }),
    mixes: true,
    mixesBack: true,
    uniform: "spread",
    uniformBack: "spread",
  },
  reverseAxis: {
    ...alongOwn,
    doc: "the lanes along a dimension in opposite order",
    map: (m, [x], row) => m.gather(x!, reverseGrid(row.shape, row.attribute)),
    transpose: (r, g) => ({ piece: r.again(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "kept",
  },
  maxAxis: {
    ...stoppedAlong,
    doc: "the greatest lanes along a dimension, NaN where one is NaN; forward only",
    map: (m, [x], row) => m.extremesAlong(x!, reduced(row), 1),
  },
  minAxis: {
    ...stoppedAlong,
    doc: "the least lanes along a dimension, NaN where one is NaN; forward only",
    map: (m, [x], row) => m.extremesAlong(x!, reduced(row), -1),
  },
  argmaxAxis: {
    ...stoppedAlong,
    doc: "the first places along a dimension that hold the greatest values, a NaN counting as greater; forward only",
    map: (m, [x], row) => m.firstsAlong(x!, reduced(row), 1),
  },
  argminAxis: {
    ...stoppedAlong,
    doc: "the first places along a dimension that hold the least values, a NaN counting as less; forward only",
    map: (m, [x], row) => m.firstsAlong(x!, reduced(row), -1),
  },
  argsort: {
    ...stoppedAlong,
    doc: "the places along the last dimension in ascending order, equal ones in theirs, NaN last; forward only",
    needs: (row) => unless(isVector(row, 0) && sameShape(row.shape, row.operand(0).shape), "a vector or matrix of its shape"),
    map: (m, [x], row) => m.ordered(x!, row.shape.at(-1)!),
  },
  max: { ...stopped, doc: "the greatest lane, NaN where one is NaN; forward only", map: (m, [x]) => m.extreme(x!, 1) },
  min: { ...stopped, doc: "the least lane, NaN where one is NaN; forward only", map: (m, [x]) => m.extreme(x!, -1) },
  argmax: {
    ...stopped,
    doc: "the first lane that holds the greatest value, a NaN counting as greater; forward only",
    map: (m, [x]) => m.firstExtreme(x!, 1),
  },
  argmin: {
    ...stopped,
    doc: "the first lane that holds the least value, a NaN counting as less; forward only",
    map: (m, [x]) => m.firstExtreme(x!, -1),
  },
  custom: {
    kind: "call",
    doc: "the first operand, with a derivative of its own by the others; never shared",
    rows: 0,
    pooled: true,
    attributes: none,
    text: false,
    place: "between",
    whole: "vectors",
    needs: (row) =>
      unless(
        row.operand(0).lanes === row.lanes && row.operand(0).scalar === row.scalar && row.content !== undefined,
        "a rule and a value of its shape",
      ),
    flowsTo: (k) => k > 0,
  },
  host: {
    kind: "call",
    doc: "a user's function of numbers, lane by lane; never shared or folded",
    rows: 0,
    pooled: true,
    attributes: none,
    text: false,
    place: "between",
    whole: "vectors",
    needs(row) {
      const operands = Array.from({ length: row.count }, (_, k) => row.operand(k));
      if (operands.some(({ indices }) => indices)) return "numbers, got lane numbers";
      const vectors = operands.filter(({ scalar }) => !scalar);
      return unless(
        vectors.every(({ lanes }) => lanes === row.lanes) && row.scalar === (vectors.length === 0) && row.content !== undefined,
        "a function, and the shape its inputs have together",
      );
    },
    flowsTo: () => true,
  },
  call: { ...owner, doc: "the results of a body on the operands, side by side" },
  loop: { ...owner, doc: "what the steps of a loop on the operands give: carries, stacks and sums, side by side" },
} as const satisfies Readonly<Record<string, Structural>>;

/** The names of structural rows. */
export type StructuralName = keyof typeof structuralRows;

/** The names of the rows of which a property has one of the values. */
type NamesWhere<P extends keyof Common | "kind", V> = {
  [N in StructuralName]: (typeof structuralRows)[N] extends { readonly [K in P]: V } ? N : never;
}[StructuralName];

/** Rows that loops over lanes compute. */
export type LoopRow = NamesWhere<"place", "loop" | "reduction">;

/** Rows that are computed between loops. */
export type BetweenRow = NamesWhere<"place", "between">;

/** Rows that are computed between loops by a function of the kernel. */
export type CalledRow = NamesWhere<"place", "called">;

/** Rows of whole operands. */
export type WholeRow = NamesWhere<"kind", "whole">;

/** Rows that call a user's code. */
export type CallRow = NamesWhere<"kind", "call">;

/** Rows that own bodies. */
export type BodyRow = NamesWhere<"kind", "body">;

/** Rows whose operands stand in the graph's pool. */
export type PooledRow = NamesWhere<"pooled", true>;

/** Rows where values enter. */
export type EntryRow = NamesWhere<"kind", "entry">;

/** Rows through which derivatives flow by a map and its transposition. */
export type FlowingRow = NamesWhere<"kind", "linear" | "bilinear">;
