/** An application of native functions, in TypeScript: closures, helpers of the module and of another, functions by name. Its body becomes their gradients. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-assertion -- types that are erased */
import { checkGradient, grad, vmap } from "wengert";
import { native } from "wengert/native";
import { half, offset } from "./nativehelpers.js";

interface Spring {
  readonly mass: number;
  readonly stiffness: number;
}

const rate = 3;

const square = (x: number): number => x * x;

function energy({ mass, stiffness }: Spring, v: number): number {
  const kinetic = half(mass * square(v));
  if (v > 1) return kinetic + (stiffness as number) * rate!;
  return kinetic satisfies number;
}

/** Called with plain numbers alone: it has no traced copy. */
function parsed(text: string): number {
  try {
    return JSON.parse(text) as number;
  } catch {
    return 0;
  }
}

const f = native(([x, y]: [number, number]) => x * y + Math.sin(x));
const named = native(energy);
const makeLine = (slope: number) => {
  const shift = (x: number): number => x + offset;
  return native((x: number): number => slope * shift(x) ** 2 + parsed("2") * x);
};

export const thrown = native((x: number): number => {
  const list: number[] = [x];
  return list.at(0)! | 0;
});

const results = [
  f([2, 3]),
  ...grad(f)([2, 3]),
  named({ mass: 2, stiffness: 5 }, 3),
  grad(named)({ mass: 2, stiffness: 5 }, 3).mass,
  grad(named)({ mass: 2, stiffness: 5 }, 3).stiffness,
  grad(makeLine(4))(1),
  ...vmap(grad(makeLine(4)))(Float64Array.of(0, 1)),
  Number(checkGradient(named, [{ mass: 2, stiffness: 5 }, 3]).ok),
];

document.body.textContent = JSON.stringify(results);
