/** The bytes of scratch that the kernel's linear algebra works in. */
import { LINEAR } from "../layout.js";

const whole = (count: number): number => Math.ceil(count / 4) * 4;

/** Of a product m × n with k terms: a strip of each operand. */
export const productScratch = (m: number, n: number, k: number): number =>
  LINEAR.edge + 8 * Math.min(k, LINEAR.inner) * (Math.min(whole(m), LINEAR.rows) + Math.min(whole(n), LINEAR.columns));

/** Of a triangular system of n unknowns for m right sides. */
export const triangleScratch = (n: number, m: number): number =>
  LINEAR.edge + 8 * Math.min(n, LINEAR.panel) * (Math.min(whole(m), LINEAR.columns) + Math.max(LINEAR.panel, LINEAR.rows));

/** Of a Cholesky factor: the strips of a panel. */
export const choleskyScratch = (n: number): number => LINEAR.edge + 8 * whole(n) * Math.min(n, LINEAR.panel);

/** Of what uses products and triangular systems of n × n. */
export const squareScratch = (n: number): number => Math.max(productScratch(n, n, n), triangleScratch(n, n));

/** Of QR factors of m × n: a number for each row and column. */
export const qrScratch = (m: number, n: number): number => 8 * (m + n);

/** Of eigenvectors of n × n: a matrix, and four vectors. */
export const eighScratch = (n: number): number => 8 * n * (n + 4);

/** Of a solution by LU factors, which may hold the right sides. */
export const luSolveScratch = (n: number, m: number): number => LINEAR.edge + 8 * (n * m + 2) + triangleScratch(n, m);
