/** A server of the files of one folder, for pages that tests open. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** Serves a folder at a free port of the loopback address, every file with the headers given. */
export function serve(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Server> {
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1);
    try {
      const content = readFileSync(join(folder, name));
      response.setHeader("Content-Type", types[extname(name)] ?? "application/octet-stream");
      for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
      response.end(content);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
