/** The fields of an evaluation's input, checked as they are read. */
import { describe } from "../../src/errors.js";

/** What came as an input; errors carry the name of the function that wanted it. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(
    readonly name: string,
    readonly input: unknown,
    /** Where the input stands in another. */
    readonly at = "",
  ) {
    const isRecord = typeof input === "object" && input !== null && !Array.isArray(input);
    this.#fields = isRecord ? (input as Record<string, unknown>) : {};
  }

  /** Throws the error of a field: of a wrong kind, unless only the value is wrong. */
  #refuse(field: string, expected: string, value: unknown, isKind = false): never {
    const Kind = isKind ? RangeError : TypeError;
    throw new Kind(`${this.name}: expected ${this.at}${field} to be ${expected}, got ${describe(value)}`);
  }

  #number(field: string, value: unknown): number {
    return typeof value === "number" ? value : this.#refuse(field, "a number", value);
  }

  #list(field: string, value: unknown, count: number | undefined, of: string): unknown[] {
    if (Array.isArray(value) && (count === undefined ? value.length > 0 : value.length === count)) return value;
    return this.#refuse(field, `an array of ${count ?? "one or more"} ${of}`, value, Array.isArray(value));
  }

  #numbers(field: string, value: unknown, count: number | undefined): number[] {
    const list = this.#list(field, value, count, "numbers");
    for (let i = 0; i < list.length; i++) if (typeof list[i] !== "number") this.#refuse(`${field}[${i}]`, "a number", list[i]);
    return list as number[];
  }

  /** The input itself, a number. */
  itself(): number {
    return this.#number("the input", this.input);
  }

  /** A number; without a field, `otherwise`. */
  number(field: string, otherwise?: number): number {
    return this.#number(field, this.#fields[field] ?? otherwise);
  }

  /** A whole number that is not below `least`; without a field, `otherwise`. */
  whole(field: string, least: number, otherwise?: number): number {
    const value = this.number(field, otherwise);
    return Number.isInteger(value) && value >= least ? value : this.#refuse(field, `a whole number from ${least}`, value, true);
  }

  /** Numbers: as many as `count` says, or any from one on. */
  numbers(field: string, count?: number): number[] {
    return this.#numbers(field, this.#fields[field], count);
  }

  /** The fields of a field. */
  inner(field: string): Fields {
    return new Fields(this.name, this.#fields[field], `${this.at}${field}.`);
  }

  /** Whether there is such a field. */
  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  /** True or false. */
  flag(field: string): boolean {
    const value = this.#fields[field];
    return typeof value === "boolean" ? value : this.#refuse(field, "true or false", value);
  }

  /** Matrices of m rows and n columns, `count` of them. */
  matrices(field: string, count: number, m: number, n: number): number[][][] {
    return this.#list(field, this.#fields[field], count, "matrices").map((rows, i) =>
      this.#list(`${field}[${i}]`, rows, m, "rows of numbers").map((row, j) => this.#numbers(`${field}[${i}][${j}]`, row, n)),
    );
  }

  /** Rows of numbers, `count` of them, or any from one on; as long as `length` says, or as the first. */
  rows(field: string, count?: number, length?: number): number[][] {
    const rows = this.#list(field, this.#fields[field], count, "rows of numbers");
    const width = length ?? (Array.isArray(rows[0]) ? rows[0].length : undefined);
    return rows.map((row, i) => this.#numbers(`${field}[${i}]`, row, width));
  }
}
