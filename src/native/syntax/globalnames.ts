/** The globals that have a counterpart in traced copies. */
export const globalNames: ReadonlySet<string> = new Set([
  "Array",
  "Boolean",
  "Float64Array",
  "Math",
  "Number",
  "Object",
  "isFinite",
  "isNaN",
]);
