/** The tape under construction: its columns, the sections that are swept, and the memory that both and the data take. */
import { grown } from "../../data/growth.js";
import { ADVANCE, BROADCAST, COLUMN, HEADER, KIND, SECTION } from "../../ops/layout.js";
import { type Arena, padded } from "../plan/arena.js";
import { type Call } from "../plan/host.js";

/** Where an operand is found: its address, and whether one number serves all lanes or the address moves with the block. */
export interface Place {
  readonly address: number;
  readonly broadcast?: boolean;
  readonly advance?: boolean;
}

/** The names of the columns, in the order of the header. */
const columnNames = Object.keys(COLUMN) as ColumnName[];

/** Words of a section. */
const WORDS = SECTION.bytes / 4;

/** Bytes of a row in all columns. */
const ROW_BYTES = Object.values(COLUMN).reduce((sum, bytes) => sum + bytes, 0);

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** The columns in the order of the header, each made for its bytes a row. */
function columnsOf(make: (bytes: number, name: ColumnName) => Column): Record<ColumnName, Column> {
  return Object.fromEntries(columnNames.map((name) => [name, make(COLUMN[name], name)])) as Record<ColumnName, Column>;
}
type ColumnName = keyof typeof COLUMN;

/** The mode bits of an operand. */
const modeOf = (k: "a" | "b" | "c", place: Place | undefined): number =>
  (place?.broadcast ? BROADCAST[k] : 0) | (place?.advance ? ADVANCE[k] : 0);

/** Rows and sections in the order of execution. */
export class Tape {
  #columns = columnsOf((bytes) => (bytes === 1 ? new Uint8Array(64) : new Uint32Array(64)));
  #sections: number[] = [];
  /** The sections that calls run, each list after those of the whole. */
  readonly #fragments: (readonly number[])[] = [];
  /** The calls at which a sweep stops, in order. */
  readonly calls: Call[] = [];
  readonly header: number;
  /** How many rows there are. */
  length = 0;
  #opened = 0;
  /** Where the columns begin. */
  #tail = 0;

  constructor(readonly arena: Arena) {
    this.header = arena.allocate(HEADER.bytes);
  }

  /** Appends a row over `lanes` lanes, or, in a loop, over the block's. */
  row(op: number, lanes: number, v: Place, a: Place, b?: Place, c?: Place): void {
    const mode = modeOf("a", a) | modeOf("b", b) | modeOf("c", c) | (v.advance ? ADVANCE.v : 0);
    this.#push(op, mode, lanes, v.address, a.address, b?.address ?? 0, c?.address ?? 0);
  }

  /** Appends an elementwise row of one lane. */
  scalar(op: number, v: number, a: number, b = 0, c = 0): void {
    this.#push(op, 0, 1, v, a, b, c);
  }

  #push(op: number, mode: number, lanes: number, v: number, a: number, b: number, c: number): void {
    const row = this.length++;
    if (row === this.#columns.op.length) this.#grow();
    const columns = this.#columns;
    columns.op[row] = op;
    columns.mode[row] = mode;
    columns.lanes[row] = lanes;
    columns.v[row] = v;
    columns.a[row] = a;
    columns.b[row] = b;
    columns.c[row] = c;
  }

  /** Ends the section of the rows since the last: a loop over `lanes` in blocks, or, without lanes, straight rows. */
  close(lanes = 0, block = 0): void {
    if (this.length > this.#opened) this.#sections.push(this.#opened, this.length, lanes, block);
    this.#opened = this.length;
  }

  /** Appends what a call runs, and returns its number; `record` appends its rows. */
  fragment(record: () => void): number {
    this.close();
    const sections = this.#sections;
    this.#sections = [];
    record();
    this.close();
    const number = this.#fragments.push(this.#sections) - 1;
    this.#sections = sections;
    return number;
  }

  /** Appends a section that runs a fragment. */
  call(fragment: number): void {
    this.close();
    this.#sections.push(fragment, 0, KIND.called, 0);
  }

  /** Appends what is run once for each of `steps` steps, of which the counter at an address has the index: from 0 on, or, reversed, down to 0. */
  repeat(counter: number, steps: number, reverse: boolean, record: () => void): void {
    this.close();
    this.#sections.push(reverse ? steps - 1 : 0, steps, KIND.begin, counter);
    const first = this.#sections.length;
    record();
    this.close();
    const back = (this.#sections.length - first) / WORDS;
    this.#sections.push(back, reverse ? -1 >>> 0 : 1, KIND.next, counter);
  }

  /** All sections, those of the whole first, with the places of fragments in place of their numbers. */
  get #all(): readonly number[] {
    const lists = [this.#sections, ...this.#fragments];
    let end = 0;
    const ends = lists.map(({ length }) => (end += length / WORDS));
    const all = lists.flat();
    for (let at = 0; at < all.length; at += WORDS) {
      if (all[at + 2] !== KIND.called) continue;
      const fragment = all[at]!;
      [all[at], all[at + 1]] = [ends[fragment]!, ends[fragment + 1]!];
    }
    return all;
  }

  /** How many sections there are, those that are called among them. */
  get sectionCount(): number {
    return this.#all.length / WORDS;
  }

  /** Appends a section at which the sweep stops for a call, whose operands are in memory then. */
  stop(call: Call): void {
    this.close();
    this.#sections.push(this.length, this.length, 0, this.calls.push(call));
  }

  /** The address of the section to go on from, and, after it, of the number of the call to be made. */
  get resume(): number {
    return this.header + HEADER.resume;
  }

  #grow(): void {
    const old = this.#columns;
    this.#columns = columnsOf((_, name) => grown(old[name]));
  }

  /** Calls `visit` with every row: its opcode, how often a sweep comes to it, how many lanes it computes in all, whether that is in a loop over lanes, and in how many steps. */
  eachRow(
    visit: (row: {
      readonly op: number;
      readonly times: number;
      readonly lanes: number;
      readonly inLoop: boolean;
      readonly steps: number;
    }) => void,
  ): void {
    const { op, lanes } = this.#columns;
    const eachOf = (sections: readonly number[], within: number): void => {
      let steps = within;
      const outer: number[] = [];
      for (let at = 0; at < sections.length; at += WORDS) {
        const [first, last, length, block] = sections.slice(at, at + WORDS) as [number, number, number, number];
        if (length === KIND.called) eachOf(this.#fragments[first]!, steps);
        else if (length === KIND.begin) {
          outer.push(steps);
          steps *= last;
        } else if (length === KIND.next) steps = outer.pop()!;
        else
          for (let row = first; row < last; row++) {
            if (length > 0) visit({ op: op[row]!, times: steps * Math.ceil(length / block), lanes: steps * length, inLoop: true, steps });
            else visit({ op: op[row]!, times: steps, lanes: steps * lanes[row]!, inLoop: false, steps });
          }
      }
    };
    eachOf(this.#sections, 1);
  }

  /** Gives columns and sections their memory, after everything else has its own. */
  finish(): void {
    this.#tail = this.arena.allocate(padded(this.length * ROW_BYTES + columnNames.length * 16) + this.#all.length * 4);
  }

  /** Writes header, columns and sections. */
  writeTo(buffer: ArrayBuffer): void {
    const header = new Uint32Array(buffer, this.header, HEADER.bytes / 4);
    let end = this.#tail;
    for (const name of columnNames) {
      const used = this.#columns[name].subarray(0, this.length);
      new Uint8Array(buffer, end, used.byteLength).set(new Uint8Array(used.buffer, 0, used.byteLength));
      header[HEADER[name] / 4] = end;
      end += padded(used.byteLength);
    }
    const all = this.#all;
    new Uint32Array(buffer, end, all.length).set(all);
    header[HEADER.sections / 4] = end;
    header[HEADER.count / 4] = this.#sections.length / WORDS;
  }
}
