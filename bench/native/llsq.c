/* ½ Σ (sign tᵢ − Σ xⱼ tᵢʲ)² at n points tᵢ from −1 to 1. sizes: coefficients m, points n; inputs: x; gradient: by x. */
#include "native.h"
#include <string.h>

double llsq(const int *sizes, const double *restrict x, double *restrict g) {
  const int m = sizes[0], n = sizes[1];
  double total = 0;
  memset(g, 0, m * sizeof *g);
  for (int i = 0; i < n; i++) {
    const double t = -1 + 2.0 * i / (n - 1);
    double residual = -((t > 0) - (t < 0)), power = 1;
    for (int j = 0; j < m; j++) {
      residual += x[j] * power;
      power *= t;
    }
    total += residual * residual;
    power = residual;
    for (int j = 0; j < m; j++) {
      g[j] += power;
      power *= t;
    }
  }
  return total / 2;
}
