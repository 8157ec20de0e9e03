/** Log probabilities of counts and classes. Whole numbers may be given as numbers, columns or Values; elsewhere the probability is 0, its logarithm −∞. */
import { own } from "../data/operands.js";
import { add, eq, exp, gt, lbeta, le, lgamma, log, logSigmoid, lt, mul, neg, sub, where, xlog1py, xlogy } from "../trace/generated/math.js";
import { type Joined, type Operand } from "../trace/value.js";
import { logSumExp } from "../trace/vectors.js";
import { any, type Elements, elementsOf, guarded, isBroken, isNoOutcome, type OfElements } from "./guards.js";

function bernoulliLogitLogPmfOf<Y extends Operand, L extends Operand>(y: Y, logit: L): Joined<Y, L>;
function bernoulliLogitLogPmfOf(y: Operand, logit: Operand): Operand {
  return guarded(0, isNoOutcome(y), logSigmoid(mul(sub(mul(2, y), 1), logit)));
}

/** Of y, 0 or 1, where the log odds of 1 are `logit`: log σ(±logit). */
export const bernoulliLogitLogPmf = /* @__PURE__ */ own(bernoulliLogitLogPmfOf);

/** log of n over k */
const logChoose = (n: Operand, k: Operand): Operand => neg(add(lbeta(add(sub(n, k), 1), add(k, 1)), log(add(n, 1))));

/** Whether k is no count, or above n. */
const isNoCountOf = (k: Operand, n: Operand): Operand => any(lt(k, 0), gt(k, n), isBroken(k));

function binomialLogPmfOf<K extends Operand, N extends Operand, P extends Operand>(k: K, n: N, p: P): Joined<K, Joined<N, P>>;
function binomialLogPmfOf(k: Operand, n: Operand, p: Operand): Operand {
  const density = add(logChoose(n, k), add(xlogy(k, p), xlog1py(sub(n, k), neg(p))));
  return guarded(any(lt(n, 0), isBroken(n), lt(p, 0), gt(p, 1)), isNoCountOf(k, n), density);
}

/** Of k successes in n trials with probability p each. NaN where n is no count or p no probability. */
export const binomialLogPmf = /* @__PURE__ */ own(binomialLogPmfOf);

function binomialLogitLogPmfOf<K extends Operand, N extends Operand, L extends Operand>(k: K, n: N, logit: L): Joined<K, Joined<N, L>>;
function binomialLogitLogPmfOf(k: Operand, n: Operand, logit: Operand): Operand {
  const density = add(logChoose(n, k), add(mul(k, logSigmoid(logit)), mul(sub(n, k), logSigmoid(neg(logit)))));
  return guarded(any(lt(n, 0), isBroken(n)), isNoCountOf(k, n), density);
}

/** Of k successes in n trials, where the log odds of each are `logit`. NaN where n is no count. */
export const binomialLogitLogPmf = /* @__PURE__ */ own(binomialLogitLogPmfOf);

function poissonLogPmfOf<K extends Operand, R extends Operand>(k: K, rate: R): Joined<K, R>;
function poissonLogPmfOf(k: Operand, rate: Operand): Operand {
  return guarded(lt(rate, 0), any(lt(k, 0), isBroken(k)), sub(sub(xlogy(k, rate), rate), lgamma(add(k, 1))));
}

/** Of the Poisson distribution: k log rate − rate − log k!. NaN where the rate is below 0. */
export const poissonLogPmf = /* @__PURE__ */ own(poissonLogPmfOf);

function poissonLogLogPmfOf<K extends Operand, R extends Operand>(k: K, logRate: R): Joined<K, R>;
function poissonLogLogPmfOf(k: Operand, logRate: Operand): Operand {
  return guarded(0, any(lt(k, 0), isBroken(k)), sub(sub(mul(k, logRate), exp(logRate)), lgamma(add(k, 1))));
}

/** Of the Poisson distribution whose rate has this logarithm: k logRate − exp(logRate) − log k!. */
export const poissonLogLogPmf = /* @__PURE__ */ own(poissonLogLogPmfOf);

/** log of (k + r − 1) over k */
const logArrangements = (k: Operand, r: Operand): Operand => neg(add(lbeta(add(k, 1), r), log(add(k, r))));

function negativeBinomialLogPmfOf<K extends Operand, R extends Operand, P extends Operand>(k: K, r: R, p: P): Joined<K, Joined<R, P>>;
function negativeBinomialLogPmfOf(k: Operand, r: Operand, p: Operand): Operand {
  const density = add(logArrangements(k, r), add(xlogy(r, p), xlog1py(k, neg(p))));
  return guarded(any(le(r, 0), lt(p, 0), gt(p, 1)), any(lt(k, 0), isBroken(k)), density);
}

/** Of k failures before the r-th success of probability p, where r need not be whole: log C(k + r − 1, k) + r log p + k log(1 − p). NaN where r is not above 0 or p no probability. */
export const negativeBinomialLogPmf = /* @__PURE__ */ own(negativeBinomialLogPmfOf);

function negativeBinomial2LogPmfOf<K extends Operand, M extends Operand, F extends Operand>(k: K, mu: M, phi: F): Joined<K, Joined<M, F>>;
function negativeBinomial2LogPmfOf(k: Operand, mu: Operand, phi: Operand): Operand {
  const logit = sub(log(phi), log(mu)); // of a success, of probability phi / (mu + phi)
  const density = add(logArrangements(k, phi), add(mul(phi, logSigmoid(logit)), mul(k, logSigmoid(neg(logit)))));
  return guarded(any(le(mu, 0), le(phi, 0)), any(lt(k, 0), isBroken(k)), density);
}

/** Of the negative binomial distribution by its mean mu and its precision phi: its variance is mu + mu² / phi. NaN where mu or phi is not above 0. */
export const negativeBinomial2LogPmf = /* @__PURE__ */ own(negativeBinomial2LogPmfOf);

function categoricalLogitLogPmfOf<K extends Operand, L extends Elements>(k: K, logits: L): Joined<K, OfElements<L>>;
function categoricalLogitLogPmfOf(k: Operand, logits: Elements): Operand {
  const all = elementsOf("categoricalLogitLogPmf", logits, "logits");
  const chosen = all.reduceRight<Operand>((others, logit, i) => where(eq(k, i), logit, others), -Infinity);
  return sub(chosen, logSumExp(all as never) as Operand);
}

/**
 * Of class k, a number from 0, by the classes' log odds: logits[k] − logSumExp(logits). An array of columns has a column for each class, and k may then be a column too; of a vector each lane is a class.
 * −∞ where k is no class.
 */
export const categoricalLogitLogPmf = /* @__PURE__ */ own(categoricalLogitLogPmfOf);
