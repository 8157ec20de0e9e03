/** What every engine makes of a program: memory for inputs and outputs, and a run from one to the other. */
import { type Row } from "../graph/graph.js";
import { type InputLeaf, type Program, type WholeProgram } from "../trace/trace.js";

/** The engines that evaluate. */
export type EngineName = "reference" | "tape" | "kernel" | "jit";

/** A program made ready to run. Inputs and outputs are resident: views that stay valid until it is disposed of. */
export interface Executable {
  /** The numbers of the input leaves, each at its position. */
  readonly inputs: Float64Array;
  /** The lane numbers of the input leaves, each at its position. */
  readonly indices: Int32Array;
  /** The numbers of the output leaves, each at its position. */
  readonly outputs: Float64Array;
  /** The engine that evaluates; of "auto" it may change. */
  readonly engine: EngineName;
  /** The bytes of memory held. */
  readonly bytes: number;
  /**
   * Computes the outputs from the inputs.
   * @throws RangeError where a lane number is outside its vector.
   */
  readonly run: () => void;
}

/** An engine: how programs become executable. */
export type Engine = (program: Program) => Executable;

/** An engine that plans: what it is given has been through the pipeline. */
export type PlanEngine = (program: WholeProgram) => Executable;

/** The input leaf that an `input` or `indices` row belongs to. */
export const leafOf = (program: Program, row: Row): InputLeaf => program.inputs[program.graph.a[row]!]!;

/** The rows whose values or adjoints are among the outputs, and the row that is differentiated. */
export function resultRows(program: Program): Row[] {
  const rows = program.outputs.flatMap((leaf) => leaf.rows as Row[]);
  return program.gradientOf === undefined ? rows : [...rows, program.gradientOf];
}
