/** The pipeline: what becomes of a program before it is planned, the same for every engine that plans. */
import { type Program, type WholeProgram } from "../trace/trace.js";
import { withDerivatives } from "./derivatives.js";
import { expandedProgram } from "./expand.js";

/** A program as engines plan it: the rows of its derivatives recorded, then calls expanded. Each is done once, however often the program is made executable. */
export const rewritten = (program: Program): WholeProgram => expandedProgram(withDerivatives(program));
