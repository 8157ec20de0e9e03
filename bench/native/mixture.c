/*
 * The log-likelihood of a Gaussian mixture with a Wishart prior (m = 0, γ = 1). sizes: points n, dimensions d, components k;
 * inputs: the constant of the prior, alpha [k], mu [k][d], q [k][d], l [k][d(d−1)/2], then n points; gradient: by alpha, mu, q and l.
 */
#include "native.h"
#include <math.h>
#include <string.h>

enum { MOST_DIMENSIONS = 16, MOST_COMPONENTS = 16 };

/* log Σ exp of k numbers, which become their exponentials over the sum. */
static double logSumExp(int k, double *t) {
  double most = t[0], total = 0;
  for (int c = 1; c < k; c++)
    if (t[c] > most) most = t[c];
  for (int c = 0; c < k; c++) total += t[c] = exp(t[c] - most);
  for (int c = 0; c < k; c++) t[c] /= total;
  return most + log(total);
}

static inline __attribute__((always_inline)) double likelihood(int n, int d, int k, const double *restrict in, double *restrict g) {
  const int below = d * (d - 1) / 2;
  const double *alpha = in + 1, *mu = alpha + k, *q = mu + k * d, *l = q + k * d, *x = l + k * below;
  double *ga = g, *gm = ga + k, *gq = gm + k * d, *gl = gq + k * d;
  double scale[MOST_COMPONENTS * MOST_DIMENSIONS], offset[MOST_COMPONENTS], share[MOST_COMPONENTS] = {0};
  double centred[MOST_COMPONENTS * MOST_DIMENSIONS], z[MOST_COMPONENTS * MOST_DIMENSIONS];
  memset(g, 0, k * (1 + 2 * d + below) * sizeof *g);
  double total = in[0];

  for (int c = 0; c < k; c++) {
    offset[c] = share[c] = alpha[c];
    for (int i = c * d; i < (c + 1) * d; i++) {
      offset[c] += q[i];
      scale[i] = exp(q[i]);
      total -= 0.5 * scale[i] * scale[i];
      gq[i] -= scale[i] * scale[i];
    }
    for (int i = c * below; i < (c + 1) * below; i++) {
      total -= 0.5 * l[i] * l[i];
      gl[i] -= l[i];
    }
  }
  total -= n * logSumExp(k, share);
  for (int c = 0; c < k; c++) ga[c] -= n * share[c];

  for (int p = 0; p < n; p++, x += d) {
    for (int c = 0; c < k; c++) {
      double *xc = centred + c * d, *zc = z + c * d, norm = 0;
      const double *lc = l + c * below;
      for (int i = 0; i < d; i++) xc[i] = x[i] - mu[c * d + i];
      for (int i = 0; i < d; i++) zc[i] = scale[c * d + i] * xc[i];
      for (int i = 0; i < d; i++)
        for (int j = i + 1; j < d; j++) zc[j] += *lc++ * xc[i];
      for (int i = 0; i < d; i++) norm += zc[i] * zc[i];
      share[c] = offset[c] - 0.5 * norm;
    }
    total += logSumExp(k, share);
    for (int c = 0; c < k; c++) {
      const double *xc = centred + c * d, *zc = z + c * d, *lc = l + c * below, w = share[c];
      double *gmc = gm + c * d, *gqc = gq + c * d, *glc = gl + c * below;
      ga[c] += w;
      for (int i = 0; i < d; i++) {
        const double dz = -w * zc[i];
        gqc[i] += w + dz * xc[i] * scale[c * d + i];
        gmc[i] -= dz * scale[c * d + i];
      }
      for (int i = 0; i < d; i++) {
        double sum = 0;
        for (int j = i + 1; j < d; j++) {
          const double dz = -w * zc[j];
          *glc++ += dz * xc[i];
          sum += dz * *lc++;
        }
        gmc[i] -= sum;
      }
    }
  }
  return total;
}

/* The sizes of the bench are known to the compiler, as they are to a trace. */
double mixture(const int *sizes, const double *restrict in, double *restrict g) {
  const int n = sizes[0], d = sizes[1], k = sizes[2];
  if (d == 2 && k == 5) return likelihood(n, 2, 5, in, g);
  if (d == 10 && k == 5) return likelihood(n, 10, 5, in, g);
  return likelihood(n, d, k, in, g);
}
