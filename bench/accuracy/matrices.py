"""Prints test/matrices.json: weighted sums of what the functions of matrices give, their gradients and Hessians, by differences of 200 digits (needs mpmath; run by hand)."""
import json
import random
from mpmath import det, eigsy, eye, log, lu_solve, matrix, mp, mpf

mp.dps = 200
random.seed(12)
STEP = mpf(10) ** -50


def lower(a, unit=False):
    """A triangle alone."""
    return matrix([[a[i, j] if j < i or (j == i and not unit) else mpf(1 if i == j else 0) for j in range(a.cols)] for i in range(a.rows)])


def filled(a):
    """The symmetric matrix whose lower triangle is given."""
    return matrix([[a[max(i, j), min(i, j)] for j in range(a.cols)] for i in range(a.rows)])


def solved(a, b):
    columns = [lu_solve(a, b[:, j]) for j in range(b.cols)]
    return matrix([[columns[j][i] for j in range(b.cols)] for i in range(a.rows)])


def one(x):
    return matrix([[x]])


def factor(a):
    """Cholesky's factor, by the definition."""
    n = a.rows
    l = matrix(n, n)
    for i in range(n):
        for j in range(i + 1):
            left = a[i, j] - sum(l[i, k] * l[j, k] for k in range(j))
            l[i, j] = mp.sqrt(left) if i == j else left / l[j, j]
    return l


def columns(a):
    """QR factors by Gram and Schmidt, which is exact enough here; their numbers one after the other."""
    m, n = a.rows, a.cols
    k = min(m, n)
    q, r = matrix(m, k), matrix(k, n)
    for j in range(n):
        left = a[:, j]
        for i in range(min(j, k)):
            r[i, j] = sum(q[l, i] * a[l, j] for l in range(m))
            left -= r[i, j] * q[:, i]
        if j < k:
            r[j, j] = mp.sqrt(sum(x * x for x in left))
            for l in range(m):
                q[l, j] = left[l] / r[j, j]
    return matrix([[x] for x in list(q) + list(r)])


def least(a, b):
    return solved(a.T * a, a.T * b) if a.rows >= a.cols else a.T * solved(a * a.T, b)


def eigen(a):
    """Eigenvalues, and eigenvectors whose first number of more than a tenth of the largest magnitude is positive."""
    values, vectors = eigsy(filled(a))
    order = sorted(range(a.rows), key=lambda k: values[k])
    result = [values[k] for k in order]
    columns = []
    for k in order:
        x = list(vectors[:, k])
        most = max(abs(y) for y in x)
        lead = next(y for y in x if abs(y) > most / 10)
        columns.append([y if lead > 0 else -y for y in x])
    return matrix([[x] for x in result + [column[i] for i in range(a.rows) for column in columns]])


# The name in the test, the function, and the shapes of its operands at size n; "positive" is a positive definite matrix, "separated" one whose eigenvalues are apart.
FUNCTIONS = {
    "matmul": (lambda a, b: a * b, lambda n: [(n, n + 1), (n + 1, 2)]),
    "matmul aᵀ bᵀ": (lambda a, b: a.T * b.T, lambda n: [(n + 1, n), (2, n + 1)]),
    "outer": (lambda a, b: a * b.T, lambda n: [(n, 1), (n + 1, 1)]),
    "triangularSolve": (lambda a, b: solved(lower(a), b), lambda n: ["dominant", (n, 2)]),
    "triangularSolve upper, transposed": (lambda a, b: solved(lower(a.T), b), lambda n: ["dominant", (n, 2)]),
    "triangularSolve right, unit": (lambda a, b: solved(lower(a, True).T, b.T).T, lambda n: ["dominant", (2, n)]),
    "cholesky": (factor, lambda n: ["positive"]),
    "solve": (solved, lambda n: ["dominant", (n, 2)]),
    "inverse": (lambda a: solved(a, eye(a.rows)), lambda n: ["dominant"]),
    "det": (lambda a: one(det(a)), lambda n: ["dominant"]),
    "logdet": (lambda a: one(log(abs(det(a)))), lambda n: ["positive"]),
    "qr": (columns, lambda n: ["tall"]),
    "qr of more columns": (columns, lambda n: ["wide"]),
    "lstsq": (least, lambda n: ["tall", (n + 1, 2)]),
    "lstsq of more columns": (least, lambda n: ["wide", (n, 2)]),
    "eigh": (eigen, lambda n: ["separated"]),
}


def operand(kind, n):
    if kind == "positive":
        a = [[random.uniform(-1, 1) + (n + 1 if i == j else 0) for j in range(n)] for i in range(n)]
        return [[a[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]
    if kind == "separated":
        return [[random.uniform(-1, 1) + (3 * i if i == j else 0) for j in range(n)] for i in range(n)]
    if kind in ("tall", "wide"):
        return [[random.uniform(-1, 1) + (2 if i == j else 0) for j in range(n + (kind == "wide"))] for i in range(n + (kind == "tall"))]
    if kind == "dominant":
        return [[random.uniform(-1, 1) + ((2 + random.random()) * (-1) ** i if i == j else 0) for j in range(n)] for i in range(n)]
    return [[random.uniform(-1, 1) for _ in range(kind[1])] for _ in range(kind[0])]


def case(f, operands, with_hessian):
    shapes = [(len(a), len(a[0])) for a in operands]
    x = [mpf(t) for a in operands for row in a for t in row]

    def at(x):
        args, start = [], 0
        for m, n in shapes:
            args.append(matrix([[x[start + i * n + j] for j in range(n)] for i in range(m)]))
            start += m * n
        v = f(*args)
        lanes = [v[i, j] for i in range(v.rows) for j in range(v.cols)]
        return sum(mpf(k % 5) * t - mpf("1.5") * t for k, t in enumerate(lanes))

    def moved(*steps):
        y = list(x)
        for k, h in steps:
            y[k] += h
        return at(y)

    count = range(len(x))
    gradient = [(moved((k, STEP)) - moved((k, -STEP))) / (2 * STEP) for k in count]
    result = {"operands": operands, "value": float(at(x)), "gradient": [float(t) for t in gradient]}
    if with_hessian:
        second = lambda i, j: (moved((i, STEP), (j, STEP)) - moved((i, STEP), (j, -STEP)) - moved((i, -STEP), (j, STEP)) + moved((i, -STEP), (j, -STEP))) / (4 * STEP**2)
        rows = [[float(second(i, j)) if j <= i else 0 for j in count] for i in count]
        result["hessian"] = [[rows[max(i, j)][min(i, j)] for j in count] for i in count]
    return result


cases = {
    name: [case(f, [operand(kind, n) for kind in shapes(n)], n in (2, 3)) for n in (1, 2, 3, 6)]
    for name, (f, shapes) in FUNCTIONS.items()
}
about = "Σ (k mod 5 − 1.5) of lane k of a function's result, its gradient and its Hessian, each the double nearest to the truth. Written by bench/accuracy/matrices.py."
print(json.dumps({"about": about, "cases": cases}, separators=(",", ":"), ensure_ascii=False))
