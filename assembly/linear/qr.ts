/** QR factors. */
import { reflectBeside, reflected, reflector } from "./reflections";

/**
 * V := Q (m × n, m ≥ n) with orthonormal columns, and behind it R (n × n), upper triangular, its diagonal not negative, of Q R = A, by reflections of one column after the other.
 * Needs at `scratch` m + n numbers. Reads: A. Writes: V, scratch.
 */
export function factorColumns(v: usize, a: usize, m: u32, n: u32, scratch: usize): void {
  const step = (<usize>n) << 3;
  const r = v + <usize>m * step;
  memory.copy(v, a, <usize>m * step);
  memory.fill(r, 0, <usize>n * step);
  for (let k: u32 = 0; k < n; k++) {
    const place = <usize>k * (step + 8);
    store<f64>(r + place, reflector(v + place, m - k, step));
    reflectBeside(v + place, step, m - k, n - k - 1, scratch);
    memory.copy(r + place + 8, v + place + 8, (<usize>(n - k - 1)) << 3);
  }
  reflected(v, m, n, step, scratch);
  for (let k: u32 = 0; k < n; k++) {
    let at = r + <usize>k * (step + 8);
    if (!(load<f64>(at) < 0)) continue;
    for (let l = k; l < n; l++, at += 8) store<f64>(at, -load<f64>(at));
    at = v + ((<usize>k) << 3);
    for (let i: u32 = 0; i < m; i++, at += step) store<f64>(at, -load<f64>(at));
  }
}
