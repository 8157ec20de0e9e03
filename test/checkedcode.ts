/**
 * The builder of code as tests have it: every instruction is held against the types on the stack when it is written, so that a wrong emission
 * is an error where it is made, and not a module that is refused as a whole. vitest.config.ts has this file run before every test file.
 */
import { instructions } from "../src/ops/instructions.js";
import { Code, type Local } from "../src/wasm/code.js";
import { I, Type, type TypeCode } from "../src/wasm/instructions.js";
import { type Library } from "../src/wasm/library.js";
import { Module } from "../src/wasm/module.js";
import { Reader } from "../src/wasm/reader.js";

/** The types by number; i64 has no local. */
const names: Readonly<Record<number, string>> = { [Type.i32]: "i32", 0x7e: "i64", [Type.f64]: "f64", [Type.v128]: "v128" };
const { i32, f64, v128 } = Type;
const i64 = 0x7e as TypeCode;

/** What is taken off the stack and what is left on it, the last on top. */
interface Signature {
  readonly takes: readonly TypeCode[];
  readonly leaves: readonly TypeCode[];
}

const signature = (takes: readonly TypeCode[], ...leaves: TypeCode[]): Signature => ({ takes, leaves });
const integers = signature([i32, i32], i32);

/** The instructions that always have the same types; an immediate is another method's affair. */
const signatures = new Map<number, Signature>([
  [I.i32_eqz, signature([i32], i32)],
  [I.i32_lt_s, integers],
  [I.i32_lt_u, integers],
  [I.i32_ge_u, integers],
  [I.i32_add, integers],
  [I.i32_sub, integers],
  [I.i32_mul, integers],
  [I.i32_div_u, integers],
  [I.i32_rem_u, integers],
  [I.i32_and, integers],
  [I.i32_shl, integers],
  [I.i32_shr_u, integers],
  [I.i64_eq, signature([i64, i64], i32)],
  [I.f64_copysign, signature([f64, f64], f64)],
  [I.f64_convert_i32_s, signature([i32], f64)],
  [I.i32_load, signature([i32], i32)],
  [I.i64_load, signature([i32], i64)],
  [I.f64_load, signature([i32], f64)],
  [I.i32_store, signature([i32, i32])],
  [I.f64_store, signature([i32, f64])],
  [I.v128_load, signature([i32], v128)],
  [I.v128_load64_splat, signature([i32], v128)],
  [I.v128_load64_zero, signature([i32], v128)],
  [I.v128_load64_lane, signature([i32, v128], v128)],
  [I.v128_store, signature([i32, v128])],
  [I.memory_copy, signature([i32, i32, i32])],
  [I.memory_fill, signature([i32, i32, i32])],
  [I.i8x16_shuffle, signature([v128, v128], v128)],
  [I.f64x2_splat, signature([f64], v128)],
  [I.f64x2_extract_lane, signature([v128], f64)],
  [I.f64x2_replace_lane, signature([v128, f64], v128)],
  [I.v128_andnot, signature([v128, v128], v128)],
  [I.v128_bitselect, signature([v128, v128, v128], v128)],
]);
const unary = new Set(["abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt"]);
const comparisons = new Set(["eq", "ne", "lt", "gt", "le", "ge"]);
for (const [name, { f64: one, f64x2: two }] of Object.entries(instructions)) {
  const count = unary.has(name) ? 1 : 2;
  const masks = name === "and" || name === "or";
  const of = (type: TypeCode): TypeCode[] => Array.from({ length: count }, () => type);
  signatures.set(one, signature(of(masks ? i32 : f64), masks || comparisons.has(name) ? i32 : f64));
  signatures.set(two, signature(of(v128), v128));
}

/** The types of a library's functions. */
const libraryTypes = new WeakMap<Library, readonly Signature[]>();

function typesOf(library: Library): readonly Signature[] {
  let types = libraryTypes.get(library);
  if (types === undefined) {
    const reader = new Reader(library.types.bytes);
    const list = (): TypeCode[] => reader.list(() => reader.byte() as TypeCode);
    types = Array.from({ length: library.types.count }, () => {
      reader.byte(); // a function's type
      return { takes: list(), leaves: list() };
    });
    libraryTypes.set(library, types);
  }
  return types;
}

/** The functions that were added to a module, by index. */
const added = new WeakMap<Module, Map<number, Signature>>();

/** The type of the function that an index names in a module. */
function signatureOf(module: Module, index: number): Signature | undefined {
  const { library, linkage } = module;
  const inLibrary = linkage === "append" ? index : library.exported[index]?.index;
  const type = inLibrary === undefined ? undefined : library.functions[inLibrary];
  return type === undefined ? added.get(module)?.get(index) : typesOf(library)[type];
}

/** What is open: where its part of the stack begins, and whether what follows is never run. */
interface Block {
  readonly kind: "function" | "loop" | "if";
  readonly height: number;
  unreachable: boolean;
}

/** Code whose stack of types is checked as it is written. Throws TypeError with the byte where an instruction does not fit. */
export class CheckedCode extends Code {
  readonly #stack: TypeCode[] = [];
  readonly #locals: TypeCode[];
  readonly #given = new Set<Local>();
  readonly #blocks: Block[] = [{ kind: "function", height: 0, unreachable: false }];
  #returned: TypeCode | undefined;

  constructor(
    readonly module: Module,
    parameters: readonly TypeCode[],
  ) {
    super(parameters);
    this.#locals = [...parameters];
  }

  #fail(what: string, expected: string, got: string): never {
    throw new TypeError(`${what}: expected ${expected}, got ${got} at byte ${this.bytes.length}`);
  }

  get #block(): Block {
    return this.#blocks[this.#blocks.length - 1]!;
  }

  /** Takes types off the stack, the last from the top, and leaves others. */
  #apply(what: string, { takes, leaves }: Signature): void {
    const { height, unreachable } = this.#block;
    const got = this.#stack.slice(Math.max(height, this.#stack.length - takes.length));
    const wanted = unreachable ? takes.slice(takes.length - got.length) : takes;
    const words = (types: readonly TypeCode[]): string => types.map((type) => names[type]).join(", ") || "nothing";
    if (got.length !== wanted.length || got.some((type, i) => type !== wanted[i])) this.#fail(what, words(takes), words(got));
    this.#stack.length -= got.length;
    this.#stack.push(...leaves);
  }

  #typeOf(what: string, local: Local): TypeCode {
    const type = this.#locals[local];
    if (type === undefined) this.#fail(what, `a local below ${this.#locals.length}`, String(local));
    return type;
  }

  override take(type: TypeCode): Local {
    const local = super.take(type);
    this.#locals[local] = type;
    this.#given.delete(local);
    return local;
  }

  override give(local: Local): void {
    if (local < this.parameters.length || local >= this.#locals.length || this.#given.has(local))
      this.#fail("give", "a local that is in use", String(local));
    this.#given.add(local);
    super.give(local);
  }

  override op(code: number): void {
    if (code === I.select) {
      const type = this.#stack[this.#stack.length - 2]!;
      this.#apply("select", signature([type, type, i32], type));
    } else if (code === I.return) {
      this.#returned = this.#stack[this.#stack.length - 1];
      if (this.#returned === undefined) this.#fail("return", "a result", "nothing");
      this.#skipRest();
    } else if (code === I.unreachable) this.#skipRest();
    else {
      const found = signatures.get(code);
      if (found === undefined) this.#fail("op", "an instruction whose types are known", `0x${code.toString(16)}`);
      this.#apply(I[code] ?? `0x${code.toString(16)}`, found);
    }
    super.op(code);
  }

  #skipRest(): void {
    this.#stack.length = this.#block.height;
    this.#block.unreachable = true;
  }

  override get(local: Local): void {
    this.#stack.push(this.#typeOf("get", local));
    super.get(local);
  }

  override set(local: Local): void {
    this.#apply("set", signature([this.#typeOf("set", local)]));
    super.set(local);
  }

  override tee(local: Local): void {
    const type = this.#typeOf("tee", local);
    this.#apply("tee", signature([type], type));
    super.tee(local);
  }

  override integer(value: number): void {
    this.#stack.push(i32);
    super.integer(value);
  }

  override long(value: bigint): void {
    this.#stack.push(i64);
    super.long(value);
  }

  override number(value: number): void {
    this.#stack.push(f64);
    super.number(value);
  }

  override call(index: number): void {
    const found = signatureOf(this.module, index);
    if (found === undefined) this.#fail("call", "a function of the module", String(index));
    this.#apply(`call ${index}`, found);
    super.call(index);
  }

  override begin(code: typeof I.loop | typeof I.if): void {
    if (code === I.if) this.#apply("if", signature([i32]));
    this.#blocks.push({ kind: code === I.if ? "if" : "loop", height: this.#stack.length, unreachable: false });
    super.begin(code);
  }

  override repeat(): void {
    if (this.#block.kind !== "loop") this.#fail("repeat", "a loop", `a block of kind ${this.#block.kind}`);
    this.#apply("repeat", signature([i32]));
    super.repeat();
  }

  override end(): void {
    const { kind, height } = this.#block;
    if (kind === "function") this.#fail("end", "an open block", "none");
    if (this.#stack.length !== height) this.#fail("end", "an empty stack", `${this.#stack.length - height} on it`);
    this.#blocks.pop();
    super.end();
  }

  /** Checks what is left where the function ends. */
  finish(results: readonly TypeCode[]): void {
    if (this.#block.kind !== "function") this.#fail("add", "all blocks to be closed", `${this.#blocks.length - 1} open`);
    if (this.#returned !== undefined && this.#returned !== results[results.length - 1])
      this.#fail("return", "the result", names[this.#returned]!);
    this.#apply("add", signature(results));
    if (this.#stack.length > 0) this.#fail("add", "nothing beside the results", `${this.#stack.length} more`);
  }
}

Module.prototype.code = function (this: Module, parameters: readonly TypeCode[] = []): Code {
  return new CheckedCode(this, parameters);
};

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its module below
const { add } = Module.prototype;
Module.prototype.add = function (this: Module, results: readonly TypeCode[], code: Code): number {
  if (code instanceof CheckedCode) code.finish(results);
  const index = add.call(this, results, code);
  const functions = added.get(this) ?? new Map<number, Signature>();
  added.set(this, functions.set(index, { takes: code.parameters, leaves: results }));
  return index;
};
