/** Text as UTF-8 and back, without TextEncoder and TextDecoder, which not every host of JavaScript has: jsdom lacks them. */

/** A surrogate that stands alone has no UTF-8: it becomes U+FFFD, as elsewhere. */
const lone = /[\ud800-\udfff]/gu;

/** The bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encodeURIComponent(text.replace(lone, "\ufffd")).replace(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

/**
 * The text of bytes.
 * @throws URIError where they are not UTF-8.
 */
export const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
