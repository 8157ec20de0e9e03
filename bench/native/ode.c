/* The last number of y(2), where y(0) = 0, y₀′ = x₀, yᵢ′ = xᵢ yᵢ₋₁, by s of Runge and Kutta's classic steps. sizes: n, s; inputs: x; gradient: by x. */
#include "native.h"
#include <stdlib.h>
#include <string.h>

/* The four slopes of a step from y on, and the places where they are taken. */
static void stages(int n, double h, const double *restrict x, const double *restrict y, double *restrict slopes, double *restrict places) {
  static const double reach[4] = {0, 0.5, 0.5, 1};
  for (int k = 0; k < 4; k++) {
    double *restrict slope = slopes + k * n, *restrict place = places + k * n;
    const double *before = slopes + (k > 0 ? k - 1 : 0) * n;
    if (k == 0) memcpy(place, y, n * sizeof *y);
    else
      for (int i = 0; i < n; i++) place[i] = y[i] + h * reach[k] * before[i];
    slope[0] = x[0];
    for (int i = 1; i < n; i++) slope[i] = x[i] * place[i - 1];
  }
}

double ode(const int *sizes, const double *restrict x, double *restrict g) {
  static const double after[4] = {0.5, 0.5, 1, 0}, share[4] = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};
  const int n = sizes[0], s = sizes[1];
  const double h = 2.0 / s;
  double *history = malloc((size_t)(s + 1) * n * sizeof *history), *work = malloc(11 * (size_t)n * sizeof *work);
  double *slopes = work, *places = work + 4 * n, *adjoint = places + 4 * n, *own = adjoint + n, *next = own + n;
  memset(history, 0, n * sizeof *history);
  for (int t = 0; t < s; t++) {
    const double *restrict y = history + (size_t)t * n;
    double *restrict end = history + (size_t)(t + 1) * n;
    stages(n, h, x, y, slopes, places);
    for (int i = 0; i < n; i++) end[i] = y[i] + h / 6 * (slopes[i] + 2 * slopes[n + i] + 2 * slopes[2 * n + i] + slopes[3 * n + i]);
  }
  const double value = history[(size_t)s * n + n - 1];
  memset(g, 0, n * sizeof *g);
  memset(adjoint, 0, n * sizeof *adjoint);
  adjoint[n - 1] = 1;
  for (int t = s - 1; t >= 0; t--) {
    stages(n, h, x, history + (size_t)t * n, slopes, places);
    double *restrict sum = slopes; /* the slopes are not needed again: the adjoint of the step's beginning */
    memcpy(sum, adjoint, n * sizeof *sum);
    memset(next, 0, n * sizeof *next);
    for (int k = 3; k >= 0; k--) {
      const double *restrict place = places + k * n;
      for (int i = 0; i < n; i++) own[i] = h * (share[k] * adjoint[i] + after[k] * next[i]);
      g[0] += own[0];
      for (int i = 1; i < n; i++) g[i] += own[i] * place[i - 1];
      for (int i = 0; i + 1 < n; i++) next[i] = own[i + 1] * x[i + 1];
      next[n - 1] = 0;
      for (int i = 0; i < n; i++) sum[i] += next[i];
    }
    memcpy(adjoint, sum, n * sizeof *sum);
  }
  free(history);
  free(work);
  return value;
}
