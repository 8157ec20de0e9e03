/*
 * Bundle adjustment: the Jacobian's values in compressed sparse rows, with the rows and columns made on the way. sizes: cameras n, points m, observations p;
 * inputs: cameras [n][11], points [m][3], weights [p], features [p][2]; "gradient": 31 p values. The value is the sum of all squared errors.
 */
#include "native.h"
#include <math.h>
#include <stdlib.h>

static double dot(const double *a, const double *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

static void cross(const double *a, const double *b, double *c) {
  c[0] = a[1] * b[2] - a[2] * b[1];
  c[1] = a[2] * b[0] - a[0] * b[2];
  c[2] = a[0] * b[1] - a[1] * b[0];
}

/* x rotated by r, its derivatives by r, and the images of the axes. */
static void rotated(const double *r, const double *x, double *image, double byRotation[3][3], double axes[3][3]) {
  const double squared = dot(r, r);
  for (int k = 0; k < 3; k++) {
    const double axis[3] = {k == 0, k == 1, k == 2};
    double turned[3];
    if (squared == 0) {
      cross(axis, x, byRotation[k]);
      cross(r, axis, turned);
      for (int i = 0; i < 3; i++) axes[k][i] = axis[i] + turned[i];
      continue;
    }
    const double theta = sqrt(squared), cosine = cos(theta), sine = sin(theta);
    const double w[3] = {r[0] / theta, r[1] / theta, r[2] / theta}, along = dot(w, x);
    double dw[3], byAxis[3], wx[3];
    cross(w, x, wx);
    for (int i = 0; i < 3; i++) dw[i] = (axis[i] - w[k] * w[i]) / theta;
    cross(dw, x, byAxis);
    cross(w, axis, turned);
    for (int i = 0; i < 3; i++) {
      const double byAngle = -sine * x[i] + cosine * wx[i] + sine * along * w[i];
      byRotation[k][i] = w[k] * byAngle + sine * byAxis[i] + (1 - cosine) * (along * dw[i] + dot(dw, x) * w[i]);
      axes[k][i] = cosine * axis[i] + sine * turned[i] + (1 - cosine) * w[k] * w[i];
    }
  }
  for (int i = 0; i < 3; i++) image[i] = x[0] * axes[0][i] + x[1] * axes[1][i] + x[2] * axes[2][i];
}

/* The two residuals of an observation, and 15 derivatives of each. */
static double observed(const double *cam, const double *x, double w, const double *feat, double *rows) {
  const double f = cam[6], k1 = cam[9], k2 = cam[10];
  const double centred[3] = {x[0] - cam[3], x[1] - cam[4], x[2] - cam[5]};
  double image[3], moves[6][3];
  rotated(cam, centred, image, moves, moves + 3);
  const double px = image[0] / image[2], py = image[1] / image[2], s = px * px + py * py;
  const double distortion = 1 + k1 * s + k2 * s * s, slope = 2 * (k1 + 2 * k2 * s);
  const double errors[2] = {px * distortion * f + cam[7] - feat[0], py * distortion * f + cam[8] - feat[1]};
  for (int k = 0; k < 6; k++) {
    const double mx = (moves[k][0] - px * moves[k][2]) / image[2], my = (moves[k][1] - py * moves[k][2]) / image[2];
    const double swell = slope * (px * mx + py * my);
    const double by[2] = {w * f * (mx * distortion + px * swell), w * f * (my * distortion + py * swell)};
    for (int e = 0; e < 2; e++) {
      rows[15 * e + k] = k < 3 ? by[e] : -by[e];
      if (k >= 3) rows[15 * e + 8 + k] = by[e];
    }
  }
  const double p[2] = {px, py};
  for (int e = 0; e < 2; e++) {
    double *row = rows + 15 * e;
    row[6] = w * p[e] * distortion;
    row[7] = e == 0 ? w : 0;
    row[8] = e == 1 ? w : 0;
    row[9] = w * p[e] * f * s;
    row[10] = row[9] * s;
    row[14] = errors[e];
  }
  return w * w * (errors[0] * errors[0] + errors[1] * errors[1]);
}

double ba(const int *sizes, const double *restrict in, double *restrict g) {
  static int *starts, *columns;
  const int n = sizes[0], m = sizes[1], p = sizes[2];
  const double *cams = in, *points = cams + 11 * n, *weights = points + 3 * m, *feats = weights + p;
  starts = realloc(starts, (3 * p + 1) * sizeof *starts);
  columns = realloc(columns, 31 * (size_t)p * sizeof *columns);
  double total = 0;
  for (int i = 0; i < p; i++) {
    const int cam = i % n, point = i % m;
    total += observed(cams + 11 * cam, points + 3 * point, weights[i], feats + 2 * i, g + 30 * (size_t)i);
    for (int e = 0; e < 2; e++) {
      int *own = columns + 30 * (size_t)i + 15 * e;
      starts[2 * i + e] = 30 * i + 15 * e;
      for (int k = 0; k < 11; k++) own[k] = 11 * cam + k;
      for (int k = 0; k < 3; k++) own[11 + k] = 11 * n + 3 * point + k;
      own[14] = 11 * n + 3 * m + i;
    }
  }
  for (int i = 0; i < p; i++) {
    const double error = 1 - weights[i] * weights[i];
    total += error * error;
    starts[2 * p + i] = 30 * p + i;
    columns[30 * (size_t)p + i] = 11 * n + 3 * m + i;
    g[30 * (size_t)p + i] = -2 * weights[i];
  }
  starts[3 * p] = 31 * p;
  return total;
}
