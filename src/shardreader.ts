/** The reader of workers that are told of none. */
export { readColumns as default } from "./distributed/readers.js";
