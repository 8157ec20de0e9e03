/*
 * The mean squared error of a network 2-16-16-1 with tanh, whose slope is 1 − tanh², as programs have it.
 * sizes: n; inputs: the parameters, then rows (x₀, x₁, y); gradient: by the parameters.
 */
#include "native.h"
#include <math.h>
#include <string.h>

enum { WIDTH = 16, B1 = 2 * WIDTH, W2 = B1 + WIDTH, B2 = W2 + WIDTH * WIDTH, W3 = B2 + WIDTH, B3 = W3 + WIDTH, COUNT = B3 + 1 };

double network(const int *sizes, const double *restrict p, double *restrict g) {
  const int n = sizes[0];
  const double *row = p + COUNT;
  double total = 0;
  memset(g, 0, COUNT * sizeof *g);
  for (int i = 0; i < n; i++, row += 3) {
    double h1[WIDTH], h2[WIDTH], d1[WIDTH] = {0}, out = p[B3];
    for (int j = 0; j < WIDTH; j++) h1[j] = tanh(p[2 * j] * row[0] + p[2 * j + 1] * row[1] + p[B1 + j]);
    for (int j = 0; j < WIDTH; j++) {
      double z = p[B2 + j];
      for (int k = 0; k < WIDTH; k++) z += p[W2 + WIDTH * j + k] * h1[k];
      h2[j] = tanh(z);
      out += p[W3 + j] * h2[j];
    }
    const double error = out - row[2], d = 2 * error / n;
    total += error * error;
    g[B3] += d;
    for (int j = 0; j < WIDTH; j++) {
      const double dz = d * p[W3 + j] * (1 - h2[j] * h2[j]);
      g[W3 + j] += d * h2[j];
      g[B2 + j] += dz;
      for (int k = 0; k < WIDTH; k++) {
        g[W2 + WIDTH * j + k] += dz * h1[k];
        d1[k] += dz * p[W2 + WIDTH * j + k];
      }
    }
    for (int j = 0; j < WIDTH; j++) {
      const double dz = d1[j] * (1 - h1[j] * h1[j]);
      g[B1 + j] += dz;
      g[2 * j] += dz * row[0];
      g[2 * j + 1] += dz * row[1];
    }
  }
  return total / n;
}
