/** Prints the layout of the kernel's tape for the kernel. */
import * as layout from "../../src/ops/layout.js";

/** A name as constants have it. */
const constantName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Numbers that are bits and counts; others are distances of addresses. */
const counts = new Set(["BROADCAST", "ADVANCE", "BLOCK", "STATUS", "CLOSE", "FROM_THE_LEFT", "LINEAR", "KIND"]);

/** assembly/generated/layout.ts */
export function printLayout(): string {
  const constants = Object.entries(layout).flatMap(([name, group]) => {
    const type = counts.has(name) ? "u32" : "usize";
    const members =
      typeof group === "number"
        ? [[name, group] as const]
        : Object.entries(group).map(([field, value]) => [`${name}_${constantName(field)}`, value] as const);
    return members.map(([constant, value]) => `export const ${constant}: ${type} = ${value};\n`);
  });
  return `/** The layout of the kernel's tape, as src/ops/layout.ts has it. */\n${constants.join("")}`;
}
