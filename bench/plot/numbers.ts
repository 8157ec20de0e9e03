/** Numbers as the figures and the tables write them. */

/** Three digits, and all of a whole part. */
export const threeDigits = (value: number): string => (value >= 99.95 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

/** Two digits, and all of a whole part: of ratios. */
export const ratioText = (value: number): string => `${value >= 9.95 ? Math.round(value).toLocaleString("en") : value.toPrecision(2)}×`;

/** The units of time, by how many nanoseconds they are. */
const units: readonly (readonly [nanoseconds: number, unit: string])[] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
];

/** A time in the unit that suits it. */
export function timeText(nanoseconds: number): string {
  const [size, unit] = units.find(([least]) => nanoseconds >= 0.9995 * least) ?? [1, "ns"];
  return `${threeDigits(nanoseconds / size)} ${unit}`;
}

/** The mean of logarithms, as a factor. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Powers of ten from below the least to above the greatest. */
export function powersOfTen(least: number, greatest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  return Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`));
}
