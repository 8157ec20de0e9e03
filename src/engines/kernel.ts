import { type Program } from "../trace.js";
import { type Executable } from "./engine.js";
export function kernel(_program: Program): Executable { throw new Error("stub"); }
