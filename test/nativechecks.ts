/** What must hold of a native function of any text: its copy is the original on numbers, its trace the same to rounding, its gradient that of the branches taken and of differences. */
import { checkGradient, grad, record, type Value } from "wengert";
import { native } from "wengert/native";
import { expect } from "vitest";
import { traced } from "../src/native/runtime/dual.js";
import { type NativeProgram } from "./nativeprograms.js";

type Numbers = (...args: unknown[]) => number;

/** A function of a text. */
export const functionOf = (text: string): Numbers => (new Function(`return (${text})`) as () => Numbers)(); // eslint-disable-line @typescript-eslint/no-implied-eval -- texts of tests

/** The numbers of a structure. */
const flat = (x: unknown): number[] =>
  typeof x === "number" ? [x] : x === null || typeof x !== "object" ? [] : Object.values(x).flatMap((item) => flat(item));

/** Checks a program at its arguments; the last is fixed. Says whether differences confirmed its gradient, or could not judge. */
export function checkProgram({ text, args }: NativeProgram): "confirmed" | "not judged" {
  const original = functionOf(text);
  const f = native(original);
  const copied = (): unknown[] => structuredClone(args) as unknown as unknown[];
  const value = original(...copied());
  expect(traced(f, ...copied())).toBe(value);
  const options = { argnums: [0, 1, 2, 3], staticArgnums: 4 };
  const recorded = record(
    ((...given: unknown[]) => f(...([...given, args[4]] as never[]))) as unknown as (...args: Value[]) => Value,
    ...(copied().slice(0, 4) as never[]),
  );
  expect(recorded.value).toBeCloseTo(value, 9);
  const wanted = flat((recorded as unknown as { grad(argnums: readonly number[]): unknown }).grad(options.argnums));
  const got = flat((grad(f as (...args: Value[]) => Value, options) as unknown as Numbers)(...copied()));
  const size = Math.max(1, ...wanted.map(Math.abs).filter(Number.isFinite));
  expect(got.length).toBe(wanted.length);
  got.forEach((slope, i) => {
    if (!Object.is(slope, wanted[i])) expect(Math.abs(slope - wanted[i]!) / size).toBeLessThan(1e-9);
  });
  if (!Number.isFinite(value)) return "not judged";
  const report = checkGradient(f as (...args: Value[]) => Value, copied() as never, { ...options, tolerance: 1e-5 });
  expect(report.plain.verdict, report.toString()).toBe("same");
  for (const failure of report.failures) expect(failure.verdict, report.toString()).not.toBe("wrong");
  return report.ok ? "confirmed" : "not judged";
}
