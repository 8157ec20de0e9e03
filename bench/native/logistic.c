/* Σ log(1 + e^(−y w·x)). sizes: rows n, columns m; inputs: w, then n rows of m, then n labels; gradient: by w. */
#include "native.h"
#include <math.h>
#include <string.h>

static inline __attribute__((always_inline)) double loss(int n, int m, const double *restrict w, double *restrict g) {
  const double *row = w + m, *label = row + n * m;
  double total = 0;
  memset(g, 0, m * sizeof *g);
  for (int i = 0; i < n; i++, row += m) {
    double z = 0;
    for (int j = 0; j < m; j++) z += w[j] * row[j];
    const double t = -label[i] * z, e = exp(-fabs(t));
    total += (t > 0 ? t : 0) + log1p(e);
    const double slope = -label[i] * (t >= 0 ? 1 : e) / (1 + e);
    for (int j = 0; j < m; j++) g[j] += slope * row[j];
  }
  return total;
}

/* The number of columns of the bench is known to the compiler, as it is to a trace. */
double logistic(const int *sizes, const double *restrict w, double *restrict g) {
  return sizes[1] == 20 ? loss(sizes[0], 20, w, g) : loss(sizes[0], sizes[1], w, g);
}
