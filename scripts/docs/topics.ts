/** What the site has, in its order: guides, and the topics of the reference by the files that declare them. */

/** The pages of the site by their part, in the order in which they are to be read. */
export const pages: Readonly<Record<string, readonly string[]>> = {
  "Begin here": ["docs/start.md", "docs/tutorial.md", "docs/sharp-bits.md", "docs/cookbook.md", "docs/coming-from.md"],
  "How it works": [
    "docs/reverse.md",
    "docs/ways.md",
    "docs/pictures.md",
    "docs/accuracy.md",
    "docs/reproducible.md",
    "docs/conventions.md",
  ],
  "What it does": [
    "docs/fitting.md",
    "docs/matrices.md",
    "docs/loops.md",
    "docs/loops.md",
    "docs/servers.md",
    "docs/native.md",
    "docs/modules.md",
    "docs/functions.md",
    "docs/benchmarks.md",
  ],
  "Taking part": ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
};

/** The names by which the entries are imported. */
export const entries: Readonly<Record<string, string>> = {
  index: "wengert",
  slim: "wengert/slim",
  pictures: "wengert/pictures",
  optimize: "wengert/optimize",
  densities: "wengert/densities",
  native: "wengert/native",
};

const types = "Types of what is given and returned";

/** The topic of what a file of src/ declares: the first whose pattern its path fits. */
const topics: readonly (readonly [topic: string, files: RegExp])[] = [
  ["Derivatives", /^transforms\/(gradient|jvp|vjp|jacobian|directions)\.ts$/],
  ["Derivatives that are mostly zero", /^transforms\/sparse\.ts$/],
  ["Many points at once", /^(transforms\/vmap|data\/columns)\.ts$/],
  ["Compiled functions and modules", /^(compiled\/(compile|step|portable)|engines\/.*)\.ts$/],
  ["Functions that are recorded", /^(transforms\/(record|callable|custom|hostop)|passes\/.*)\.ts$/],
  [
    "Loops and branches",
    /^transforms\/(scan|repeat|while|cond|switch|branch|loop|steps|fixed|checkpoint|control)\w*\.ts$|^trace\/(loop|control)\w*\.ts$/,
  ],
  ["Graphs, formulas and pictures", /^(transforms\/traced|graph\/.*|pictures\/.*|source\/.*|pictures)\.ts$/],
  ["Other ways, and checks", /^checks\//],
  ["Elementwise functions", /^trace\/generated\/math\.ts$/],
  ["Vectors", /^trace\/(vectors|vector|scans|statistics)\.ts$/],
  ["Matrices and linear algebra", /^(data\/matrix|trace\/(matrices|places|products|systems|decompositions|wholes|axes))\.ts$/],
  ["Trees of parameters", /^trace\/trees\.ts$/],
  ["Values and errors", /^(trace\/value|errors)\.ts$/],
  ["Fitting", /^optimize\//],
  ["Constraints", /^densities\/transforms\.ts$/],
  ["Densities", /^densities\//],
  ["Native functions", /^native[/.]/],
  ["The kernel", /^engines\/kernel\/|^slim\.ts$/],
  [types, /^(trace|data|ops)\//],
  ["Other functions", /^/],
];

/** The topics in their order. */
export const topicOrder: readonly string[] = topics.map(([topic]) => topic);

/** The topic of what a file declares. */
export const topicOf = (file: string): string => topics.find(([, pattern]) => pattern.test(file))![0];
