/** Straight rows as instructions: scalars in locals, and vectors that are put together from pieces. */
import { type Row } from "../../graph/graph.js";
import { byOpcode, structural } from "../../ops/rows.js";
import { instructions } from "../../ops/instructions.js";
import { type StraightRow } from "../plan/lower.js";
import { type Code } from "../../wasm/code.js";
import { I, Type } from "../../wasm/instructions.js";
import { calledBy, callOf } from "../plan/calls.js";
import { piecesOf, stretches } from "../plan/pieces.js";
import { Elementwise } from "./elementwise.js";
import { type Emission } from "./emission.js";
import { Held } from "./held.js";
import { type Node } from "./nodes.js";
import { addLanes, behind, clearLanes, copyBytes, copyLanes, type Home, pushAddress, pushBase } from "./memory.js";

/** The straight rows of a program, function by function. */
export class Straight {
  readonly held: Held;
  #elementwise: Elementwise | undefined;

  /** Rows between loops; a host's is called between functions. */
  readonly #emitters = byOpcode({
    assemble: (row) => this.#emitVector(row),
    ...calledBy((row: Row) => this.#emitCall(row)),
    call: (row) => this.#emitBody(row),
    loop: (row) => this.#emitSteps(row),
  } satisfies Record<Exclude<StraightRow, "host">, (row: Row) => void>);

  constructor(readonly emission: Emission) {
    this.held = new Held(emission.nodes.length, Type.f64, {
      load: (node) => this.#load(node),
      keeps: (node) => emission.numberOf(node) === undefined && !emission.locals.has(node),
      isStored: (node) => emission.stored[node] === 1,
      store: (node, local) => emission.storeScalar(this.held.code, node, local),
    });
  }

  #load(node: Node): void {
    const { emission, held } = this;
    const number = emission.numberOf(node);
    const local = emission.locals.get(node);
    if (local !== undefined) held.code.get(local);
    else if (number === undefined) emission.load(held.code, I.f64_load, node);
    else held.code.number(number);
  }

  /** Begins a function that computes the given nodes. */
  begin(code: Code, nodes: readonly Node[]): void {
    this.held.code = code;
    this.#elementwise = new Elementwise(code, this.emission, this.held, false);
    for (const node of nodes) this.#expect(node);
  }

  #expect(node: Node): void {
    const { nodes, stages } = this.emission;
    if (nodes.isElementwise(node)) this.#elementwise!.expect(node);
    else if (stages.lowered.op[node] === structural.assemble) for (const piece of this.#scalarPieces(node)) this.held.expect(piece);
    else if (stages.lowered.op[node] === structural.call)
      stages.lowered.operands(node, (operand) => stages.lowered.graph.isScalar(operand) && this.held.expect(operand));
  }

  emit(node: Node): void {
    if (this.emission.nodes.isElementwise(node)) this.#elementwise!.emit(node);
    else this.#emitters[this.emission.stages.lowered.op[node]!]!(node);
  }

  /** The pieces of an assembled vector that are scalars and do not lie in it already. */
  #scalarPieces(row: Row): Row[] {
    const { emission } = this;
    const { lowered } = emission.stages;
    const home = emission.homeOf(row);
    return piecesOf(lowered, row).flatMap(([piece, lane]) =>
      lowered.graph.isScalar(piece) && !liesAt(emission, piece, behind(home, lane)) ? [piece] : [],
    );
  }

  /** Calls the function of the kernel that a row is. */
  #emitCall(row: Row): void {
    const { emission, held } = this;
    const { code } = held;
    const { graph, alias } = emission.stages.lowered;
    const { name, operands, numbers, scratch } = callOf(graph, row);
    held.settle();
    pushAddress(code, emission.homeOf(row));
    for (const operand of operands) pushAddress(code, emission.homeOf(alias[operand]!));
    code.integer(emission.arena.hold(Uint32Array.from(scratch > 0 ? [...numbers, emission.places.scratch] : numbers)));
    code.call(emission.use(name));
  }

  /** Calls a body: operands move to the places that it has for them, and its results out of theirs. */
  #emitBody(row: Row): void {
    const { emission, held } = this;
    const { code } = held;
    const { graph, alias } = emission.stages.lowered;
    const { index, program, places } = emission.owners.bodyOf(graph.bodyOf(row));
    held.settle();
    for (const [k, { kind, position, lanes }] of program.inputs.entries()) {
      const operand = alias[graph.operand(row, k)]!;
      const to = places.inputsAt + 8 * position;
      if (kind !== "number") copyLanes(code, { address: to }, emission.homeOf(operand), lanes);
      else {
        code.integer(0);
        held.push(operand);
        code.memory(I.f64_store, to);
      }
    }
    code.callOrReturn(index);
    copyLanes(code, { address: emission.places.allocate(row) }, { address: places.outputsAt }, graph.lanes(row));
  }

  /** Calls the function that a loop is. */
  #emitSteps(row: Row): void {
    const { emission, held } = this;
    held.settle();
    const { index, bases } = emission.owners.repeat(emission, row);
    for (const base of bases) held.code.get(base);
    held.code.callOrReturn(index);
  }

  /** Puts a vector together: each lane is written by the first piece that has it, unless one of the first two lies there, and the others are added in their order. */
  #emitVector(row: Row): void {
    const { emission, held } = this;
    const { code } = held;
    const { lowered } = emission.stages;
    const { graph } = lowered;
    held.settle();
    const home = emission.homeOf(row);
    const covered = new Uint8Array(graph.lanes(row));
    const pieces = piecesOf(lowered, row);
    for (const [piece, lane] of pieces) {
      if (liesAt(emission, piece, behind(home, lane))) covered.fill(1, lane, lane + graph.lanes(piece));
    }
    for (const [piece, lane] of pieces) {
      const to = behind(home, lane);
      if (liesAt(emission, piece, to)) continue;
      if (graph.isScalar(piece)) {
        pushBase(code, to);
        held.push(piece);
        if (covered[lane]) {
          pushBase(code, to);
          code.memory(I.f64_load, to.address);
          code.op(instructions.add.f64);
        }
        code.memory(I.f64_store, to.address);
        covered[lane] = 1;
      } else
        for (const [from, end, isCovered] of stretches(covered, lane, lane + graph.lanes(piece))) {
          const source = behind(emission.homeOf(piece), from - lane);
          if (isCovered) addLanes(code, behind(home, from), source, end - from);
          else copyBytes(code, behind(home, from), source, 8 * (end - from));
          covered.fill(1, from, end);
        }
    }
    for (const [from, end, isCovered] of stretches(covered, 0, covered.length))
      if (!isCovered) clearLanes(code, behind(home, from), end - from);
  }
}

/** Whether a piece is written at a place to begin with. */
function liesAt(emission: Emission, piece: Row, { address, base }: Home): boolean {
  if (!emission.lies(piece)) return false;
  const home = emission.homeOf(piece);
  return home.address === address && home.base === base;
}
