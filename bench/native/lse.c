/* log Σ exp xᵢ. sizes: n; inputs: x; gradient: by x, the softmax. */
#include "native.h"
#include <math.h>

double lse(const int *sizes, const double *restrict x, double *restrict g) {
  const int n = sizes[0];
  double most = x[0], total = 0;
  for (int i = 1; i < n; i++) most = x[i] > most ? x[i] : most;
  for (int i = 0; i < n; i++) total += g[i] = exp(x[i] - most);
  for (int i = 0; i < n; i++) g[i] /= total;
  return most + log(total);
}
