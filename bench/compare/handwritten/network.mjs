/** The mean squared error of a network 2-16-16-1 with tanh by hand; the slope of tanh is 1 − tanh², as programs have it. */

const WIDTH = 16;
const [B1, W2, B2, W3, B3] = [2 * WIDTH, 3 * WIDTH, (3 + WIDTH) * WIDTH, (4 + WIDTH) * WIDTH, (5 + WIDTH) * WIDTH];

/** Its value, and its value with the gradient written to `g`. */
export function network({ sizes: [n], data }) {
  const x = Float64Array.from(data.x.flat());
  const y = Float64Array.from(data.y);
  const [first, second, back] = [new Float64Array(WIDTH), new Float64Array(WIDTH), new Float64Array(WIDTH)];

  /** How far row i is off, leaving both hidden layers. */
  const error = (p, i) => {
    for (let j = 0; j < WIDTH; j++) first[j] = Math.tanh(p[2 * j] * x[2 * i] + p[2 * j + 1] * x[2 * i + 1] + p[B1 + j]);
    let out = p[B3];
    for (let j = 0, at = W2; j < WIDTH; j++) {
      let z = p[B2 + j];
      for (let k = 0; k < WIDTH; k++) z += p[at++] * first[k];
      second[j] = Math.tanh(z);
      out += p[W3 + j] * second[j];
    }
    return out - y[i];
  };
  return {
    value(p) {
      let total = 0;
      for (let i = 0; i < n; i++) total += error(p, i) ** 2;
      return total / n;
    },
    gradient(p, g) {
      let total = 0;
      g.fill(0);
      for (let i = 0; i < n; i++) {
        const off = error(p, i);
        const slope = (2 * off) / n;
        total += off * off;
        g[B3] += slope;
        back.fill(0);
        for (let j = 0, at = W2; j < WIDTH; j++) {
          const dz = slope * p[W3 + j] * (1 - second[j] * second[j]);
          g[W3 + j] += slope * second[j];
          g[B2 + j] += dz;
          for (let k = 0; k < WIDTH; k++, at++) {
            g[at] += dz * first[k];
            back[k] += dz * p[at];
          }
        }
        for (let j = 0; j < WIDTH; j++) {
          const dz = back[j] * (1 - first[j] * first[j]);
          g[B1 + j] += dz;
          g[2 * j] += dz * x[2 * i];
          g[2 * j + 1] += dz * x[2 * i + 1];
        }
      }
      return total / n;
    },
  };
}
