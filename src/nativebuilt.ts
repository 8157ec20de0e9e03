/** The entry that `wengert/plugin` and `wengert/register` turn imports of `wengert/native` to: traced copies stand in the module, and no parser is needed. */
import { describe } from "./errors.js";
import { dual, type MakeCopy, type Native } from "./native/runtime/dual.js";
import { Operations } from "./native/runtime/operations.js";

export { type Lift, type Lifted, type Native } from "./native/runtime/dual.js";
export { viaLibrary } from "./native/runtime/library.js";

/** The function and what makes its traced copy, as the build wrote them. */
export function native<P extends readonly unknown[], R>(f: (...args: P) => R, make: unknown): Native<P, R> {
  if (typeof f !== "function") throw new TypeError(`native: expected a function, got ${describe(f)}`);
  if (typeof make !== "function")
    throw new TypeError(
      "native: expected a call that the build has read, got one of another name. Call native by the name that it is imported by, where the function is written",
    );
  return dual(f, make as MakeCopy) as Native<P, R>;
}

/** The operations of the copies in one file. */
export const operations = (text: string): Operations => new Operations(text);
