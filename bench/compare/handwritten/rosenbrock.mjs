/** Rosenbrock's valley by hand: Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². */

/** Its value, and its value with the gradient written to `g`. */
export function rosenbrock({ sizes: [n] }) {
  return {
    value(x) {
      let total = 0;
      for (let i = 0; i + 1 < n; i++) {
        const here = x[i];
        const a = x[i + 1] - here * here;
        const b = 1 - here;
        total += 100 * a * a + b * b;
      }
      return total;
    },
    gradient(x, g) {
      let total = 0;
      let carried = 0;
      for (let i = 0; i + 1 < n; i++) {
        const here = x[i];
        const a = x[i + 1] - here * here;
        const b = 1 - here;
        total += 100 * a * a + b * b;
        g[i] = carried - 400 * a * here - 2 * b;
        carried = 200 * a;
      }
      g[n - 1] = carried;
      return total;
    },
  };
}
