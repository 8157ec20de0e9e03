/** The loader hook that `wengert/register` puts in: modules that import `wengert/native` get their traced copies when Node loads them. */
import { fileURLToPath } from "node:url";
import { rewriteLoaded } from "./native/plugin/file.js";

/** What Node's loaders hand on. */
interface Loaded {
  readonly format?: string | null;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null;
}

/** Node's hook of this name. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Loaded | Promise<Loaded>,
): Promise<Loaded> {
  const loaded = await next(url, context);
  const { format, source } = loaded;
  if (source === null || source === undefined || !url.startsWith("file:") || !(format === "module" || format === "module-typescript"))
    return loaded;
  const code = typeof source === "string" ? source : new TextDecoder().decode(source);
  const path = fileURLToPath(url);
  const made = rewriteLoaded(code, path, /\.[cm]?tsx?$/.test(path));
  return made === undefined ? loaded : { ...loaded, source: made };
}
