/*
 * Times one gradient: native NAME GRADIENTS SECONDS SIZE…
 * Reads the inputs as doubles from stdin; writes ns (the median), the value and the gradient as doubles to stdout.
 */
#include "native.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SIZES = 8, MOST_SAMPLES = 100000 };

static const struct {
  const char *name;
  gradient *run;
} workloads[] = {{"points", points}, {"network", network}, {"logistic", logistic}, {"mixture", mixture}, {"rosenbrock", rosenbrock},
               {"llsq", llsq}, {"lse", lse}, {"gmm", gmm}, {"kmeans", kmeans}, {"ba", ba}, {"ode", ode}, {"lstm", lstm}};

static gradient *named(const char *name) {
  for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
    if (strcmp(name, workloads[i].name) == 0) return workloads[i].run;
  fprintf(stderr, "native: expected a workload, got %s\n", name);
  exit(1);
}

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int byValue(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* All of stdin. */
static double *inputs(void) {
  size_t capacity = 1 << 20, used = 0, got;
  char *bytes = malloc(capacity);
  while ((got = fread(bytes + used, 1, capacity - used, stdin)) > 0) {
    used += got;
    if (used == capacity) bytes = realloc(bytes, capacity *= 2);
  }
  return (double *)bytes;
}

int main(int argc, char **argv) {
  if (argc < 5 || argc > 4 + MOST_SIZES) return 1;
  gradient *run = named(argv[1]);
  const int count = atoi(argv[2]);
  const double length = atof(argv[3]) * 1e9;
  int sizes[MOST_SIZES];
  for (int i = 4; i < argc; i++) sizes[i - 4] = atoi(argv[i]);
  const double *x = inputs();
  double *results = malloc((2 + count) * sizeof *results), *samples = malloc(MOST_SAMPLES * sizeof *samples);
  volatile double value;
  /* Warm up for a fifth of the time, and learn how many runs make a sample of 20 µs. */
  const double start = nanoseconds();
  long runs = 0;
  do value = run(sizes, x, results + 2), runs++;
  while (nanoseconds() - start < length / 5);
  const long batch = 1 + (long)(20e3 * runs / (nanoseconds() - start));
  int taken = 0;
  const double from = nanoseconds();
  do {
    const double before = nanoseconds();
    for (long i = 0; i < batch; i++) value = run(sizes, x, results + 2);
    samples[taken++] = (nanoseconds() - before) / batch;
  } while (taken < MOST_SAMPLES && (taken < 3 || nanoseconds() - from < length));
  qsort(samples, taken, sizeof *samples, byValue);
  results[0] = samples[taken / 2];
  results[1] = value;
  return fwrite(results, sizeof *results, 2 + count, stdout) == (size_t)(2 + count) ? 0 : 1;
}
