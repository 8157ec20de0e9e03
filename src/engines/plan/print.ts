/** Plans as text: what is given, stage by stage the rows between loops and the loops with their rows, and the results. */
import { type Loop, type Row } from "../../graph/graph.js";
import { type WholeProgram } from "../../trace/trace.js";
import { attributeNames } from "../../ops/generated/table.js";
import { isElementwise, isPooled, ownsBodies, rowName, structural } from "../../ops/rows.js";
import { programOfBody } from "./bodies.js";
import { LoopPlan } from "./loops.js";
import { DOT, type Lowered } from "./lower.js";
import { Scheduler } from "./schedule.js";
import { Kind, Stages } from "./stages.js";

const name = (row: Row): string => `%${row}`;

/** What a loop does, in words. */
function ofSteps({ name, length, reverse, consts, carries, writes }: Loop): string {
  const written = writes.length === 0 ? "" : `, then ${writes.join(", ")}`;
  return ` of ${name}, ${length} steps ${reverse ? "back" : "forward"}, ${consts} constants, ${carries} carries${written}`;
}

/** What is needed beside the operands: where pieces are placed, a lane, a start, a number. */
function detail(lowered: Lowered, row: Row): string {
  const { graph, op, a, b, c } = lowered;
  const code = op[row]!;
  if (code === structural.constant) {
    const value = lowered.constantOf(row);
    return ` ${Object.is(value, -0) ? "-0" : value}`;
  }
  if (code === structural.loop) return ofSteps(graph.loopOf(row));
  if (ownsBodies(code)) return ` of ${graph.owned(row).name}`;
  if (isPooled(code) && code !== structural.host)
    return Array.from({ length: graph.operandCount(row) }, (_, k) => {
      const offset = graph.isScalar(row) ? "" : `@${graph.pieceOffset(row, k)}`;
      return ` ${name(lowered.alias[graph.operand(row, k)]!)}${offset}`;
    }).join("");
  if (code === DOT || isElementwise(code)) return "";
  const columns = [a[row]!, b[row]!, c[row]!].slice(graph.operandCount(row));
  return (attributeNames[code] ?? []).map((attribute, i) => ` ${attribute}=${columns[i]}`).join("");
}

/** A row as the plan has it: what was fused into it is gone, and copies are looked through. */
function printRow(lowered: Lowered, row: Row): string {
  const { graph, op } = lowered;
  const operands: Row[] = [];
  const calls = op[row] === structural.host || ownsBodies(op[row]!);
  const isAssembled = isPooled(op[row]!) && !calls;
  if (!isAssembled) lowered.operands(row, (operand) => operands.push(operand));
  if (calls) operands.reverse(); // the pool is visited from its end
  const shape = graph.isScalar(row) ? "" : ` : [${graph.lanes(row)}]`;
  const verb = op[row] === DOT ? "dot" : rowName(op[row]!);
  const called = op[row] === structural.host ? ` ${graph.hosts[graph.c[row]!]!.name}` : "";
  return `${name(row)} = ${verb}${called}${operands.map((operand) => ` ${name(operand)}`).join("")}${detail(lowered, row)}${shape}`;
}

/**
 * A plan as text, one row a line. A loop's rows stand in the order in which they are computed; `→ memory` marks those that lie there
 * afterwards, `→ result` what the loop sums up, `again` what an earlier stage computed and did not keep. The plans of steps, whose programs `lower` lowers, follow.
 */
export function printPlan(stages: Stages, loops: LoopPlan, lower: (program: WholeProgram) => Lowered): string {
  const { lowered, kind, stage: stageOf, materialised } = stages;
  const { graph, uses } = lowered;
  const rows = Array.from({ length: graph.length }, (_, row) => row).filter((row) => uses[row]! > 0);
  const scheduler = new Scheduler(graph.length, (row, visit) => lowered.operands(row, visit));
  const list = (title: string, some: readonly Row[]): string[] =>
    some.length === 0 ? [] : [title, ...some.map((row) => `  ${printRow(lowered, row)}`)];

  const mark = (row: Row, stage: number): string => {
    if (kind[row] === Kind.Reduction) return " → result";
    if (stageOf[row]! < stage) return " again";
    return materialised[row] ? " → memory" : "";
  };
  const lines = [...list("given", rows.filter((row) => kind[row] === Kind.Given)), ...list("views", rows.filter((row) => kind[row] === Kind.View))]; // prettier-ignore
  for (let stage = 0; stage <= stages.last; stage++) {
    const straight = rows.filter((row) => kind[row] === Kind.Straight && stageOf[row] === stage);
    lines.push(`stage ${stage}`, ...list("  straight", straight).map((line, i) => (i === 0 ? line : `  ${line}`)));
    for (const loop of loops.of(stage)) {
      const body = scheduler.order(loops.bodyOf(loop));
      const within = body.filter((row) => loops.isWithin(stage, row)).length;
      lines.push(`  loop over ${loop.lanes}, ${within} within it`);
      for (const row of body) lines.push(`    ${printRow(lowered, row)}${mark(row, stage)}`);
    }
  }
  lines.push(`return${lowered.results.map((row) => ` ${name(row)}`).join("")}`);
  for (const row of rows) {
    if (lowered.op[row] !== structural.loop) continue;
    const step = new Stages(lower(programOfBody(graph.loopOf(row).body)));
    const plan = printPlan(step, new LoopPlan(step), lower).trimEnd().split("\n");
    lines.push("", `a step of ${name(row)}`, ...plan.map((line) => (line === "" ? "" : `  ${line}`)));
  }
  return `${lines.join("\n")}\n`;
}
