/** Log densities of one continuous number. Each is a formula of the library's functions, so that numbers, columns and Values are all taken, and every argument may be differentiated by. */
import { own } from "../data/operands.js";
import {
  abs,
  add,
  and,
  div,
  exp,
  ge,
  gt,
  lbeta,
  le,
  lgamma,
  log,
  log1p,
  logSigmoid,
  lt,
  mul,
  neg,
  not,
  square,
  sub,
  xlog1py,
  xlogy,
} from "../trace/generated/math.js";
import { type Joined, type Operand } from "../trace/value.js";
import { any, guarded } from "./guards.js";

const HALF_LOG_TWO_PI = 0.9189385332046728;
const LOG_PI = 1.1447298858494002;

/** (x − mu) / sigma */
const standardised = (x: Operand, mu: Operand, sigma: Operand): Operand => div(sub(x, mu), sigma);

function normalLogPdfOf<X extends Operand, M extends Operand, S extends Operand>(x: X, mu: M, sigma: S): Joined<X, Joined<M, S>>;
function normalLogPdfOf(x: Operand, mu: Operand, sigma: Operand): Operand {
  const density = sub(mul(-0.5, square(standardised(x, mu, sigma))), add(log(sigma), HALF_LOG_TWO_PI));
  return guarded(le(sigma, 0), 0, density);
}

/** Of the normal distribution: −(x − mu)² / 2sigma² − log sigma − log(2π) / 2. NaN where sigma is not above 0. */
export const normalLogPdf = /* @__PURE__ */ own(normalLogPdfOf);

function studentTLogPdfOf<X extends Operand, N extends Operand, M extends Operand, S extends Operand>(
  x: X,
  nu: N,
  mu: M,
  sigma: S,
): Joined<X, Joined<N, Joined<M, S>>>;
function studentTLogPdfOf(x: Operand, nu: Operand, mu: Operand, sigma: Operand): Operand {
  const tail = mul(mul(0.5, add(nu, 1)), log1p(div(square(standardised(x, mu, sigma)), nu)));
  const constant = add(lbeta(0.5, mul(0.5, nu)), add(mul(0.5, log(nu)), log(sigma)));
  return guarded(any(le(nu, 0), le(sigma, 0)), 0, neg(add(constant, tail)));
}

/** Of Student's t distribution with nu degrees of freedom, moved to mu and scaled by sigma. NaN where nu or sigma is not above 0. */
export const studentTLogPdf = /* @__PURE__ */ own(studentTLogPdfOf);

function cauchyLogPdfOf<X extends Operand, M extends Operand, S extends Operand>(x: X, mu: M, sigma: S): Joined<X, Joined<M, S>>;
function cauchyLogPdfOf(x: Operand, mu: Operand, sigma: Operand): Operand {
  const density = neg(add(add(log(sigma), LOG_PI), log1p(square(standardised(x, mu, sigma)))));
  return guarded(le(sigma, 0), 0, density);
}

/** Of the Cauchy distribution: −log(π sigma (1 + ((x − mu) / sigma)²)). NaN where sigma is not above 0. */
export const cauchyLogPdf = /* @__PURE__ */ own(cauchyLogPdfOf);

function laplaceLogPdfOf<X extends Operand, M extends Operand, S extends Operand>(x: X, mu: M, sigma: S): Joined<X, Joined<M, S>>;
function laplaceLogPdfOf(x: Operand, mu: Operand, sigma: Operand): Operand {
  return guarded(le(sigma, 0), 0, neg(add(abs(standardised(x, mu, sigma)), add(log(sigma), Math.LN2))));
}

/** Of the Laplace distribution: −|x − mu| / sigma − log 2sigma. NaN where sigma is not above 0. */
export const laplaceLogPdf = /* @__PURE__ */ own(laplaceLogPdfOf);

function logisticLogPdfOf<X extends Operand, M extends Operand, S extends Operand>(x: X, mu: M, sigma: S): Joined<X, Joined<M, S>>;
function logisticLogPdfOf(x: Operand, mu: Operand, sigma: Operand): Operand {
  const z = standardised(x, mu, sigma);
  return guarded(le(sigma, 0), 0, sub(add(logSigmoid(z), logSigmoid(neg(z))), log(sigma)));
}

/** Of the logistic distribution: log σ(z) + log σ(−z) − log sigma, where z = (x − mu) / sigma. NaN where sigma is not above 0. */
export const logisticLogPdf = /* @__PURE__ */ own(logisticLogPdfOf);

function lognormalLogPdfOf<X extends Operand, M extends Operand, S extends Operand>(x: X, mu: M, sigma: S): Joined<X, Joined<M, S>>;
function lognormalLogPdfOf(x: Operand, mu: Operand, sigma: Operand): Operand {
  const logarithm = log(x);
  const density = sub(mul(-0.5, square(standardised(logarithm, mu, sigma))), add(add(logarithm, log(sigma)), HALF_LOG_TWO_PI));
  return guarded(le(sigma, 0), le(x, 0), density);
}

/** Of the lognormal distribution, whose logarithm is normal with mu and sigma: −∞ where x is not above 0. NaN where sigma is not above 0. */
export const lognormalLogPdf = /* @__PURE__ */ own(lognormalLogPdfOf);

function gammaLogPdfOf<X extends Operand, A extends Operand, B extends Operand>(x: X, alpha: A, beta: B): Joined<X, Joined<A, B>>;
function gammaLogPdfOf(x: Operand, alpha: Operand, beta: Operand): Operand {
  const density = sub(sub(add(mul(alpha, log(beta)), xlogy(sub(alpha, 1), x)), mul(beta, x)), lgamma(alpha));
  return guarded(any(le(alpha, 0), le(beta, 0)), lt(x, 0), density);
}

/** Of the gamma distribution with shape alpha and rate beta: alpha log beta − log Γ(alpha) + (alpha − 1) log x − beta x; −∞ below 0. NaN where alpha or beta is not above 0. */
export const gammaLogPdf = /* @__PURE__ */ own(gammaLogPdfOf);

function inverseGammaLogPdfOf<X extends Operand, A extends Operand, B extends Operand>(x: X, alpha: A, beta: B): Joined<X, Joined<A, B>>;
function inverseGammaLogPdfOf(x: Operand, alpha: Operand, beta: Operand): Operand {
  const density = sub(sub(sub(mul(alpha, log(beta)), mul(add(alpha, 1), log(x))), div(beta, x)), lgamma(alpha));
  return guarded(any(le(alpha, 0), le(beta, 0)), le(x, 0), density);
}

/** Of the inverse gamma distribution with shape alpha and scale beta: alpha log beta − log Γ(alpha) − (alpha + 1) log x − beta / x; −∞ where x is not above 0. NaN where alpha or beta is not above 0. */
export const inverseGammaLogPdf = /* @__PURE__ */ own(inverseGammaLogPdfOf);

function betaLogPdfOf<X extends Operand, A extends Operand, B extends Operand>(x: X, alpha: A, beta: B): Joined<X, Joined<A, B>>;
function betaLogPdfOf(x: Operand, alpha: Operand, beta: Operand): Operand {
  const density = sub(add(xlogy(sub(alpha, 1), x), xlog1py(sub(beta, 1), neg(x))), lbeta(alpha, beta));
  return guarded(any(le(alpha, 0), le(beta, 0)), any(lt(x, 0), gt(x, 1)), density);
}

/** Of the beta distribution: (alpha − 1) log x + (beta − 1) log(1 − x) − log B(alpha, beta); −∞ outside [0, 1]. NaN where alpha or beta is not above 0. */
export const betaLogPdf = /* @__PURE__ */ own(betaLogPdfOf);

function exponentialLogPdfOf<X extends Operand, R extends Operand>(x: X, rate: R): Joined<X, R>;
function exponentialLogPdfOf(x: Operand, rate: Operand): Operand {
  return guarded(le(rate, 0), lt(x, 0), sub(log(rate), mul(rate, x)));
}

/** Of the exponential distribution: log rate − rate x; −∞ below 0. NaN where the rate is not above 0. */
export const exponentialLogPdf = /* @__PURE__ */ own(exponentialLogPdfOf);

function weibullLogPdfOf<X extends Operand, A extends Operand, S extends Operand>(x: X, alpha: A, sigma: S): Joined<X, Joined<A, S>>;
function weibullLogPdfOf(x: Operand, alpha: Operand, sigma: Operand): Operand {
  const z = div(x, sigma);
  const density = sub(add(log(div(alpha, sigma)), xlogy(sub(alpha, 1), z)), exp(mul(alpha, log(z))));
  return guarded(any(le(alpha, 0), le(sigma, 0)), lt(x, 0), density);
}

/** Of the Weibull distribution with shape alpha and scale sigma: log(alpha / sigma) + (alpha − 1) log z − z^alpha, where z = x / sigma; −∞ below 0. NaN where alpha or sigma is not above 0. */
export const weibullLogPdf = /* @__PURE__ */ own(weibullLogPdfOf);

function uniformLogPdfOf<X extends Operand, L extends Operand, H extends Operand>(x: X, low: L, high: H): Joined<X, Joined<L, H>>;
function uniformLogPdfOf(x: Operand, low: Operand, high: Operand): Operand {
  return guarded(any(le(high, low)), not(and(ge(x, low), le(x, high))), neg(log(sub(high, low))));
}

/** Of the uniform distribution: −log(high − low) from low to high, −∞ elsewhere. NaN where high is not above low. */
export const uniformLogPdf = /* @__PURE__ */ own(uniformLogPdfOf);
