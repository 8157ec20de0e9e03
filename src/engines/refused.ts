/** What is said, once, where WebAssembly may not be compiled and TypeScript evaluates in its place. */

let warned = false;

/** Warns of what was refused, the first time. */
export function warnRefused(refused: string): void {
  if (!warned) console.warn(`compile: ${refused}; until then functions run on the reference engine, more slowly, and last bits may differ`);
  warned = true;
}
