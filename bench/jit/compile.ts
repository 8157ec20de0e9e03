/** Compiles one gradient in a process of its own and calls it once: node compile.mjs ROWS prints what each part took. */
import { emitModule, executable } from "../../src/engines/jit/jit.js";
import { timed } from "../bench.js";
import { chain } from "./graphs.js";

/** Rows of the whole graph that a number of the chain makes. */
const ROWS_A_NUMBER = 3;

const program = chain(Math.round(Number(process.argv[2]) / ROWS_A_NUMBER)).make();
const { ms: emitMs, result: emitted } = timed(() => emitModule(program));
const { ms: compileMs, result: step } = timed(() => executable(program, emitted, new WebAssembly.Module(emitted.bytes)));
step.inputs.fill(1);
const { ms: firstMs } = timed(() => step.run());
const again = Array.from({ length: 5 }, () => timed(() => emitModule(program)).ms);
const rows = program.graph.length;
console.log(JSON.stringify({ rows, emitMs, compileMs, firstMs, againMs: Math.min(...again), bytes: emitted.bytes.length }));
