/** Writes the pictures that the library draws for its documents. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pictures } from "./print/pictures.js";

const root = fileURLToPath(new URL("..", import.meta.url));
for (const [path, picture] of Object.entries(pictures)) writeFileSync(root + path, picture);
