/** The entry for `node --import wengert/register`: scripts and tests that no bundler reads get the traced copies of their native functions. Behind `--import tsx` as before it. */
import { register } from "node:module";

register("./hook.js", import.meta.url);
