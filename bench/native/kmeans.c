/* Σ of squared distances to the nearest centroids. sizes: centroids k, points n, dimensions d; inputs: points, centroids; Newton's direction for each centroid. */
#include "native.h"
#include <stdlib.h>
#include <string.h>

double kmeans(const int *sizes, const double *restrict in, double *restrict g) {
  const int k = sizes[0], n = sizes[1], d = sizes[2];
  const double *points = in, *centroids = in + n * d;
  int *counts = calloc(k, sizeof *counts);
  double total = 0;
  memset(g, 0, k * d * sizeof *g);
  for (int p = 0; p < n; p++) {
    const double *point = points + p * d;
    int best = 0;
    double least = 0;
    for (int c = 0; c < k; c++) {
      const double *centroid = centroids + c * d;
      double squared = 0;
      for (int i = 0; i < d; i++) squared += (point[i] - centroid[i]) * (point[i] - centroid[i]);
      if (c == 0 || squared < least) {
        best = c;
        least = squared;
      }
    }
    total += least;
    counts[best]++;
    for (int i = 0; i < d; i++) g[best * d + i] += centroids[best * d + i] - point[i];
  }
  for (int c = 0; c < k; c++)
    for (int i = 0; i < d; i++) g[c * d + i] /= counts[c];
  free(counts);
  return total;
}
