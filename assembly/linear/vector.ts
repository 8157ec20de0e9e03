/** Products of a matrix and a vector: each number in one accumulator, eight side by side. */

/** v (m) := A x, with A m × k whose columns follow each other. Reads: A, x. Writes: v. */
export function rowsTimes(v: usize, a: usize, step: usize, x: usize, m: u32, k: u32): void {
  const end = x + ((<usize>(k & ~1)) << 3);
  for (; m >= 8; m -= 8, v += 64, a += step << 3) {
    let s0 = f64x2.splat(-0.0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let a0 = a;
    let a1 = a0 + step;
    let a2 = a1 + step;
    let a3 = a2 + step;
    let a4 = a3 + step;
    let a5 = a4 + step;
    let a6 = a5 + step;
    let a7 = a6 + step;
    let at = x;
    for (; at < end; at += 16) {
      const even = v128.load64_splat(at);
      const odd = v128.load64_splat(at, 8);
      const p0 = v128.load(a0);
      const p1 = v128.load(a1);
      s0 = f64x2.add(s0, f64x2.mul(v128.shuffle<i64>(p0, p1, 0, 2), even));
      s0 = f64x2.add(s0, f64x2.mul(v128.shuffle<i64>(p0, p1, 1, 3), odd));
      const p2 = v128.load(a2);
      const p3 = v128.load(a3);
      s1 = f64x2.add(s1, f64x2.mul(v128.shuffle<i64>(p2, p3, 0, 2), even));
      s1 = f64x2.add(s1, f64x2.mul(v128.shuffle<i64>(p2, p3, 1, 3), odd));
      const p4 = v128.load(a4);
      const p5 = v128.load(a5);
      s2 = f64x2.add(s2, f64x2.mul(v128.shuffle<i64>(p4, p5, 0, 2), even));
      s2 = f64x2.add(s2, f64x2.mul(v128.shuffle<i64>(p4, p5, 1, 3), odd));
      const p6 = v128.load(a6);
      const p7 = v128.load(a7);
      s3 = f64x2.add(s3, f64x2.mul(v128.shuffle<i64>(p6, p7, 0, 2), even));
      s3 = f64x2.add(s3, f64x2.mul(v128.shuffle<i64>(p6, p7, 1, 3), odd));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      a4 += 16;
      a5 += 16;
      a6 += 16;
      a7 += 16;
    }
    v128.store(v, s0);
    v128.store(v, s1, 16);
    v128.store(v, s2, 32);
    v128.store(v, s3, 48);
    if (k & 1) {
      const last = load<f64>(at);
      let row = a + ((<usize>(k - 1)) << 3);
      for (let i: usize = 0; i < 64; i += 8, row += step) store<f64>(v + i, load<f64>(v + i) + load<f64>(row) * last);
    }
  }
  for (; m; m--, v += 8, a += step) {
    let sum: f64 = -0.0;
    for (let p: usize = 0; p < (<usize>k) << 3; p += 8) sum += load<f64>(a + p) * load<f64>(x + p);
    store<f64>(v, sum);
  }
}

/** v (n) := Aᵀ x, with A k × n whose columns follow each other: four rows at a time, each read from its beginning to its end. Reads: A, x. Writes: v. */
export function columnsTimes(v: usize, a: usize, step: usize, x: usize, n: u32, k: u32): void {
  const pairs = ((<usize>n) << 3) & ~15;
  for (let j: usize = 0; j < (<usize>n) << 3; j += 8) store<f64>(v + j, -0.0);
  for (; k; a += step << 2, x += 32) {
    const rows = min(k, 4);
    k -= rows;
    if (rows < 4) {
      for (let i: u32 = 0; i < rows; i++, a += step, x += 8)
        for (let j: usize = 0; j < (<usize>n) << 3; j += 8) store<f64>(v + j, load<f64>(v + j) + load<f64>(a + j) * load<f64>(x));
      return;
    }
    const a1 = a + step;
    const a2 = a1 + step;
    const a3 = a2 + step;
    const x0 = v128.load64_splat(x);
    const x1 = v128.load64_splat(x, 8);
    const x2 = v128.load64_splat(x, 16);
    const x3 = v128.load64_splat(x, 24);
    for (let j: usize = 0; j < pairs; j += 16) {
      let sum = f64x2.add(v128.load(v + j), f64x2.mul(v128.load(a + j), x0));
      sum = f64x2.add(sum, f64x2.mul(v128.load(a1 + j), x1));
      sum = f64x2.add(sum, f64x2.mul(v128.load(a2 + j), x2));
      v128.store(v + j, f64x2.add(sum, f64x2.mul(v128.load(a3 + j), x3)));
    }
    if ((n & 1) === 0) continue;
    let sum = load<f64>(v + pairs) + load<f64>(a + pairs) * load<f64>(x);
    sum += load<f64>(a1 + pairs) * load<f64>(x, 8);
    sum += load<f64>(a2 + pairs) * load<f64>(x, 16);
    store<f64>(v + pairs, sum + load<f64>(a3 + pairs) * load<f64>(x, 24));
  }
}
