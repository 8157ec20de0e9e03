/** Whether WebAssembly may be compiled here at all: a page's Content-Security-Policy can forbid it. */

/** The least module: magic number and version. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let found: { readonly refusal: string | undefined } | undefined;

/** What was expected and came where no module can be compiled here; undefined where one can. */
export const refusal = (): string | undefined => (found ??= { refusal: attempt() }).refusal;

function attempt(): string | undefined {
  if (typeof WebAssembly === "undefined") return "expected a host with WebAssembly, got one without. Run it in another";
  try {
    new WebAssembly.Module(EMPTY);
    return undefined;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    return `expected a page that may compile WebAssembly, got one whose Content-Security-Policy lacks 'wasm-unsafe-eval' (${said}). Add 'wasm-unsafe-eval' to its script-src`;
  }
}

/** Throws where no module can be compiled here, with what else can be done. */
export function requirePermission(name: string, instead = ""): void {
  const refused = refusal();
  if (refused !== undefined) throw new Error(`${name}: ${refused}${instead}`);
}
