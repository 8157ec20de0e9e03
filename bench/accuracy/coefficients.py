"""Prints the tables and minimax polynomials of assembly/math/{exp,log,power}.ts (needs mpmath; run once, by hand)."""
import struct
from mpmath import mp, mpf, cos, expm1, floor, log, log1p, lu_solve, matrix, nint, pi

mp.prec = 300


def bits(x):
    return struct.unpack("<q", struct.pack("<d", float(x)))[0]


def double(n):
    return struct.unpack("<d", struct.pack("<q", n))[0]


def nearest(f, weight, reach, degree, fixed=()):
    """Coefficients after the fixed ones, nearest to f on [-reach, reach] in the weighted maximum norm (Lawson's iteration)."""
    count, done = 120, len(fixed)
    points = [reach * cos(pi * (i + mpf(1) / 2) / count) for i in range(count)]
    left = [f(x) - sum(a * x**j for j, a in enumerate(fixed)) for x in points]
    shares = [mpf(1)] * count
    for _ in range(15):
        lot = [s * weight(x) ** 2 for s, x in zip(shares, points)]
        size = degree + 1 - done
        normal = matrix(size, size)
        right = matrix(size, 1)
        for s, x, y in zip(lot, points, left):
            for i in range(size):
                right[i] += s * x ** (i + done) * y
                for j in range(size):
                    normal[i, j] += s * x ** (i + j + 2 * done)
        c = list(lu_solve(normal, right))
        errors = [weight(x) * abs(y - sum(a * x ** (j + done) for j, a in enumerate(c))) for x, y in zip(points, left)]
        total = sum(s * e for s, e in zip(shares, errors))
        shares = [s * e / total for s, e in zip(shares, errors)]
    return c, max(errors)


def rounded(f, weight, reach, degree):
    """The same, each coefficient rounded to double in turn and the later ones fitted to what is left."""
    fixed = []
    for _ in range(degree + 1):
        c, error = nearest(f, weight, reach, degree, fixed)
        fixed.append(mpf(float(c[0])))
    return fixed, error


def show(name, values):
    print(name + ": " + ", ".join(repr(float(v)) for v in values))


def split(value, keep):
    """The value as a double with `keep` bits after the point, and the rest."""
    high = nint(value * mpf(2) ** keep) / mpf(2) ** keep
    return high, value - high


def exponential():
    ln2 = log(mpf(2))
    pairs = []
    for j in range(64):
        exact = mpf(2) ** (mpf(j) / 64)
        scale = float(exact)
        pairs += [float(exact / mpf(scale) - 1), double(bits(scale) - (j << 46))]
    show("exp table: tail, 2^(j/64) with j << 46 taken from its bits", pairs)
    high, low = split(ln2 / 64, 40)
    show("64/ln2, ln2/64 high, low", [64 / ln2, high, low])
    reach = ln2 / 128 * mpf("1.0001") + mpf(2) ** -60
    q = lambda r: (expm1(r) - r) / r**2 if abs(r) > mpf(10) ** -12 else mpf(1) / 2 + r / 6 + r * r / 24
    c, error = rounded(q, abs, reach, 4)
    show("exp, (e^r - 1 - r)/r^2, error 2^%.1f of r" % float(log(error, 2)), c)


def logarithm():
    ln2 = log(mpf(2))
    step = 1 << 46
    # 1 lies two thirds into its interval, whose ends are then equally far from 1.
    offset = bits(1.0) - 38 * step - (2 * step) // 3
    offset &= ~0xFFFFFFFF
    print("log offset: %#x" % offset)
    table, tails, reach = [], [], mpf(0)
    for j in range(64):
        start = offset + j * step
        ends = [mpf(double(start)), mpf(double(start + step - 1))]
        if ends[0] <= 1 <= ends[1]:
            inverse = mpf(1)
        else:
            inverse = nint(2 / (ends[0] + ends[1]) * 2**14) / mpf(2) ** 14
        reach = max(reach, abs(ends[0] * inverse - 1), abs(ends[1] * inverse - 1))
        high, low = split(-log(inverse), 42)
        table += [inverse, high]
        tails.append(low)
    show("log table: 1/c, log c", table)
    show("log tails", tails)
    print("reach 1/%.2f" % float(1 / reach))
    show("ln2 high, low", split(ln2, 42))
    q = lambda r: (log1p(r) - r + r * r / 2) / r**3 if abs(r) > mpf(10) ** -9 else mpf(1) / 3 - r / 4 + r * r / 5
    for degree in (4, 5):
        c, error = rounded(q, lambda r: abs(r) ** 3, reach, degree)
        show("log, r^3 coefficients degree %d, error 2^%.1f" % (degree, float(log(error, 2))), c)


def cubeRoot():
    c, error = rounded(lambda e: (1 + e) ** (-mpf(1) / 3), lambda e: mpf(1), mpf("0.1022"), 4)
    show("cbrt, (1 + e)^(-1/3), error 2^%.1f" % float(log(error, 2)), c)


exponential()
logarithm()
cubeRoot()
