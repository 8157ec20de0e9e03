/** A traced matrix as a traced copy sees it: what a Matrix of numbers has, by the library's functions. */
import { Matrix } from "../../data/matrix.js";
import { reshape } from "../../trace/matrices.js";
import { Value } from "../../trace/value.js";
import { at } from "../../trace/vectors.js";
import { called, isTraced, type Place, wrong } from "./operators.js";
import { checkSet, madeHere } from "./run.js";

/** Whether a value is a traced matrix, or a batch of them. */
export const isMatrixValue = (x: unknown): x is Value => x instanceof Value && x.shape.length > 1;

/** `x.key` of a traced matrix. */
export function matrixMember(x: Value, key: unknown, place: Place): unknown {
  if (key === "length") return x.length;
  if (key === "shape") return x.shape;
  if (key === "data") return reshape(x, [-1]);
  return wrong("data, shape, length or a method of a Matrix", `.${String(key)} of ${called(x)}`, place, "Write x.at(i, j) or x.row(i)");
}

/** The numbers as arrays of rows. */
const nested = (x: Value): unknown => (x.length === undefined ? x : madeHere(Array.from({ length: x.length }, (_, i) => nested(at(x, i)))));

/** `x.name(…)` of a traced matrix. */
export function matrixMethod(x: Value, name: string, args: readonly unknown[], place: Place): unknown {
  for (const arg of args) {
    checkSet(arg);
    if (isTraced(arg))
      return wrong(`plain numbers for ${name}`, called(arg), place, "Write take(x.data, i) with the place in row-major order");
  }
  const places = args as readonly number[];
  if (name === "at" && places.length === x.shape.length) return places.reduce((part, i) => at(part, i), x);
  if (name === "row") return at(x, places[0]!);
  if (name === "toArray") return nested(x);
  return wrong(
    Object.hasOwn(Matrix.prototype, name) ? `as many places as dimensions for ${name}` : "a method of a Matrix",
    `.${name}(${args.map(called).join(", ")}) of ${called(x)}`,
    place,
  );
}
