/** A curve fitted to real data, with standard errors and a figure: carbon dioxide at Mauna Loa. `npx tsx examples/carbon.ts [FILE.svg]` */
import { writeFileSync } from "node:fs";
import { treeFlatten } from "wengert";
import { figure } from "./carbon/plot.js";
import { fitted, readMeasurements } from "./carbon/model.js";

const data = readMeasurements();
const fit = fitted(data);
const names = [
  "base (ppm)",
  "growth in 1990 (ppm)",
  "rate (1 / year)",
  "year, cosine",
  "year, sine",
  "half a year, cosine",
  "half a year, sine",
];
const [values] = treeFlatten(fit.x);
const [errors] = treeFlatten(fit.standardErrors);

console.log(`${data.ppm.length} monthly means, ${values.length} parameters: ${fit.reason}, after ${fit.iterations} iterations`);
names.forEach((name, i) => console.log(`  ${name.padEnd(22)} ${values[i]!.toFixed(4).padStart(9)} ± ${errors[i]!.toFixed(4)}`));
console.log(`  residuals' standard error ${fit.residualStandardError.toFixed(3)} ppm`);

const [, , file] = process.argv;
if (file !== undefined) {
  const model = data.ppm.map((ppm, i) => ppm - fit.residuals[i]!);
  writeFileSync(file, figure(data, model));
  console.log(`  drawn in ${file}`);
}
