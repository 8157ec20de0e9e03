/** Browsers beside Chromium, driven as Debian has them: Firefox over WebDriver BiDi, WebKitGTK over WebDriver. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as rest } from "node:timers/promises";
import puppeteer from "puppeteer-core";

const found = (...places: readonly string[]): string | undefined => places.find((place) => existsSync(place));

const firefox = found("/usr/bin/firefox-esr", "/usr/bin/firefox");
const webkit = found("/usr/bin/WebKitWebDriver");
const xvfb = found("/usr/bin/xvfb-run");

/** A browser: what is missing where it is not there, and the text that a page has once it has any. */
interface PageHost {
  readonly name: string;
  readonly missing: string | undefined;
  readonly textOf: (address: string) => Promise<string>;
}

const PATIENCE = 90_000;

async function polled(text: () => Promise<string>): Promise<string> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await rest(100)) {
    const came = await text();
    if (came !== "") return came;
  }
  throw new Error(`expected text on the page within ${PATIENCE / 1000} s, got none`);
}

async function inFirefox(address: string): Promise<string> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox!, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    return await polled(() => page.evaluate(() => document.body.textContent));
  } finally {
    await browser.close();
  }
}

/** A port that nobody listens at. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function inWebKit(address: string): Promise<string> {
  const port = await freePort();
  // a group of its own: xvfb-run, the display and the driver end together
  const driver = spawn(xvfb!, ["--auto-servernum", webkit!, `--port=${port}`], { stdio: "ignore", detached: true });
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
    return value;
  };
  try {
    for (const end = Date.now() + PATIENCE; ; await rest(100)) {
      const { ready } = (await send("GET", "/status").catch(() => ({ ready: false }))) as { ready: boolean };
      if (ready) break;
      if (Date.now() > end) throw new Error("WebKitWebDriver did not start");
    }
    const { sessionId } = (await send("POST", "/session", { capabilities: {} })) as { sessionId: string };
    try {
      await send("POST", `/session/${sessionId}/url`, { url: address });
      const script = { script: "return document.body.textContent", args: [] };
      return await polled(async () => (await send("POST", `/session/${sessionId}/execute/sync`, script)) as string);
    } finally {
      await send("DELETE", `/session/${sessionId}`);
    }
  } finally {
    process.kill(-driver.pid!);
  }
}

export const browsers: readonly PageHost[] = [
  { name: "Firefox", missing: firefox === undefined ? "firefox-esr" : undefined, textOf: inFirefox },
  {
    name: "WebKitGTK",
    missing: webkit === undefined ? "webkit2gtk-driver" : xvfb === undefined ? "xvfb xauth" : undefined,
    textOf: inWebKit,
  },
];
