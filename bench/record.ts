/** What define-by-run costs: scalar operations recorded, their gradient and their replay, on the kernel's tape and on its twin in TypeScript. */
import { compile, grad, record, sin, type Value } from "wengert";
import { ArrayTape } from "../src/engines/tape/memory.js";
import { recorderOf } from "../src/transforms/record.js";
import { type Bench, type Line, median, timed } from "./bench.js";

const ROWS = 160_000;

/** Short enough for the caches: what a sweep itself costs. */
const FEW = 8_000;

const ROUNDS = 15;

/** v = sin(v)·x, over and over; `every` so many rows the loop looks at the value. */
const chain =
  (rows: number, every = Infinity) =>
  (x: Value): Value => {
    let v = x;
    for (let row = 0; row < rows; row += 2) {
      v = sin(v).mul(x);
      if (row % every === every - 2 && v.value > 1) break;
    }
    return v;
  };

/** v = v·x + 1/4, over and over: no function of the mathematics. */
const polynomial =
  (rows: number) =>
  (x: Value): Value => {
    let v = x;
    for (let row = 0; row < rows; row += 2) v = v.mul(x).add(0.25);
    return v;
  };

type Function = (x: Value) => Value;

/** What is done with a recording. */
interface Recorded {
  gradient(): unknown;
  replay(x: number): unknown;
}

const tapes: Readonly<Record<string, (f: Function) => Recorded>> = {
  kernel: (f) => {
    const { grad, replay } = record(f, 0.5);
    return { gradient: () => grad(), replay };
  },
  TypeScript: (f) => {
    const recorder = recorderOf(f, [0.5], (body) => body(new ArrayTape()));
    return { gradient: () => recorder.gradient(), replay: (x) => recorder.replay([x]) };
  },
};

/** One line a tape: medians of rounds that record, differentiate for the first time, and replay where no number was looked at. */
function lines(what: string, f: Function, replays: boolean): Line[] {
  return Object.entries(tapes).map(([tape, run]) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const recorded = timed(() => run(f));
      const first = timed(() => recorded.result.gradient());
      const replayed = timed(() => (replays ? recorded.result.replay(0.4) : undefined));
      return { recorded: recorded.ms, first: first.ms, replayed: replayed.ms };
    });
    const of = (part: keyof (typeof rounds)[number]): number => median(rounds.map((round) => round[part]));
    return {
      what,
      tape,
      "recorded ms": of("recorded"),
      "first gradient ms": of("first"),
      "both / recorded": 1 + of("first") / of("recorded"),
      "replay ms": replays ? of("replayed") : "–",
    };
  });
}

/** The sweeps forward and back alone, of a compiled gradient. */
function sweeps(what: string, f: Function): Line[] {
  return (["tape", "reference"] as const).map((engine) => {
    const step = compile(grad(f), [0.5], { engine });
    const times = Array.from({ length: 300 }, () => timed(() => step.run()).ms);
    return { what: `${what}, swept forward and back`, tape: engine === "tape" ? "kernel" : "TypeScript", "sweep µs": median(times) * 1e3 };
  });
}

export const recordBench: Bench = {
  name: "record",
  title: `define-by-run: ${ROWS.toLocaleString("en")} scalar operations recorded, ${FEW.toLocaleString("en")} swept`,
  run: () => {
    const recorded = [
      ...lines("sin(v)·x", chain(ROWS), true),
      ...lines("sin(v)·x, each value looked at", chain(ROWS, 2), false),
      ...lines("v·x + 1/4", polynomial(ROWS), true),
    ];
    const swept = [...sweeps("sin(v)·x", chain(FEW)), ...sweeps("v·x + 1/4", polynomial(FEW))];
    const none = Object.fromEntries(Object.keys(recorded[0]!).map((name) => [name, "–"]));
    return [...recorded.map((line) => ({ ...line, "sweep µs": "–" })), ...swept.map((line) => ({ ...none, ...line }))];
  },
};
