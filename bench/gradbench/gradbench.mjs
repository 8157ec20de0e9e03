// Starts the tool on the library as it is built, which is what users have: without tsconfig.json's paths, "wengert" is dist/. tsx keeps functions'
// names in what it compiles, and src/ copies arguments half as fast for it.
import { register } from "tsx/esm/api";

register({ tsconfig: false });
await import("./tool.ts");
