/* Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². sizes: n; inputs: x; gradient: by x. */
#include "native.h"
#include <string.h>

double rosenbrock(const int *sizes, const double *restrict x, double *restrict g) {
  const int n = sizes[0];
  double total = 0;
  memset(g, 0, n * sizeof *g);
  for (int i = 0; i + 1 < n; i++) {
    const double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    total += 100 * a * a + b * b;
    g[i] += -400 * a * x[i] - 2 * b;
    g[i + 1] += 200 * a;
  }
  return total;
}
