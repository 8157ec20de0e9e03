/** A program for any host: the digests of whole programs, by kernel and by emitted code, printed or written on the page. */
import { kernelBytes } from "../../src/engines/kernel/generated/kernel.js";
import { load } from "../../src/engines/kernel/load.js";
import { jit } from "../../src/engines/jit/jit.js";
import { digests } from "../digests.js";

function say(text: string): void {
  if (typeof document === "undefined") console.log(text);
  else document.body.textContent = text;
}

try {
  load(kernelBytes);
  const [byKernel, byJit] = [digests(), digests(jit)];
  say(byKernel === byJit ? byKernel : `kernel and emitted code differ\n${byKernel}${byJit}`);
} catch (error) {
  say(String(error));
}
