/** Prints the public functions of the op table. */
import { arityOf, operandNames, table } from "./formula.js";

const types = ["Unary", "Binary", "Ternary"];

/** src/generated/math.ts */
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
import { opcode as o } from "./table.js";
import { surplus } from "../operands.js";
import { apply, type Binary, type Operand, type Ternary, type Unary } from "../value.js";

${functions.join("\n")}`;
}
