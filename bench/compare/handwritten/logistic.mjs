/** Logistic regression by hand: Σ log(1 + e^(−y w·x)). */

/** Its value, and its value with the gradient written to `g`. */
export function logistic({ sizes: [n, m], data }) {
  const rows = Float64Array.from(data.rows.flat());
  const labels = Float64Array.from(data.labels);

  /** −y w·x of row i. */
  const exponent = (weights, i) => {
    let z = 0;
    for (let j = 0, at = i * m; j < m; j++, at++) z += weights[j] * rows[at];
    return -labels[i] * z;
  };
  return {
    value(weights) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        const t = exponent(weights, i);
        total += Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
      }
      return total;
    },
    gradient(weights, g) {
      let total = 0;
      g.fill(0);
      for (let i = 0; i < n; i++) {
        const t = exponent(weights, i);
        const e = Math.exp(-Math.abs(t));
        total += Math.max(t, 0) + Math.log1p(e);
        const slope = (-labels[i] * (t >= 0 ? 1 : e)) / (1 + e);
        for (let j = 0, at = i * m; j < m; j++, at++) g[j] += slope * rows[at];
      }
      return total;
    },
  };
}
