/** How wide texts are, near enough, in the sans-serif faces of screens: one table, so that a picture is the same wherever it is made. */

/** Widths in hundredths of the size, of the widest of Helvetica, Arial, Segoe UI, Roboto, San Francisco and DejaVu Sans. */
const classes: readonly (readonly [pattern: RegExp, width: number])[] = [
  [/\p{M}/u, 0],
  [/[il.,:;'|!·]/, 31],
  [/[₀-₉₋²]/, 41],
  [/[-()[\]tfrj/ ]/, 37],
  [/[mwMW…]/, 95],
  [/[A-Z]/, 70],
  [/[=+−<>]/, 80],
];

/** The width of a text at a size. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + (classes.find(([pattern]) => pattern.test(character))?.[1] ?? 62), 0) * (size / 100);
