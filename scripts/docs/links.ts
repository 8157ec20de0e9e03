/** The links of a folder of pages: whether what they lead to is there, to the fragment. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The targets of a page's links, images and scripts. */
const targets = (html: string): string[] =>
  [...html.matchAll(/<(?:a|link|img|script|source|iframe)\b[^>]*?\s(?:href|src|srcset)="([^"]*)"/g)].map(([, target]) =>
    target!.replaceAll("&amp;", "&"),
  );

const anchors = (html: string): Set<string> => new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id!));

/** The links within a folder that lead nowhere: `page: target`. */
export function brokenLinks(folder: string): string[] {
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".html"))
    .map((name) => resolve(folder, name));
  const pages = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  const known = new Map([...pages].map(([file, html]) => [file, anchors(html)]));
  const leads = (page: string, target: string): boolean => {
    if (/^[a-z]+:|^\/\//i.test(target)) return true;
    const [path, fragment] = target.split("#") as [string, string?];
    let file = path === "" ? page : join(dirname(page), decodeURIComponent(path.replace(/\?.*$/, "")));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return false;
    return !fragment || !known.has(file) || known.get(file)!.has(decodeURIComponent(fragment));
  };
  return [...pages].flatMap(([page, html]) =>
    [...new Set(targets(html))].filter((target) => !leads(page, target)).map((target) => `${relative(folder, page)}: ${target}`),
  );
}
