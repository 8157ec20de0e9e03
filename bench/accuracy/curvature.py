"""Prints test/curvatures.ts, second and third derivatives to the last digit, by differences of 100 to 4,000 digits (needs mpmath; run by hand)."""
import mpmath as m
from mpmath import mp, mpf

SMALL = [1e-310, 1e-200, 1e-17, 1e-8]
UNIT = SMALL + [0.01, 0.3, -0.7, 0.99, -1 + 2**-30, 1 - 2**-53]
LINE = SMALL + [0.01, -0.7, 1.5, -10.0, 30.0]
FAR = LINE + [1e8, -1e60, 1e79, 1e90, 1e100, 1e200]
ABOVE = [1 + 2**-52, 1 + 2**-30, 1.01, 2.0, 1e8, 1e100]

unary = {
    "asin": (m.asin, UNIT),
    "acos": (m.acos, UNIT),
    "atan": (m.atan, FAR),
    "atanh": (m.atanh, UNIT),
    "asinh": (m.asinh, FAR),
    "acosh": (m.acosh, ABOVE),
    "tanh": (m.tanh, LINE),
    "sigmoid": (lambda x: 1 / (1 + m.exp(-x)), LINE),
    "softplus": (lambda x: m.log(1 + m.exp(x)), LINE),
    "log1p": (lambda x: m.log(1 + x), LINE[:5] + [-0.7, 1.5, 1e8, 1e100]),
    "expm1": (lambda x: m.exp(x) - 1, LINE),
    "tan": (m.tan, LINE),
    "erf": (m.erf, LINE[:-2]),
}
SIDES = [
    (1.0, 1e-10), (1e-10, -1.0), (3.0, 4.0), (1e-200, 2e-200), (1e200, -1e190), (1e-300, 1e-320), (2.0, 1e-170), (1.0, 1 + 2**-40), (-5e100, 5e100),
]
POWERS = [(2.0, 0.0), (0.5, 1.0), (3.0, 2.0), (1e-200, 2.0), (1e-10, 0.5), (1 + 2**-52, 1e10), (0.3, -2.5), (7.0, 1e-17)]
binary = {
    "hypot": (lambda a, b: m.sqrt(a * a + b * b), SIDES),
    "atan2": (m.atan2, SIDES),
    "pow": (lambda a, b: m.exp(b * m.log(a)), POWERS),
}
vectors = {
    "norm": (
        lambda x: m.sqrt(sum(t * t for t in x)),
        [[1.0, 1e-10], [1e-10, -1.0, 0.0], [1.0, -1.0, 1e-8], [3e-200, 4e-200, 1e-210], [-1e200, 2e190], [0.5, 2.0, -1.0, 1e-3, 1.75]],
    ),
    "logSumExp": (
        lambda x: m.log(sum(m.exp(t) for t in x)),
        [[0.0, -50.0, -60.0], [1e3, 960.0], [-800.0, -800.0, -850.0], [0.5, 2.0, -1.0, 1e-3, 1.75], [30.0, -300.0]],
    ),
}


def reach(*points):
    """A step far below every operand and its distance from ±1, and digits enough for third differences of it."""
    near = [abs(p) for p in points] + [abs(abs(p) - 1) for p in points]
    step = min([n for n in near if n != 0] + [mpf(1)]) * mpf(10) ** -30
    mp.dps = int(-4 * m.log10(step)) + 4 * max(int(abs(m.log10(abs(p)))) if p else 0 for p in points) + 400
    return step


def text(value):
    value = float(value)
    return "%sInfinity" % ("-" if value < 0 else "") if abs(value) == float("inf") else repr(value).replace("e-0", "e-").replace("e+", "e")


def differences(f, x):
    mp.dps = 700
    h = reach(mpf(x))
    at = [f(mpf(x) + k * h) for k in (-2, -1, 0, 1, 2)]
    return [(at[1] - 2 * at[2] + at[3]) / h**2, (at[4] - 2 * at[3] + 2 * at[1] - at[0]) / (2 * h**3)]


def hessian(f, x):
    mp.dps = 1500
    x = [mpf(t) for t in x]
    h = reach(*x)

    def at(*moves):
        return f([t + h * sum(s for j, s in moves if j == i) for i, t in enumerate(x)])

    return [
        (at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))) / (4 * h * h)
        for i in range(len(x))
        for j in range(len(x))
    ]


def table(name, doc, kind, rows):
    print("/** %s */\nexport const %s: Readonly<Record<string, readonly (readonly [at: readonly number[], derivatives: readonly number[]])[]>> = {" % (doc, name))
    for op, (f, points) in rows.items():
        print("  %s: [" % op)
        for point in points:
            print("    [[%s], [%s]]," % (", ".join(map(text, point if kind != "one" else [point])), ", ".join(map(text, differences(f, point) if kind == "one" else hessian(f if kind == "many" else lambda x: f(*x), point)))))
        print("  ],")
    print("};")


print("/** Derivatives of higher order, rounded from high precision: printed by bench/accuracy/curvature.py. */\n")
table("unary", "f″ and f‴ of functions of one number.", "one", unary)
print()
table("binary", "Hessians of functions of two numbers, row by row.", "two", binary)
print()
table("vectors", "Hessians of functions of vectors, row by row.", "many", vectors)
