/** What a module of the tool is: the functions of an eval by name, each made ready for an input once and then run as often as is asked. */
import { type EngineChoice } from "wengert";
import { type Fields } from "./fields.js";

/** Evaluates: from the plain numbers of the input, which it copies into memory, to plain numbers. */
export type Run = () => unknown;

/** Traces and compiles a function for an input. */
export type Prepare = (input: Fields, engine: EngineChoice) => Run;

/** The functions of an eval. */
export type Module = Readonly<Record<string, Prepare>>;
