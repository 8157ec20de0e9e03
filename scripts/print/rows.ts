/** Prints the codes of the kernel's own rows. */
import { kernelRows } from "../../src/ops/kernelrows.js";
import { pairCount, table } from "./formula.js";

const constantName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** src/engines/kernel/generated/rows.ts */
export function printKernelRows(): string {
  const first = ` = ${table.length + pairCount}`;
  const rows = kernelRows.map(({ name, doc }, i) => `  /** ${doc} */\n  ${name}${i === 0 ? first : ""},\n`);
  return `/** Codes of the kernel's own rows, which move or combine lanes. */\nexport enum kernelRow {\n${rows.join("")}}\n`;
}

/** assembly/generated/rows.ts */
export function printRows(): string {
  const rows = kernelRows.map(({ name, doc }, i) => {
    const code = i === 0 ? "STRUCTURAL" : `${constantName(kernelRows[i - 1]!.name)} + 1`;
    return `\n/** ${doc}. */\nexport const ${constantName(name)}: u32 = ${code};\n`;
  });
  return `/** Codes of the rows that move or combine lanes. */\nimport { STRUCTURAL } from "./lanes";\n${rows.join("")}`;
}
