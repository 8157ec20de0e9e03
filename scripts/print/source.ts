/** Prints as JavaScript what written-out functions consist of: the ops' meanings, and the functions on plain numbers that they call. */
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { operandNames, table, valueText } from "./formula.js";

/** The functions on lanes that structural rows are written with. */
const roots = [
  "sumLanes",
  "sumAlong",
  "cumsumAlong",
  "extremesAlong",
  "firstsAlong",
  "orderLanes",
  "gridLanes",
  "cumsumLanes",
  "takeLanes",
  "segmentSumLanes",
  "placeLanes",
  "extremeLane",
  "argLane",
  "matmulLanes",
  "triangularSolveLanes",
  "choleskyLanes",
  "choleskyAdjointLanes",
  "luLanes",
  "luSolveLanes",
  "qrLanes",
  "eighLanes",
  "partLanes",
];

/** TypeScript as JavaScript, one statement after the other, without comments; numbers as they are usually written, lists of them on lines of some length. */
const plain = (code: string): string =>
  transformSync(code, { loader: "ts", target: "es2022", charset: "utf8" })
    .code.replace(/(?<![\w.])\d[\d.]*(?:e[+-]?\d+)?/g, (number) => String(Number(number)))
    .replace(/\[\n {2}(-?\d[^\]]*)\n\]/g, (_, list: string) => `[${filled(list.split(/,\s*/))}\n]`);

/** A list on lines of at most a hundred characters. */
function filled(items: readonly string[]): string {
  let line = Infinity;
  return items
    .map((item, k) => {
      const text = k === items.length - 1 ? item : `${item},`;
      line += text.length + 1;
      if (line <= 100) return ` ${text}`;
      line = text.length + 2;
      return `\n  ${text}`;
    })
    .join("");
}

/** The declarations of a module by name: a line that is not indented begins one, unless it closes what was open. */
function declarationsOf(file: string): (readonly [name: string, text: string])[] {
  const code = plain(readFileSync(file, "utf8")).replace(/^export \{[^}]*\};?$|^(?:import|export) [^;]*? from [^;]*;$/gm, "");
  return code
    .split(/\n(?=(?:export )?(?:const|function|class|let)\b)/)
    .map((text) => text.trim().replace(/^export /, ""))
    .filter((text) => text !== "")
    .map((text) => [/^(?:const|let|function|class) (\w+)/.exec(text)![1]!, text] as const);
}

const words = (text: string): string[] => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

/** src/source/generated/library.ts, of the sources below `root`. */
export function printLibrary(root: string): string {
  const folder = `${root}/src/ops`;
  const linear = ["cholesky", "eigen", "lu", "product", "qr", "reflections", "triangle"].map((name) => `linear/${name}.ts`);
  const files = ["lanes.ts", "layout.ts", ...readdirSync(`${folder}/special`).map((name) => `special/${name}`), ...linear];
  const declarations = new Map<string, string>();
  for (const [name, text] of files.flatMap((file) => declarationsOf(`${folder}/${file}`))) {
    if (declarations.has(name)) throw new Error(`generate: expected functions on numbers of different names, got two named ${name}`);
    declarations.set(name, text);
  }
  const meanings = plain(table.map((op) => `${op.name} = ${valueText(op, operandNames(3))};`).join("\n"))
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\w+ = ([^]*);$/, "$1").replaceAll("special.", ""));
  const needed = new Map<string, string>();
  const need = (text: string): void => {
    for (const name of words(text)) {
      const declaration = declarations.get(name);
      if (declaration === undefined || needed.has(name)) continue;
      needed.set(name, declaration);
      need(declaration);
    }
  };
  for (const text of [...roots, ...meanings]) need(text);
  const inOrder = [...declarations].filter(([name]) => needed.has(name));
  return `/** The ops' meanings as JavaScript over a, b and c, and the functions on plain numbers that they and the structural rows call, by name. */

/** The meanings, by opcode. */
export const meanings: readonly string[] = [
${meanings.map((text) => `  ${JSON.stringify(text)},\n`).join("")}];

/** The declarations, each behind those whose values it takes. */
export const declarations: Readonly<Record<string, string>> = {
${inOrder.map(([name, text]) => `  ${name}: ${JSON.stringify(text)},\n`).join("")}};
`;
}
