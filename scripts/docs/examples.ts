/** Examples for the reference: of elementwise functions computed here, of others the blocks of the guides, which tests run. */
import { readFileSync } from "node:fs";
import * as wengert from "../../src/index.js";
import { type Op, ops } from "../../src/ops/ops.js";
import { pages } from "./topics.js";

const table: readonly Op[] = ops;

/** The longest block that is an example as a whole, in lines. */
const LONGEST = 32;

/** The blocks of a page that import something, shortest first. */
const blocksOf = (page: string): string[] =>
  [...readFileSync(page, "utf8").matchAll(/^```(?:ts|js)\n([^]*?)^```$/gm)]
    .map(([, code]) => code!)
    .filter((code) => code.startsWith("import "))
    .sort((a, b) => a.length - b.length);

const lines = "docs/functions.md";
const oneLiners = blocksOf(lines);
const blocks = Object.values(pages)
  .flat()
  .filter((page) => page !== lines)
  .flatMap(blocksOf)
  .filter((code) => code.split("\n").length <= LONGEST);

const uses = (code: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);

/** An op at a point where it is ordinary, and its derivative there. */
function computed(op: Op): string {
  const point = op.probe.map(([low, high], k) => Number((low + (high - low) * (0.7 - 0.2 * k)).toPrecision(2)));
  const at = point.join(", ");
  const argnums = point.map((_, k) => k);
  const call = (wengert as unknown as Record<string, (...x: number[]) => number>)[op.name]!;
  const slope = (wengert.grad as (f: unknown, options: object) => (...x: number[]) => unknown)(call, argnums.length > 1 ? { argnums } : {});
  const options = argnums.length > 1 ? `, { argnums: [${argnums.join(", ")}] }` : "";
  return `import { grad, ${op.name} } from "wengert";

${op.name}(${at}); // ${call(...point)}
grad(${op.name}${options})(${at}); // ${JSON.stringify(slope(...point))}
`;
}

/** The lines of a block that call the function, with the constants and the imports that they need. */
function excerpt(code: string, name: string): string | undefined {
  const all = code.split("\n");
  if (!all.some((line) => line.includes("; // "))) return code;
  const claims = all.filter((line) => line.includes("; // ") && uses(line.split("; // ")[0]!, name));
  const constants = all.filter((line) => line.startsWith("const "));
  const needed = constants.filter((line) => {
    const [, constant] = /^const (\w+)/.exec(line)!;
    return uses(line, name) || claims.some((claim) => uses(claim, constant!));
  });
  const calling =
    claims.length > 0
      ? claims
      : all.filter(
          (line) =>
            needed.some((c) => uses(c, name) && uses(line.split("; // ")[0]!, /^const (\w+)/.exec(c)![1]!)) && !line.startsWith("const "),
        );
  if (calling.length === 0) return undefined;
  const body = [...needed, ...calling].join("\n");
  const imports = all
    .filter((line) => line.startsWith("import "))
    .map((line) => {
      const [, names, from] = /^import \{ (.*) \} from (.*)$/.exec(line)!;
      return [names!.split(", ").filter((each) => uses(body, each.replace("type ", ""))), from!] as const;
    })
    .filter(([names]) => names.length > 0)
    .map(([names, from]) => `import { ${names.join(", ")} } from ${from}`);
  return `${imports.join("\n")}\n\n${body}\n`;
}

/** Code that uses a function of this name, undefined where there is none. */
export function exampleOf(name: string): string | undefined {
  const op = table.find((row) => row.name === name && row.internal !== true);
  if (op !== undefined) return computed(op);
  const imports = (code: string): boolean => new RegExp(`^import [^;]*\\b${name}\\b[^;]*;$`, "m").test(code);
  for (const code of oneLiners.filter(imports)) {
    const found = excerpt(code, name);
    if (found !== undefined) return found;
  }
  return blocks.find(imports);
}
