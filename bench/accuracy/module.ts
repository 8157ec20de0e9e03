// Compiles the functions found in assembly/math into a module of loops over arrays.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const root = join(import.meta.dirname, "../..");

/** A function of assembly/math. */
export interface MathFunction {
  readonly name: string;
  readonly file: string;
  readonly operands: 1 | 2;
  /** Whether it stores a second result at an address. */
  readonly stores: boolean;
}

/** The functions of assembly/math that have a lanes form, of one operand or two. */
export function findFunctions(): MathFunction[] {
  const folder = join(root, "assembly/math");
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== "index.ts");
  return files.flatMap((file) => {
    const declared = readFileSync(join(folder, file), "utf8").matchAll(/^export function (\w+)Lanes\(([^)]*)\): v128/gm);
    return [...declared].flatMap(([, name = "", parameters = ""]): MathFunction[] => {
      if (parameters.split(": v128").length > 3) return [];
      return [{ name, file, operands: parameters.split(": v128").length > 2 ? 2 : 1, stores: parameters.includes("usize") }];
    });
  });
}

function loopsOf({ name, operands, stores }: MathFunction): string {
  const two = operands === 2;
  const lanes = two ? "v128.load(a + i), v128.load(b + i)" : "v128.load(a + i)";
  const head = (form: string) => `export function ${name}${form}(n: i32, a: usize, b: usize, out: usize): void`;
  if (stores) {
    return `${head("_lanes")} { for (let i = 0, end = n << 3; i < end; i += 16) v128.store(out + i, ${name}Lanes(${lanes}, b + i)); }\n`;
  }
  const scalars = two ? "load<f64>(a + i), load<f64>(b + i)" : "load<f64>(a + i)";
  return `${head("_lanes")} { for (let i = 0, end = n << 3; i < end; i += 16) v128.store(out + i, ${name}Lanes(${lanes})); }
${head("_scalar")} { for (let i = 0, end = n << 3; i < end; i += 8) store<f64>(out + i, ${name}(${scalars})); }\n`;
}

function sourceOf(functions: readonly MathFunction[]): string {
  const imports = functions.map(({ name, file, stores }) => {
    const names = stores ? `${name}Lanes` : `${name}, ${name}Lanes`;
    return `import { ${names} } from "./assembly/math/${file.replace(/\.ts$/, "")}";\n`;
  });
  return imports.join("") + functions.map(loopsOf).join("");
}

export type Loop = (n: number, a: number, b: number, out: number) => void;

export interface MathModule {
  readonly memory: WebAssembly.Memory;
  readonly loops: Readonly<Record<string, Loop>>;
  /** Size of the module in bytes. */
  readonly size: number;
}

/** A module exporting NAME_lanes and NAME_scalar (n, a, b, out) for each function. */
export async function compileMath(functions: readonly MathFunction[]): Promise<MathModule> {
  const source = sourceOf(functions);
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const options =
    "-O3 --enable simd --runtime stub --exportRuntime --importMemory --noAssert --disableWarning 112 --initialMemory 256".split(" ");
  const messages = asc.createMemoryStream();
  const { error } = await asc.main(["entry.ts", "--baseDir", root, "--outFile", "math.wasm", ...options], {
    readFile: (name, baseDir) => {
      if (name === "entry.ts") return source;
      try {
        return readFileSync(join(baseDir, name), "utf8");
      } catch {
        return null; // asc asks for every place a file may be at
      }
    },
    writeFile: (_name, contents) => {
      binary = Uint8Array.from(contents as Uint8Array);
    },
    listFiles: () => [],
    stderr: messages,
  });
  if (error || !binary) throw new Error(`compileMath: ${error?.message ?? "no output"}\n${messages.toString()}`);
  const memory = new WebAssembly.Memory({ initial: 256 });
  const abort = () => {
    throw new Error("compileMath: the module aborted");
  };
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory, abort } });
  return { memory, loops: instance.exports as Record<string, Loop>, size: binary.length };
}
