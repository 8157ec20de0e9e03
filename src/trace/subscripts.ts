/** Subscripts of sums of products: read, and the sizes that they stand for. */
import { describe } from "../errors.js";
import { MOST_DIMENSIONS, type Shape, shapeText } from "../ops/shapes.js";

/** What subscripts say of shapes: a label for each dimension. Dimensions of "..." have numbers as labels, from the last on. */
interface Subscripts {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
}

const DOTS = "...";
const isLetter = (x: string): boolean => /^[A-Za-z]$/.test(x);

/** The labels of a term, "..." being one. */
function labelsOf(term: string, subscripts: string): string[] {
  const labels = term.replace(DOTS, "…").replace(/\s/g, "").split("");
  for (const label of labels)
    if (label !== "…" && !isLetter(label))
      throw new TypeError(
        `einsum: expected letters, commas, one "..." a term and one "->", got ${describe(label)} in ${describe(subscripts)}`,
      );
  return labels;
}

/** The labels of an operand's dimensions. */
function spread(labels: readonly string[], shape: Shape, operand: number, term: string): string[] {
  const dots = labels.indexOf("…");
  const free = shape.length - labels.length + 1;
  if (dots < 0 ? labels.length !== shape.length : free < 0) {
    const dimensions = dots < 0 ? labels.length : `at least ${labels.length - 1}`;
    throw new RangeError(
      `einsum: expected ${dimensions} dimension${dimensions === 1 ? "" : "s"} for "${term.trim()}", got the shape ${shapeText(shape)} at operand ${operand}`,
    );
  }
  if (dots < 0) return [...labels];
  return labels.flatMap((label) => (label === "…" ? Array.from({ length: free }, (_, i) => String(free - 1 - i)) : [label]));
}

/** Throws unless a result may have such labels; returns them. */
function checkedResult(labels: readonly string[], among: ReadonlyMap<string, number>, term: string): readonly string[] {
  labels.forEach((label, i) => {
    if (!among.has(label)) throw new RangeError(`einsum: expected subscripts of operands in the result, got ${label} in "->${term}"`);
    if (labels.indexOf(label) < i)
      throw new RangeError(`einsum: expected each subscript of the result once, got ${label} again in "->${term}"`);
  });
  return labels;
}

/** Reads subscripts, as NumPy does, beside the shapes of operands. Without "->", the result has the dimensions of "..." and the letters that stand once, in the alphabet's order, capitals first. */
export function readSubscripts(subscripts: unknown, shapes: readonly Shape[]): Subscripts {
  if (typeof subscripts !== "string") throw new TypeError(`einsum: expected subscripts such as "ij,jk->ik", got ${describe(subscripts)}`);
  const [given, result, ...more] = subscripts.split("->") as [string, ...string[]];
  if (more.length > 0) throw new TypeError(`einsum: expected one "->", got ${more.length + 1} in ${describe(subscripts)}`);
  const terms = given.split(",");
  if (terms.length !== shapes.length)
    throw new TypeError(
      `einsum: expected ${terms.length} operand${terms.length === 1 ? "" : "s"} for ${describe(subscripts)}, got ${shapes.length}`,
    );
  const operands = terms.map((term, k) => spread(labelsOf(term, subscripts), shapes[k]!, k, term));
  const sizes = new Map<string, number>();
  const first = new Map<string, string>();
  operands.forEach((labels, k) =>
    labels.forEach((label, i) => {
      const size = shapes[k]![i]!;
      const known = sizes.get(label);
      const own = labels.indexOf(label) < i;
      if (known !== undefined && known !== size && (own || (known !== 1 && size !== 1)))
        throw new RangeError(
          `einsum: expected one size for ${isLetter(label) ? label : "a dimension of ..."}, got ${known} in "${first.get(label)}" and ${size} in "${terms[k]!.trim()}"`,
        );
      if (known === undefined || known === 1) {
        sizes.set(label, size);
        first.set(label, terms[k]!.trim());
      }
    }),
  );
  const dots = [...sizes.keys()].filter((label) => !isLetter(label)).sort((x, y) => Number(y) - Number(x));
  if (result === undefined) {
    const all = operands.flat();
    const once = [...sizes.keys()].filter((label) => isLetter(label) && all.filter((other) => other === label).length === 1);
    return { operands, result: checkedSize([...dots, ...once.sort()], subscripts), sizes };
  }
  const labels = labelsOf(result, subscripts);
  if (dots.length > 0 && !labels.includes("…"))
    throw new RangeError(`einsum: expected "..." in the result, as operands have dimensions for it, got "->${result.trim()}"`);
  const spreadOut = labels.flatMap((label) => (label === "…" ? dots : [label]));
  return { operands, result: checkedSize(checkedResult(spreadOut, sizes, result.trim()), subscripts), sizes };
}

function checkedSize(labels: readonly string[], subscripts: string): readonly string[] {
  if (labels.length > MOST_DIMENSIONS)
    throw new RangeError(
      `einsum: expected a result of at most ${MOST_DIMENSIONS} dimensions, got ${labels.length} of ${describe(subscripts)}`,
    );
  return labels;
}
