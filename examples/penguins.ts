/** Learns to tell penguins apart: softmax regression on a real data set, from tracing to coefficients. `npm start -- --help` lists the options. */
import { Command, InvalidArgumentError, Option } from "commander";
import { checkGradient, compile, type EngineChoice, trace, type Value, valueAndGrad } from "wengert";
import { minimize } from "wengert/optimize";
import { DataError, measurements, type Penguins, readPenguins, shippedFile, split, type Split } from "./penguins/data.js";
import { ratesOf } from "./penguins/measure.js";
import { lossFor, type Parameters, predict, type Rows } from "./penguins/model.js";
import { randomSource } from "./penguins/random.js";
import { Progress, table, whole } from "./penguins/report.js";

interface Options {
  readonly data?: string;
  readonly engine: EngineChoice;
  readonly iterations: number;
  readonly l2: number;
  readonly seed: number;
  readonly testFraction: number;
  readonly seconds: number;
}

const numberIn = (wanted: string, fits: (x: number) => boolean) => (text: string) => {
  const x = text.trim() === "" ? NaN : Number(text);
  if (!fits(x)) throw new InvalidArgumentError(`Expected ${wanted}, got ${text}.`);
  return x;
};

function readOptions(): Options {
  return new Command("penguins")
    .description("Fits a softmax regression of the species of penguins on their measurements.")
    .allowExcessArguments(false)
    .option("--data <file>", "a JSON file of records (default: the one that vega-datasets ships)")
    .addOption(new Option("--engine <name>", "the engine that fits").choices(["auto", "kernel", "reference"]).default("auto"))
    .option(
      "--iterations <n>",
      "iterations of L-BFGS at most",
      numberIn("a whole number from 1", (x) => Number.isInteger(x) && x >= 1),
      200,
    )
    .option(
      "--l2 <weight>",
      "weight of the squared coefficients",
      numberIn("a number from 0", (x) => x >= 0 && x < Infinity),
      0.001,
    )
    .option("--seed <n>", "seed of the split and of the directions", numberIn("a whole number", Number.isInteger), 1)
    .option(
      "--test-fraction <x>",
      "share of the rows kept back",
      numberIn("a number between 0 and 1", (x) => x > 0 && x < 1),
      0.25,
    )
    .option(
      "--seconds <s>",
      "how long to time the engines; 0 for not at all",
      numberIn("a number from 0", (x) => x >= 0 && x < Infinity),
      2,
    )
    .parse()
    .opts<Options>();
}

type Arguments = [Parameters<number>, Rows<Float64Array>];

/** The parameters that a vector holds, row by row. */
function parametersOf(x: Float64Array, species: number): Parameters<number> {
  const width = measurements.length;
  return {
    weights: Array.from({ length: species }, (_, k) => [...x.subarray(k * width, (k + 1) * width)]),
    bias: [...x.subarray(species * width)],
  };
}

/** Compares the gradient with differences at random parameters. */
function checkLoss(l2: number, rows: Rows<Float64Array>, species: number, random: () => number, engine: EngineChoice): void {
  const x = Float64Array.from({ length: species * (measurements.length + 1) }, () => random() - 0.5);
  const seed = Math.floor(2 ** 32 * random());
  const report = checkGradient(lossFor(l2), [parametersOf(x, species), rows], { engine, seed });
  console.log(`\nGradient against central differences along ${report.directions.length} random directions, relative errors`);
  console.log(`  ${report.directions.map((error) => error.toExponential(1)).join("  ")}`);
  if (!report.ok) throw new DataError(report.toString());
}

/** The parameters with the least loss on the training rows, from `start`. */
function fit({ l2, iterations, engine }: Options, start: Parameters<number>, train: Rows<Float64Array>): Parameters<number> {
  const loss = lossFor(l2);
  const rows = train as unknown as Rows<Value>; // what a function captures is data
  const progress = new Progress(iterations, process.stdout.isTTY);
  const found = minimize((parameters: Parameters<Value>) => loss(parameters, rows), start, {
    engine,
    maxIterations: iterations,
    onIteration: (iteration) => progress.show(iteration),
  });
  progress.end(found);
  console.log(`  ${found.reason}, after ${found.evaluations} evaluations`);
  return found.x;
}

/** Which species is taken for which: a row for each that is, a column for each that was predicted. */
function confusion(parameters: Parameters<number>, rows: Rows<Float64Array>, engine: EngineChoice): number[][] {
  const step = compile(predict, [parameters, rows.measured], { engine });
  const predicted = step(parameters, rows.measured) as Float64Array;
  return rows.isSpecies.map((is) => rows.isSpecies.map((_, k) => predicted.reduce((count, j, i) => count + is[i]! * Number(j === k), 0)));
}

const accuracy = (counts: readonly (readonly number[])[]): string => {
  const all = counts.flat().reduce((total, count) => total + count, 0);
  const right = counts.reduce((total, row, k) => total + row[k]!, 0);
  return `${((100 * right) / all).toFixed(1)} % (${right} of ${all})`;
};

function showFit(parameters: Parameters<number>, { train, test }: Split, species: readonly string[], engine: EngineChoice): void {
  const [onTrain, onTest] = [confusion(parameters, train, engine), confusion(parameters, test, engine)];
  console.log(
    `\nAccuracy\n${table([
      ["train", accuracy(onTrain)],
      ["test", accuracy(onTest)],
    ])}`,
  );
  const counts = onTest.map((row, k) => [species[k]!, ...row.map(String)]);
  console.log(`\nTest rows by species (down) and prediction (across)\n${table([["", ...species], ...counts])}`);
  const coefficients = species.map((name, k) => [name, ...[...parameters.weights[k]!, parameters.bias[k]!].map((x) => x.toFixed(3))]);
  console.log(`\nCoefficients of the standardised measurements\n${table([["", ...measurements, "bias"], ...coefficients])}`);
}

function showRates(l2: number, args: Arguments, seconds: number): void {
  const engines = ["kernel", "reference"] as const;
  const steps = engines.map((engine) => compile(valueAndGrad(lossFor(l2)), args, { engine }));
  const [kernel, reference] = ratesOf(
    steps.map((step) => () => step.run()),
    seconds,
  );
  console.log(`\nGradients a second over ${args[1].measured[0]!.length} rows (medians of alternating rounds)`);
  console.log(
    table([
      ["kernel", whole(kernel!)],
      ["reference", whole(reference!)],
      ["ratio", (kernel! / reference!).toFixed(2)],
    ]),
  );
}

function showData({ complete, dropped, species }: Penguins, { train, test }: Split, file: string): void {
  const [learned, kept] = [train.measured[0]!.length, test.measured[0]!.length];
  console.log(`${complete.length} penguins of ${species.length} species from ${file}`);
  console.log(`  ${dropped} more lack measurements and were dropped; ${learned} to learn from, ${kept} to test on`);
}

function main(): void {
  const options = readOptions();
  const file = options.data ?? shippedFile();
  const penguins = readPenguins(file);
  const random = randomSource(options.seed);
  const data = split(penguins, options.testFraction, random);
  showData(penguins, data, options.data ?? "vega-datasets");

  const species = penguins.species.length;
  const start = parametersOf(new Float64Array(species * (measurements.length + 1)), species);
  const args: Arguments = [start, data.train];
  const loss = lossFor(options.l2);
  const size = species * (measurements.length + 1);
  const { bytes } = compile(valueAndGrad(loss), args, { engine: options.engine });
  const numbers = size + (measurements.length + species) * args[1].measured[0]!.length;
  console.log(
    `\nTraced: the loss is ${trace(loss, args).rows} rows, with its gradient ${trace(valueAndGrad(loss), args).rows}, of ${whole(numbers)} input numbers`,
  );
  console.log(`  the compiled function holds ${whole(bytes)} bytes`);

  checkLoss(options.l2, data.train, species, random, options.engine);
  console.log(`\nFitting ${size} parameters by L-BFGS`);
  const parameters = fit(options, start, data.train);
  showFit(parameters, data, penguins.species, options.engine);
  if (options.seconds > 0) showRates(options.l2, args, options.seconds);
}

try {
  main();
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(`penguins: ${error.message}`);
  process.exitCode = 1;
}
