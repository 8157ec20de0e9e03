/** Rows that move lanes. */
import { COUNTER_INDEX } from "./generated/layout";

/** v[i] := the number at address a[i]. Reads: n addresses u32 at a, and the numbers there. Writes: n lanes of v. */
export function gather(v: usize, a: usize, n: u32): void {
  for (const end = v + ((<usize>n) << 3); v < end; v += 8, a += 4) store<f64>(v, load<f64>(load<u32>(a)));
}

/** v := the slot of `bytes` bytes of the stack at a that the counter at b is at. */
export function slotIn(v: usize, a: usize, b: usize, bytes: usize): void {
  memory.copy(v, a + <usize>load<u32>(b, COUNTER_INDEX) * bytes, bytes);
}

/** The slot of the stack at v := `bytes` bytes at a. */
export function slotOut(v: usize, a: usize, b: usize, bytes: usize): void {
  memory.copy(v + <usize>load<u32>(b, COUNTER_INDEX) * bytes, a, bytes);
}

/** v[k] := the number of the stack at a[k] that the counter at b is at. Reads: n addresses u32 at a. Writes: n lanes of v. */
export function slotsIn(v: usize, a: usize, b: usize, n: u32): void {
  const offset = (<usize>load<u32>(b, COUNTER_INDEX)) << 3;
  for (const end = v + ((<usize>n) << 3); v < end; v += 8, a += 4) store<f64>(v, load<f64>(<usize>load<u32>(a) + offset));
}

/** The number of the stack at c[k] := that at a[k]. Reads: n addresses u32 at a and at c. */
export function slotsOut(a: usize, b: usize, c: usize, n: u32): void {
  const offset = (<usize>load<u32>(b, COUNTER_INDEX)) << 3;
  for (const end = a + ((<usize>n) << 2); a < end; a += 4, c += 4) store<f64>(<usize>load<u32>(c) + offset, load<f64>(load<u32>(a)));
}

/** The lane number that `value` names, or −1 where it names none below `lanes`. */
export function laneAt(value: f64, lanes: u32): i32 {
  // A number out of range, or NaN, must not reach the conversion, which would trap.
  if (!(value >= 0 && value < <f64>lanes)) return -1;
  const index = <u32>value;
  return <f64>index === value ? index : -1;
}

/** The lane number that lies at `at`, or −1 where it is none below `lanes`. */
function laneFrom<T>(at: usize, lanes: usize): i32 {
  if (isFloat<T>()) return laneAt(load<f64>(at), <u32>lanes);
  const index = load<i32>(at);
  return <u32>index < <u32>lanes ? index : -1;
}

/** v[i] := a[b[i]]. Reads: n lane numbers at b, lanes of a. Writes: n lanes of v. Returns −1, or the first i whose lane number is not below `lanes`. */
export function take<T>(v: usize, a: usize, b: usize, n: u32, lanes: usize): i32 {
  for (let i: u32 = 0; i < n; i++, b += sizeof<T>()) {
    const index = laneFrom<T>(b, lanes);
    if (index < 0) return i;
    store<f64>(v + ((<usize>i) << 3), load<f64>(a + ((<usize>index) << 3)));
  }
  return -1;
}

/**
 * A lane that no term was added to yet: a signalling NaN, which no arithmetic results in, so that what it marks is told apart from every sum.
 */
const UNTOUCHED: u64 = 0x7ff0000000000001;

/** Marks n lanes of v as empty sums. */
export function segmentBegin(v: usize, n: u32): void {
  for (const end = v + ((<usize>n) << 3); v < end; v += 8) store<u64>(v, UNTOUCHED);
}

/** v[b[i]] += a[i], in order of i; a sum begins with its first term. Returns −1, or the first i whose lane number is not below `lanes`. */
export function segmentSum<T>(v: usize, a: usize, b: usize, n: u32, lanes: usize): i32 {
  for (let i: u32 = 0; i < n; i++, a += 8, b += sizeof<T>()) {
    const index = laneFrom<T>(b, lanes);
    if (index < 0) return i;
    const at = v + ((<usize>index) << 3);
    store<f64>(at, select<f64>(-0.0, load<f64>(at), load<u64>(at) === UNTOUCHED) + load<f64>(a));
  }
  return -1;
}

/** Makes 0 of those of n lanes of v that no term was added to. */
export function segmentEnd(v: usize, n: u32): void {
  for (const end = v + ((<usize>n) << 3); v < end; v += 8) if (load<u64>(v) === UNTOUCHED) store<f64>(v, 0);
}

/** v[i] := the number at `total` + a[0] + … + a[i], which becomes the number at `total`. */
export function cumsum(v: usize, a: usize, n: u32, total: usize): void {
  let sum = load<f64>(total);
  for (const end = v + ((<usize>n) << 3); v < end; v += 8, a += 8) {
    sum += load<f64>(a);
    store<f64>(v, sum);
  }
  store<f64>(total, sum);
}

/** v[i] := the number i doubles before a. */
export function reverse(v: usize, a: usize, n: u32): void {
  for (const end = v + ((<usize>n) << 3); v < end; v += 8, a -= 8) store<f64>(v, load<f64>(a));
}

/**
 * v[i] := a[j] for n lanes from `lane` on, j being what a grid has in lane i. Reads: the grid, u32 each: the sizes of its two last dimensions, the steps of its three.
 * The last dimension is walked, so that a lane takes no division.
 */
export function grid(v: usize, a: usize, table: usize, n: u32, lane: u32): void {
  const rows = load<u32>(table);
  const lanes = load<u32>(table, 4);
  const batchStep: usize = load<u32>(table, 8);
  const rowStep: usize = load<u32>(table, 12);
  const step: usize = load<u32>(table, 16);
  let row = lane / lanes;
  let k = lane % lanes;
  while (n) {
    const count = min(n, lanes - k);
    const from = a + ((<usize>(row / rows) * batchStep + <usize>(row % rows) * rowStep + <usize>k * step) << 3);
    const end = v + ((<usize>count) << 3);
    if (step === 0) {
      const value = v128.load64_splat(from);
      for (; v + 8 < end; v += 16) v128.store(v, value);
      if (v < end) store<f64>(v, load<f64>(from));
    } else memory.copy(v, from, (<usize>count) << 3);
    v = end;
    n -= count;
    row++;
    k = 0;
  }
}
