/** Source maps of texts into which code was put that has places of its own. */
import { type default as MagicString, SourceMap } from "magic-string";

/** A map with its mappings as lists: [column, source, line, column] by line of the result. */
export type DecodedMap = ReturnType<MagicString["generateDecodedMap"]>;

/** A map as text. */
export const encoded = (map: DecodedMap): string => new SourceMap(map).toString();

/** Code that was put in, and the places in the source that its columns stand for; lines are counted from 1. */
export interface Mapping {
  readonly text: string;
  readonly segments: readonly { readonly at: number; readonly line: number; readonly column: number }[];
}

/** A map with the places of what was put in, each text of which is one line. */
export function withMappings(code: string, map: DecodedMap, inserted: readonly Mapping[]): DecodedMap {
  const starts = [0];
  for (let i = code.indexOf("\n"); i >= 0; i = code.indexOf("\n", i + 1)) starts.push(i + 1);
  const changed = new Set<number>();
  for (const { text, segments } of inserted) {
    const at = code.indexOf(text);
    if (at < 0) continue;
    let line = starts.length - 1;
    while (starts[line]! > at) line--;
    const column = at - starts[line]!;
    for (const segment of segments) map.mappings[line]!.push([column + segment.at, 0, segment.line - 1, segment.column]);
    changed.add(line);
  }
  for (const line of changed) map.mappings[line]!.sort(([a], [b]) => a - b);
  return map;
}
