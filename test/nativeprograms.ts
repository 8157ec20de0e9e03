/** Random functions of plain numbers in the subset that `native` takes: loops, tests, jumps, arrays, objects, vectors, helpers; a list of numbers decides all, so that fast-check can make one that fails small. */
import fc from "fast-check";

/** A function's text, and where it is looked at. */
export interface NativeProgram {
  readonly text: string;
  readonly args: readonly [x: number, y: number, v: readonly number[], w: Float64Array, n: number];
}

/** Where a statement stands: what it may do there. */
interface Where {
  /** Numbers that are in reach, and those of them that may be assigned. */
  readonly numbers: readonly string[];
  readonly variables: readonly string[];
  /** Arrays of three numbers, and those of them that may be written. */
  readonly lists: readonly string[];
  readonly writable: readonly string[];
  /** Plain whole numbers below 3. */
  readonly indices: readonly string[];
  /** Truths. */
  readonly truths: readonly string[];
  /** Functions of a number. */
  readonly functions: readonly string[];
  readonly depth: number;
  readonly loop: "none" | "loop" | "switch";
  /** Whether the function around it returns a number. */
  readonly returns: boolean;
}

/** Writes a program by a list of numbers. */
class Writer {
  #next = 0;
  #count = 0;

  constructor(readonly choices: readonly number[]) {}

  /** A number below `below`; 0, the simplest, where the list has ended. */
  pick(below: number): number {
    return (this.choices[this.#next++] ?? 0) % below;
  }

  of<T>(items: readonly T[]): T {
    return items[this.pick(items.length)]!;
  }

  name(prefix: string): string {
    return `${prefix}${++this.#count}`;
  }

  /** A number that stays small whatever it is made of. */
  tame(at: Where, deep: number): string {
    return this.of([
      (e: string) => `Math.sin(${e})`,
      (e: string) => `Math.tanh(${e})`,
      (e: string) => `Math.atan(${e}) * 0.5`,
      (e: string) => `Math.cos(${e}) + 0.25`,
      (e: string) => `Math.max(-2, Math.min(${e}, 2))`,
    ])(this.number(at, deep));
  }

  number(at: Where, deep: number): string {
    if (deep <= 0 || this.pick(6) === 0) return this.pick(4) === 0 ? this.of(["0.5", "2", "-1", "3", "1.25", "0"]) : this.of(at.numbers);
    const [a, b] = [() => this.number(at, deep - 1), () => this.number(at, deep - 1)];
    switch (this.pick(20)) {
      case 0:
        return `(${a()} + ${b()})`;
      case 1:
        return `(${a()} * ${b()})`;
      case 2:
        return `(${a()} - ${b()})`;
      case 3:
        return `(${a()} / (1.5 + (${b()}) ** 2))`;
      case 4:
        return `(-${this.of(at.numbers)})`;
      case 5:
        return `Math.${this.of(["sin", "cos", "tanh", "atan", "abs", "sinh", "asinh"])}(${this.tame(at, deep - 2)})`;
      case 6:
        return `Math.${this.of(["exp", "expm1", "cbrt"])}(${this.tame(at, deep - 2)})`;
      case 7:
        return `Math.${this.of(["sqrt", "log", "log1p", "log2"])}(1.5 + (${a()}) ** 2)`;
      case 8:
        return `Math.${this.of(["max", "min", "hypot"])}(${a()}, ${b()}, 0.75)`;
      case 9:
        return `(${this.test(at, deep - 1)} ? ${a()} : ${b()})`;
      case 10:
        return `${this.of(at.lists)}[${this.of(at.indices)}]`;
      case 11:
        return `${this.of(at.functions)}(${a()})`;
      case 12:
        return `${this.of(at.lists)}.reduce((p, q) => p + q * ${this.of(at.numbers)}, ${a()})`;
      case 13:
        return `${this.of(at.lists)}.map((q, i) => q * i + ${this.of(at.numbers)})[${this.of(at.indices)}]`;
      case 14:
        return `((${a()}) % 1.75)`;
      case 15:
        return `(${this.of(at.numbers)} ${this.of(["&&", "||"])} ${a()})`;
      case 16:
        return `Math.max(...${this.of(at.lists)})`;
      case 17:
        return `(${this.test(at, deep - 1)} ? ${a()} : ${this.test(at, deep - 1)} ? ${b()} : ${this.of(at.numbers)})`;
      case 18:
        return `Math.atan2(${a()}, 1.5 + (${b()}) ** 2)`;
      default:
        return `(${this.of(at.numbers)} * ${this.of(at.indices)})`;
    }
  }

  test(at: Where, deep: number): string {
    const comparison = (): string => `${this.number(at, deep - 1)} ${this.of(["<", ">", "<=", ">="])} ${this.number(at, deep - 1)}`;
    switch (deep <= 0 ? 0 : this.pick(9)) {
      case 6:
        return `(${this.test(at, deep - 1)} && ${comparison()})`;
      case 1:
        return `(${this.test(at, deep - 1)} || ${comparison()})`;
      case 2:
        return `!(${comparison()})`;
      case 3:
        return `${this.of(at.indices)} ${this.of(["<", "===", "!=="])} ${this.of(at.indices)}`;
      case 4:
        return at.truths.length > 0 ? this.of(at.truths) : comparison();
      case 5:
        return `${this.of(at.lists)}.${this.of(["some", "every"])}((q) => q ${this.of(["<", ">"])} ${this.of(at.numbers)})`;
      default:
        return comparison();
    }
  }

  block(at: Where, most: number): string {
    const lines: string[] = [];
    let inner = at;
    for (let i = 1 + this.pick(most); i > 0 && this.#next <= this.choices.length; i--) {
      const [line, next] = this.statement(inner);
      lines.push(line);
      inner = next;
    }
    return lines.join("\n");
  }

  statement(at: Where): readonly [string, Where] {
    const inner: Where = { ...at, depth: at.depth - 1 };
    const simple = at.depth <= 0 ? 8 : 24;
    switch (this.pick(simple)) {
      case 0: {
        const name = this.name("a");
        const text = `let ${name} = ${this.tame(at, 3)};`;
        return [text, { ...at, numbers: [...at.numbers, name], variables: [...at.variables, name] }];
      }
      case 1:
      case 2:
        return [`${this.of(at.variables)} = ${this.tame(at, 3)};`, at];
      case 3:
        return [`${this.of(at.variables)} ${this.of(["+=", "-=", "*="])} ${this.tame(at, 2)};`, at];
      case 4:
        return [`${this.of(at.writable)}[${this.of(at.indices)}] ${this.of(["=", "=", "+=", "*="])} ${this.tame(at, 3)};`, at];
      case 5: {
        const [a, b] = [this.of(at.variables), this.of(at.writable)];
        return [`[${a}, ${b}[${this.of(at.indices)}]] = [${this.tame(at, 2)}, ${a}];`, at];
      }
      case 6: {
        const name = this.name("t");
        return [`let ${name} = ${this.test(at, 2)};`, { ...at, truths: [...at.truths, name] }];
      }
      case 7: {
        const name = this.name("l");
        const made = this.of([
          () => `[${this.tame(at, 2)}, ${this.of(at.numbers)}, ${this.tame(at, 1)}]`,
          () => `${this.of(at.lists)}.map((q) => q * ${this.of(at.numbers)})`,
          () => `${this.of(at.lists)}.slice()`,
          () => `Array.from({ length: 3 }, (_, i) => i * ${this.of(at.numbers)})`,
          () => `new Float64Array(3).fill(${this.of(at.numbers)})`,
          () => this.of(at.writable), // an alias
        ])();
        return [`const ${name} = ${made};`, { ...at, lists: [...at.lists, name], writable: [...at.writable, name] }];
      }
      case 8:
      case 9:
      case 10:
        return [`if (${this.test(at, 2)}) {\n${this.block(inner, 3)}\n}`, at];
      case 11:
      case 12:
        return [`if (${this.test(at, 2)}) {\n${this.block(inner, 3)}\n} else {\n${this.block(inner, 3)}\n}`, at];
      case 13:
      case 14: {
        const i = this.name("i");
        const body: Where = { ...inner, indices: [...at.indices, i], loop: "loop" };
        return [`for (let ${i} = 0; ${i} < ${this.of(["3", "2", "n"])}; ${i}++) {\n${this.block(body, 4)}\n}`, at];
      }
      case 15: {
        const q = this.name("q");
        const body: Where = { ...inner, numbers: [...at.numbers, q], loop: "loop" };
        return [`for (const ${q} of ${this.of(at.lists)}) {\n${this.block(body, 3)}\n}`, at];
      }
      case 16:
      case 17: {
        if (at.loop === "none") return this.statement({ ...at, depth: 0 });
        return [`if (${this.test(at, 1)}) ${at.loop === "loop" && this.pick(2) === 0 ? "continue" : "break"};`, at];
      }
      case 18:
        return at.returns ? [`if (${this.test(at, 1)}) return ${this.number(at, 2)};`, at] : this.statement({ ...at, depth: 0 });
      case 19: {
        const name = this.name("f");
        const p = this.name("p");
        const body: Where = {
          ...inner,
          depth: 1,
          numbers: [...at.numbers, p],
          variables: [...at.variables, p],
          loop: "none",
          returns: true,
        };
        const text = `const ${name} = (${p}) => {\n${this.block(body, 2)}\nreturn ${this.tame(body, 2)};\n};`;
        return [text, { ...at, functions: [...at.functions, name] }];
      }
      case 20: {
        const name = this.name("o");
        const text = `const ${name} = { a: ${this.of(at.numbers)}, b: ${this.tame(at, 2)} };`;
        const fields = [`${name}.a`, `${name}.b`];
        return [text, { ...at, numbers: [...at.numbers, ...fields], variables: [...at.variables, ...fields] }];
      }
      case 21: {
        const switched: Where = { ...inner, loop: at.loop === "loop" ? "loop" : "switch" };
        const on = this.pick(2) === 0 ? this.of(at.indices) : `Math.floor(${this.of(at.numbers)})`;
        const end = (): string => (this.pick(3) === 0 ? "" : "\nbreak;");
        return [
          `switch (${on}) {\ncase 0: {\n${this.block(switched, 2)}${end()}\n}\ncase 1: {\n${this.block(switched, 2)}${end()}\n}\ndefault: {\n${this.block(switched, 2)}\n}\n}`,
          at,
        ];
      }
      case 22: {
        const k = this.name("k");
        const body: Where = { ...inner, loop: "none", returns: false };
        return [`let ${k} = 0;\nwhile (${k} < 2) {\n${this.block(body, 2)}\n${k}++;\n}`, at];
      }
      default: {
        const [p, q] = [this.name("d"), this.name("d")];
        return [
          `let [${p}, , ${q} = 1] = ${this.of(at.lists)};`,
          { ...at, numbers: [...at.numbers, p, q], variables: [...at.variables, p, q] },
        ];
      }
    }
  }

  program(): string {
    const at: Where = {
      numbers: ["x", "y", "s"],
      variables: ["s", "x"],
      lists: ["v", "w", "u"],
      writable: ["u"],
      indices: ["0", "1", "2"],
      truths: [],
      functions: ["square", "Math.sin"],
      depth: 3,
      loop: "none",
      returns: true,
    };
    const body = this.block(at, 9);
    return `(x, y, v, w, n) => {
const square = (q) => q * q;
let s = x * y;
const u = [y, 0.5, x];
${body}
return s + x + u[0] * u[1] + u[2];
}`;
  }
}

const numbers = fc.integer({ min: -2000, max: 2000 }).map((x) => x / 997);

export const nativePrograms: fc.Arbitrary<NativeProgram> = fc
  .record({
    choices: fc.array(fc.nat({ max: 4095 }), { minLength: 100, maxLength: 900, size: "max" }),
    x: numbers,
    y: numbers,
    v: fc.tuple(numbers, numbers, numbers),
    w: fc.tuple(numbers, numbers, numbers),
    n: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ choices, x, y, v, w, n }) => ({ text: new Writer(choices).program(), args: [x, y, v, Float64Array.from(w), n] as const }));
