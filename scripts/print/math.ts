/** Prints the public functions of the op table, and the methods that are the same functions. */
import { arityOf, operandNames, table } from "./formula.js";

const types = ["Unary", "Binary", "Ternary"];

/** src/trace/generated/math.ts */
export function printMath(): string {
  const functions = table
    .filter((op) => !op.internal)
    .map((op) => {
      const names = operandNames(arityOf(op));
      const operands = names.join(", ");
      return `/** ${op.name}(${operands}): ${op.doc}. */
export const ${op.name}: ${types[names.length - 1]} = (${names.map((name) => `${name}: Operand`).join(", ")}, ...more: unknown[]) => {
  if (more.length > 0) surplus("${op.name}", [${operands}], more);
  return apply(o.${op.name}, ${operands}) as never;
};
`;
    });
  return `/** The elementwise functions: on numbers a number, on Float64Arrays a Float64Array, on traced Values a Value. */
import { opcode as o } from "../../ops/generated/table.js";
import { surplus } from "../../data/operands.js";
import { apply, type Binary, type Operand, type Ternary, type Unary } from "../value.js";

${functions.join("\n")}`;
}

/** src/trace/generated/methods.ts */
export function printMethods(): string {
  const methods = table
    .filter((op) => !op.internal)
    .map((op) => {
      const others = operandNames(arityOf(op)).slice(1);
      return `  /** ${op.name}(${["this", ...others].join(", ")}): ${op.doc}; a is this. */
  declare readonly ${op.name}: (${others.map((name) => `${name}: Operand`).join(", ")}) => Value;
`;
    });
  return `/** The methods of a Value: every elementwise function, of which it is the first operand. */
import { ArrayMethods } from "../arraymethods.js";
import type { Operand, Value } from "../value.js";

/** What a Value inherits; src/trace/value.ts defines what is declared here. */
export abstract class Methods extends ArrayMethods {
${methods.join("\n")}}
`;
}
