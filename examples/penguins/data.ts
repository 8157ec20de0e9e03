/** The penguins data set: read, checked, standardised, and split into rows to learn from and rows to test on. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Rows } from "./model.js";

const require = createRequire(import.meta.url);

/** The measurements a penguin is classified by, as the records name them. */
export const measurements = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] as const;

/** A penguin with all its measurements. */
interface Penguin {
  readonly species: string;
  readonly measured: readonly number[];
}

/** What a data file holds. */
export interface Penguins {
  readonly complete: readonly Penguin[];
  /** How many records lack a measurement. */
  readonly dropped: number;
  /** The names of the species that occur, in alphabetical order. */
  readonly species: readonly string[];
}

/** The data file that the vega-datasets package ships. */
export const shippedFile = (): string => require.resolve("vega-datasets/data/penguins.json");

/** An error in what the user gave, not in the program. */
export class DataError extends Error {}

/** Reads a file of records. Throws DataError where it is missing or malformed. */
export function readPenguins(file: string): Penguins {
  const records = readRecords(file);
  const penguins = records.map((record, i) => readPenguin(record, i));
  const complete = penguins.filter((penguin): penguin is Penguin => penguin !== undefined);
  const species = [...new Set(complete.map((penguin) => penguin.species))].sort();
  if (species.length < 2) throw new DataError(`expected penguins of two species or more, got ${species.length} in ${file}`);
  return { complete, dropped: penguins.length - complete.length, species };
}

function readRecords(file: string): unknown[] {
  let records: unknown;
  try {
    records = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DataError(`expected a JSON file of records at ${file}, got ${code ?? message}`, { cause });
  }
  if (Array.isArray(records)) return records as unknown[];
  throw new DataError(`expected an array of records, got ${records === null ? "null" : `a value of type ${typeof records}`} in ${file}`);
}

/** A record as a penguin; undefined where a measurement is missing. */
function readPenguin(record: unknown, index: number): Penguin | undefined {
  const refuse = (wanted: string, got: unknown): never => {
    throw new DataError(`expected ${wanted}, got ${got === undefined ? "none" : JSON.stringify(got)} in record ${index}`);
  };
  if (typeof record !== "object" || record === null) return refuse("a record", record);
  const fields = record as Record<string, unknown>;
  const species = fields["Species"];
  if (typeof species !== "string") return refuse("a name under Species", species);
  const measured = measurements.map((name) => {
    const value = fields[name];
    return typeof value === "number" || value === null ? value : refuse(`a number or null under ${name}`, value);
  });
  return measured.includes(null) ? undefined : { species, measured: measured as number[] };
}

/** Standardised rows: those to learn from, and those kept back. */
export interface Split {
  readonly train: Rows<Float64Array>;
  readonly test: Rows<Float64Array>;
}

/** Shuffles the penguins, keeps a fraction back, and standardises all by the mean and deviation of those to learn from. Throws DataError where a part is empty. */
export function split({ complete, species }: Penguins, testFraction: number, random: () => number): Split {
  const shuffled = [...complete];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[k]] = [shuffled[k]!, shuffled[i]!];
  }
  const kept = Math.round(testFraction * shuffled.length);
  if (kept < 1 || kept > shuffled.length - 2) {
    throw new DataError(`expected a test fraction that leaves rows on both sides, got ${testFraction}: ${kept} of ${shuffled.length} rows`);
  }
  const [test, train] = [shuffled.slice(0, kept), shuffled.slice(kept)];
  const scales = measurements.map((name, j) =>
    scaleOf(
      name,
      train.map(({ measured }) => measured[j]!),
    ),
  );
  const rows = (penguins: readonly Penguin[]): Rows<Float64Array> => ({
    measured: scales.map(({ mean, deviation }, j) => Float64Array.from(penguins, (penguin) => (penguin.measured[j]! - mean) / deviation)),
    isSpecies: species.map((name) => Float64Array.from(penguins, (penguin) => Number(penguin.species === name))),
  });
  return { train: rows(train), test: rows(test) };
}

function scaleOf(name: string, values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
  if (!(deviation > 0)) throw new DataError(`expected values that differ under ${name}, got ${mean} in every row`);
  return { mean, deviation };
}
