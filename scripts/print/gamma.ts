/** Prints the coefficients of the gamma functions as the kernel reads them. */
import * as coefficients from "../../src/ops/special/coefficients.js";

const literal = (x: number): string => (Number.isInteger(x) ? x.toFixed(1) : String(x));

/** Data, four numbers a line. */
function data(name: string, values: readonly number[]): string {
  const lines = values.flatMap((_, i) =>
    i % 4 === 0
      ? [
          `  ${values
            .slice(i, i + 4)
            .map(literal)
            .join(", ")},\n`,
        ]
      : [],
  );
  return `export const ${name}: usize = memory.data<f64>([\n${lines.join("")}]);\n`;
}

/** Two polynomials of one degree, which run side by side in two lanes. */
const paired = (p: readonly number[], q: readonly number[]): number[] => p.flatMap((x, i) => [x, q[i]!]);

/** One polynomial, its even and odd coefficients paired. */
const halves = (p: readonly number[]): number[] => (p.length % 2 === 0 ? [...p] : [...p, 0]);

/** assembly/generated/gamma.ts */
export function printGamma(): string {
  const c = coefficients;
  return `// Coefficients and zeros of the gamma functions; src/ops/special/coefficients.ts says what each is of.
// Quotients are stored as pairs (P coefficient, Q coefficient), so that both polynomials run side by side in two lanes; single polynomials as pairs (even, odd).

${data("LGAMMA", paired(c.LGAMMA_P, c.LGAMMA_Q))}
${data("STIRLING", halves(c.LGAMMA_STIRLING))}
${data("DIGAMMA", paired(c.DIGAMMA_P, c.DIGAMMA_Q))}
${data("DIGAMMA_TAIL", paired(c.DIGAMMA_TAIL_P, c.DIGAMMA_TAIL_Q))}
${data("COTANGENT", paired(c.COTANGENT_P, c.COTANGENT_Q))}
${data("SINE_OF_PI", halves(c.SINE_OF_PI))}
${data("EULER_MACLAURIN", c.EULER_MACLAURIN)}
export const DIGAMMA_ZERO: f64 = ${c.DIGAMMA_ZERO};
export const DIGAMMA_ZERO_LOW: f64 = ${c.DIGAMMA_ZERO_LOW};

${data("LGAMMA_ZEROS", c.LGAMMA_ZEROS)}
${data("DIGAMMA_ZEROS", c.DIGAMMA_ZEROS)}`;
}
