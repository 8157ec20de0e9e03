/** What the reports give: the page and the figures, by their paths in docs/. */
import { documentOf } from "./document.js";
import { figures } from "./figures/index.js";
import { type Reports } from "./reports.js";

/** Texts by path. */
export const filesOf = (reports: Reports): Record<string, string> => ({
  "benchmarks.md": documentOf(reports),
  ...Object.fromEntries(Object.entries(figures(reports)).map(([name, text]) => [`figures/${name}`, text])),
});
