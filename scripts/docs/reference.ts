/** The site's pages by TypeDoc: guides with their titles, and the reference by topic, its functions with examples. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import {
  Application,
  Comment,
  type CommentDisplayPart,
  CommentTag,
  Context,
  Converter,
  type DeclarationReflection,
  JSX,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  TSConfigReader,
  TypeDocReader,
} from "typedoc";
import { exampleOf } from "./examples.js";
import { entries, pages, topicOf, topicOrder } from "./topics.js";

const order = Object.values(pages).flat();

/** Functions that are constants of a callable type are documented as the functions that they are. */
function constantsAsFunctions(): void {
  const getComment = Reflect.get(Context.prototype, "getComment") as (this: Context, ...args: unknown[]) => Comment | undefined;
  Context.prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind);
    if (kind === ReflectionKind.Variable) comment?.modifierTags.add("@function");
    return comment;
  };
}

/** Where it was declared, from src/. */
function fileOf(reflection: Reflection): string | undefined {
  const path = reflection.project.getSymbolIdFromReflection(reflection)?.fileName;
  return path && relative("src", path).replaceAll("\\", "/");
}

const tagged = (reflection: { comment?: Comment }, tag: "@category" | "@example", text: string): void => {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag(tag, [{ kind: tag === "@example" ? "code" : "text", text }]));
};

function describeEntry(module: DeclarationReflection): void {
  const file = `src/${module.name}.ts`;
  const [, sentence] = /^\/\*\* (?:[\w/]+: )?([^]*?) \*\//.exec(readFileSync(file, "utf8"))!;
  module.name = entries[module.name] ?? `wengert/${module.name}`;
  module.comment = new Comment([{ kind: "text", text: `${sentence![0]!.toUpperCase()}${sentence!.slice(1)}` }]);
  tagged(module, "@category", "Reference");
}

/** Gives what an entry exports its topic and, where it is a function, an example; returns the functions that have none. */
function describeMember(member: DeclarationReflection): string[] {
  const file = fileOf(member);
  if (file === undefined) return [];
  tagged(member, "@category", topicOf(file));
  if (!member.kindOf(ReflectionKind.Function)) return [];
  const example = exampleOf(member.name);
  if (example === undefined) return [member.name];
  tagged(member.signatures![0]!, "@example", `\`\`\`ts\n${example.trimEnd()}\n\`\`\``);
  return [];
}

/** Takes the title off a page, which TypeDoc prints itself, and returns it. */
function withoutTitle(content: readonly CommentDisplayPart[] | undefined): string {
  const heading = content![0]!;
  const [line, title] = /^(?:<!--[^]*?-->\s*)?# (.*)\n*/.exec(heading.text)!;
  heading.text = heading.text.slice(line.length);
  return title!;
}

function titleDocuments(project: ProjectReflection): void {
  const parts = Object.entries(pages).flatMap(([part, files]) => files.map((file) => [file, part] as const));
  for (const document of project.documents ?? []) {
    const [file, part] = parts.find(([path]) => path === `${document.name}.md`)!;
    document.name = withoutTitle(document.content);
    document.frontmatter["category"] = part;
    places.set(document, order.indexOf(file));
  }
}

const places = new Map<Reflection, number>();
const byPlace = (a: Reflection, b: Reflection): number => (places.get(a) ?? -1) - (places.get(b) ?? -1);

/**
 * Writes the pages into a folder, with links to what else is there by name.
 * @throws Error where TypeDoc warns, or a function has no example.
 */
export async function writeReference(out: string, elsewhere: Readonly<Record<string, string>>): Promise<void> {
  constantsAsFunctions();
  const app = await Application.bootstrapWithPlugins(
    {
      out,
      projectDocuments: [...order],
      categorizeByGroup: false,
      categoryOrder: [...Object.keys(pages), "Reference", ...topicOrder, "*"],
      navigation: { includeCategories: true, includeGroups: false, compactFolders: false },
      excludeReferences: true,
      includeHierarchySummary: false,
    },
    [new TypeDocReader(), new TSConfigReader()],
  );
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    titleDocuments(project);
    withoutTitle(project.readme);
    const bare: string[] = [];
    for (const module of project.children ?? []) {
      describeEntry(module);
      for (const member of module.children ?? []) bare.push(...describeMember(member));
    }
    if (bare.length > 0) app.logger.error(`functions without an example in the guides: ${bare.join(", ")}` as never);
  });
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }: Context) => {
      project.documents?.sort(byPlace);
      for (const category of project.categories ?? []) category.children.sort(byPlace);
    },
    -1000,
  );
  app.renderer.hooks.on("sidebar.begin", (context) =>
    JSX.createElement(
      "p",
      null,
      ...Object.entries(elsewhere).map(([name, path]) => JSX.createElement("a", { href: context.relativeURL(path) }, name)),
    ),
  );
  const project = await app.convert();
  if (project === undefined) throw new Error("typedoc: the errors above");
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("typedoc: expected no warnings, got those above");
}
