"""Writes values and partials of the elementary functions into test/elementary.json, at the operands that stand there, to the last digit (needs mpmath; run once, by hand, then `npm run format`)."""
import json
from pathlib import Path
from mpmath import mp, mpf, acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, digamma, erf, erfc, exp, expm1, log, log1p
from mpmath import loggamma, pi, psi, sign, sin, sinh, sqrt, tan, tanh

mp.dps = 400


def hypot(a, b):
    v = sqrt(a * a + b * b)
    return v, a / v, b / v


def sigmoid(x):
    return 1 / (1 + exp(-x))


def gauss(a):
    return 2 / sqrt(pi) * exp(-a * a)


# Values, then the partial by each operand.
functions = {
    "neg": lambda a: (-a, -1),
    "abs": lambda a: (abs(a), sign(a)),
    "square": lambda a: (a * a, 2 * a),
    "reciprocal": lambda a: (1 / a, -1 / a**2),
    "exp": lambda a: (exp(a), exp(a)),
    "expm1": lambda a: (expm1(a), exp(a)),
    "log": lambda a: (log(a), 1 / a),
    "log1p": lambda a: (log1p(a), 1 / (1 + a)),
    "log2": lambda a: (log(a) / log(2), 1 / (a * log(2))),
    "log10": lambda a: (log(a) / log(10), 1 / (a * log(10))),
    "sqrt": lambda a: (sqrt(a), 1 / (2 * sqrt(a))),
    "cbrt": lambda a: (sign(a) * cbrt(abs(a)), 1 / (3 * cbrt(abs(a)) ** 2)),
    "sin": lambda a: (sin(a), cos(a)),
    "cos": lambda a: (cos(a), -sin(a)),
    "tan": lambda a: (tan(a), 1 / cos(a) ** 2),
    "asin": lambda a: (asin(a), 1 / sqrt(1 - a * a)),
    "acos": lambda a: (acos(a), -1 / sqrt(1 - a * a)),
    "atan": lambda a: (atan(a), 1 / (1 + a * a)),
    "sinh": lambda a: (sinh(a), cosh(a)),
    "cosh": lambda a: (cosh(a), sinh(a)),
    "tanh": lambda a: (tanh(a), 1 / cosh(a) ** 2),
    "asinh": lambda a: (asinh(a), 1 / sqrt(1 + a * a)),
    "acosh": lambda a: (acosh(a), 1 / sqrt(a * a - 1)),
    "atanh": lambda a: (atanh(a), 1 / (1 - a * a)),
    "sigmoid": lambda a: (sigmoid(a), sigmoid(a) * sigmoid(-a)),
    "softplus": lambda a: (log1p(exp(-abs(a))) + max(a, 0), sigmoid(a)),
    "erf": lambda a: (erf(a), gauss(a)),
    "erfc": lambda a: (erfc(a), -gauss(a)),
    "lgamma": lambda a: (loggamma(a).real, digamma(a)),
    "digamma": lambda a: (digamma(a), psi(1, a)),
    "add": lambda a, b: (a + b, 1, 1),
    "sub": lambda a, b: (a - b, 1, -1),
    "mul": lambda a, b: (a * b, b, a),
    "div": lambda a, b: (a / b, 1 / b, -a / b**2),
    "pow": lambda a, b: (a**b, b * a ** (b - 1), a**b * log(a)),
    "hypot": hypot,
    "atan2": lambda a, b: (atan2(a, b), b / (a * a + b * b), -a / (a * a + b * b)),
}


def double(x):
    """The nearest double, subnormal ones rounded once."""
    x = mpf(x)
    return float(mp.nint(x * mpf(2) ** 1074)) * 5e-324 if x != 0 and abs(x) < mpf(2) ** -1022 else float(x)


file = Path(__file__).parents[2] / "test" / "elementary.json"
data = json.loads(file.read_text())
for name, f in functions.items():
    operands = f.__code__.co_argcount
    data["ops"][name] = [[*entry[:operands], *map(double, f(*map(mpf, entry[:operands])))] for entry in data["ops"][name]]
lines = ",\n".join(
    f'    "{name}": [\n' + ",\n".join("      " + json.dumps(entry) for entry in entries) + "\n    ]" for name, entries in data["ops"].items()
)
file.write_text(f'{{\n  "about": {json.dumps(data["about"])},\n  "ops": {{\n{lines}\n  }}\n}}\n')
