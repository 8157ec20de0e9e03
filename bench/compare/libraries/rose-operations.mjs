/** What losses need that rose does not have: functions made opaque, with derivatives as its documentation gives those of log and pow. */
import { div, Dual, fn, gt, mul, opaque, Real, select, sub } from "rose";

export const exp = opaque([Real], Real, Math.exp);
exp.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => {
  const y = exp(x);
  return { re: y, du: mul(dx, y) };
});

export const log = opaque([Real], Real, Math.log);
log.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => ({ re: log(x), du: div(dx, x) }));

export const tanh = opaque([Real], Real, Math.tanh);
tanh.jvp = fn([Dual], Dual, ({ re: x, du: dx }) => {
  const y = tanh(x);
  return { re: y, du: mul(dx, sub(1, mul(y, y))) };
});

export const square = (x) => mul(x, x);
export const maximum = (x, y) => select(gt(x, y), Real, x, y);
