/** The parser that `wengert/native` carries: acorn without what judges regular expressions, a fifth of it, since the texts are those of functions that JavaScript has read already. */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** What is left out, from the first text to the one before the second. */
const parts: readonly (readonly [from: string, to: string])[] = [
  ["// This file contains Unicode properties extracted from the ECMAScript specification.", "// Object type used to represent tokens."],
  ["  // Validate pattern\n", "  // Create Literal#value property value."],
];

/** A text without the parts. Throws where the parser is another than the one they were found in. */
function withoutPatterns(source: string): string {
  for (const [from, to] of parts) {
    const [start, end] = [source.indexOf(from), source.indexOf(to)];
    if (start < 0 || end < start || source.includes(from, start + 1))
      throw new Error(`expected acorn with ${JSON.stringify(from)} once, before ${JSON.stringify(to)}`);
    source = source.slice(0, start) + source.slice(end);
  }
  return source;
}

/** Leaves the parts out of the bundle. */
export const smallParser: Plugin = {
  name: "small parser",
  setup(build) {
    build.onLoad({ filter: /acorn[/\\]dist[/\\]acorn\.mjs$/ }, ({ path }) => ({
      contents: withoutPatterns(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
