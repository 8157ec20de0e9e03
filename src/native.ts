/** The entry of `native` at run time: functions of plain numbers, written with operators, become functions of Values from their own text. */
import { describe } from "./errors.js";
import { dual, type Native } from "./native/runtime/dual.js";
import { copyFromText } from "./native/source.js";

export { viaLibrary } from "./native/runtime/library.js";
export { type Lift, type Lifted, type Native } from "./native/runtime/dual.js";

/**
 * A function of numbers, arrays and objects of them, written with operators, `Math` and JavaScript's own control flow, that every transform takes: `grad(native(f))(x)`.
 * Outside a trace the original runs; inside one a traced copy, made from the text of `f` when it is first needed: what `f` reads from outside is passed in `free`, and read when it is used.
 * Where `wengert/plugin` or `wengert/register` has read the module, the copy is there already, and `free` is not needed.
 * @throws TypeError where `f` is no function; when the copy is made, TypeError where something free is missing, SyntaxError on what cannot be traced, with its line and column.
 */
export function native<P extends readonly unknown[], R>(f: (...args: P) => R, free: Readonly<Record<string, unknown>> = {}): Native<P, R> {
  if (typeof f !== "function") throw new TypeError(`native: expected a function, got ${describe(f)}`);
  return dual(f, () => copyFromText(f, free)) as Native<P, R>;
}
