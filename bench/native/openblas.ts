/** OpenBLAS, where gcc and it are installed: GFLOP/s of a product and of a Cholesky factor on one thread. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
extern void dgemm_(char*, char*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*);
extern void dpotrf_(char*, int*, double*, int*, int*);
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
int main(int argc, char** argv) {
  int n = atoi(argv[2]), info, rounds = n > 500 ? 5 : 50;
  size_t bytes = sizeof(double) * n * n;
  double *a = malloc(bytes), *b = malloc(bytes), *c = malloc(bytes), one = 1, zero = 0, best = 1e9;
  for (int i = 0; i < n * n; i++) a[i] = b[i] = (i % 17 - 8) / 17.0;
  for (int i = 0; i < n; i++) b[i * (n + 1)] += 2 * n;
  for (int r = 0; r < rounds; r++) {
    double start;
    if (argv[1][0] == 'p') { start = now(); dgemm_("N", "N", &n, &n, &n, &one, a, &n, b, &n, &zero, c, &n); }
    else { memcpy(c, b, bytes); start = now(); dpotrf_("L", &n, c, &n, &info); }
    double took = now() - start;
    if (took < best) best = took;
  }
  printf("%.3f", (argv[1][0] == 'p' ? 2.0 : 1.0 / 3) * n * n * n / best * 1e-9);
  return 0;
}
`;

/** What measures a product or a factor of n × n; undefined where it cannot be built. */
export function openblas(): ((what: "product" | "factor", n: number) => number) | undefined {
  const folder = mkdtempSync(join(tmpdir(), "wengert-openblas-"));
  writeFileSync(join(folder, "blas.c"), source);
  const built = spawnSync("gcc", ["-O2", join(folder, "blas.c"), "-o", join(folder, "blas"), "-lopenblas"]);
  if (built.status !== 0) return undefined;
  return (what, n) =>
    Number(
      spawnSync(join(folder, "blas"), [what, String(n)], { env: { ...process.env, OPENBLAS_NUM_THREADS: "1" }, encoding: "utf8" }).stdout,
    );
}
