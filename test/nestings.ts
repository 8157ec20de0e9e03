/** Nestings of forward and reverse mode, of functions from numbers to numbers: by the library, and by towers. */
import { add, directional, grad, type Value } from "wengert";
import { along, apply, type Tower } from "./towers.js";

/** Forward: the derivative of every result along a fixed direction. Reverse: the derivative of the results' sum by every argument. */
type Mode = "F" | "R";

/** A function of numbers, traced. */
export type Traced = (x: readonly Value[]) => readonly (Value | number)[];

/** A function of towers. */
export type OfTowers = (x: readonly Tower[]) => readonly Tower[];

/** The component of the direction along argument number i, of functions of four numbers or of several such side by side. */
const component = (i: number): number => [1, -0.75, 0.5, 1.25][i % 4]!;

const scalar = (x: Value | number): Value => x as Value;

/** The results' derivative in a mode, by the library. */
function derived(mode: Mode, f: Traced): Traced {
  if (mode === "F") {
    const tangent = directional(f as (x: readonly Value[]) => Value[]) as unknown as (x: unknown, dot: unknown) => Value[];
    return (x) => tangent([x], [x.map((_, i) => component(i))]);
  }
  const gradient = grad((x: readonly Value[]) => scalar(f(x).reduce((total, y) => add(scalar(total), y))));
  return (x) => (gradient as unknown as Traced)(x);
}

/** The same by towers. */
function derivedOfTowers(mode: Mode, f: OfTowers): OfTowers {
  if (mode === "F") return (x) => along(f, x, x.map((_, i) => component(i))); // prettier-ignore
  return (x) =>
    x.map((_, i) => {
      const unit = x.map((_, k) => (k === i ? 1 : undefined));
      const at = (y: readonly Tower[]): readonly Tower[] => f(x.map((x, k) => (unit[k] === undefined ? x : y[0]!)));
      return along(at, [x[i]!], [1]).reduce((total, y) => apply("add", total, y));
    });
}

/** A nesting as text, the outermost mode first: "FR" is forward over reverse. */
export const nested = (nesting: string, f: Traced): Traced => [...nesting].reduceRight((g, mode) => derived(mode as Mode, g), f);

/** The same by towers. */
export const nestedOfTowers = (nesting: string, f: OfTowers): OfTowers =>
  [...nesting].reduceRight((g, mode) => derivedOfTowers(mode as Mode, g), f);

/** Every nesting of an order. */
export const nestingsOf = (order: number): string[] =>
  order === 0 ? [""] : nestingsOf(order - 1).flatMap((inner) => [`F${inner}`, `R${inner}`]);
