/** Where Chromium is, how it is started, and what is said where there is none. */
import { existsSync } from "node:fs";

/** As root in a container, and without a word to the network. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const asked = process.env["CHROMIUM_PATH"];
const places = asked ? [asked] : ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of Chromium, undefined where there is none. */
export const chromiumPath = places.find((place) => existsSync(place));

/** Says what the lack of Chromium means. */
export const chromiumNotice =
  `Chromium: not found at ${places.join(" or ")}. The tests in a browser were NOT run. ` +
  "Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.";
