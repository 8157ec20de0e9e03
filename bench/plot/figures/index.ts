/** The figures: another is one file beside this one and one line here. */
import { type Reports } from "../reports.js";
import { draw } from "../sheet.js";
import { themes } from "../themes.js";
import { columnsSheet } from "./columns.js";
import { fieldSheet } from "./field.js";
import { gradbenchSheet } from "./gradbench.js";

/** The figures' texts in every theme, by the names of their files. */
export function figures({ bench, compare, gradbench }: Reports): Record<string, string> {
  const drawn = themes.flatMap((theme) =>
    [fieldSheet(compare, theme), columnsSheet(bench, theme), gradbenchSheet(gradbench, theme)].map((sheet): [string, string] => [
      `${sheet.name}-${theme.name}.svg`,
      draw(sheet, theme),
    ]),
  );
  return Object.fromEntries(drawn);
}
