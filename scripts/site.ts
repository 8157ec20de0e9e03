/** Builds the site into site/: guides, reference and playground, every link of which leads somewhere. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { brokenLinks } from "./docs/links.js";
import { writeReference } from "./docs/reference.js";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const out = "site";

rmSync(out, { recursive: true, force: true });
await writeReference(out, { Playground: "playground/index.html" });
await build({ configFile: "playground/vite.config.ts" });
const broken = brokenLinks(out);
if (broken.length > 0) {
  console.error(`links that lead nowhere:\n${broken.join("\n")}`);
  process.exit(1);
}
console.log(`built ${out}/`);
