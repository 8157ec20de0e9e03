/** Portable modules as a host without the library uses them: by docs/modules.md alone. */

import { Matrix } from "wengert";

/** Calls `visit` with the path and numbers of every leaf of an argument, as the modules name them. */
function eachLeaf(value: unknown, path: string, visit: (path: string, numbers: number[] | Float64Array | Int32Array) => void): void {
  const isNumbers = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "number");
  if (typeof value === "number") visit(path, [value]);
  else if (isNumbers || value instanceof Float64Array || value instanceof Int32Array) visit(path, value);
  else if (value instanceof Matrix) visit(path, value.data);
  else if (Array.isArray(value)) value.forEach((item, i) => eachLeaf(item, `${path}[${i}]`, visit));
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value))
      eachLeaf(item, /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`, visit);
}

/** The bits of numbers, in words. */
export const bitsOf = (numbers: ArrayLike<number>): string[] =>
  Array.from(new BigUint64Array(Float64Array.from(numbers).buffer), (bits) => bits.toString(16));

/** What the custom section says of a leaf. */
export interface SectionLeaf {
  readonly path: string;
  readonly kind: string;
  readonly lanes: number;
  readonly address: number;
}

/** What a module's custom section says. */
export const sectionOf = (bytes: Uint8Array<ArrayBuffer>): Record<"inputs" | "outputs", readonly SectionLeaf[]> =>
  JSON.parse(new TextDecoder().decode(WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "wengert")[0])) as ReturnType<
    typeof sectionOf
  >;

/** Where the sections of a module begin, and its end. */
export function boundaries(module: Uint8Array): number[] {
  const found = [0, 4, 8];
  for (let at = 8; at < module.length; found.push(at)) {
    let size = 0;
    at++;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++]!;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return found;
}

/** A module in plain JavaScript. */
export class Host {
  readonly exports: Record<string, WebAssembly.ExportValue>;
  readonly memory: DataView;

  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    this.memory = new DataView((this.exports["memory"] as WebAssembly.Memory).buffer);
  }

  /** The address in a global. */
  at(name: string): number {
    return (this.exports[name] as WebAssembly.Global<"i32">).value >>> 0;
  }

  write(args: readonly unknown[]): void {
    args.forEach((arg, k) =>
      eachLeaf(arg, `args[${k}]`, (path, numbers) =>
        numbers.forEach((x, i) => {
          if (numbers instanceof Int32Array) this.memory.setInt32(this.at(path) + 4 * i, x, true);
          else this.memory.setFloat64(this.at(path) + 8 * i, x, true);
        }),
      ),
    );
  }

  run(): number {
    return (this.exports["run"] as () => number)();
  }

  /** The numbers of the results, in order. */
  read(): number[] {
    return sectionOf(this.bytes).outputs.flatMap(({ path, lanes }) =>
      Array.from({ length: lanes }, (_, i) => this.memory.getFloat64(this.at(path) + 8 * i, true)),
    );
  }
}
