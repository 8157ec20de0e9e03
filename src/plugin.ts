/** The entry of the build plugin: native functions get their traced copies while a module is bundled. */
import type { UnpluginInstance } from "unplugin";
import { rewriteFile } from "./native/plugin/file.js";

/** A package that applications install where they build: without it the entry can be imported, and says what is missing when it is used. */
const { createUnplugin } = await import("unplugin").catch((cause: unknown) => ({
  createUnplugin: <U, N extends boolean>() =>
    new Proxy({} as UnpluginInstance<U, N>, {
      get: () => {
        throw new Error("wengert/plugin: expected unplugin beside it, got none. Install it: npm install -D unplugin", { cause });
      },
    }),
}));

/**
 * The plugin for Vite, Rollup, Rolldown, webpack, Rspack and esbuild: `wengert.vite()` and so on. It reads TypeScript and JavaScript as they are written, before other tools do, and puts the traced copy of
 * each function that is given to `native` beside it; nothing else of a module changes.
 */
const wengert: UnpluginInstance<undefined, false> = createUnplugin<undefined, false>(() => ({
  name: "wengert",
  enforce: "pre",
  transform: {
    filter: { id: /\.[cm]?[jt]sx?(?:\?|$)/, code: "wengert/native" },
    handler: (code: string, id: string) => rewriteFile(code, id),
  },
  vite: { config: () => ({ optimizeDeps: { include: ["wengert", "wengert/native-built"] } }) },
}));

export default wengert;
