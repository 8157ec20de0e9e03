/** What is assigned to or declared: variables, elements, and patterns taken apart. */
import { assign, conditional, constant, element, type es, id, isUndefined, literal, sequence, statement } from "./ast.js";
import { type Context, isCell } from "./context.js";

/** A property's key: its name, or what it is computed to be. */
const keyOf = (key: es.Expression | es.PrivateIdentifier, computed: boolean, c: Context): es.Expression => {
  if (key.type === "PrivateIdentifier") return c.refuse(key, "a private name", "Write functions of arrays and plain objects");
  if (computed) return c.value(key);
  return literal(key.type === "Identifier" ? key.name : String((key as es.Literal).value));
};

/** The object and the key of a member. */
export function placeOf(node: es.MemberExpression, c: Context): readonly [object: es.Expression, key: es.Expression] {
  if (node.object.type === "Super") return c.refuse(node, "super", "Write functions of arrays and plain objects");
  return [c.value(node.object), keyOf(node.property, node.computed, c)];
}

/** Where the parts of a pattern go. */
interface Parts {
  /** Keeps a value under a name. */
  readonly keep: (value: es.Expression) => es.Identifier;
  /** Gives a part to a variable or an element. */
  readonly give: (target: es.Identifier | es.MemberExpression, value: es.Expression) => void;
}

/** Takes a value apart by a pattern. */
function takeApart(pattern: es.Pattern, source: es.Expression, c: Context, parts: Parts): void {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression":
      return parts.give(pattern, source);
    case "AssignmentPattern": {
      const kept = parts.keep(source);
      return takeApart(pattern.left, conditional(isUndefined(kept), c.value(pattern.right), kept), c, parts);
    }
    case "ArrayPattern": {
      const rest = pattern.elements.at(-1)?.type === "RestElement";
      const kept = parts.keep(c.at(pattern, "elements", source, literal(rest ? Infinity : pattern.elements.length)));
      return pattern.elements.forEach((item, i) => {
        if (item?.type === "RestElement") takeApart(item.argument, c.do("rest", kept, literal(i)), c, parts);
        else if (item) takeApart(item, element(kept, i), c, parts);
      });
    }
    case "ObjectPattern": {
      const kept = parts.keep(source);
      const keys: es.Expression[] = [];
      return pattern.properties.forEach((property) => {
        if (property.type === "RestElement")
          return takeApart(property.argument, c.at(property, "others", kept, { type: "ArrayExpression", elements: keys }), c, parts);
        const key = keyOf(property.key, property.computed, c);
        const name = property.computed ? parts.keep(key) : key;
        keys.push(name);
        takeApart(property.value, c.at(property, "get", kept, name), c, parts);
      });
    }
    case "RestElement":
      return takeApart(pattern.argument, source, c, parts);
  }
}

/** An assignment, whose value is what was assigned. */
export function assignTo(target: es.Pattern, node: es.Node, given: es.Expression, c: Context): es.Expression {
  if (target.type === "Identifier") {
    const binding = c.binding(target.name);
    if (!binding)
      return c.refuse(
        node,
        `an assignment to ${target.name}, which is declared outside the function`,
        "A traced copy has no effect on what is outside: return the value",
      );
    if (binding.kind === "const" || binding.kind === "function")
      return c.refuse(node, `an assignment to ${target.name}, which is no variable`, "Declare it by let");
    return isCell(binding) ? c.do("put", id(target.name), given) : assign(id(target.name), given);
  }
  if (target.type === "MemberExpression") return c.at(node, "set", ...placeOf(target, c), given);
  const all = c.temporary();
  const steps: es.Expression[] = [assign(all, given)];
  takeApart(target, all, c, {
    keep(part) {
      const name = c.temporary();
      steps.push(assign(name, part));
      return name;
    },
    give: (to, part) => void steps.push(assignTo(to, node, part, c)),
  });
  return sequence([...steps, all]);
}

/** What becomes of a pattern's names: they are declared here, or declared before and given their value, or are assigned as any target. */
type Declared = "here" | "before" | "elsewhere";

/** The statements that give the names of a pattern their values. */
export function declare(pattern: es.Pattern, given: es.Expression, c: Context, declared: Declared = "here"): es.Statement[] {
  const statements: es.Statement[] = [];
  takeApart(pattern, given, c, {
    keep(part) {
      const name = c.unit.fresh();
      statements.push(constant(name.name, part));
      return name;
    },
    give(to, part) {
      if (to.type === "MemberExpression" || declared === "elsewhere") statements.push(statement(assignTo(to, to, part, c)));
      else if (declared === "before") statements.push(statement(c.do("put", to, part)));
      else statements.push(constant(to.name, isCell(c.binding(to.name)!) ? c.do("cell", part) : part));
    },
  });
  return statements;
}
