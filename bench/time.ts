/** How calls are timed. */
import { measure } from "mitata";

/** The median ns of a call, timed for so many seconds; calls above 5 µs are timed one by one, shorter ones in batches. */
export async function timeOf(call: () => void, seconds: number): Promise<number> {
  return (await measure(call, { min_cpu_time: 1e9 * seconds, batch_threshold: 5000 })).p50;
}
