/**
 * The parser that `wengert/native` carries: acorn without what judges regular expressions, a fifth of it, since the texts are those of functions that JavaScript has read already,
 * and with JavaScript's own tables of the letters that names may have.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

const letters = String.raw`
var nonASCIIidentifierStart = /\p{ID_Start}/u;
var nonASCIIidentifier = /[\p{ID_Continue}\u200c\u200d]/u;
var astralIdentifierStartCodes = nonASCIIidentifierStart;
var astralIdentifierCodes = nonASCIIidentifier;
function isInAstralSet(code, letters) { return letters.test(String.fromCodePoint(code)) }
`;

/** What is left out, from the first text to the one before the second, and what stands there instead. */
const parts: readonly (readonly [from: string, to: string, instead: string])[] = [
  ["// This file contains Unicode properties extracted from the ECMAScript specification.", "// Object type used to represent tokens.", ""],
  ["  // Validate pattern\n", "  // Create Literal#value property value.", ""],
  ["var astralIdentifierCodes = ", "// These are a run-length and offset encoded", ""],
  ["var nonASCIIidentifierStart = ", "// Test whether a given character code starts an identifier.", letters],
];

/** The parser's text with the parts replaced. Throws where it is another than the one they were found in. */
function reduced(source: string): string {
  for (const [from, to, instead] of parts) {
    const [start, end] = [source.indexOf(from), source.indexOf(to)];
    if (start < 0 || end < start || source.includes(from, start + 1))
      throw new Error(`expected acorn with ${JSON.stringify(from)} once, before ${JSON.stringify(to)}`);
    source = source.slice(0, start) + instead + source.slice(end);
  }
  return source;
}

/** Leaves the parts out of the bundle. */
export const smallParser: Plugin = {
  name: "small parser",
  setup(build) {
    build.onLoad({ filter: /acorn[/\\]dist[/\\]acorn\.mjs$/ }, ({ path }) => ({
      contents: reduced(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
