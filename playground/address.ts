/** A program in the address: after the #, as base64url of its JSON. */

export interface Shared {
  readonly code: string;
  readonly args: string;
}

const isShared = (x: unknown): x is Shared =>
  typeof x === "object" && x !== null && typeof (x as Shared).code === "string" && typeof (x as Shared).args === "string";

/** The fragment of an address for a program. */
export function fragmentOf(shared: Shared): string {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `#${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** The program in a fragment; undefined where there is none. */
export function programIn(fragment: string): Shared | undefined {
  try {
    const text = atob(fragment.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const shared: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    return isShared(shared) ? shared : undefined;
  } catch {
    return undefined;
  }
}
