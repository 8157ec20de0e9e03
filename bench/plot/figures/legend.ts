/** A line of symbols and what they mean. */
import { dot, text } from "@observablehq/plot";
import { type Panel, WIDTH } from "../sheet.js";

/** One entry; a symbol is one of Plot's. */
interface Key {
  readonly label: string;
  readonly symbol: string;
  readonly color: string;
  readonly hollow?: boolean;
}

/** About how wide a text of 11 pixels is. */
const widthOf = (text: string): number =>
  [...text].reduce((width, letter) => width + (/[ .,:;()|iljtf-]/.test(letter) ? 4 : /[mwA-Z]/.test(letter) ? 8.5 : 6.5), 0);

const SYMBOL = 12;
const GAP = 16;

/** The keys from left to right, on a panel of 20 pixels. */
export function legend(keys: readonly Key[], x: number, y: number): Panel {
  let right = 0;
  const placed = keys.map((key) => {
    const left = right;
    right += SYMBOL + widthOf(key.label) + GAP;
    return { ...key, left };
  });
  return {
    x,
    y,
    width: WIDTH - x,
    height: 20,
    options: {
      margin: 0,
      x: { axis: null, domain: [0, WIDTH - x], range: [0, WIDTH - x] },
      y: { axis: null, domain: [0, 20], range: [20, 0] },
      marks: [
        ...placed.map(({ left, symbol, color, hollow }) =>
          dot([0], { x: [left + 5], y: [10], r: 4, symbol, ...(hollow ? { stroke: color, strokeWidth: 1.5 } : { fill: color }) }),
        ),
        text(placed, { x: ({ left }: { left: number }) => left + SYMBOL, y: 10, text: "label", textAnchor: "start" }),
      ],
    },
  };
}
