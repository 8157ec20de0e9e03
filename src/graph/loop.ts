/** Loops: a body that is computed so many times, each step from what the one before gave. */
import { MOST_DIMENSIONS, sameShape, type Shape } from "../ops/shapes.js";
import { type Body, type Loop } from "./graph.js";
import { sideBySide } from "./parts.js";
import { type Steps } from "./steps.js";

/** The most lanes that all that a loop reads and gives may have. */
const MOST_LANES = 0x7fffffff;

/** A loop over a body; `base` is the loop whose first parts these are. */
export function loopOf(body: Body, { length, reverse, consts, carries, numbered, writes }: Steps, base?: Loop): Loop {
  const shapes = body.parts.map(({ shape }, k) => (writes[k - carries] === "stack" ? [length, ...shape] : shape));
  const takes = body.takes.slice(0, numbered ? -1 : undefined).map(({ lanes, shape, indices }, k) => {
    if (k < consts + carries) return { lanes, shape, indices };
    return { lanes: length * lanes, shape: indices ? [length * lanes] : [length, ...shape], indices };
  });
  const loop = {
    kind: "loop" as const,
    name: body.name,
    body,
    length,
    reverse,
    consts,
    carries,
    numbered,
    writes,
    ...sideBySide(shapes),
    takes,
  };
  return Object.assign(loop, { base: base ?? (loop as unknown as Loop) });
}

/** What such a loop lacks, for a message after "expected"; undefined where it is well formed. */
export function loopProblem({ takes: all, parts }: Body, { length, consts, carries, numbered, writes }: Steps): string | undefined {
  const last = numbered ? all.at(-1) : undefined;
  if (numbered && (last === undefined || last.indices || last.shape.length > 0)) return "a number as the last parameter of its body";
  const takes = numbered ? all.slice(0, -1) : all;
  if (!(length >= 1)) return "a length from 1";
  if (consts + carries > takes.length) return `at most ${takes.length} constants and carries, the parameters of its body`;
  if (carries + writes.length !== parts.length) return `as many carries and writes as its body has results, ${parts.length}`;
  for (let k = 0; k < carries; k++) {
    const take = takes[consts + k]!;
    if (take.indices || !sameShape(take.shape, parts[k]!.shape))
      return `carry ${k} of its body to be numbers of one shape before and after a step`;
  }
  const stacks: Shape[] = [
    ...takes.slice(consts + carries).flatMap(({ shape, indices }) => (indices ? [] : [shape])),
    ...parts.flatMap(({ shape }, k) => (writes[k - carries] === "stack" ? [shape] : [])),
  ];
  if (stacks.some((shape) => shape.length >= MOST_DIMENSIONS)) return `slices of stacks of at most ${MOST_DIMENSIONS - 1} dimensions`;
  const lanes = [
    ...parts.map(({ lanes }, k) => (writes[k - carries] === "stack" ? length * lanes : lanes)),
    ...takes.slice(consts + carries).map(({ lanes }) => length * lanes),
  ];
  const most = lanes.reduce((total, some) => total + some + 1, 0);
  return most <= MOST_LANES ? undefined : `stacks and results of at most ${MOST_LANES} lanes together`;
}
