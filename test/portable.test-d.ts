/** Types of portable modules: a loaded function has the types that the caller says, and any without. */
import { describe, expectTypeOf, test } from "vitest";
import { compile, loadModule, loadModuleAsync, mul, type PortableModule, type Step, sum, type Value } from "wengert";

const step = compile((p: { x: Value; y: Value[] }) => mul(p.x, sum(p.y)), [{ x: 1, y: [2, 3] }]);

describe("modules", () => {
  test("are bytes that WebAssembly and loadModule take", () => {
    expectTypeOf(step.toWasm()).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    expectTypeOf(step.toWasm()).toExtend<BufferSource>();
    expectTypeOf(step.toWasm()).toExtend<PortableModule>();
    expectTypeOf(loadModule).parameter(0).toEqualTypeOf<PortableModule>();
  });

  test("are Steps of the types that the caller says", () => {
    const loaded = loadModule<[{ x: number; y: number[] }], number>(step.toWasm());
    expectTypeOf(loaded).toEqualTypeOf<Step<[{ x: number; y: number[] }], number>>();
    expectTypeOf(loaded).parameters.toEqualTypeOf<[{ x: number; y: number[] }]>();
    expectTypeOf(loaded).returns.toEqualTypeOf<number>();
    expectTypeOf(loaded.inputs[0].y).toEqualTypeOf<Float64Array>();
    expectTypeOf(loaded.outputs).toEqualTypeOf<number>();
    expectTypeOf(loadModuleAsync<[number], number>(step.toWasm())).resolves.toEqualTypeOf<Step<[number], number>>();
  });

  test("take anything where the caller says nothing", () => {
    const loaded = loadModule(step.toWasm());
    expectTypeOf(loaded).parameters.toEqualTypeOf<unknown[]>();
    expectTypeOf(loaded).returns.toEqualTypeOf<unknown>();
  });
});
