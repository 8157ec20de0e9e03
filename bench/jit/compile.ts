/** Compiles one gradient in a process of its own and calls it once: node compile.ts SIZE prints what each part took. */
import { emitModule, executable } from "../../src/engines/jit.js";
import { timed } from "../bench.js";
import { chain } from "./graphs.js";

const program = chain(Number(process.argv[2]) / 5).make();
const { ms: emitMs, result: emitted } = timed(() => emitModule(program, "env"));
const { ms: compileMs, result: step } = timed(() => executable(program, emitted, new WebAssembly.Module(emitted.bytes)));
step.inputs.fill(1);
const { ms: firstMs } = timed(() => step.run());
console.log(JSON.stringify({ rows: program.graph.length, emitMs, compileMs, firstMs, bytes: emitted.bytes.length }));
