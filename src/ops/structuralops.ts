/** The rows that are not elementwise: where values enter, and the rows that move or combine lanes. Imports nothing, so that the generator can read it before anything is generated. */

/** What the three operand columns of a structural row hold. */
interface Structural {
  readonly name: string;
  /** How many of the columns, from the first, name rows. */
  readonly rows: number;
  /** What the columns after those hold, as text shows it; a pooled row's are the start and count of its operands in the graph's pool, and a number of a rule or function. */
  readonly attributes: readonly string[];
  /** One sentence that states the result. */
  readonly doc: string;
}

/** The structural rows, in opcode order; their codes follow the op table's. */
export const structuralOps = [
  {
    name: "input",
    rows: 0,
    attributes: ["leaf", "offset"],
    doc: "number `offset` of the argument leaf, or the whole leaf where it is a vector",
  },
  { name: "placeholder", rows: 0, attributes: ["id"], doc: "a parameter of a transform that is being traced; never shared" },
  { name: "constant", rows: 0, attributes: ["index"], doc: "a number" },
  { name: "vector", rows: 0, attributes: ["index"], doc: "a constant vector" },
  { name: "indices", rows: 0, attributes: ["leaf"], doc: "an argument leaf of lane numbers" },
  { name: "indexVector", rows: 0, attributes: ["index"], doc: "constant lane numbers" },
  { name: "sum", rows: 1, attributes: [], doc: "Σ aᵢ" },
  { name: "broadcast", rows: 1, attributes: [], doc: "the scalar a in every lane" },
  { name: "at", rows: 1, attributes: ["index"], doc: "lane `index` of a" },
  { name: "slice", rows: 1, attributes: ["start"], doc: "as many lanes of a as the shape says, from `start`" },
  { name: "assemble", rows: 0, attributes: [], doc: "the sum of pieces, each placed at an offset in zeros" },
  { name: "take", rows: 2, attributes: [], doc: "lane bᵢ of a, for every i" },
  { name: "segmentSum", rows: 2, attributes: [], doc: "lane j is the sum of the aᵢ with bᵢ = j" },
  { name: "cumsum", rows: 1, attributes: [], doc: "lane i is a₀ + … + aᵢ" },
  { name: "reverse", rows: 1, attributes: [], doc: "the lanes of a in opposite order" },
  { name: "max", rows: 1, attributes: [], doc: "the greatest lane, NaN where one is NaN; forward only" },
  { name: "min", rows: 1, attributes: [], doc: "the least lane, NaN where one is NaN; forward only" },
  { name: "argmax", rows: 1, attributes: [], doc: "the first lane that holds the greatest value, a NaN counting as greater; forward only" },
  { name: "argmin", rows: 1, attributes: [], doc: "the first lane that holds the least value, a NaN counting as less; forward only" },
  {
    name: "custom",
    rows: 0,
    attributes: [],
    doc: "the first operand, with a derivative of its own by the others; never shared",
  },
  {
    name: "host",
    rows: 0,
    attributes: [],
    doc: "a user's function of numbers, lane by lane; never shared or folded",
  },
] as const satisfies readonly Structural[];
