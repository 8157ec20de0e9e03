/** Builds the playground into the site; `npm run playground` serves it. */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  resolve: { tsconfigPaths: true },
  worker: { format: "iife" },
  build: { outDir: "../site/playground", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 2000 },
  logLevel: "warn",
});
