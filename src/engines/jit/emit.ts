/** A program as functions of one WebAssembly module. */
import { type Body, type Row } from "../../graph/graph.js";
import { isElementwise } from "../../ops/rows.js";
import { type Program } from "../../trace/trace.js";
import { type Code } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { type Library } from "../../wasm/library.js";
import { type Linkage, Module } from "../../wasm/module.js";
import { lowered } from "../kernel/constants.js";
import { Arena, type Span } from "../plan/arena.js";
import { programOfBody } from "../plan/bodies.js";
import { type Call } from "../plan/host.js";
import { Places } from "../plan/places.js";
import { Kind, Stages } from "../plan/stages.js";
import { type PlannedSteps, stepsOf } from "../plan/steps.js";
import { Emission, type EmittedBody, type Owners, type Repeated } from "./emission.js";
import { placeResults } from "./homes.js";
import { Lanes } from "./lanes.js";
import { emitLoop } from "./loopcode.js";
import { copyBytes, type Home } from "./memory.js";
import { Nodes } from "./nodes.js";
import { cut, fits, type Part, Parts, type PlannedLoop, type Phase, type Sizes, SIZES } from "./parts.js";
import { Repeat } from "./repeat.js";
import { emitSpread } from "./spread.js";
import { Straight } from "./straight.js";

/** An emitted program. */
export interface Emitted {
  readonly module: Module;
  readonly places: Places;
  readonly faultAt: number;
  /** What is called after each exported function but the last, which are "run", or "run0", "run1" … */
  readonly calls: readonly Call[];
}

/** Emits the functions of a program, whose memory begins at `base`. */
export function emit(program: Program, base: number, library: Library, linkage: Linkage, sizes = SIZES): Emitted {
  const module = new Module(library, linkage);
  const arena = new Arena(base);
  const known = new Map<Body, EmittedBody>();
  const owners: Owners = {
    bodyOf(body) {
      let found = known.get(body);
      if (found === undefined) {
        const program = programOfBody(body);
        const emission = emissionOf(program, arena, module, owners, main);
        const [phase] = emitFunctions(program, emission, sizes); // a body calls no host
        known.set(body, (found = { index: emitDriver(emission, phase!.functions), program, places: emission.places }));
      }
      return found;
    },
    repeat(outer, row) {
      const steps = stepsOf(outer.stages.lowered, row, lowered, arena);
      const emission = new Emission(steps.stages, new Nodes(steps.stages), steps.places, module, owners, outer);
      return emitSteps(outer, row, steps, emission, sizes);
    },
  };
  const main = emissionOf(program, arena, module, owners);
  const calls: Call[] = [];
  const phases = emitFunctions(program, main, sizes);
  phases.forEach(({ functions, host }, i) => {
    module.export(phases.length === 1 ? "run" : `run${i}`, emitDriver(main, functions));
    if (host !== undefined) calls.push(callOf(main, host));
  });
  return { module, places: main.places, faultAt: main.faultAt, calls };
}

/** What is to be emitted of a program, or of a body, and where it lies. */
function emissionOf(program: Program, arena: Arena, module: Module, owners: Owners, outer?: Emission): Emission {
  const stages = new Stages(lowered(program));
  const places = new Places(program, stages, arena);
  return new Emission(stages, new Nodes(stages), places, module, owners, outer);
}

/** Emits the loop that a row is, as one function or as one that calls others. */
function emitSteps(outer: Emission, row: Row, steps: PlannedSteps, emission: Emission, sizes: Sizes): Repeated {
  const operands = [...steps.consts, ...steps.carries, ...steps.slices].map(({ operand }) => operand);
  const bases = [...new Set(operands.flatMap((operand) => outer.baseOf(operand) ?? []))];
  const code = emission.module.code(bases.map(() => Type.i32));
  const given = (operand: Row): Home => {
    const number = outer.numberOf(operand);
    if (number !== undefined) return { address: outer.constant(number) };
    const { address, base } = outer.homeOf(operand);
    return { address, base: base === undefined ? undefined : bases.indexOf(base) };
  };
  const at = outer.places.allocate(row);
  if (fits(emission, sizes)) new Repeat(steps, emission, code, at, given).emit(sizes);
  else emitSpread(steps, emission, code, at, given, () => emitParts(emission, new Parts(emission, sizes).phases, [])[0]!.functions);
  code.integer(0);
  return { index: emission.module.add([Type.i32], code), bases };
}

/** The functions of a phase, and the host row that is called after it. */
interface EmittedPhase {
  readonly functions: number[];
  readonly host: Row | undefined;
}

/** Emits a program's functions, those of each phase in turn, and the host row that is called after it. */
function emitFunctions(program: Program, emission: Emission, sizes: Sizes): EmittedPhase[] {
  placeResults(program, emission.stages, emission.places, (row) => emission.keep(row));
  const { phases } = new Parts(emission, sizes);
  return emitParts(emission, phases, cut(copiesOf(emission, program, phases), COPIES));
}

/** Emits the functions of phases; the last one ends with copies, and those that do not fit into it follow. */
function emitParts(
  emission: Emission,
  phases: readonly Phase[],
  [copies = [], ...moreCopies]: readonly (readonly Copy[])[],
): EmittedPhase[] {
  const straight = new Straight(emission);
  const lanes = new Lanes(emission);
  return phases.map(({ parts, host }, i) => {
    const functions = parts.map((part, k) =>
      emitPart(emission, straight, lanes, part, i + 1 === phases.length && k + 1 === parts.length ? copies : []),
    );
    if (i + 1 === phases.length) functions.push(...moreCopies.map((some) => emitCopyPart(emission, some)));
    return { functions, host };
  });
}

/** Emits one function, () → 0, or 1 at a fault. The last one ends with the results. */
function emitPart(emission: Emission, straight: Straight, lanes: Lanes, part: Part, copies: readonly Copy[]): number {
  const code = emission.module.code();
  straight.begin(
    code,
    part.filter((item) => typeof item === "number"),
  );
  for (const item of part) {
    if (typeof item === "number") straight.emit(item);
    else emitLoop(emission, straight, lanes, item);
  }
  straight.held.settle();
  emitCopies(code, copies);
  code.integer(0);
  return emission.module.add([Type.i32], code);
}

/** A function that calls others in turn until one does not return 0. */
function emitDriver({ module }: Emission, functions: readonly number[]): number {
  if (functions.length === 1) return functions[0]!;
  const code = module.code();
  for (const index of functions) code.callOrReturn(index);
  code.integer(0);
  return module.add([Type.i32], code);
}

/** A result that is not computed where the outputs lie. */
interface Copy {
  readonly from: number;
  readonly to: number;
  readonly lanes: number;
}

/** The results that have to be copied. Where a loop reads a vector anyway, that loop copies it, and it is left out. */
function copiesOf(emission: Emission, program: Program, phases: readonly Phase[]): Copy[] {
  const { lowered } = emission.stages;
  const readers = new Map<Row, PlannedLoop>();
  for (const item of phases.flatMap(({ parts }) => parts.flat())) {
    if (typeof item === "number" || item.segments.length > 1) continue;
    for (const row of item.body) {
      if (isElementwise(lowered.op[row]!)) lowered.operands(row, (operand) => void readers.set(operand, item));
    }
  }
  const copies: Copy[] = [];
  let result = 0;
  for (const { kind, position, lanes, rows } of program.outputs) {
    for (let k = 0; k < rows.length; k++) {
      const row = lowered.results[result++]!;
      const to = emission.places.outputsAt + 8 * (position + k);
      const isVector = kind === "vector";
      const reader = isVector && emission.stages.kind[row] === Kind.Given ? readers.get(row) : undefined;
      if (reader) reader.copies.push([row, to]);
      else appendCopy(copies, { from: placeOf(emission, row), to, lanes: isVector ? lanes : 1 });
    }
  }
  return copies;
}

/** Where a result lies, constants too. */
function placeOf(emission: Emission, row: Row): number {
  const number = emission.numberOf(row);
  return number === undefined ? emission.addressOf(row) : emission.constant(number);
}

/** Appends a copy, as part of the last one where it goes on from there; what lies in its place needs none. */
function appendCopy(copies: Copy[], copy: Copy): void {
  if (copy.from === copy.to) return;
  const last = copies[copies.length - 1];
  if (last && last.from + 8 * last.lanes === copy.from && last.to + 8 * last.lanes === copy.to)
    copies[copies.length - 1] = { ...last, lanes: last.lanes + copy.lanes };
  else copies.push(copy);
}

function emitCopies(code: Code, copies: readonly Copy[]): void {
  for (const { from, to, lanes } of copies) {
    if (lanes > 1) {
      copyBytes(code, { address: to }, { address: from }, 8 * lanes);
      continue;
    }
    code.integer(0);
    code.load(I.f64_load, from);
    code.memory(I.f64_store, to);
  }
}

/** Copies in one function; more are functions of their own. */
const COPIES = 1000;

/** A function of copies that do not fit into the last part. */
function emitCopyPart({ module }: Emission, copies: readonly Copy[]): number {
  const code = module.code();
  emitCopies(code, copies);
  code.integer(0);
  return module.add([Type.i32], code);
}

function callOf(emission: Emission, row: Row): Call {
  const { graph, alias } = emission.stages.lowered;
  const spanOf = (of: Row, address: number): Span => ({ address, lanes: graph.lanes(of) });
  const operands = graph.operands(row).map((operand) => spanOf(operand, emission.places.of(alias[operand]!)));
  return { op: graph.hosts[graph.c[row]!]!, v: spanOf(row, emission.addressOf(row)), operands };
}
