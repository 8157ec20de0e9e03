/** docs/conventions.md says what the library does: our column is run, in every engine, and every pinned op is on the page. */
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import * as wengert from "wengert";
import { engines } from "./engines.js";
import { table } from "./oracle.js";

const page = readFileSync(new URL("../docs/conventions.md", import.meta.url), "utf8");

/** The rows of the tables: where, code, what it gives. */
const rows = [...page.matchAll(/^\| (.*?) \| `(.*)` \| `(.*?)` \|/gm)].map(([, where, code, value]) => ({
  where: where!,
  code: code!,
  value: value!,
}));

/** The transforms that the page speaks of. */
const transforms = ["grad", "hessian", "jacfwd", "jacrev", "jacobian"] as const;

/** The value of an expression over the library's names, derivatives evaluated in an engine. */
function evaluate(code: string, engine: string): unknown {
  const inEngine = transforms.map((name) => {
    const transform = wengert[name] as unknown as (f: unknown, options: object) => unknown;
    return [name, (f: unknown, options?: object) => transform(f, { ...options, engine })];
  });
  const names = { ...wengert, ...(Object.fromEntries(inEngine) as object) };
  return (runInThisContext(`({ ${Object.keys(names).join(", ")} }) => (${code})`) as (known: object) => unknown)(names);
}

/** 0 and −0 alike, but where the sign of a zero is the point. */
const plain = (value: unknown): unknown => (value === 0 ? 0 : value);

test("the page has rows", () => expect(rows.length).toBeGreaterThan(35));

describe.each(engines)("in %s", (engine) => {
  test.each(rows)("$where", ({ code, value }) => {
    const [came, said] = [evaluate(code, engine), evaluate(value, engine)].map(plain);
    if (!code.startsWith("grad") || !Array.isArray(came)) return expect(came).toEqual(said);
    expect(came.map(plain)).toEqual(said);
  });
});

test.each(table.filter(({ pins }) => pins))("$name, which is pinned, is on the page", ({ name }) =>
  expect(rows.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code))).toBe(true),
);
