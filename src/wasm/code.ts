/** The body of a function under construction: its locals, its instructions. */
import { Bytes } from "./bytes.js";
import { I, type TypeCode, VOID } from "./instructions.js";

/** A local's index. */
export type Local = number;

/** Instructions, and the locals that they use; a local that was given back is used again. */
export class Code {
  readonly bytes = new Bytes();
  /** Types of the locals beyond the parameters, in runs. */
  readonly #runs: { type: TypeCode; count: number }[] = [];
  readonly #free = new Map<TypeCode, Local[]>();
  readonly #types: TypeCode[] = [];

  /** Takes the types of the parameters, which are locals too. */
  constructor(readonly parameters: readonly TypeCode[] = []) {}

  /** A local of a type that nothing else uses. */
  take(type: TypeCode): Local {
    const free = this.#free.get(type)?.pop();
    if (free !== undefined) return free;
    const last = this.#runs[this.#runs.length - 1];
    if (last?.type === type) last.count++;
    else this.#runs.push({ type, count: 1 });
    return this.parameters.length + this.#types.push(type) - 1;
  }

  /** Gives a local back. */
  give(local: Local): void {
    const type = this.#types[local - this.parameters.length]!;
    const free = this.#free.get(type);
    if (free) free.push(local);
    else this.#free.set(type, [local]);
  }

  op(code: number): void {
    if (code > 0xff) {
      this.bytes.byte(code >> 8);
      this.bytes.unsigned(code & 0xff);
    } else this.bytes.byte(code);
  }

  get(local: Local): void {
    this.bytes.byte(I.local_get);
    this.bytes.unsigned(local);
  }

  set(local: Local): void {
    this.bytes.byte(I.local_set);
    this.bytes.unsigned(local);
  }

  tee(local: Local): void {
    this.bytes.byte(I.local_tee);
    this.bytes.unsigned(local);
  }

  integer(value: number): void {
    this.bytes.byte(I.i32_const);
    this.bytes.signed(value);
  }

  long(value: bigint): void {
    this.bytes.byte(I.i64_const);
    this.bytes.signedLong(value);
  }

  number(value: number): void {
    this.bytes.byte(I.f64_const);
    this.bytes.double(value);
  }

  /** A load or store of 8 bytes or a pair at the address on the stack plus an offset; `lane` for those that name one. */
  memory(code: number, offset: number, lane?: number): void {
    this.op(code);
    this.bytes.byte(code === I.i32_load || code === I.i32_store ? 2 : 3); // the alignment's logarithm
    this.bytes.unsigned(offset);
    if (lane !== undefined) this.bytes.byte(lane);
  }

  /** A load at an address. */
  load(code: number, address: number): void {
    this.integer(0);
    this.memory(code, address);
  }

  /** A lane of a pair, read or replaced. */
  lane(code: number, lane: number): void {
    this.op(code);
    this.bytes.byte(lane);
  }

  /** A pair made of the bytes of two, as `lanes` numbers them. */
  shuffle(lanes: readonly number[]): void {
    this.op(I.i8x16_shuffle);
    this.bytes.append(lanes);
  }

  call(index: number): void {
    this.bytes.byte(I.call);
    this.bytes.unsigned(index);
  }

  /** Calls a function () → i32 or the like, and returns 1 where it did not return 0. */
  callOrReturn(index: number): void {
    this.call(index);
    this.begin(I.if);
    this.integer(1);
    this.op(I.return);
    this.end();
  }

  /** Begins a loop, to whose beginning `repeat` goes back, or the part that is run where the number on the stack is not 0. */
  begin(code: typeof I.loop | typeof I.if): void {
    this.bytes.byte(code);
    this.bytes.byte(VOID);
  }

  /** Goes back to the beginning of the innermost loop where the number on the stack is not 0. */
  repeat(): void {
    this.bytes.byte(I.br_if);
    this.bytes.byte(0);
  }

  end(): void {
    this.bytes.byte(I.end);
  }

  /** memory.copy or memory.fill, its operands on the stack. */
  bulk(code: I.memory_copy | I.memory_fill): void {
    this.op(code);
    this.bytes.byte(0);
    if (code === I.memory_copy) this.bytes.byte(0);
  }

  /** The function's body as the code section holds it: locals, instructions, end. */
  body(): Bytes {
    const body = new Bytes();
    body.unsigned(this.#runs.length);
    for (const { type, count } of this.#runs) {
      body.unsigned(count);
      body.byte(type);
    }
    body.append(this.bytes.written);
    body.byte(I.end);
    return body;
  }
}
