/** Derivatives of rows that own bodies, by the names of these. */
import { byOpcode } from "../ops/rows.js";
import { type BodyRow } from "../ops/structural.js";
import { call } from "./bodies.js";
import { type BodyRule } from "./bodyrules.js";
import { loop } from "./loops.js";

const rules: Readonly<Record<BodyRow, BodyRule>> = { call, loop };
const rulesByOpcode = byOpcode(rules);

/** The tangents of the parts of a row that owns bodies. */
export const bodyTangents: BodyRule["tangents"] = (pass, row, given) => rulesByOpcode[pass.graph.op[row]!]!.tangents(pass, row, given);

/** What a row that owns bodies gives to its operands. */
export const bodyAdjoints: BodyRule["adjoints"] = (pass, row, given, wanted) =>
  rulesByOpcode[pass.graph.op[row]!]!.adjoints(pass, row, given, wanted);
