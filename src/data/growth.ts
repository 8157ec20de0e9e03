/** Columns of numbers that grow as they are filled. */

type Column = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** What a column holds in one twice as long, or of `least` numbers where that is more. */
export function grown<C extends Column>(column: C, least = 0): C {
  const larger = new (column.constructor as new (length: number) => C)(Math.max(2 * column.length, least));
  larger.set(column);
  return larger;
}
