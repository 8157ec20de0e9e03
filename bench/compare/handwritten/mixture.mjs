/** The log-likelihood of a Gaussian mixture by hand, with a Wishart prior: parameters alpha [k], mu [k][d], q [k][d] and l [k][d(d−1)/2]. */

/** log Σ exp of the numbers, which become their exponentials over the sum. */
function logSumExp(terms) {
  let most = -Infinity;
  for (let c = 0; c < terms.length; c++) most = Math.max(most, terms[c]);
  let total = 0;
  for (let c = 0; c < terms.length; c++) total += terms[c] = Math.exp(terms[c] - most);
  for (let c = 0; c < terms.length; c++) terms[c] /= total;
  return most + Math.log(total);
}

/** Its value, and its value with the gradient written to `g`. */
export function mixture({ sizes: [n, d, k], data }) {
  const points = Float64Array.from(data.points.flat());
  const below = (d * (d - 1)) / 2;
  const [mu, q, l] = [k, k + k * d, k + 2 * k * d];
  const [scale, offset, share] = [new Float64Array(k * d), new Float64Array(k), new Float64Array(k)];
  const [centred, scaled] = [new Float64Array(k * d), new Float64Array(k * d)];

  /** What does not depend on the points; leaves the components' scales, offsets and shares of alpha. */
  const prior = (p) => {
    let squares = 0;
    for (let c = 0; c < k; c++) {
      offset[c] = share[c] = p[c];
      for (let i = c * d; i < (c + 1) * d; i++) {
        offset[c] += p[q + i];
        scale[i] = Math.exp(p[q + i]);
        squares += scale[i] * scale[i];
      }
      for (let i = l + c * below; i < l + (c + 1) * below; i++) squares += p[i] * p[i];
    }
    return data.constant - 0.5 * squares - n * logSumExp(share);
  };

  /** The log-likelihood of point i, leaving its shares and what they were made of. */
  const likelihood = (p, i) => {
    for (let c = 0; c < k; c++) {
      const base = c * d;
      for (let j = 0; j < d; j++) {
        centred[base + j] = points[i * d + j] - p[mu + base + j];
        scaled[base + j] = scale[base + j] * centred[base + j];
      }
      let at = l + c * below;
      for (let j = 0; j < d; j++) for (let row = j + 1; row < d; row++) scaled[base + row] += p[at++] * centred[base + j];
      let norm = 0;
      for (let j = base; j < base + d; j++) norm += scaled[j] * scaled[j];
      share[c] = offset[c] - 0.5 * norm;
    }
    return logSumExp(share);
  };

  /** Adds the slopes of one point's log-likelihood to the gradient. */
  const slopes = (p, g) => {
    for (let c = 0; c < k; c++) {
      const [base, weight] = [c * d, share[c]];
      g[c] += weight;
      let at = l + c * below;
      for (let j = 0; j < d; j++) {
        const own = -weight * scaled[base + j];
        g[q + base + j] += weight + own * centred[base + j] * scale[base + j];
        let slope = own * scale[base + j];
        for (let row = j + 1; row < d; row++, at++) {
          const dz = -weight * scaled[base + row];
          g[at] += dz * centred[base + j];
          slope += dz * p[at];
        }
        g[mu + base + j] -= slope;
      }
    }
  };

  return {
    value(p) {
      let total = prior(p);
      for (let i = 0; i < n; i++) total += likelihood(p, i);
      return total;
    },
    gradient(p, g) {
      let total = prior(p);
      g.fill(0);
      for (let c = 0; c < k; c++) g[c] = -n * share[c];
      for (let i = 0; i < k * d; i++) g[q + i] = -scale[i] * scale[i];
      for (let i = l; i < l + k * below; i++) g[i] = -p[i];
      for (let i = 0; i < n; i++) {
        total += likelihood(p, i);
        slopes(p, g);
      }
      return total;
    },
  };
}
