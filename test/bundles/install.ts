/** The packed package, installed into an application as npm would. */
import { execFileSync, execSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Packs the checkout and installs the result in a folder beside what else the application has. */
export function installPackage(home: string, others: readonly string[] = []): void {
  const pack = `npm pack --ignore-scripts --json --pack-destination "${home}"`;
  const [packed] = JSON.parse(execSync(pack, { cwd: root, stdio: "pipe" }).toString()) as {
    filename: string;
  }[];
  mkdirSync(join(home, "node_modules/wengert"), { recursive: true });
  execFileSync("tar", ["-xzf", packed?.filename ?? "", "--strip-components=1", "-C", "node_modules/wengert"], {
    cwd: home,
  });
  for (const name of others) {
    mkdirSync(dirname(join(home, "node_modules", name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(home, "node_modules", name), "junction");
  }
  writeFileSync(join(home, "package.json"), `{ "private": true, "type": "module" }`);
}
