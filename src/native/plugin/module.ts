/** A module whose native functions get their traced copies beside them: the text stays as it is, and copies are put in. */
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type Options, Parser } from "acorn";
import { generate } from "astring";
import MagicString from "magic-string";
import { arrow, block, call, childrenOf, type es, type FunctionNode, id, isFunction, literal, member } from "../syntax/ast.js";
import { globalNames } from "../syntax/globalnames.js";
import { type Locate, refuse } from "../syntax/refusals.js";
import { prefixFor, rewrite } from "../syntax/rewrite.js";
import { type Binding, type Scope, scopesOf } from "../syntax/scopes.js";
import { erase } from "./erase.js";
import { type DecodedMap, withMappings, type Mapping } from "./maps.js";

/** What functions with copies that stand in the text are imported from, in place of the entry that parses. */
const BUILT = "wengert/native-built";
const ENTRY = "wengert/native";

type Placed = es.Node & { readonly start: number; readonly end: number };

/** Where a node stands in the text. */
const spanOf = (node: es.Node): Placed => node as Placed;

/** What a module is rewritten by. */
interface ModuleOptions {
  /** The name of the file, in messages. */
  readonly text: string;
  readonly isTypeScript: boolean;
  readonly hasJsx: boolean;
  /** Where a place was before another tool rewrote the text. */
  readonly locate?: Locate | undefined;
}

/** A rewritten module. */
interface RewrittenModule {
  readonly code: string;
  readonly map: DecodedMap;
}

function parse(code: string, { isTypeScript, hasJsx }: ModuleOptions): es.Program {
  const options: Options = { ecmaVersion: "latest", sourceType: "module", locations: true, allowHashBang: true };
  const parser = isTypeScript || hasJsx ? Parser.extend(tsPlugin({ jsx: hasJsx })) : Parser;
  return parser.parse(code, options) as unknown as es.Program;
}

/** The names by which a module calls `native`. */
interface Names {
  readonly functions: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/** A native call: the call, and its function. */
interface NativeCall {
  readonly node: es.SimpleCallExpression;
  readonly scope: Scope;
}

/** The function that an expression is, also where esbuild keeps its name: `__name((x) => …, "f")`. */
function functionIn(node: es.Node | null | undefined): FunctionNode | undefined {
  if (!node || isFunction(node)) return node ?? undefined;
  const isNamed = node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "__name";
  return isNamed ? functionIn(node.arguments[0]) : undefined;
}

/** A module as it is rewritten. */
class Module {
  readonly #program: es.Program;
  /** The module as the block of a function. */
  readonly #body: es.BlockStatement;
  readonly #out: MagicString;
  readonly #operations: string;
  readonly #scopes: ReadonlyMap<es.Node, Scope>;
  readonly #functions = new Map<es.Node, FunctionNode>();
  readonly #calls: NativeCall[] = [];
  /** The functions of the module that have a copy, and the names of what makes it. */
  readonly #makers = new Map<Binding, string>();
  readonly #mappings: Mapping[] = [];

  constructor(
    readonly code: string,
    readonly options: ModuleOptions,
  ) {
    this.#program = parse(code, options);
    this.#out = new MagicString(code);
    this.#operations = prefixFor(code);
    erase(this.#program);
    this.#body = block(this.#program.body as es.Statement[]);
    const root = arrow([], this.#body);
    this.#scopes = scopesOf(root);
    this.#collect(root, this.#scopes.get(root)!);
  }

  /** The names that the entry's functions have here; its imports are turned to the part without a parser. */
  #names(): Names {
    const [functions, namespaces] = [new Set<string>(), new Set<string>()];
    for (const node of this.#program.body) {
      if (node.type !== "ImportDeclaration" || node.source.value !== ENTRY) continue;
      const { start, end } = spanOf(node.source);
      this.#out.overwrite(start, end, JSON.stringify(BUILT));
      for (const specifier of node.specifiers) {
        if (specifier.type === "ImportNamespaceSpecifier") namespaces.add(specifier.local.name);
        else if (specifier.type === "ImportSpecifier" && (specifier.imported as es.Identifier).name === "native")
          functions.add(specifier.local.name);
      }
    }
    return { functions, namespaces };
  }

  /** Finds the functions that names stand for. */
  #collect(node: es.Node, scope: Scope): void {
    const inner = this.#scopes.get(node) ?? scope;
    if (node.type === "FunctionDeclaration") this.#functions.set(node.id, node);
    const init = node.type === "VariableDeclarator" && functionIn(node.init);
    if (init) this.#functions.set(node.id, init);
    for (const child of childrenOf(node)) this.#collect(child, inner);
  }

  /** Finds the calls of `native`. */
  #find(node: es.Node, scope: Scope, names: Names): void {
    const inner = this.#scopes.get(node) ?? scope;
    const isNative = (name: string): boolean => names.functions.has(name) && inner.find(name)?.kind === "import";
    if (node.type === "ImportDeclaration" || (node.type === "ExportNamedDeclaration" && node.source)) return;
    if (node.type === "CallExpression") {
      const { callee } = node;
      const isCall =
        (callee.type === "Identifier" && isNative(callee.name)) ||
        (callee.type === "MemberExpression" &&
          callee.object.type === "Identifier" &&
          names.namespaces.has(callee.object.name) &&
          inner.find(callee.object.name)?.kind === "import" &&
          (callee.property as es.Identifier).name === "native");
      if (isCall) {
        this.#calls.push({ node, scope: inner });
        for (const argument of node.arguments) this.#find(argument, inner, names);
        return;
      }
    }
    for (const child of childrenOf(node)) {
      const isName =
        (node.type === "MemberExpression" && child === node.property && !node.computed) ||
        (node.type === "Property" && child === node.key && !node.computed);
      if (child.type === "Identifier" && !isName && isNative(child.name))
        this.#refuse(child, "native where it is not called", "Call it where the function is written: native((x) => …)");
      this.#find(child, inner, names);
    }
  }

  /** A function's copy as code. */
  #copy(node: FunctionNode, scope: Scope): string {
    const { text: file, locate } = this.options;
    const copy = rewrite(node, {
      text: file,
      locate,
      operations: this.#operations,
      free: (name) => this.#free(name, scope),
    });
    const mappings: Mapping["segments"][number][] = [];
    const text = generate(copy, {
      indent: "",
      lineEnd: " ",
      sourceMap: {
        addMapping: ({
          generated,
          original,
        }: {
          generated: { line: number; column: number };
          original: { line: number; column: number } | null;
        }) => {
          if (original && generated.line === 1) mappings.push({ at: generated.column, line: original.line, column: original.column });
        },
      } as never,
    });
    this.#mappings.push({ text, segments: mappings });
    return text;
  }

  /** What stands for a name from outside a function: a function of the module stands for itself, and for its copy where it is called. */
  #free(name: es.Identifier, scope: Scope): es.Expression {
    const binding = scope.find(name.name);
    if (!binding) return globalNames.has(name.name) ? call(member(id(this.#operations), "global"), literal(name.name)) : name;
    const maker = this.#maker(binding);
    if (maker === undefined) return name;
    return call(member(id(this.#operations), "helper"), name, id(maker));
  }

  /** The name of what makes the copy of a function of the module; undefined where it has none. */
  #maker(binding: Binding): string | undefined {
    const node = this.#functions.get(binding.node);
    const known = this.#makers.get(binding);
    if (known !== undefined) return known;
    const isFixed = !binding.assigned && !binding.again && (binding.kind === "function" || binding.kind === "const");
    const block = binding.scope.node;
    if (!node || !isFixed || block.type !== "BlockStatement") return undefined;
    const name = `${this.#operations}${binding.name}`;
    this.#makers.set(binding, name);
    let body: string;
    try {
      body = `return ${this.#copy(node, this.#outside(node))};`;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      body = `return ${JSON.stringify(error.message)};`; // it may be called with plain values all the same
    }
    this.#out.appendLeft(this.#beginning(block), `function ${name}() { ${body} } `);
    return name;
  }

  /** The scope that a function stands in. */
  #outside(node: FunctionNode): Scope {
    return this.#scopes.get(node)!.parent!;
  }

  /** Where declarations can be put at the head of a block: before the first statement that is no directive. */
  #beginning({ body }: es.BlockStatement): number {
    return spanOf(body.find((node) => !("directive" in node && node.directive))!).start;
  }

  rewritten(): RewrittenModule | undefined {
    const names = this.#names();
    if (names.functions.size === 0 && names.namespaces.size === 0) return undefined;
    const module = this.#scopes.get(this.#body)!;
    for (const node of this.#program.body) this.#find(node, module, names);
    for (const { node, scope } of this.#calls) this.#give(node, scope);
    const head = `import { operations as ${this.#operations}0 } from ${JSON.stringify(BUILT)}; const ${this.#operations} = /*#__PURE__*/ ${this.#operations}0(${JSON.stringify(this.options.text)}); `;
    this.#out.prependLeft(this.#beginning(this.#body), head);
    const code = this.#out.toString();
    return {
      code,
      map: withMappings(
        code,
        this.#out.generateDecodedMap({ hires: "boundary", source: this.options.text, includeContent: true }),
        this.#mappings,
      ),
    };
  }

  /** Gives a native call the copy of its function. */
  #give(node: es.SimpleCallExpression, scope: Scope): void {
    const [given] = node.arguments;
    if (!given || given.type === "SpreadElement") return this.#refuse(node, "native of no function", "Write native((x) => …)");
    let maker: string | undefined;
    const written = functionIn(given);
    if (written) maker = `() => ${this.#copy(written, scope)}`;
    else if (given.type === "Identifier") {
      const binding = scope.find(given.name);
      maker = binding && this.#maker(binding);
      if (binding && maker !== undefined) this.#copyOrThrow(this.#functions.get(binding.node)!);
    }
    if (maker === undefined)
      return this.#refuse(
        given,
        "native of what is no function of this module",
        "Write the function in the call, or give it a name by const or function",
      );
    this.#out.appendLeft(spanOf(given).end, `, ${maker}`);
    this.#out.appendLeft(spanOf(node).start, "/*#__PURE__*/ ");
  }

  /** What cannot be traced in a function that is native is an error of the build. */
  #copyOrThrow(node: FunctionNode): void {
    const { text, locate } = this.options;
    rewrite(node, { text, locate, operations: this.#operations, free: (name) => name });
  }

  #refuse(node: es.Node, came: string, remedy: string): never {
    return refuse(node, this.options.text, came, remedy, this.options.locate);
  }
}

/**
 * A module with the traced copies of its native functions, and its source map; undefined where it imports nothing of `wengert/native`.
 * @throws SyntaxError on what cannot be traced, with its line and column.
 */
export function rewriteModule(code: string, options: ModuleOptions): RewrittenModule | undefined {
  return code.includes(ENTRY) ? new Module(code, options).rewritten() : undefined;
}
