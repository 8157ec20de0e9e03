"""Writes test/densities.json: log densities and their slopes, computed with 60 digits by their textbook definitions and rounded once.

    python3 bench/accuracy/densities.py > test/densities.json && npx prettier --write test/densities.json

Needs mpmath. A case is [arguments, value, slopes, size]: the slopes by the arguments from the first continuous one on, by numerical
differentiation with 60 digits, and the size of the greatest term that is added, which is what rounding is a part of.
"""
import json
import mpmath as mp

mp.mp.dps = 60
log, pi, gamma, loggamma = mp.log, mp.pi, mp.gamma, mp.loggamma
half = mp.mpf(1) / 2


def normal(x, m, s):
    return [-(((x - m) / s) ** 2) / 2, -log(s), -log(2 * pi) / 2]


def student(x, n, m, s):
    return [loggamma((n + 1) / 2) - loggamma(n / 2), -log(n * pi) / 2, -log(s), -(n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n)]


def logistic(x, m, s):
    z = (x - m) / s
    return [-z, -log(s), -2 * log(1 + mp.exp(-z))]


def choose(n, k):
    return loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)


def times(a, b):
    return mp.mpf(0) if a == 0 else a * b


def negative(k, r, p):
    return [loggamma(k + r) - loggamma(k + 1) - loggamma(r), r * log(p), times(k, log(1 - p))]


def sigma(x):
    return 1 / (1 + mp.exp(-x))


densities = {  # name: (the terms, which arguments are differentiated by, points)
    "normalLogPdf": (normal, 0, [[0.3, 0.1, 2], [-4, 1.5, 0.25], [1e3, 0, 1], [2, 2, 1e-8], [1e-9, 0, 1e5], [7.5, -3.25, 40]]),
    "studentTLogPdf": (student, 0, [[0.3, 4, 0.1, 2], [-4, 1, 1.5, 0.25], [100, 3, 0, 1], [1, 1e6, 0.5, 1], [2, 0.5, 1, 3], [0.5, 30, 0.5, 1], [3, 1e10, 1, 2]]),
    "cauchyLogPdf": (lambda x, m, s: [-log(pi), -log(s), -log(1 + ((x - m) / s) ** 2)], 0, [[0.3, 0.1, 2], [-4, 1.5, 0.25], [1e8, 0, 1], [1e-10, 0, 3]]),
    "laplaceLogPdf": (lambda x, m, s: [-abs(x - m) / s, -log(2), -log(s)], 0, [[0.3, 0.1, 2], [-4, 1.5, 0.25], [1e3, 0, 1], [2, 3, 1e-4]]),
    "logisticLogPdf": (logistic, 0, [[0.3, 0.1, 2], [-4, 1.5, 0.25], [100, 0, 1], [-800, 0, 1], [0, 0, 1]]),
    "lognormalLogPdf": (lambda x, m, s: [-log(x), *normal(log(x), m, s)], 0, [[0.3, 0.1, 2], [4, 1.5, 0.25], [1e-6, 0, 3], [1e9, 20, 0.5], [1, 0, 1]]),
    "gammaLogPdf": (lambda x, a, b: [a * log(b), (a - 1) * log(x), -b * x, -loggamma(a)], 0, [[0.3, 2, 1.5], [4, 0.5, 0.25], [1e-6, 0.1, 3], [120, 100, 0.9], [2, 1, 3], [1.5, 2.5, 1e3]]),
    "inverseGammaLogPdf": (lambda x, a, b: [a * log(b), -(a + 1) * log(x), -b / x, -loggamma(a)], 0, [[0.3, 2, 1.5], [4, 0.5, 0.25], [1e-3, 3, 0.1], [0.01, 100, 0.9], [2, 1, 3]]),
    "betaLogPdf": (lambda x, a, b: [(a - 1) * log(x), (b - 1) * log(1 - x), loggamma(a + b) - loggamma(a) - loggamma(b)], 0, [[0.3, 2, 1.5], [0.75, 0.5, 0.25], [1e-9, 0.1, 3], [0.999, 100, 0.9], [0.5, 1, 1], [0.1, 20, 200]]),
    "exponentialLogPdf": (lambda x, r: [log(r), -r * x], 0, [[0.3, 2], [4, 0.25], [1e-9, 1e3], [700, 1]]),
    "weibullLogPdf": (lambda x, a, s: [log(a / s), (a - 1) * log(x / s), -((x / s) ** a)], 0, [[0.3, 2, 1.5], [4, 0.5, 0.25], [1e-6, 1.5, 3], [2, 1, 3], [5, 10, 4]]),
    "uniformLogPdf": (lambda x, a, b: [-log(b - a)], 0, [[0.3, 0, 1], [4, -3, 4.5], [1e-9, 0, 1e-8]]),
    "bernoulliLogitLogPmf": (lambda y, l: [log(sigma(l if y == 1 else -l))], 1, [[0, 0.3], [1, 0.3], [0, -40], [1, -40], [0, 800], [1, 30]]),
    "binomialLogPmf": (lambda k, n, p: [choose(n, k), times(k, log(p)), times(n - k, log(1 - p))], 2, [[3, 10, 0.3], [0, 10, 0.75], [10, 10, 0.999], [500, 1000, 0.5], [1, 1e6, 3e-6], [0, 0, 0.5]]),
    "binomialLogitLogPmf": (lambda k, n, l: [choose(n, k), times(k, log(sigma(l))), times(n - k, log(sigma(-l)))], 2, [[3, 10, 0.3], [0, 10, -20], [10, 10, 5], [500, 1000, 0.1], [1, 1e6, -13]]),
    "poissonLogPmf": (lambda k, r: [times(k, log(r)), -r, -loggamma(k + 1)], 1, [[3, 2.5], [0, 0.25], [100, 90], [1000, 1e3], [2, 1e-8]]),
    "poissonLogLogPmf": (lambda k, l: [k * l, -mp.exp(l), -loggamma(k + 1)], 1, [[3, 1.5], [0, -4], [100, 4.5], [1000, 7], [2, -20]]),
    "negativeBinomialLogPmf": (negative, 1, [[3, 2.5, 0.3], [0, 0.25, 0.75], [100, 10, 0.1], [7, 1e3, 0.99], [1, 1, 0.5]]),
    "negativeBinomial2LogPmf": (lambda k, m, f: negative(k, f, f / (m + f)), 1, [[3, 2.5, 0.3], [0, 0.25, 0.75], [100, 90, 10], [7, 5, 1e4], [1, 1, 1]]),
}


def dirichlet(x, a):
    return [loggamma(mp.fsum(a)), *[(ai - 1) * log(xi) for xi, ai in zip(x, a)], *[-loggamma(ai) for ai in a]]


def multinormal(x, m, l):
    z = []
    for i, xi in enumerate(x):
        z.append((xi - m[i] - mp.fsum(l[i][k] * z[k] for k in range(i))) / l[i][i])
    return [-mp.fsum(zi**2 for zi in z) / 2, *[-log(l[i][i]) for i in range(len(x))], -len(x) * log(2 * pi) / 2]


def lkj(l, eta):
    n = len(l)  # the constant as Lewandowski, Kurowicka and Joe state it, by beta functions
    c = [-(2 * eta - 2 + n - k) * (n - k) * log(2) - (n - k) * log(mp.beta(eta + (n - k - 1) * half, eta + (n - k - 1) * half)) for k in range(1, n)]
    return [*c, *[(n - i - 1 + 2 * eta - 2) * log(l[i][i]) for i in range(1, n)]]


def correlation(u):
    """Terms of Σ (1 + i + 2 k) Lᵢₖ + logJacobian: the factor of Lewandowski, Kurowicka and Joe's partial correlations tanh u, with its Jacobian."""
    terms, free, i = [mp.mpf(1)], iter(u), 1
    for i in range(1, int((1 + mp.sqrt(1 + 8 * len(u))) / 2)):
        left = mp.mpf(1)
        for k in range(i):
            z = mp.tanh(next(free))
            terms += [(1 + i + 2 * k) * z * mp.sqrt(left), log(1 - z * z), log(left) / 2]
            left -= z * z * left
        terms.append((1 + 3 * i) * mp.sqrt(left))
    return terms


def spread(n, seed):
    """Numbers between −1 and 1 with few binary digits."""
    return [((seed + 1) * 37 * i * i + 11 * i + 5 * seed) % 64 / 32 - 1 for i in range(n)]


def triangle(n, seed):
    """A lower triangle with a diagonal from 1 on."""
    rows = [spread(n, seed + i) for i in range(n)]
    return [[x if k < i else (1 + abs(x) if k == i else 0) for k, x in enumerate(row)] for i, row in enumerate(rows)]


def factor(n):
    """A Cholesky factor of a correlation: rows of length 1, but for rounding, to which the density is indifferent."""
    rows = [row[: i + 1] for i, row in enumerate(triangle(n, 3))]
    return [[x / float(mp.sqrt(mp.fsum(y * y for y in row))) for x in row] + [0] * (n - len(row)) for row in rows]


densities |= {
    "choleskyCorrelation": (correlation, 0, [[[0.3]], [[1, -2, 0.5]], [[0.1, 0.2, 0.3, -0.4, 0.5, -0.6]], [[-9, 4, 12, 0, 1, 2]], [spread(28, 2)]]),
    "categoricalLogitLogPmf": (lambda k, l: [l[int(k)], -log(mp.fsum(mp.exp(x) for x in l))], 1, [[0, [0.3, 0.1]], [2, [-4, 1.5, 0.25]], [1, [800, -800, 3]], [0, [5]]]),
    "dirichletLogPdf": (dirichlet, 0, [[[0.3, 0.7], [2, 1.5]], [[0.2, 0.5, 0.3], [0.5, 1, 20]], [[1e-6, 1 - 1e-6], [0.1, 100]]]),
    "multivariateNormalCholeskyLogPdf": (multinormal, 0, [[[0.3], [0.1], [[2]]], [[1, -2], [0.5, 0.25], [[2, 0], [-1, 0.5]]], [[1, -2, 3], [0, 0, 1], [[1, 0, 0], [0.5, 3, 0], [-0.25, 0.75, 0.1]]], [spread(7, 1), spread(7, 2), triangle(7, 0)]]),
    "lkjCholeskyLogPdf": (lkj, 0, [[[[1, 0], [0.6, 0.8]], 1.5], [[[1, 0, 0], [0.6, 0.8, 0], [0.36, 0.48, 0.8]], 0.5], [[[1, 0, 0, 0], [0, 1, 0, 0], [0.6, 0, 0.8, 0], [0.5, 0.5, 0.5, 0.5]], 4], [factor(7), 2.25]]),
}


def flat(x):
    return [y for item in x for y in flat(item)] if isinstance(x, list) else [x]


def filled(x, numbers):
    return [filled(item, numbers) for item in x] if isinstance(x, list) else next(numbers)


def slope(terms, point, i):
    numbers = flat(point)
    return mp.diff(lambda t: mp.fsum(terms(*filled(point, iter(numbers[:i] + [t] + numbers[i + 1 :])))), numbers[i])


def case(terms, first, point):
    exact = filled(point, iter([mp.mpf(x) for x in flat(point)]))
    parts = terms(*exact)
    with mp.workdps(120):
        slopes = [float(slope(terms, exact, i)) for i in range(len(flat(point[:first])), len(flat(point)))]
    return [point, float(mp.fsum(parts)), slopes, float(max(abs(p) for p in parts))]


print("{")
print(",\n".join(f'  "{name}": [\n' + ",\n".join("    " + json.dumps(case(terms, first, p)) for p in points) + "\n  ]" for name, (terms, first, points) in densities.items()))
print("}")
