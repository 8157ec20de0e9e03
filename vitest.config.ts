/**
 * The tests run twice: in Node, and in Chromium where there is one.
 *
 * - `*.test.ts` runs in both, so it uses no Node API;
 * - `*.node.test.ts` runs in Node alone: files, processes, bundlers;
 * - `*.test-d.ts` holds type tests: compiled in Node's project, never run;
 * - `*.long.test.ts` takes minutes: `npm run test:long` runs these alone, in Node.
 *
 * Chromium is looked for at CHROMIUM_PATH, then where Linux distributions put it. Without one its tests are left out, and a
 * line after the summary says so; WENGERT_REQUIRE_BROWSER=1 makes that an error.
 */
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { chromiumArguments, chromiumNotice, chromiumPath } from "./test/bundles/chromium.js";

if (chromiumPath === undefined && process.env["WENGERT_REQUIRE_BROWSER"] === "1") {
  console.error(`${chromiumNotice} WENGERT_REQUIRE_BROWSER=1 asks for them.`);
  process.exit(1);
}

/** The types on the stack of emitted code are checked while it is written. */
const setupFiles = ["test/checkedcode.ts"];

const node: TestProjectConfiguration = {
  extends: true,
  test: {
    name: "node",
    setupFiles,
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.long.test.ts"],
    // errors outside the type tests are for `npm run check`
    typecheck: { enabled: true, include: ["test/**/*.test-d.ts"], tsconfig: "tsconfig.json", ignoreSourceErrors: true },
  },
};

const long: TestProjectConfiguration = { extends: true, test: { name: "long", setupFiles, include: ["test/**/*.long.test.ts"] } };

const chromium = (executablePath: string): TestProjectConfiguration => ({
  extends: true,
  // a dependency found only while the tests run would reload the page under them
  optimizeDeps: { include: ["@assemblyscript/loader", "@dagrejs/dagre", "fast-check", "@fast-check/vitest"] },
  test: {
    name: "chromium",
    setupFiles,
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.node.test.ts", "test/**/*.long.test.ts"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: "chromium" }],
      provider: playwright({ launchOptions: { executablePath, args: chromiumArguments } }),
    },
  },
});

const notice = { onTestRunEnd: () => console.warn(`\n${chromiumNotice}\n`) };

const usual = chromiumPath === undefined ? [node] : [node, chromium(chromiumPath)];

export default defineConfig(({ mode }) => ({
  // "wengert" is src/index.ts in tests, as tsconfig.json says
  resolve: { tsconfigPaths: true },
  test: {
    projects: mode === "long" ? [long] : usual,
    reporters: chromiumPath === undefined && mode !== "long" ? ["default", notice] : ["default"],
    coverage: { provider: "v8", include: ["src/**"], exclude: ["src/**/generated/**"], reporter: ["text", "html"] },
  },
}));
