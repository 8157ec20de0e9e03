/** Compiled functions: a function traced and made executable, ready to run many times. */
import { taking } from "../data/operands.js";
import { type Executable } from "../engines/engine.js";
import { type EngineChoice, engineNamed } from "../engines/index.js";
import { jitAsync } from "../engines/jit/jit.js";
import { portableModule } from "../engines/jit/portable.js";
import { optionsOf } from "../data/options.js";
import { rewritten } from "../passes/pipeline.js";
import { programOf } from "../trace/program.js";
import { Compiled, type Step, stepOf } from "./step.js";
import { type Program, type TraceOptions } from "../trace/trace.js";
import {
  type Concrete,
  type Evaluated,
  type Mirror,
  type Picked,
  type Resident,
  type ResidentPicked,
  type transform,
  type TransformOf,
} from "../trace/types.js";

/** Options of `compile`. */
export interface CompileOptions extends TraceOptions {
  /** The engine that evaluates: "auto" by default. */
  readonly engine?: EngineChoice;
}

/** What was made of a program; of the program itself the leaves and structures are kept. */
function made({ inputs, inputTree, outputs, outputTree }: Program, executable: Executable): Compiled {
  return new Compiled({ inputs, inputTree, outputs, outputTree }, executable);
}

/** A program in an engine, with its memory. */
export function compiledProgram(program: Program, choice: EngineChoice | undefined): Compiled {
  return made(program, engineNamed(choice)(program));
}

type Kind = "grad" | "gradWithAux" | "valueAndGrad" | "valueAndGradWithAux";

/** The results of a compiled function. */
type ResultOf<F, A extends readonly unknown[], R> = F extends { readonly [transform]: TransformOf<infer K, infer N, infer Aux> }
  ? {
      grad: Mirror<Picked<A, N>>;
      gradWithAux: [Mirror<Picked<A, N>>, Aux];
      valueAndGrad: [number, Mirror<Picked<A, N>>];
      valueAndGradWithAux: [[number, Aux], Mirror<Picked<A, N>>];
    }[K & Kind]
  : Evaluated<R>;

/** Those results over memory: the pairs that transforms make are arrays, not vectors. */
type OutputsOf<F, A extends readonly unknown[], R> = F extends { readonly [transform]: TransformOf<infer K, infer N, infer Aux> }
  ? {
      grad: ResidentPicked<A, N>;
      gradWithAux: readonly [ResidentPicked<A, N>, Resident<Aux>];
      valueAndGrad: readonly [number, ResidentPicked<A, N>];
      valueAndGradWithAux: readonly [readonly [number, Resident<Aux>], ResidentPicked<A, N>];
    }[K & Kind]
  : Resident<Evaluated<R>>;

/**
 * Traces a function on arguments of the given structure and makes it ready to run many times: `compile(valueAndGrad(loss), [params, rows])`.
 * The arguments also become the first contents of `inputs`. The graph is kept until the function is disposed of, for `toWasm`.
 * @throws TypeError where the arguments are not trees of numbers, OutOfMemoryError where the function needs more memory than there can be,
 * RangeError where engine "jit" makes a module of more than 8 MB, which browsers do not compile synchronously.
 */
export const compile = /* @__PURE__ */ taking(
  "compile",
  3,
  function compile<P extends readonly unknown[], R, F extends (...args: P) => R, A extends readonly unknown[] | []>(
    f: F & ((...args: P) => R),
    args: A & Concrete<P>,
    options?: CompileOptions,
  ): Step<A, ResultOf<F, A, R>, OutputsOf<F, A, R>> {
    const { engine, ...tracing } = optionsOf("compile", options);
    const program = programOf("compile", f, args, tracing);
    return finished(program, compiledProgram(program, engine), args);
  },
  "argument",
);

/**
 * Like `compile`, but where the engine is "jit" WebAssembly compiles off the main thread, whatever the module's size. Tracing and emitting come first, at once.
 * @throws what `compile` does, as rejections.
 */
export const compileAsync = /* @__PURE__ */ taking(
  "compileAsync",
  3,
  async function compileAsync<P extends readonly unknown[], R, F extends (...args: P) => R, A extends readonly unknown[] | []>(
    f: F & ((...args: P) => R),
    args: A & Concrete<P>,
    options?: CompileOptions,
  ): Promise<Step<A, ResultOf<F, A, R>, OutputsOf<F, A, R>>> {
    const { engine, ...tracing } = optionsOf("compileAsync", options);
    const program = programOf("compileAsync", f, args, tracing);
    return finished(program, engine === "jit" ? made(program, await jitAsync(rewritten(program))) : compiledProgram(program, engine), args);
  },
  "argument",
);

/** A compiled program as the function users call, with its first arguments in place. */
function finished<S>(program: Program, compiled: Compiled, args: readonly unknown[]): S {
  compiled.write(args);
  return stepOf(compiled, () => portableModule(rewritten(program))) as unknown as S;
}
