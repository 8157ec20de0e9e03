/** Tapes as text: section by section the rows by name, with words in place of addresses. Reads what the kernel reads, out of memory. */
import { layout, type Program } from "../../trace/trace.js";
import { opCount, opNames, pairs, arity } from "../../ops/generated/table.js";
import { kernelRows } from "../../ops/kernelrows.js";
import { ADVANCE, BROADCAST, COLUMN, HEADER, KIND, SECTION } from "../../ops/layout.js";
import { type Places } from "../plan/places.js";
import { COPY } from "./rows.js";
import { type Tape } from "./tape.js";

/** What a row's columns hold. */
type RowNumbers = Readonly<Record<keyof typeof COLUMN, number>>;

/** How a code of the tape is written: its name, and what its operands are. */
interface Form {
  readonly name: string;
  readonly operands: readonly ("at" | "list" | "count" | "none" | "companion")[];
}

function formOf(code: number): Form {
  if (code === COPY) return { name: "copy", operands: ["at"] };
  if (code < opCount) return { name: opNames[code]!, operands: Array.from({ length: arity[code]! }, () => "at") };
  const pair = pairs[code - opCount];
  if (pair) return { name: pair.map((op) => opNames[op]).join(" with "), operands: ["at", "none", "companion"] };
  return kernelRows[code - opCount - pairs.length]!;
}

/**
 * The words for addresses: `x` for inputs, `i` for lane numbers that are given, `y` for outputs, numbers that memory holds from the
 * beginning as they are, `m` for the rest of memory, each with the number of its cell.
 */
function wordsOf(program: Program, { inputsAt, indicesAt, outputsAt, arena }: Places): (address: number) => string {
  const { doubles, integers } = layout(program.inputs);
  const outputs = layout(program.outputs).doubles;
  const regions = [
    { word: "x", from: inputsAt, bytes: 8 * doubles, cell: 8 },
    { word: "i", from: indicesAt, bytes: 4 * integers, cell: 4 },
    { word: "y", from: outputsAt, bytes: 8 * outputs, cell: 8 },
  ];
  const rest = outputsAt + 8 * outputs;
  return (address) => {
    for (const { word, from, bytes, cell } of regions)
      if (address >= from && address < from + bytes) return `${word}[${(address - from) / cell}]`;
    for (const { address: from, values } of arena.data) {
      if (address < from || address >= from + values.byteLength) continue;
      if (values instanceof Float64Array && values.length === 2 && Object.is(values[0], values[1])) return String(values[0]);
      const list = values.length > 8 ? [...values.subarray(0, 8), "…"] : [...values];
      return `{${list.join(" ")}}`;
    }
    return `m[${(address - rest) / 8}]`;
  };
}

/**
 * A tape as text. Of rows between loops a number in brackets says how many lanes they have; of those in a loop `…` marks what moves with the
 * block and `*` what is one number for all lanes; the others lie in the block.
 */
export function printTape(program: Program, places: Places, tape: Tape): string {
  const buffer = new ArrayBuffer(places.arena.bytes);
  places.arena.writeTo(buffer);
  tape.writeTo(buffer);
  const memory = new DataView(buffer);
  const word = wordsOf(program, places);
  const read = (address: number, bytes: number): number => (bytes === 1 ? memory.getUint8(address) : memory.getUint32(address, true));
  const header = (field: keyof typeof HEADER): number => read(tape.header + HEADER[field], 4);
  const columns = Object.entries(COLUMN) as [keyof typeof COLUMN, number][];
  const rowAt = (row: number): RowNumbers =>
    Object.fromEntries(columns.map(([name, bytes]) => [name, read(header(name) + bytes * row, bytes)])) as Record<
      keyof typeof COLUMN,
      number
    >;
  const list = (address: number, length: number): string => Array.from({ length }, (_, k) => word(read(address + 4 * k, 4))).join(" ");

  function printRow(row: RowNumbers, inLoop: boolean): string {
    const { name, operands } = formOf(row.op);
    const marked = (address: number, broadcast: boolean, advance: boolean): string =>
      `${word(address)}${inLoop && advance ? "…" : ""}${(inLoop || row.lanes > 1) && broadcast ? "*" : ""}`;
    const texts = (["a", "b", "c"] as const).flatMap((k, i) => {
      const kind = operands[i] ?? "none";
      if (kind === "at") return [marked(row[k], (row.mode & BROADCAST[k]) !== 0, (row.mode & ADVANCE[k]) !== 0)];
      if (kind === "list") return [list(row[k], row.lanes)];
      return kind === "count" ? [String(row[k])] : [];
    });
    const both = operands.includes("companion") ? `, ${word(row.c)}` : "";
    const lanes = !inLoop && row.lanes > 1 ? ` [${row.lanes}]` : "";
    return `  ${marked(row.v, false, (row.mode & ADVANCE.v) !== 0)}${both} = ${[name, ...texts].join(" ")}${lanes}`;
  }

  const lines: string[] = [];
  for (let k = 0; k < tape.sectionCount; k++) {
    const field = (name: keyof typeof SECTION): number => read(header("sections") + k * SECTION.bytes + SECTION[name], 4);
    const [first, last, lanes, block] = [field("first"), field("last"), field("lanes"), field("block")];
    if (lanes === KIND.called) lines.push(`sections ${first} to ${last}`);
    if (lanes === KIND.begin) lines.push(`${last} steps from ${first}, counted at ${word(block)}`);
    if (lanes === KIND.next) lines.push(`the next step by ${last | 0}, of ${first} sections`);
    if (lanes >= KIND.next) continue;
    if (lanes > 0) lines.push(`loop over ${lanes} in blocks of ${block}`);
    else lines.push(first === last ? `call ${tape.calls[block - 1]!.op.name}` : "straight");
    for (let row = first; row < last; row++) lines.push(printRow(rowAt(row), lanes > 0));
  }
  return `${lines.join("\n")}\n`;
}
