/** Open partial sums: those of blocks that follow each other, as few as they merge to, in the tree that all sums have. */

/** The sums of 2^level blocks, the first of which is a multiple of that. */
interface Node {
  readonly block: number;
  readonly level: number;
  readonly sums: Float64Array;
}

/** What open sums are between machines: lanes of 8 bytes in base64, since JSON makes −0 to 0 and NaN to null. */
export interface WrittenSums {
  readonly nodes: readonly (readonly [block: number, level: number])[];
  readonly sums: string;
}

const added = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, i) => value + y[i]!);

/** Sums over some blocks of rows. Blocks that follow each other to a multiple of a power of two are one node of a binary tree, whose sums are its halves' added. */
export class OpenSums {
  readonly #nodes: Node[] = [];

  /** Adds the sums of a block, which follows those before it. */
  add(block: number, sums: Float64Array): void {
    this.#push({ block, level: 0, sums: sums.slice() });
  }

  /** Adds those of the blocks that follow. */
  append(later: OpenSums): void {
    for (const node of later.#nodes) this.#push(node);
  }

  #push(node: Node): void {
    const nodes = this.#nodes;
    const last = nodes.at(-1);
    if (last !== undefined && last.block + 2 ** last.level !== node.block)
      throw new RangeError(`OpenSums: expected block ${last.block + 2 ** last.level}, which follows, got ${node.block}`);
    nodes.push(node);
    for (let left = nodes.at(-2); left !== undefined; left = nodes.at(-2)) {
      const right = nodes[nodes.length - 1]!;
      if (left.level !== right.level || (left.block / 2 ** left.level) % 2 !== 0) return;
      nodes.splice(-2, 2, { block: left.block, level: left.level + 1, sums: added(left.sums, right.sums) });
    }
  }

  /**
   * The sums over all rows.
   * @throws RangeError where these are not so many blocks from the first.
   */
  total(blocks: number): Float64Array {
    const last = this.#nodes.at(-1);
    const end = last === undefined ? 0 : last.block + 2 ** last.level;
    if (this.#nodes[0]?.block !== 0 || end !== blocks)
      throw new RangeError(`OpenSums: expected blocks 0 to ${blocks}, got ${this.#nodes[0]?.block ?? 0} to ${end}`);
    return this.#nodes.map(({ sums }) => sums).reduceRight((right, left) => added(left, right));
  }

  /** The form between machines. */
  write(): WrittenSums {
    const lanes = this.#nodes.flatMap(({ sums }) => [...sums]);
    return { nodes: this.#nodes.map(({ block, level }) => [block, level]), sums: encoded(Float64Array.from(lanes)) };
  }

  static read({ nodes, sums }: WrittenSums): OpenSums {
    const open = new OpenSums();
    const lanes = decoded(sums);
    const width = lanes.length / nodes.length;
    nodes.forEach(([block, level], i) => open.#push({ block, level, sums: lanes.slice(i * width, (i + 1) * width) }));
    return open;
  }
}

/** Numbers as base64 of their bytes. */
export const encoded = (numbers: Float64Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");

export function decoded(text: string): Float64Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
}
