/** The pipeline: what becomes of a program before it is planned, the same for every engine that plans. */
import { type Program, type WholeProgram } from "../trace/trace.js";
import { withDerivatives } from "./derivatives.js";

/** A program as engines plan it: the rows of its derivatives recorded, once, however often it is made executable. */
export const rewritten = (program: Program): WholeProgram => withDerivatives(program);
