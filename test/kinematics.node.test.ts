/** A kinematic chain of 22 bones by `callable` and by `scan`, beside its unrolling, and what catches a derivative in which something is left out. */
import { describe, expect, test } from "vitest";
import { callable, compile, grad, valueAndGrad } from "wengert";
import { jitWith } from "../src/engines/jit/jit.js";
import { kernelExecutable } from "../src/engines/kernel/kernel.js";
import { type Executable } from "../src/engines/engine.js";
import { type Body } from "../src/graph/graph.js";
import { bodiesOf } from "../src/graph/print.js";
import { rewritten } from "../src/passes/pipeline.js";
import { type AnyFunction, programOf } from "../src/trace/program.js";
import { type WholeProgram } from "../src/trace/trace.js";
import { numbersOf } from "./modes.js";
import { anglesOf, bone, chainOf, scannedChain } from "./skeletons.js";

const BONES = 22;

const angles = anglesOf(BONES);
const unrolled = chainOf(bone);
const calledChain = chainOf(callable(bone));

const programOfChain = (f: AnyFunction): WholeProgram => rewritten(programOf("test", f, [angles], {}));

/** The outputs of a program that is run once. */
function run({ inputs, outputs, run }: Executable): Float64Array {
  inputs.set(angles.flatMap((own) => [...own, 0]).slice(0, inputs.length));
  run();
  return outputs.slice();
}

/** The greatest distance between two lists, relative to the greatest number of the second. */
function furthest(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const scale = Math.max(...Array.from(y, Math.abs));
  return Math.max(...Array.from(x, (value, i) => Math.abs(value - y[i]!) / scale));
}

describe("of 22 bones", () => {
  const chains = { called: calledChain, scanned: scannedChain };
  const sides = (["reference", "tape", "kernel", "jit"] as const).flatMap((engine) =>
    Object.entries(chains).map(([how, f]) => ({ engine, how, f })),
  );
  test.each(sides)("in $engine values $how are those unrolled to the bit, adjoints to 1e-13", ({ engine, f }) => {
    const [got, wanted] = [f, unrolled].map((f) => numbersOf(compile(valueAndGrad(f), [angles], { engine })(angles))) as [
      number[],
      number[],
    ];
    expect(got[0]).toBe(wanted[0]);
    expect(furthest(got, wanted)).toBeLessThan(1e-13);
  });

  test("called and in place give the same bits", () => {
    const program = programOfChain(valueAndGrad(calledChain));
    const wanted = run(kernelExecutable(program, { inPlace: Infinity }));
    expect(run(kernelExecutable(program, { inPlace: 0 }))).toEqual(wanted);
    for (const inPlace of [0, Infinity]) expect(run(jitWith({ inPlace })(program))).toEqual(wanted);
  });

  test("three functions and four derivatives serve all bones: the first begins with a constant frame, the second at a constant place, the last turns nothing", () => {
    const { graph } = programOfChain(grad(calledChain));
    expect(new Set([...bodiesOf(graph)].map(({ base }) => base)).size).toBe(7);
    expect(graph.length).toBeLessThan(programOfChain(grad(unrolled)).graph.length / 3);
  });
});

/** A program in which every call of a body is of another that is that one with a change. */
function changed(program: WholeProgram, change: (body: Body) => Body | undefined): WholeProgram {
  const graph = program.graph.copy();
  graph.bodies.forEach((body, k) => (graph.bodies[k] = change(body as Body) ?? body));
  return { ...program, graph };
}

describe("tests of the tests: a derivative is not what it should be where", () => {
  const program = programOfChain(grad(calledChain));
  const wanted = run(kernelExecutable(programOfChain(grad(unrolled))));
  const isDerivative = ({ name }: Body): boolean => name.endsWith("′");
  const kept = ({ base, results }: Body): number => results.length - base.results.length;

  test("nothing is changed it is", () =>
    expect(
      furthest(
        run(
          kernelExecutable(
            changed(program, () => undefined),
            { inPlace: 0 },
          ),
        ),
        wanted,
      ),
    ).toBeLessThan(1e-13));

  test("a residual that the derivative reads is another row", () => {
    const primal = (program.graph.bodies as Body[]).find((body) => !isDerivative(body) && kept(body) > 1)!;
    for (let k = primal.base.results.length; k < primal.results.length; k += 5) {
      const results = [...primal.results];
      results[k] = primal.results[k === primal.base.results.length ? k + 1 : k - 1]!;
      const mutant = changed(program, (body) => (body === primal ? { ...body, results, base: body.base } : undefined));
      expect(furthest(run(kernelExecutable(mutant, { inPlace: 0 })), wanted), `residual ${k}`).toBeGreaterThan(1e-6);
    }
  });

  test("a part of the derivative is another of its rows", () => {
    const derivative = (program.graph.bodies as Body[]).find((body) => isDerivative(body) && body.results.length > 8)!;
    for (let k = 0; k < derivative.results.length; k++) {
      const results = [...derivative.results];
      results[k] = derivative.results[(k + 1) % derivative.results.length]!;
      const mutant = changed(program, (body) => {
        if (body !== derivative) return undefined;
        const made = { ...body, results } as Body & { base: Body };
        made.base = made;
        return made;
      });
      expect(furthest(run(kernelExecutable(mutant, { inPlace: 0 })), wanted), `part ${k}`).toBeGreaterThan(1e-6);
    }
  });
});
