/** WebAssembly's arithmetic, which `code` formulas are made of. Imports nothing, so that the generator can read it. */

/** An instruction on numbers. */
interface Instruction {
  /** Its codes on one number and on two lanes, above 0xff with the second byte after 0xfd. A comparison has a truth value, or a mask. */
  readonly f64: number;
  readonly f64x2: number;
  /** The operator that AssemblyScript writes for it on numbers, where it has one; else it is a function of its name. */
  readonly text?: string;
}

/** The instructions by their names in formulas. */
export const instructions = {
  eq: { f64: 0x61, f64x2: 0xfd00 + 71, text: "==" },
  ne: { f64: 0x62, f64x2: 0xfd00 + 72, text: "!=" },
  lt: { f64: 0x63, f64x2: 0xfd00 + 73, text: "<" },
  gt: { f64: 0x64, f64x2: 0xfd00 + 74, text: ">" },
  le: { f64: 0x65, f64x2: 0xfd00 + 75, text: "<=" },
  ge: { f64: 0x66, f64x2: 0xfd00 + 76, text: ">=" },
  and: { f64: 0x71, f64x2: 0xfd00 + 78, text: "&&" },
  or: { f64: 0x72, f64x2: 0xfd00 + 80, text: "||" },
  abs: { f64: 0x99, f64x2: 0xfd00 + 236 },
  neg: { f64: 0x9a, f64x2: 0xfd00 + 237, text: "-" },
  ceil: { f64: 0x9b, f64x2: 0xfd00 + 116 },
  floor: { f64: 0x9c, f64x2: 0xfd00 + 117 },
  trunc: { f64: 0x9d, f64x2: 0xfd00 + 122 },
  nearest: { f64: 0x9e, f64x2: 0xfd00 + 148 },
  sqrt: { f64: 0x9f, f64x2: 0xfd00 + 239 },
  add: { f64: 0xa0, f64x2: 0xfd00 + 240, text: "+" },
  sub: { f64: 0xa1, f64x2: 0xfd00 + 241, text: "-" },
  mul: { f64: 0xa2, f64x2: 0xfd00 + 242, text: "*" },
  div: { f64: 0xa3, f64x2: 0xfd00 + 243, text: "/" },
  min: { f64: 0xa4, f64x2: 0xfd00 + 244 },
  max: { f64: 0xa5, f64x2: 0xfd00 + 245 },
} as const satisfies Readonly<Record<string, Instruction>>;

/** The instruction that a formula names, if it names one. */
export const instructionOf = (name: string): Instruction | undefined => (instructions as Readonly<Record<string, Instruction>>)[name];
