/*
 * The log-posterior of a Gaussian mixture of any size with a Wishart prior, but for its constant. sizes: dimensions d, components k, points n;
 * inputs: m, γ, alpha [k], mu [k][d], q [k][d], l [k][d(d−1)/2], x [n][d]; gradient: by alpha, mu, q and l.
 */
#include "native.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* log Σ exp of k numbers, which become their exponentials over the sum. */
static double shares(int k, double *t) {
  double most = t[0], total = 0;
  for (int c = 1; c < k; c++) most = t[c] > most ? t[c] : most;
  for (int c = 0; c < k; c++) total += t[c] = exp(t[c] - most);
  for (int c = 0; c < k; c++) t[c] /= total;
  return most + log(total);
}

double gmm(const int *sizes, const double *restrict in, double *restrict g) {
  const int d = sizes[0], k = sizes[1], n = sizes[2], below = d * (d - 1) / 2;
  const double m = in[0], gamma = in[1];
  const double *alpha = in + 2, *mu = alpha + k, *q = mu + k * d, *l = q + k * d, *x = l + k * below;
  double *ga = g, *gm = ga + k, *gq = gm + k * d, *gl = gq + k * d;
  double *work = malloc((4 * k * d + 2 * k) * sizeof *work);
  double *scale = work, *centred = scale + k * d, *z = centred + k * d, *back = z + k * d, *offset = back + k * d, *share = offset + k;
  memset(g, 0, k * (1 + 2 * d + below) * sizeof *g);
  double total = 0;
  for (int c = 0; c < k; c++) {
    offset[c] = alpha[c];
    for (int i = c * d; i < (c + 1) * d; i++) {
      offset[c] += q[i];
      scale[i] = exp(q[i]);
    }
  }
  for (int p = 0; p < n; p++) {
    const double *point = x + p * d;
    for (int c = 0; c < k; c++) {
      double *restrict y = centred + c * d, *restrict own = z + c * d;
      for (int i = 0; i < d; i++) {
        y[i] = point[i] - mu[c * d + i];
        own[i] = scale[c * d + i] * y[i];
      }
      const double *factor = l + c * below;
      for (int j = 0; j < d; j++)
        for (int i = j + 1; i < d; i++) own[i] += *factor++ * y[j];
      double squares = 0;
      for (int i = 0; i < d; i++) squares += own[i] * own[i];
      share[c] = offset[c] - 0.5 * squares;
    }
    total += shares(k, share);
    for (int c = 0; c < k; c++) {
      const double *restrict y = centred + c * d, *restrict own = z + c * d;
      double *restrict pull = back + c * d;
      for (int i = 0; i < d; i++) pull[i] = share[c] * own[i];
      const double *factor = l + c * below;
      double *slope = gl + c * below;
      ga[c] += share[c];
      for (int j = 0; j < d; j++) {
        double sum = scale[c * d + j] * pull[j];
        gq[c * d + j] -= pull[j] * y[j];
        for (int i = j + 1; i < d; i++) {
          *slope++ -= pull[i] * y[j];
          sum += pull[i] * *factor++;
        }
        gm[c * d + j] += sum;
      }
    }
  }
  for (int c = 0; c < k; c++) share[c] = alpha[c];
  total -= n * shares(k, share);
  for (int c = 0; c < k; c++) {
    for (int i = c * d; i < (c + 1) * d; i++) {
      const double own = gamma * scale[i];
      total -= 0.5 * own * own - m * q[i];
      gq[i] = ga[c] + scale[i] * gq[i] - own * own + m;
    }
    for (int i = c * below; i < (c + 1) * below; i++) {
      total -= 0.5 * gamma * gamma * l[i] * l[i];
      gl[i] -= gamma * gamma * l[i];
    }
    ga[c] -= n * share[c];
  }
  free(work);
  return total;
}
