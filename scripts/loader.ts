/** AssemblyScript's loader in the built files: what is used of it, and nothing that runs when it is imported. */
import { readFileSync } from "node:fs";
import { type Plugin } from "esbuild";

const decoder = /= (new TextDecoder\()/;

/**
 * Of the loader one function is used, but it makes a decoder of text when it is imported, which jsdom does not have. Marked as pure it
 * is left out, as is all that reads strings.
 */
export const loaderWithoutText: Plugin = {
  name: "loader without text",
  setup(build) {
    build.onLoad({ filter: /[\\/]@assemblyscript[\\/]loader[\\/]index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!decoder.test(text)) throw new Error(`${path}: expected a TextDecoder, which this build leaves out, got none`);
      return {
        contents: `/*! Contains @assemblyscript/loader, Apache-2.0 */\n${text.replace(decoder, "= /* @__PURE__ */ $1")}`,
        loader: "js",
      };
    });
  },
};
