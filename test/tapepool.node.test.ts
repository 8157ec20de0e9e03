/** 20,000 recordings, all of them kept: addresses for so many memories there are not. */
import { expect, test } from "vitest";
import { record, sin, type Value } from "wengert";

const MOST = 20_000;

test("recordings share a few memories", { timeout: 60_000 }, () => {
  const { Memory } = WebAssembly;
  let made = 0;
  WebAssembly.Memory = class extends Memory {
    constructor(given: WebAssembly.MemoryDescriptor) {
      super(given);
      made++;
    }
  };
  try {
    const kept = Array.from({ length: MOST }, (_, i) => record((x: Value) => sin(x).mul(x), i));
    for (const { value, grad, replay } of kept) {
      expect(replay(1).grad()).toBeCloseTo(Math.sin(1) + Math.cos(1), 14);
      expect(Number.isFinite(grad() + (value as number))).toBe(true);
    }
    expect(made).toBeLessThan(10);
  } finally {
    WebAssembly.Memory = Memory;
  }
});
