/** A Gaussian process on real data: the Earth's temperature by year, smoothed and carried on, with what is not known. `npx tsx examples/temperatures.ts` */
import { compile } from "wengert";
import { fitted, predicted, readTemperatures } from "./temperatures/model.js";

const data = readTemperatures();
const fit = fitted(data);
const { scale, length, noise } = fit.x;
console.log(`${data.years.length} years: ${fit.reason}, after ${fit.iterations} iterations`);
console.log(`  deviation of what is smooth ${Math.exp(scale).toFixed(3)} °C, alike over ${Math.exp(length).toFixed(1)} years`);
console.log(`  deviation of single years   ${Math.exp(noise).toFixed(3)} °C`);

const at = Float64Array.of(1880, 1910, 1940, 1970, 2000, 2020, 2024, 2030);
const { mean, variance } = compile(predicted(data, at), [fit.x])(fit.x) as { mean: Float64Array; variance: Float64Array };
at.forEach((year, i) => {
  const temperature = data.mean + mean[i]!;
  console.log(`  ${year}  ${temperature.toFixed(2).padStart(5)} ± ${Math.sqrt(variance[i]!).toFixed(2)} °C`);
});
