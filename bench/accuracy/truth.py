"""Prints test/truth.json: values, first and second partials of the functions that no C library has, to the last digit (needs mpmath; run once, by hand)."""
import json
from mpmath import mp, mpf, cos, digamma, erfc, exp, expm1, isinf, log, log1p, loggamma, pi, psi, sin, sqrt

mp.dps = 1000
root2, rootPi = sqrt(mpf(2)), sqrt(pi)


def double(x):
    """The nearest double, subnormal ones rounded once; text where JSON has no number."""
    if isinf(x) or abs(x) >= mpf(2) ** 1024 - mpf(2) ** 970:
        return "Infinity" if x > 0 else "-Infinity"
    if x != 0 and abs(x) < mpf(2) ** -1022:
        return float(mp.nint(x * mpf(2) ** 1074)) * 5e-324
    return float(x)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def xlogy(a, b):
    return a * log(b), log(b), a / b, 0, 1 / b, -a / b**2


def xlog1py(a, b):
    return a * log1p(b), log1p(b), a / (1 + b), 0, 1 / (1 + b), -a / (1 + b) ** 2


def logSigmoid(a):
    return -log1p(exp(-a)), sigmoid(-a), -sigmoid(a) * sigmoid(-a)


def logAddExp(a, b):
    s, t = sigmoid(a - b), sigmoid(b - a)
    return max(a, b) + log1p(exp(-abs(a - b))), s, t, s * t, -s * t, s * t


def log1mExp(a):
    return log(-expm1(a)), exp(a) / expm1(a), -exp(a) / expm1(a) ** 2


def sinc(a):
    if a == 0:
        return 1, 0, -pi**2 / 3
    v = sin(pi * a) / (pi * a)
    slope = (cos(pi * a) - v) / a
    return v, slope, -(pi**2) * v - 2 * slope / a


def exprel(a):
    if a == 0:
        return 1, mpf(1) / 2, mpf(1) / 3
    v = expm1(a) / a
    slope = (exp(a) - v) / a
    return v, slope, (exp(a) - 2 * slope) / a


def erfcx(a):
    v = exp(a * a) * erfc(a)
    slope = 2 * a * v - 2 / rootPi
    return v, slope, 2 * v + 2 * a * slope


def logErfc(a):
    slope = -2 / rootPi * exp(-a * a) / erfc(a)
    return log(erfc(a)), slope, -slope * (2 * a + slope)


def normPdf(a):
    return exp(-a * a / 2) / sqrt(2 * pi)


def normCdf(a):
    return erfc(-a / root2) / 2, normPdf(a), -a * normPdf(a)


def logNormCdf(a):
    slope = normPdf(a) / (erfc(-a / root2) / 2)
    return log(erfc(-a / root2) / 2), slope, -slope * (a + slope)


def normQuantile(p):
    q = min(p, 1 - p)
    with mp.workdps(60):
        x = sqrt(max(0, -2 * log(2 * q)))
        for _ in range(200):
            tail = erfc(x / root2) / 2
            step = tail * log(tail / q) / normPdf(x)
            x += step
            if abs(step) < mpf(10) ** -55 * max(x, mpf(10) ** -20):
                break
    v = -x if p < mpf(1) / 2 else x
    slope = 1 / normPdf(v)
    return v, slope, v * slope**2


def lbeta(a, b):
    return (
        loggamma(a) + loggamma(b) - loggamma(a + b),
        digamma(a) - digamma(a + b),
        digamma(b) - digamma(a + b),
        psi(1, a) - psi(1, a + b),
        -psi(1, a + b),
        psi(1, b) - psi(1, a + b),
    )


small = [1e-300, 1e-20, 1e-8, 1e-3, 0.1]
middle = [0.3, 0.49, 0.51, 0.79, 0.81, 0.99, 1.01, 1.3, 1.9, 2.7, 3.6, 5.2, 8.4]
large = [13.7, 26.3, 27.1, 29.5]
signed = lambda points: [-x for x in reversed(points)] + [0.0] + points
points = {
    xlogy: [(a, b) for a in (0.0, 1e-300, 0.7, -2.5) for b in (1e-300, 0.3, 1 - 2**-50, 1 + 2**-40, 7.5, 1e300)],
    xlog1py: [(a, b) for a in (0.0, 1e-300, 0.7, -2.5) for b in (-1 + 2**-50, -0.5, 1e-300, 1e-9, 3.2, 1e300)],
    logSigmoid: signed(small + middle + [37.5, 100.2, 700.3]),
    logAddExp: [(a, b) for a in (-700.3, -1.7, 0.0, 0.1, 3.4, 1e300) for b in (-690.25, -0.3, 1e-12, 2.6, 36.7, 700.5)],
    log1mExp: [-x for x in [5e-324] + small + [0.6931, 0.6932] + middle + large + [100.5, 650.5, 740.2]],
    sinc: signed(small + middle + [17.25, 1000.4, 123456.5]),
    exprel: signed(small + middle + large + [100.2, 690.5]) + [712.5, -1e10],
    erfcx: signed(small + middle + [13.7]) + [-26.3, 26.3, 27.9, 28.1, 100.3, 1e5],
    logErfc: signed(small + middle + large) + [100.3, 1e5],
    normCdf: signed(small + middle + [1.12, 1.14]) + [13.7, -13.7, -26.3, -37.4, -38.4],
    logNormCdf: signed(small + middle + [1.12, 1.14]) + [13.7, 38.3, -13.7, -26.3, -39.5, -100.3, -1e5],
    normQuantile: [5e-324, 1e-310, 1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.02, 0.0749, 0.0751, 0.1, 0.2, 0.3, 0.4, 0.49, 0.5 - 2**-50, 0.5]
    + [0.5 + 2**-40, 0.55, 0.7, 0.85, 0.9249, 0.9251, 0.99, 1 - 2**-20, 1 - 2**-50],
    lbeta: [(a, b) for a in (1e-300, 1e-5, 0.4, 1.0, 2.3, 7.9, 8.1, 40.5, 1e10) for b in (1e-8, 0.6, 3.2, 7.2, 9.3, 999.5, 1001.5, 1e15)],
}

ops = {}
for f, list in points.items():
    entries = []
    for point in list:
        operands = point if isinstance(point, tuple) else (point,)
        digits = [double(mpf(x)) for x in f(*map(mpf, operands))]
        entries.append([*operands, *digits])
    ops[f.__name__] = entries

about = "Operands, value, partials by each, second partials (aa; or aa, ab, bb), each the double nearest to the truth. Written by bench/accuracy/truth.py."
lines = ",\n".join(
    f'    "{name}": [\n' + ",\n".join("      " + json.dumps(entry) for entry in entries) + "\n    ]" for name, entries in ops.items()
)
print(f'{{\n  "about": {json.dumps(about)},\n  "ops": {{\n{lines}\n  }}\n}}')
