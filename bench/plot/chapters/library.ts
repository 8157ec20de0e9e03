/** The library alone, and against C: the tables of `npm run bench`. */
import { figure, linesTable } from "../markdown.js";
import { type BenchReport, linesOf } from "../reports.js";

/** A table: the bench that made it, and what a reader has to know. */
interface Section {
  readonly bench: string;
  readonly title: string;
  readonly text: string;
}

interface Chapter {
  readonly title: string;
  readonly figure?: readonly [name: string, alternative: string];
  readonly sections: readonly Section[];
}

const chapters: readonly Chapter[] = [
  {
    title: "Against C",
    figure: ["columns", "Times of the engines in times of strict C, on seven workloads over columns"],
    sections: [
      {
        bench: "columns",
        title: "",
        text: "A value and its gradient over columns, beside gradients written by hand in C, on the same data: alternating rounds, results compared to 1e-9 before anything is timed. ±: half of what the rounds spread.",
      },
    ],
  },
  {
    title: "Emitted code",
    sections: [
      {
        bench: "jit-compile",
        title: "What it takes to compile",
        text: "A chain of multiplications and additions and its gradient, in a fresh process. Rows are those of the whole graph. WebAssembly compiles lazily: the first call pays for some of it.",
      },
      {
        bench: "jit-breakeven",
        title: "When it pays",
        text: "Break-even: the calls after which emitted code has made up for being emitted and compiled. Auto moves at: the call at which the engine `auto`, which cannot know the future, leaves the kernel.",
      },
    ],
  },
  {
    title: "Scalars",
    sections: [
      {
        bench: "engines",
        title: "The kernel and the tape in TypeScript",
        text: "Losses written with single numbers. ns/op: the whole gradient's time over the operations of the function alone. Made: traced and compiled, cold.",
      },
      { bench: "tracing", title: "Tracing", text: "A chain of 1,000,000 scalar rows." },
      { bench: "record", title: "Define-by-run", text: "1,000,000 scalar operations, recorded with their values." },
    ],
  },
  {
    title: "Derivatives of more than one number",
    sections: [
      { bench: "jacobian modes", title: "Jacobians by both modes", text: "tanh(A x), A of m × n with m · n = 4,096; `jacobian` chooses." },
      {
        bench: "cheap gradients",
        title: "Gradients and Hessian products against values",
        text: "Reverse mode promises a gradient for a small multiple of the value, whatever the number of inputs.",
      },
      { bench: "sparse Hessians", title: "Sparse Hessians", text: "The first call traces, finds pattern and colours, and compiles." },
    ],
  },
  {
    title: "Mathematics",
    sections: [
      {
        bench: "mathematics",
        title: "",
        text:
          "Functions of 512 lanes at ordinary points, ns a lane, special values treated. SLEEF: two lanes, at most 1.0 ulp, in C, measured on another machine. Unguarded: prototypes in WebAssembly, on that machine, " +
          "which do not treat special values. How right they are: `npm run bench:accuracy`.",
      },
    ],
  },
  {
    title: "Memory and growth",
    sections: [
      {
        bench: "garbage",
        title: "Garbage",
        text: "The heap over 100,000 runs of a small gradient, less what looking at it leaves. Views are typed arrays; numbers that pass through an accessor are boxed.",
      },
      { bench: "memory", title: "Memory", text: "Elementwise rows of 1,000,000 lanes, with reductions between three stages." },
      {
        bench: "scaling",
        title: "Growth",
        text: "x·y + sin x by lanes, and chains of multiplications and additions over 1,000 lanes by rows. Peak: beyond Node's start, arguments included.",
      },
    ],
  },
  {
    title: "Sizes and start",
    sections: [
      { bench: "size", title: "Bytes", text: "Everything the library exports, bundled and minified." },
      { bench: "startup", title: "A fresh process", text: "dist/ imported; z = x·y + sin x traced, compiled and run." },
    ],
  },
];

/** What the bench hopes for is not a measurement. */
const isAim = (column: string): boolean => column.startsWith("aim");

const sectionText = (report: BenchReport, { bench, title, text }: Section): string =>
  [title === "" ? "" : `### ${title}`, text, linesTable(linesOf(report, bench), isAim)].filter((part) => part !== "").join("\n\n");

/** The chapters. */
export const library = (report: BenchReport): string =>
  chapters
    .map(({ title, figure: shown, sections }) =>
      [`## ${title}`, ...(shown ? [figure(...shown)] : []), ...sections.map((section) => sectionText(report, section))].join("\n\n"),
    )
    .join("\n\n");
