/** Functions that are written with this library: `viaLibrary`. */
import { describe } from "../../errors.js";
import { markLibrary } from "./calls.js";

/** Marks a function as written with this library's functions, so that native functions may call it with what is traced: the function itself. */
export function viaLibrary<F extends (...args: never[]) => unknown>(f: F): F {
  if (typeof f !== "function") throw new TypeError(`viaLibrary: expected a function, got ${describe(f)}`);
  markLibrary(f);
  return f;
}
