/** The colours of the figures in GitHub's light and dark themes; colours of series are told apart by colour-blind readers too. */
import { type Tool } from "./published.js";

export interface Theme {
  readonly name: string;
  readonly ink: string;
  /** Text and marks that stand back. */
  readonly muted: string;
  readonly grid: string;
  /** Whatever is wengert's: its compiled engine, and the others. */
  readonly ours: string;
  readonly oursToo: string;
  /** What is written by hand. */
  readonly hand: string;
  readonly tools: Readonly<Record<Tool, string>>;
}

export const themes: readonly Theme[] = [
  {
    name: "light",
    ink: "#1f2328",
    muted: "#59636e",
    grid: "#d8dee4",
    ours: "#0060b0",
    oursToo: "#6aaee6",
    hand: "#c04d00",
    tools: {
      tapenade: "#008a62",
      CoDiPack: "#d18b00",
      "ADOL-C": "#b8578f",
      Adept: "#7a5230",
      CppAD: "#c04d00",
      "floretta (wasm)": "#59636e",
      "TensorFlow.js": "#1f2328",
    },
  },
  {
    name: "dark",
    ink: "#e6edf3",
    muted: "#9198a1",
    grid: "#30363d",
    ours: "#58a6ff",
    oursToo: "#2f6db3",
    hand: "#f0883e",
    tools: {
      tapenade: "#3fb98f",
      CoDiPack: "#eac54f",
      "ADOL-C": "#e39bc8",
      Adept: "#b98a5e",
      CppAD: "#f0883e",
      "floretta (wasm)": "#9198a1",
      "TensorFlow.js": "#e6edf3",
    },
  },
];
