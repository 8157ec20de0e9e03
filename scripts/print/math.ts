/** Prints the public functions of the op table. */
import { arityOf, operandNames, table } from "./formula.js";

const types = ["Unary", "Binary", "Ternary"];

/** src/generated/math.ts */
export function printMath(): string {
  const functions = table
    .filter((op) => !op.internal)
    .map((op) => {
      const operands = operandNames(arityOf(op)).join(", ");
      return `/** ${op.name}(${operands}): ${op.doc}. */\nexport const ${op.name}: ${types[arityOf(op) - 1]} = (${operands}: never) => apply(o.${op.name}, ${operands}) as never;\n`.replace(
        `(${operands}: never)`,
        `(${operandNames(arityOf(op))
          .map((name) => `${name}: Operand`)
          .join(", ")})`,
      );
    });
  return `/** The elementwise functions: on numbers a number, on Float64Arrays a Float64Array, on traced Values a Value. */
import { opcode as o } from "./table.js";
import { apply, type Binary, type Operand, type Ternary, type Unary } from "../value.js";

${functions.join("\n")}`;
}
