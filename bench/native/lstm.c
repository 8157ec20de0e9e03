/*
 * The loss of an LSTM whose weights act number by number. sizes: layers l, width b, length c;
 * inputs: weights and biases [2l][4b], extra [3][b], state [2l][b], sequence [c][b]; gradient: by weights and biases, then extra.
 */
#include "native.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one layer keeps of a step, each b numbers. */
enum { INPUT, HIDDEN, CELL, FORGET, INGATE, OUTGATE, CHANGE, BENT, KEPT };

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

double lstm(const int *sizes, const double *restrict in, double *restrict g) {
  const int l = sizes[0], b = sizes[1], c = sizes[2];
  const double *weights = in, *extra = in + 8 * l * b, *state = extra + 3 * b, *sequence = state + 2 * l * b;
  const size_t step = (size_t)(KEPT * l + 2) * b;
  double *history = malloc(step * (c - 1) * sizeof *history), *work = malloc((5 * l + 2) * b * sizeof *work);
  double *now = work, *above = now + 2 * l * b, *adjoint = above + b;
  memcpy(now, state, 2 * l * b * sizeof *now);
  double total = 0;
  for (int t = 0; t + 1 < c; t++) {
    double *kept = history + step * t, *h = above;
    for (int i = 0; i < b; i++) h[i] = sequence[t * b + i] * extra[i];
    for (int k = 0; k < l; k++) {
      const double *w = weights + 8 * k * b, *v = w + 4 * b;
      double *hidden = now + 2 * k * b, *cell = hidden + b, *own = kept + KEPT * k * b;
      for (int i = 0; i < b; i++) {
        own[INPUT * b + i] = h[i];
        own[HIDDEN * b + i] = hidden[i];
        own[CELL * b + i] = cell[i];
        const double forget = own[FORGET * b + i] = sigmoid(h[i] * w[i] + v[i]);
        const double ingate = own[INGATE * b + i] = sigmoid(hidden[i] * w[b + i] + v[b + i]);
        const double outgate = own[OUTGATE * b + i] = sigmoid(h[i] * w[2 * b + i] + v[2 * b + i]);
        const double change = own[CHANGE * b + i] = tanh(hidden[i] * w[3 * b + i] + v[3 * b + i]);
        cell[i] = cell[i] * forget + ingate * change;
        const double bent = own[BENT * b + i] = tanh(cell[i]);
        h[i] = hidden[i] = outgate * bent;
      }
    }
    double *last = kept + (size_t)KEPT * l * b, *share = last + b, sum = 2;
    for (int i = 0; i < b; i++) {
      last[i] = h[i];
      sum += share[i] = exp(h[i] * extra[b + i] + extra[2 * b + i]);
    }
    for (int i = 0; i < b; i++) {
      share[i] /= sum;
      total += sequence[(t + 1) * b + i] * (h[i] * extra[b + i] + extra[2 * b + i] - log(sum));
    }
  }
  const double scale = -1.0 / ((double)b * (c - 1));
  double *ge = g + 8 * l * b;
  memset(g, 0, (8 * l + 3) * b * sizeof *g);
  memset(adjoint, 0, 2 * l * b * sizeof *adjoint);
  for (int t = c - 2; t >= 0; t--) {
    const double *kept = history + step * t, *last = kept + (size_t)KEPT * l * b, *share = last + b;
    double ones = 0;
    for (int i = 0; i < b; i++) ones += sequence[(t + 1) * b + i];
    for (int i = 0; i < b; i++) {
      const double slope = scale * (sequence[(t + 1) * b + i] - ones * share[i]);
      ge[b + i] += slope * last[i];
      ge[2 * b + i] += slope;
      above[i] = slope * extra[b + i];
    }
    for (int k = l - 1; k >= 0; k--) {
      const double *w = weights + 8 * k * b, *own = kept + KEPT * k * b;
      double *gw = g + 8 * k * b, *gv = gw + 4 * b, *hidden = adjoint + 2 * k * b, *cell = hidden + b;
      for (int i = 0; i < b; i++) {
        const double forget = own[FORGET * b + i], ingate = own[INGATE * b + i], outgate = own[OUTGATE * b + i];
        const double change = own[CHANGE * b + i], bent = own[BENT * b + i];
        const double gh = above[i] + hidden[i], gc = cell[i] + gh * outgate * (1 - bent * bent);
        const double byForget = gc * own[CELL * b + i] * forget * (1 - forget), byIngate = gc * change * ingate * (1 - ingate);
        const double byOutgate = gh * bent * outgate * (1 - outgate), byChange = gc * ingate * (1 - change * change);
        gw[i] += byForget * own[INPUT * b + i];
        gw[b + i] += byIngate * own[HIDDEN * b + i];
        gw[2 * b + i] += byOutgate * own[INPUT * b + i];
        gw[3 * b + i] += byChange * own[HIDDEN * b + i];
        gv[i] += byForget;
        gv[b + i] += byIngate;
        gv[2 * b + i] += byOutgate;
        gv[3 * b + i] += byChange;
        above[i] = byForget * w[i] + byOutgate * w[2 * b + i];
        hidden[i] = byIngate * w[b + i] + byChange * w[3 * b + i];
        cell[i] = gc * forget;
      }
    }
    for (int i = 0; i < b; i++) ge[i] += above[i] * sequence[t * b + i];
  }
  free(history);
  free(work);
  return scale * total;
}
