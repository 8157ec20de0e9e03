/** The hash by which the kernel and the loader know that they were built from one table. */
import { createHash } from "node:crypto";
import { kernelRows } from "../../src/ops/kernelrows.js";
import { tapeColumns } from "../../src/ops/tapecolumns.js";
import * as layout from "../../src/ops/layout.js";
import { structuralRows } from "../../src/ops/structural.js";
import { table } from "./formula.js";

/** 32 bits of the SHA-256 of what both sides must agree on: opcodes, arities and code, and the layout of tapes. */
export function tableHash(): number {
  const rows = [
    ...table.map((op) => [op.name, op.partials.length, op.code, op.companion?.code ?? ""]),
    ...Object.entries(structuralRows).map(([name, { rows, attributes }]) => [name, rows, attributes]),
    ...kernelRows.map((row) => row.name),
    ...tapeColumns.map(({ name, bytes }) => [name, bytes]),
    ...Object.entries(layout).sort(),
  ];
  return createHash("sha256").update(JSON.stringify(rows)).digest().readUInt32LE();
}
