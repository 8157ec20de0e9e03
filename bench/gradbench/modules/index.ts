/** The modules of the tool by name: another is one file beside this one and one line here. */
import { type Module } from "../module.js";
import { ba } from "./ba.js";
import { det } from "./det.js";
import { gmm } from "./gmm.js";
import { hello } from "./hello.js";
import { ht } from "./ht.js";
import { kmeans } from "./kmeans.js";
import { llsq } from "./llsq.js";
import { lse } from "./lse.js";
import { lstm } from "./lstm.js";
import { ode } from "./ode.js";

export const modules: ReadonlyMap<string, Module> = new Map(Object.entries({ hello, llsq, lse, gmm, kmeans, ba, det, ode, lstm, ht }));
