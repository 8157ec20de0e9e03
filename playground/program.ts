/** The text of a program: its functions, read by acorn, and what runs when it is evaluated. */
import { parse, type Pattern, type Program } from "acorn";
import * as densities from "wengert/densities";
import * as library from "wengert";
import { native } from "wengert/native";

/** What a program may use by name: the functions of the library. */
const names: Readonly<Record<string, unknown>> = { ...densities, ...library };

/** Lines that stand before the code in the function that is made of it. */
const LINES_BEFORE = 2;

export type AnyFunction = (...args: unknown[]) => unknown;

/** Names of an argument's numbers, as `formula` takes them. */
export type ArgumentNames = string | readonly ArgumentNames[] | { readonly [key: string]: ArgumentNames };

export interface Source {
  readonly f: AnyFunction;
  /** The derivative written by hand, where the program has a function `byHand`. */
  readonly byHand: AnyFunction | undefined;
  readonly args: readonly unknown[];
  /** The program's functions as they are written. */
  readonly written: readonly AnyFunction[];
  readonly names: readonly ArgumentNames[] | undefined;
}

/** An error with the line of the code that it is about. */
export class ProgramError extends Error {
  constructor(
    message: string,
    readonly line: number | undefined,
  ) {
    super(message);
  }
}

/** The names of a parameter's parts; undefined where it is more than names. */
function namesOf(pattern: Pattern): ArgumentNames | undefined {
  if (pattern.type === "Identifier") return pattern.name;
  if (pattern.type === "ArrayPattern") {
    const parts = pattern.elements.map((element) => element && namesOf(element));
    return parts.every((part) => part !== null && part !== undefined) ? parts : undefined;
  }
  if (pattern.type !== "ObjectPattern") return undefined;
  const entries: [string, ArgumentNames][] = [];
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier") return undefined;
    const part = namesOf(property.value);
    if (part === undefined) return undefined;
    entries.push([property.key.name, part]);
  }
  return Object.fromEntries(entries);
}

/** The functions that are declared at the top, by name, with their parameters. */
function functionsOf(program: Program): Map<string, Pattern[]> {
  const functions = new Map<string, Pattern[]>();
  for (const statement of program.body) {
    if (statement.type === "FunctionDeclaration") functions.set(statement.id.name, statement.params);
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== "Identifier") continue;
      if (init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression") functions.set(id.name, init.params);
    }
  }
  return functions;
}

const declared = (program: Program): string[] =>
  program.body.flatMap((statement) => {
    if (statement.type === "FunctionDeclaration") return [statement.id.name];
    if (statement.type !== "VariableDeclaration") return [];
    return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
  });

/** The line that an error of the code is about, from the place in its message or in its stack. */
function lineOf(error: Error, code: string, functions: readonly AnyFunction[]): number | undefined {
  const { loc } = error as { loc?: { line: number } };
  if (loc) return loc.line;
  const named = /at line (\d+), column \d+ of (?:the function )?(\w*)/.exec(error.message);
  if (named) {
    const f = functions.find(({ name }) => name === named[2]) ?? functions[0];
    const start = f ? code.indexOf(f.toString()) : -1;
    return start < 0 ? undefined : code.slice(0, start).split("\n").length + Number(named[1]) - 1;
  }
  const place = /<anonymous>:(\d+):\d+\)?(?:\n|$)/.exec(error.stack ?? "");
  const line = place ? Number(place[1]) - LINES_BEFORE : 0;
  return line >= 1 && line <= code.split("\n").length ? line : undefined;
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Runs what concerns the code; errors get its line. */
export function within<T>(code: string, functions: readonly AnyFunction[], run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof ProgramError) throw thrown;
    const error = asError(thrown);
    throw new ProgramError(error.message.replace(/ \(\d+:\d+\)$/, ""), lineOf(error, code, functions));
  }
}

/** A function of a text: what the playground is for, in a sandbox. */
export const functionOf = (text: string, parameters: readonly string[] = []): AnyFunction =>
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function(...parameters, text) as AnyFunction;

/** Evaluates a text whose names are those of the library and those given. */
function evaluate(text: string, known: Readonly<Record<string, unknown>>): unknown {
  const scope = { ...names, ...known };
  return functionOf(text, Object.keys(scope))(...Object.values(scope));
}

/**
 * Reads a program: `f` is the function of that name, or the last one.
 * @throws ProgramError where it is no program, or throws.
 */
export function read(code: string, argsText: string): Source {
  const program = within(code, [], () => parse(code, { ecmaVersion: 2022, sourceType: "script", locations: true }));
  const functions = functionsOf(program);
  const name = functions.has("f") ? "f" : [...functions.keys()].filter((each) => each !== "byHand").at(-1);
  if (name === undefined) throw new ProgramError("expected a function f, got none. Write: const f = (x) => x * x;", 1);
  const tops = declared(program);
  const made = within(code, [], () => evaluate(`"use strict";${code}\nreturn { ${tops.join(", ")} };`, {})) as Record<string, unknown>;
  const parameters = functions.get(name)!.map(namesOf);
  let args: readonly unknown[];
  try {
    args = evaluate(`"use strict"; return [${argsText}\n];`, made) as readonly unknown[];
  } catch (thrown) {
    throw new ProgramError(`arguments: ${asError(thrown).message}`, undefined);
  }
  if (args.length === 0) throw new ProgramError("arguments: expected one or more, as in [2, 3], got none", undefined);
  const helpers = Object.fromEntries(
    Object.entries(made).map(([key, value]) => [
      key,
      typeof value === "function" && key !== name ? native(value as AnyFunction, { ...names, ...made }) : value,
    ]),
  );
  return {
    f: native(made[name] as AnyFunction, { ...names, ...helpers }),
    byHand: typeof made["byHand"] === "function" ? (made["byHand"] as AnyFunction) : undefined,
    args,
    written: [...functions.keys()].map((each) => made[each] as AnyFunction),
    names: parameters.every((part) => part !== undefined) ? parameters : undefined,
  };
}
