/** docs/benchmarks.md: every figure and table of the reports. */
import { conditions, limits } from "./chapters/conditions.js";
import { field } from "./chapters/field.js";
import { gradbench } from "./chapters/gradbench.js";
import { library } from "./chapters/library.js";
import { type Reports } from "./reports.js";

const head = `<!-- Generated from docs/benchmarks/*.json by npm run bench:plot. Do not edit. -->

# Benchmarks`;

/** The document's text. */
export const documentOf = (reports: Reports): string =>
  `${[head, conditions(reports), limits, field(reports.compare), library(reports.bench), gradbench(reports.gradbench)].join("\n\n")}\n`;
