/** Prints the codes of the kernel's own rows. */
import { kernelRows } from "../../src/engines/kernel/rowlist.js";
import { pairCount, table } from "./formula.js";

const constantName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** src/engines/kernel/generated/rows.ts */
export function printKernelRows(): string {
  const rows = kernelRows.map(({ name, doc }, i) => `  /** ${doc} */\n  ${name} = ${table.length + pairCount + i},\n`);
  return `/** Codes of the kernel's own rows, which move or combine lanes. */\nexport enum kernelRow {\n${rows.join("")}}\n`;
}

/** assembly/generated/rows.ts */
export function printRows(): string {
  const rows = kernelRows.map(
    ({ name, doc }, i) => `\n/** ${doc}. */\nexport const ${constantName(name)}: u32 = ${table.length + pairCount + i};\n`,
  );
  return `/** Codes of the rows that move or combine lanes. */\n${rows.join("")}`;
}
