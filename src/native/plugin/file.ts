/** Files that hosts hand over: what language they are in, what they are called in messages, and which map came with them. */
import remapping from "@jridgewell/remapping";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { encoded } from "./maps.js";
import { rewriteModule } from "./module.js";

/** What a file is called in messages. */
const called = (path: string): string => {
  const folder = typeof process === "undefined" ? "" : `${process.cwd()}/`;
  return folder !== "" && path.startsWith(folder) ? path.slice(folder.length) : path;
};

/** A file's module with its traced copies, and the map to what it was; undefined where there is nothing to do. */
export function rewriteFile(code: string, id: string): { code: string; map: string } | undefined {
  const [path] = id.split("?") as [string];
  const made = rewriteModule(code, { text: called(path), isTypeScript: /\.[cm]?tsx?$/.test(path), hasJsx: /x$/.test(path) });
  return made && { code: made.code, map: encoded(made.map) };
}

/** A map at the end of a text, as other tools leave it there. */
const inlineMap = /\n\/\/# sourceMappingURL=data:application\/json(?:;charset=[\w-]+)?;base64,([\w+/=]+)\s*$/;

const fromBase64 = (text: string): string => new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/**
 * A module's text as a loader of Node gives it, with its traced copies and a map in it. What another tool has made of TypeScript is JavaScript with a map at its end: places are those of the file, and the
 * maps are made one.
 */
export function rewriteLoaded(code: string, path: string, isTypeScript: boolean): string | undefined {
  const [, inline] = inlineMap.exec(code) ?? [];
  const before = inline === undefined ? undefined : fromBase64(inline);
  const trace = before === undefined ? undefined : new TraceMap(before);
  const text = inline === undefined ? code : code.replace(inlineMap, "\n");
  const made = rewriteModule(text, {
    text: called(path),
    isTypeScript: isTypeScript && before === undefined,
    hasJsx: /x$/.test(path) && before === undefined,
    locate:
      trace &&
      ((place) => {
        const { line, column } = originalPositionFor(trace, place);
        return line === null ? place : { line, column };
      }),
  });
  if (!made) return undefined;
  const own = encoded(made.map);
  let first = true;
  const map = before === undefined ? own : remapping(own, () => (first ? ((first = false), before) : null)).toString();
  return `${made.code}\n//# sourceMappingURL=data:application/json;base64,${toBase64(map)}\n`;
}
