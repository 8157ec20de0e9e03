/** Rows of files: columns of Parquet, of a file or a URL, or files of 64-bit floats. */
import { open } from "node:fs/promises";

/** What a shard's rows are read from: a list of columns, of which the shard begins at row `from`. */
export type Columns =
  | { readonly parquet: string; readonly columns: readonly string[]; readonly from: number }
  | { readonly float64: readonly string[]; readonly from: number };

/** Part of a file of little-endian 64-bit floats. */
async function floats(path: string, from: number, count: number): Promise<Float64Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(8 * count);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, 8 * from + at);
      if (bytesRead === 0) throw new RangeError(`readColumns: expected ${count} numbers from ${from} on, got ${at / 8} in ${path}`);
      at += bytesRead;
    }
    return new Float64Array(bytes.buffer);
  } finally {
    await file.close();
  }
}

/** Columns of a Parquet file, by hyparquet; where a column has no number there is NaN. */
async function parquetColumns(path: string, names: readonly string[], from: number, to: number): Promise<Float64Array[]> {
  const { asyncBufferFromFile, asyncBufferFromUrl, parquetRead } = await import("hyparquet").catch((cause: unknown) => {
    throw new Error("readColumns: expected hyparquet beside wengert, got none. Install it: npm install hyparquet", { cause });
  });
  const file = await (/^https?:/.test(path) ? asyncBufferFromUrl({ url: path }) : asyncBufferFromFile(path));
  const columns = names.map(() => new Float64Array(to - from).fill(NaN));
  let read = 0;
  await parquetRead({
    file,
    columns: [...names],
    rowStart: from,
    rowEnd: to,
    onChunk({ columnName, columnData, rowStart }) {
      const column = columns[names.indexOf(columnName)]!;
      for (let i = Math.max(0, from - rowStart); i < columnData.length && rowStart + i < to; i++, read++) {
        const value: unknown = columnData[i];
        column[rowStart + i - from] = typeof value === "number" || typeof value === "bigint" ? Number(value) : NaN;
      }
    },
  });
  if (read !== (to - from) * names.length)
    throw new RangeError(`readColumns: expected rows ${from} to ${to} of ${names.join(", ")}, got ${read} numbers in ${path}`);
  return columns;
}

/** The rows from … to of a shard, as a list of columns. */
export function readColumns(source: Columns, from: number, to: number): Promise<Float64Array[]> {
  const [first, end] = [source.from + from, source.from + to];
  if ("parquet" in source) return parquetColumns(source.parquet, source.columns, first, end);
  return Promise.all(source.float64.map((path) => floats(path, first, end - first)));
}
