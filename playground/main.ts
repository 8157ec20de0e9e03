/** The playground: a function on the left; on the right its graph, swept forward and back, and its derivative in every way. */
import { fragmentOf, programIn } from "./address.js";
import type { Answer, Mode } from "./answers.js";
import { editorIn } from "./editor.js";
import { examples } from "./examples.js";
import type { SandboxError } from "./sandbox.js";
import { LIMIT, Sandbox } from "./sandbox.js";
import { byId, markStep, showAnswer, showPicture, showTrace } from "./view.js";
import workerAddress from "./worker.js?worker&url";

/** How long typing rests before the program runs, in ms. */
const REST = 600;

const [menu, args, slider] = [byId<HTMLSelectElement>("menu"), byId<HTMLInputElement>("args"), byId<HTMLInputElement>("step")];
const [status, results, play] = [byId("status"), byId("results"), byId<HTMLButtonElement>("play")];
const sandbox = Sandbox.of(await (await fetch(workerAddress)).text());

let answer: Answer | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;
let playing: ReturnType<typeof setInterval> | undefined;
/** Code that came with the address waits for Run. */
let isTrusted = true;
/** Which run is the newest: answers of older ones are not shown. */
let newest = 0;

const editor = editorIn(byId("editor"), changed, () => void run());

const mode = (): Mode => (byId<HTMLInputElement>("reverse").checked ? "reverse" : "forward");

function changed(): void {
  history.replaceState(undefined, "", fragmentOf({ code: editor.code, args: args.value }));
  if (!isTrusted) return;
  clearTimeout(resting);
  resting = setTimeout(() => void run(), REST);
}

function say(text: string, isWrong = false): void {
  status.textContent = text;
  status.classList.toggle("wrong", isWrong);
}

async function run(): Promise<void> {
  isTrusted = true;
  clearTimeout(resting);
  const turn = ++newest;
  const { code } = editor;
  say("Running …");
  try {
    const found = await (await sandbox).ask<Answer>({ kind: "run", code, args: args.value });
    if (turn !== newest) return;
    answer = found;
    editor.mark(undefined, "");
    say("Done.");
    showAnswer(found);
    results.hidden = false;
    slider.max = String(Math.max(1, found.steps));
    byId("drawing").hidden = found.steps === 0;
    await sweep(Number(slider.max));
  } catch (error) {
    if (turn !== newest) return;
    const { message, line } = error as SandboxError;
    editor.mark(line, message);
    say(line === undefined ? message : `Line ${line}: ${message}`, true);
  }
}

/** Shows a step of the sweep. */
async function sweep(step: number): Promise<void> {
  if (answer === undefined) return;
  slider.value = String(step);
  showTrace(answer, mode());
  const words = markStep(mode(), step);
  byId("at").textContent = `Step ${step} of ${slider.max}: ${words}`;
  slider.setAttribute("aria-valuetext", byId("at").textContent);
  if (answer.steps === 0) return;
  const turn = newest;
  const text = await (await sandbox).ask<string>({ kind: "picture", mode: mode(), step });
  if (turn === newest && step === Number(slider.value)) showPicture(text, words);
}

function stop(): void {
  clearInterval(playing);
  playing = undefined;
  play.textContent = "Play";
}

function start(): void {
  if (Number(slider.value) >= Number(slider.max)) void sweep(1);
  play.textContent = "Pause";
  playing = setInterval(() => {
    if (Number(slider.value) >= Number(slider.max)) stop();
    else void sweep(Number(slider.value) + 1);
  }, 900);
}

function load(index: number): void {
  const example = examples[index]!;
  [editor.code, args.value] = [example.code, example.args];
  history.replaceState(undefined, "", fragmentOf(example));
  void run();
}

menu.append(...examples.map(({ name }, i) => new Option(name, String(i))));
menu.addEventListener("change", () => load(Number(menu.value)));
args.addEventListener("input", changed);
args.addEventListener("keydown", ({ key }) => void (key === "Enter" && run()));
byId("run").addEventListener("click", () => void run());
byId("copy").addEventListener("click", () => {
  void navigator.clipboard.writeText(location.href).then(() => say("The address is copied: it holds the program."));
});
slider.addEventListener("input", () => void (stop(), sweep(Number(slider.value))));
play.addEventListener("click", () => (playing === undefined ? start() : stop()));
for (const id of ["forward", "reverse"]) byId(id).addEventListener("change", () => void (stop(), sweep(1)));

function arrive(): void {
  const shared = programIn(location.hash);
  if (shared === undefined) return load(0);
  isTrusted = false;
  newest++;
  results.hidden = true;
  [editor.code, args.value] = [shared.code, shared.args];
  say(`This program came with the address. Read it, then press Run: it runs without network, and is ended after ${LIMIT / 1000} s.`);
}
addEventListener("hashchange", arrive);
arrive();
