/**
 * The rows that are not elementwise, each a total definition: where values enter, and what moves or combines lanes.
 * Passes, engines, printer, parser and verifier take all that they know of a row from here. Needs nothing generated, so that the generator can read it.
 */
import { laneNumber, type Lanes, type Monoid } from "./monoid.js";

/** A row by its number. */
type Row = number;

/** What a definition sees of a row. */
export interface Facts {
  readonly lanes: number;
  readonly scalar: boolean;
  /** How many operands there are. */
  readonly count: number;
  operand(k: number): { readonly lanes: number; readonly scalar: boolean; readonly indices: boolean };
  /** What column b holds where it names no operand: an offset, a lane, a start. */
  readonly attribute: number;
  /** Where piece k is placed. */
  offset(k: number): number;
  /** The lane numbers that operand k holds, where they are known. */
  lanesAt(k: number): Lanes | undefined;
  /** What the graph keeps for the row: a number, lanes, a rule, a function; of an argument the number of its leaf. */
  readonly content: unknown;
}

/** How a transposition records rows. A scalar may stand for lanes that are all equal. */
export interface Transposer {
  /** The row itself, over another operand of the same shape. */
  again(x: Row): Row;
  reverse(x: Row): Row;
  /** x as so many lanes. */
  spread(x: Row, lanes: number): Row;
  /** The sum of lanes, or so many times a scalar. */
  reduced(x: Row, lanes: number): Row;
  /** The lanes of x that the row's lane numbers name. */
  take(x: Row): Row;
  /** Sums of the lanes of x by the row's lane numbers, as many as its operand has lanes. */
  segmentSum(x: Row): Row;
  /** `lanes` lanes of x from `start`: x itself where that is all, one of them as a scalar where `scalar` is set. */
  part(x: Row, start: number, lanes: number, scalar: boolean): Row;
  /** Operand number k. */
  operand(k: number): Row;
  /** x · y, lane by lane. */
  times(x: Row, y: Row): Row;
}

/** A derivative for an operand: of its shape, or a scalar for all its lanes, or a piece of it at a lane. */
export interface Transposed {
  readonly piece: Row;
  readonly offset?: number;
}

/** What is said of every structural row. */
interface Common {
  /** One sentence that states the result. */
  readonly doc: string;
  /** How many of the operand columns, from the first, name rows; the operands of a pooled row stand in the graph's pool. */
  readonly rows: number;
  readonly pooled?: true;
  /** What the columns after those hold, as text shows it. */
  readonly attributes: readonly string[];
  /** Whether text can hold the row; functions of users cannot be read back. */
  readonly text: boolean;
  /**
   * Where the plan puts it: in memory from the beginning, a part of what lies there, in a loop over its lanes, in a loop over its operand's whose result is there afterwards,
   * or between loops.
   */
  readonly place: "given" | "view" | "loop" | "reduction" | "between";
  /** The operands that are read out of memory, as a whole: the first, all vectors, or none. */
  readonly whole: "first" | "vectors" | "none";
  /** What it needs and lacks, for a message after "expected"; undefined where it is well formed. Operands are earlier rows. */
  needs(row: Facts): string | undefined;
}

/** Where values enter. */
interface Entry extends Common {
  readonly kind: "entry";
  /** Whether it holds lane numbers. */
  readonly indices: boolean;
}

/** A row that is linear in its first operand, or in all: its meaning, and what it is transposed. */
interface Linear extends Common {
  readonly kind: "linear";
  readonly flows: "first" | "all";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
  /** The derivative for operand k, of the row's derivative g. */
  transpose(r: Transposer, g: Row, row: Facts, k: number): Transposed;
  /** Whether the map, or the transposed one, sums lanes. */
  readonly mixes: boolean;
  readonly mixesBack: boolean;
  /** What it makes of an operand that is one number in every lane: that number, a multiple of it, or what it makes of the lanes. */
  readonly uniform: "kept" | "counted" | "spread";
  /** The same of the transposed one. */
  readonly uniformBack: "kept" | "spread" | "stated";
  /** Whether some lanes may be empty sums, which depend on nothing; and of the transposed map. */
  readonly empty?: "lanes" | "lanesBack";
}

/** A row that is linear in each of two operands. */
interface Bilinear extends Common {
  readonly kind: "bilinear";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
  /** The derivative for operand k, of the row's derivative g, which has the row's shape. */
  transpose(r: Transposer, g: Row, row: Facts, k: number): Transposed;
}

/** A row through which no derivative flows. */
interface Stopped extends Common {
  readonly kind: "stopped";
  map<X>(m: Monoid<X>, x: readonly X[], row: Facts): X;
}

/** A call of a user's code, whose derivatives, dependence and batch src/passes/calls.ts states. */
interface Call extends Common {
  readonly kind: "call";
  /** Whether a derivative flows to operand k. */
  flowsTo(k: number): boolean;
}

export type Structural = Entry | Linear | Bilinear | Stopped | Call;

const unless = (holds: boolean, expected: string): string | undefined => (holds ? undefined : expected);

const isVector = (row: Facts, k: number): boolean => !row.operand(k).scalar && !row.operand(k).indices;

/** Lane numbers that are known must be below `lanes`. */
function inBounds(row: Facts, lanes: number): string | undefined {
  const numbers = row.lanesAt(1);
  for (let i = 0; numbers !== undefined && i < numbers.length; i++) {
    const lane = laneNumber(numbers, i);
    if (lane < 0 || lane >= lanes) return `lane numbers from 0 to ${lanes - 1}, got ${lane} in lane ${i}`;
  }
  return undefined;
}

const none = [] as const;
const leaf = { kind: "entry", rows: 0, text: true, place: "given", whole: "none" } as const;
const linear = { kind: "linear", text: true } as const;
const stopped = {
  kind: "stopped",
  rows: 1,
  text: true,
  attributes: none,
  place: "reduction",
  whole: "none",
  needs: (row: Facts) => unless(isVector(row, 0) && row.scalar, "a vector into a scalar"),
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
    ...linear,
    doc: "lane `index` of a",
    rows: 1,
    attributes: ["index"],
    place: "view",
    whole: "first",
    needs: (row) =>
      unless(isVector(row, 0) && row.scalar && row.attribute >= 0 && row.attribute < row.operand(0).lanes, "a lane of a vector"),
    flows: "first",
    map: (m, [x], { attribute }) => m.gather(x!, { start: attribute, step: 1, length: 1 }),
    transpose: (_, g, { attribute }) => ({ piece: g, offset: attribute }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "stated",
  },
  slice: {
    ...linear,
    doc: "as many lanes of a as the shape says, from `start`",
    rows: 1,
    attributes: ["start"],
    place: "view",
    whole: "first",
    needs: (row) =>
      unless(
        isVector(row, 0) && !row.scalar && row.attribute >= 0 && row.attribute + row.lanes <= row.operand(0).lanes,
        "lanes of a vector",
      ),
    flows: "first",
    map: (m, [x], { attribute, lanes }) => m.gather(x!, { start: attribute, step: 1, length: lanes }),
    transpose: (_, g, { attribute }) => ({ piece: g, offset: attribute }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "spread",
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
    transpose: (r, g, row, k) => ({ piece: row.scalar ? g : r.part(g, row.offset(k), row.operand(k).lanes, row.operand(k).scalar) }),
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
    needs: (row) => unless(isVector(row, 0) && row.operand(0).lanes === row.lanes && !row.scalar, "a vector of its shape"),
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
    needs: (row) => unless(isVector(row, 0) && row.operand(0).lanes === row.lanes && !row.scalar, "a vector of its shape"),
    flows: "first",
    map: (m, [x], { lanes }) => m.gather(x!, { start: lanes - 1, step: -1, length: lanes }),
    transpose: (r, g) => ({ piece: r.again(g) }),
    mixes: false,
    mixesBack: false,
    uniform: "kept",
    uniformBack: "kept",
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

/** Rows that call a user's code. */
export type CallRow = NamesWhere<"kind", "call">;

/** Rows whose operands stand in the graph's pool. */
export type PooledRow = NamesWhere<"pooled", true>;

/** Rows where values enter. */
export type EntryRow = NamesWhere<"kind", "entry">;

/** Rows through which derivatives flow by a map and its transposition. */
export type FlowingRow = NamesWhere<"kind", "linear" | "bilinear">;
