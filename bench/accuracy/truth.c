// The truth in quadruple precision: `truth OP` reads records of three doubles (a, b, computed) and writes records of three doubles
// (error in ulp, absolute error, the true value rounded). Build: gcc -O2 truth.c -lquadmath -lm -o truth
#include <math.h>
#include <quadmath.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 quad;

static const quad BERNOULLI[] = {
    1.0Q / 6, -1.0Q / 30, 1.0Q / 42, -1.0Q / 30, 5.0Q / 66, -691.0Q / 2730, 7.0Q / 6, -3617.0Q / 510, 43867.0Q / 798,
    -174611.0Q / 330, 854513.0Q / 138, -236364091.0Q / 2730, 8553103.0Q / 6, -23749461029.0Q / 870, 8615841276005.0Q / 14322};

static int isPole(quad x) { return x <= 0 && x == floorq(x); }

// What x is beyond the nearest integer, exactly: the argument of functions of period 1.
static quad partOf(quad x) { return x - rintq(x); }

// Recurrence up to 60, then the asymptotic series; below 0 by reflection.
static quad digamma(quad x) {
  if (x == 0) return -copysignq(HUGE_VALQ, x);
  if (isnanq(x) || isPole(x)) return nanq("");
  if (isinfq(x)) return x > 0 ? x : nanq("");
  if (x < 0) {
    quad part = partOf(x);
    return digamma(1 - x) - M_PIq * cosq(M_PIq * part) / sinq(M_PIq * part);
  }
  quad sum = 0;
  for (; x < 60; x += 1) sum -= 1 / x;
  sum += logq(x) - 1 / (2 * x);
  quad square = x * x, power = square;
  for (int k = 1; k <= 15; k++, power *= square) sum -= BERNOULLI[k - 1] / (2 * k * power);
  return sum;
}

// dⁿ/dxⁿ π cot πx = π (−π)ⁿ Q(cot πx), Q starting as c and each derivative making it (1 + c²) Q′: terms of one parity, so nothing cancels.
static quad derivativeOfCot(int n, quad x) {
  quad part = partOf(x), c = fabsq(part) == 0.5Q ? 0 : cosq(M_PIq * part) / sinq(M_PIq * part);
  quad q[n + 2], next[n + 2], value = 0;
  for (int i = 0; i <= n + 1; i++) q[i] = i == 1;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i <= n + 1; i++) next[i] = (i <= n ? (i + 1) * q[i + 1] : 0) + (i >= 1 ? (i - 1) * q[i - 1] : 0);
    memcpy(q, next, sizeof q);
  }
  for (int i = n + 1; i >= 0; i--) value = value * c + q[i];
  return M_PIq * powq(-M_PIq, n) * value;
}

// The derivatives of digamma: recurrence up to 60 + n, then the asymptotic series; below 0 by reflection.
static quad polygamma(quad order, quad x) {
  if (isnanq(order) || isnanq(x) || order < 0 || order != floorq(order)) return nanq("");
  if (order == 0) return digamma(x);
  int n = (int)order;
  if (isPole(x) && !isinfq(x) && n % 2) return HUGE_VALQ;
  if (x == 0) return -copysignq(HUGE_VALQ, x);
  if (isPole(x)) return nanq("");
  if (isinfq(x)) return x < 0 ? nanq("") : n % 2 ? 0 : -0.0Q;
  if (x < 0) return (n % 2 ? -1 : 1) * polygamma(order, 1 - x) - derivativeOfCot(n, x);
  quad factorial = 1, sum = 0;
  for (int i = 2; i <= n; i++) factorial *= i;
  for (; x < 60 + n; x += 1) sum += factorial / powq(x, n + 1);
  quad xn = powq(x, n);
  sum += factorial / n / xn + factorial / (2 * xn * x);
  quad ratio = factorial; // (2k + n − 1)! / (2k)!
  quad power = xn;
  for (int k = 1; k <= 15; k++) {
    ratio = k == 1 ? factorial * (n + 1) / 2 : ratio * (2 * k + n - 1) * (2 * k + n - 2) / ((quad)(2 * k) * (2 * k - 1));
    power *= x * x;
    sum += BERNOULLI[k - 1] * ratio / power;
  }
  return n % 2 ? sum : -sum;
}

static quad lgammaTrue(quad x) {
  if (x >= 0 || isnanq(x) || isinfq(x)) return lgammaq(x);
  if (isPole(x)) return HUGE_VALQ;
  return logq(M_PIq / fabsq(sinq(M_PIq * partOf(x)) * x)) - lgammaq(-x);
}

static quad powTrue(quad x, quad y) {
  if (y == 0) return 1;
  if (isnanq(y) || (fabsq(x) == 1 && isinfq(y))) return nanq("");
  return powq(x, y);
}

static quad sigmoid(quad x) { return 1 / (1 + expq(-x)); }

static quad softplus(quad x) { return isnanq(x) ? x : fmaxq(x, 0) + log1pq(expq(-fabsq(x))); }

static quad slopeOf(quad t) { return t / ((1 + t) * (1 + t)); }

// By Laplace's continued fraction from 12 on, where 200 terms are more than enough and erfc may underflow.
static quad erfcx(quad x) {
  if (!(x > 12)) return expq(x * x) * erfcq(x);
  quad tail = 0;
  for (int k = 200; k >= 1; k--) tail = k / 2.0Q / (x + tail);
  return 1 / (sqrtq(M_PIq) * (x + tail));
}

static quad normPdf(quad x) { return expq(-x * x / 2) / sqrtq(2 * M_PIq); }

static quad normCdf(quad x) { return erfcq(-x * M_SQRT1_2q) / 2; }

// The ratio of successive derivatives of erfcx, forwards where nothing cancels, backwards elsewhere.
static quad erfcxRatio(quad n, quad x) {
  if (!(n >= 1) || n != floorq(n) || isnanq(x)) return nanq("");
  quad ratio = 2 * x - M_2_SQRTPIq / erfcx(x);
  if (x < 1)
    for (int k = 1; k < n; k++) ratio = 2 * x + 2 * k / ratio;
  else {
    int last = (int)n + 2000;
    ratio = -2 * (quad)last / (x + sqrtq(x * x + 2 * (quad)last));
    for (int k = last; k > n; k--) ratio = (k - 1) / (ratio / 2 - x);
  }
  return ratio;
}

// Newton's method on the logarithm.
static quad normQuantile(quad p) {
  if (!(p >= 0 && p <= 1)) return nanq("");
  if (p == 0 || p == 1) return p == 0 ? -HUGE_VALQ : HUGE_VALQ;
  quad q = fminq(p, 1 - p), x = sqrtq(-2 * logq(2 * q));
  for (int i = 0; i < 60; i++) {
    quad tail = normCdf(-x), step = tail * log1pq((tail - q) / q) / normPdf(x);
    x += step;
    if (fabsq(step) <= 1e-30Q * x) break;
  }
  return p < 0.5Q ? -x : x;
}

// The average of tⁿe^(xt): its power series, where x < 0 for 1 − t.
static quad exprelSlope(quad n, quad x) {
  if (!(n >= 0) || n != floorq(n) || isnanq(x)) return nanq("");
  if (x > 720) return HUGE_VALQ;
  if (x < -200) {
    quad value = 1 / -x;
    for (int k = 1; k <= n; k++) value *= k / -x;
    return value;
  }
  quad term = x < 0 ? 1 / (n + 1) : 1, sum = 1 / (n + 1);
  for (int j = 1; j < 4000; j++) {
    term *= x < 0 ? -x / (n + 1 + j) : x / j;
    sum += x < 0 ? term : term / (n + 1 + j);
  }
  return x < 0 ? expq(x) * sum : sum;
}

// The k-th derivative of sine, at πx.
static quad waveOfPi(int k, quad x) {
  quad whole = rintq(x), part = M_PIq * (x - whole);
  return ((fmodq(whole, 2) == 0) == (k % 4 < 2) ? 1 : -1) * (k % 2 ? cosq(part) : sinq(part));
}

// The n-th derivative of sinc: its power series, or the recurrence of x·sinc(x).
static quad sincSlope(quad n, quad x) {
  if (!(n >= 0) || n != floorq(n) || isnanq(x)) return nanq("");
  if (isinfq(x)) return 0;
  if (fabsq(x) < 0.5Q) {
    quad sum = 0, term = 1, square = M_PIq * M_PIq * x * x;
    int first = (int)n + (int)n % 2;
    for (int k = 2; k <= first; k += 2) term *= -M_PIq * M_PIq;
    if ((int)n % 2) term *= x;
    for (int j = (int)n % 2; j < 200; j += 2) {
      sum += term / (n + j + 1);
      term *= -square / ((j + 1) * (quad)(j + 2));
    }
    return sum;
  }
  quad power = 1 / M_PIq, slope = waveOfPi(0, x) / (M_PIq * x) + 0;
  for (int k = 1; k <= n; k++) {
    power *= M_PIq;
    slope = (power * waveOfPi(k, x) - k * slope) / x;
  }
  return slope;
}

// What Stirling's formula lacks, x > 1000.
static quad stirling(quad x) {
  quad sum = 0, power = x;
  for (int k = 1; k <= 10; k++, power *= x * x) sum += BERNOULLI[k - 1] / (2 * k * (2 * k - 1) * power);
  return sum;
}

static quad lbeta(quad a, quad b) {
  if (!(a >= 0 && b >= 0)) return nanq("");
  if (a == 0 || b == 0) return HUGE_VALQ;
  if (isinfq(a) || isinfq(b)) return -HUGE_VALQ;
  quad low = fminq(a, b), high = fmaxq(a, b), sum = a + b;
  if (low > 1e3Q) // by Stirling's series
    return logq(2 * M_PIq / high) / 2 + stirling(a) + stirling(b) - stirling(sum) + (low - 0.5Q) * logq(low / sum) - high * log1pq(low / high);
  if (high > 1e3Q) return lgammaq(low) + stirling(high) - stirling(sum) - (sum - 0.5Q) * log1pq(low / high) - low * (logq(high) - 1);
  return lgammaq(a) + lgammaq(b) - lgammaq(a + b);
}

static quad logAddExp(quad a, quad b) { return fmaxq(a, b) + (a == b ? M_LN2q : log1pq(expq(-fabsq(a - b)))); }

#define ONE(name, value) if (!strcmp(op, #name)) return value;
static quad truth(const char *op, quad a, quad b) {
  ONE(exp, expq(a)) ONE(expm1, expm1q(a)) ONE(log, logq(a)) ONE(log1p, log1pq(a)) ONE(log2, log2q(a)) ONE(log10, log10q(a))
  ONE(pow, powTrue(a, b)) ONE(cbrt, cbrtq(a)) ONE(hypot, hypotq(a, b)) ONE(sinh, sinhq(a)) ONE(cosh, coshq(a))
  ONE(tanh, tanhq(a)) ONE(tanhSlope, 4 * slopeOf(expq(-2 * fabsq(a)))) ONE(asinh, asinhq(a)) ONE(acosh, acoshq(a))
  ONE(atanh, atanhq(a)) ONE(sigmoid, sigmoid(a)) ONE(sigmoidSlope, slopeOf(expq(-fabsq(a)))) ONE(softplus, softplus(a))
  ONE(sin, sinq(a)) ONE(cos, cosq(a)) ONE(tan, tanq(a)) ONE(asin, asinq(a)) ONE(acos, acosq(a)) ONE(atan, atanq(a))
  ONE(atan2, atan2q(a, b)) ONE(erf, erfq(a)) ONE(erfc, erfcq(a)) ONE(erfSlope, M_2_SQRTPIq * expq(-a * a))
  ONE(lgamma, lgammaTrue(a)) ONE(digamma, digamma(a)) ONE(polygamma, polygamma(a, b)) ONE(rem, fmodq(a, b))
  ONE(erfcx, erfcx(a)) ONE(erfcxRatio, erfcxRatio(a, b)) ONE(normPdf, normPdf(a)) ONE(normCdf, normCdf(a)) ONE(normQuantile, normQuantile(a))
  ONE(exprel, exprelSlope(0, a)) ONE(exprelSlope, exprelSlope(a, b)) ONE(sinc, sincSlope(0, a)) ONE(sincSlope, sincSlope(a, b))
  ONE(lbeta, lbeta(a, b)) ONE(logAddExp, isnanq(a) || isnanq(b) ? a + b : logAddExp(a, b)) ONE(logAddExpSlope, sigmoid(a == b ? 0 : a - b))
  fprintf(stderr, "truth: unknown op %s\n", op);
  exit(2);
}

// The distance between the doubles around x; beyond the largest as there.
static quad ulp(quad x) {
  int exponent;
  frexpq(x, &exponent);
  if (exponent < -1021) exponent = -1021;
  if (exponent > 1024) exponent = 1024;
  return ldexpq(1, exponent - 53);
}

// 1e9 stands for an answer wrong in kind: NaN, a sign, a finite number far beyond the range or a missing infinity.
static double errorInUlp(double computed, quad exact) {
  const double wrong = 1e9;
  double rounded = (double)exact;
  if (isnan(computed) || isnanq(exact)) return isnan(computed) && isnanq(exact) ? 0 : wrong;
  if (isinf(rounded) && isinf(computed)) return rounded == computed ? 0 : wrong;
  if (isinfq(exact)) return wrong;
  if (rounded == 0 && computed == 0) return signbit(computed) == signbit(rounded) ? (double)fabsq(exact / ulp(0)) : wrong;
  quad value = isinf(computed) ? copysignq(ldexpq(1, 1024), computed) : computed;
  quad error = fabsq(value - exact) / ulp(exact);
  return error > wrong ? wrong : (double)error;
}

int main(int count, char **arguments) {
  double in[3], out[3];
  if (count != 2) return 1;
  while (fread(in, sizeof in, 1, stdin) == 1) {
    quad exact = truth(arguments[1], in[0], in[1]);
    out[0] = errorInUlp(in[2], exact);
    out[1] = (double)fabsq(in[2] - exact);
    out[2] = (double)exact;
    fwrite(out, sizeof out, 1, stdout);
  }
  return 0;
}
