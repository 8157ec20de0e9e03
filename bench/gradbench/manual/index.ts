/** The evals by hand, without the library: what its derivatives are checked against where the reference engine is too slow. */
import * as ba from "./ba.js";
import * as det from "./det.js";
import * as gmm from "./gmm.js";
import * as hello from "./hello.js";
import * as ht from "./ht.js";
import * as kmeans from "./kmeans.js";
import * as llsq from "./llsq.js";
import * as lse from "./lse.js";
import * as lstm from "./lstm.js";
import * as ode from "./ode.js";

type ByHand = (input: never) => unknown;

/** The functions of each eval by name. */
export const manual: Readonly<Record<string, Readonly<Record<string, ByHand>>>> = {
  hello: { square: hello.square, double: hello.double },
  llsq: { primal: llsq.primal, gradient: llsq.gradient },
  lse: { primal: lse.primal, gradient: lse.gradient },
  gmm: { objective: gmm.objective, jacobian: gmm.jacobian },
  kmeans: { cost: kmeans.cost, dir: kmeans.dir, costByMin: kmeans.cost, dirByMin: kmeans.dir },
  det: { primal: det.primal, gradient: det.gradient },
  ode: { primal: ode.primal, gradient: ode.gradient },
  lstm: { objective: lstm.objective, jacobian: lstm.jacobian },
  ht: { objective: ht.objective, jacobian: ht.jacobian },
  ba: { objective: ba.objective, jacobian: ba.jacobian },
};
