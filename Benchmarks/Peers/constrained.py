"""SciPy's minimisers for constrained problems, on functions that the other side
evaluates.

A request is a line of JSON: method, start, bounds, sides, the most evaluations and the
most seconds. While a method runs, f, g, c, j and h ask for value, gradient,
constraints, Jacobian and the Hessian of a constraint's weighted sum at the x whose
bytes follow (h with sigma and the weights after it); r comes before the x that it
ends with and a line of JSON: whether it claims success, what it says, and its
seconds, without those of waiting for answers.
"""

import json
import signal
import sys
import time
import warnings

import numpy as np
import scipy
from scipy.optimize import Bounds, NonlinearConstraint, minimize

requests, answers = sys.stdin.buffer, sys.stdout.buffer


class Spent(Exception):
    pass


def expire(*_):
    raise Spent("its time is spent")


class Program:
    """The problem of the other side."""

    def __init__(self, n, m, evaluations):
        self.n, self.m, self.left = n, m, evaluations
        self.last = None
        self.waited = 0.0

    def ask(self, letter, x, count, *more):
        began = time.perf_counter()
        # An alarm between question and answer would leave the answer behind.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        parts = [np.ascontiguousarray(p, dtype=float).tobytes() for p in (x, *more)]
        answers.write(letter + b"".join(parts))
        answers.flush()
        numbers = np.frombuffer(requests.read(8 * count)).copy()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        self.waited += time.perf_counter() - began
        return numbers

    def value(self, x):
        if self.left <= 0:
            raise Spent("its evaluations are spent")
        self.left -= 1
        self.last = np.array(x, dtype=float)
        return float(self.ask(b"f", x, 1)[0])

    def gradient(self, x):
        return self.ask(b"g", x, self.n)

    def constraints(self, x):
        return self.ask(b"c", x, self.m)

    def jacobian(self, x):
        return self.ask(b"j", x, self.m * self.n).reshape(self.m, self.n)

    def hessian(self, x, sigma, weights):
        h = self.ask(b"h", x, self.n**2, [sigma], weights)
        return h.reshape(self.n, self.n)


def sequential(program, request, start, bounds, low, high):
    equal = low == high
    parts = []
    if equal.any():
        parts.append(
            dict(
                type="eq",
                fun=lambda x: (program.constraints(x) - low)[equal],
                jac=lambda x: program.jacobian(x)[equal],
            )
        )
    below, above = ~equal & np.isfinite(low), ~equal & np.isfinite(high)
    if below.any() or above.any():

        def values(x):
            c = program.constraints(x)
            return np.concatenate([(c - low)[below], (high - c)[above]])

        def jacobian(x):
            j = program.jacobian(x)
            return np.concatenate([j[below], -j[above]])

        parts.append(dict(type="ineq", fun=values, jac=jacobian))
    return minimize(
        program.value,
        start,
        method="SLSQP",
        jac=program.gradient,
        bounds=bounds,
        constraints=parts,
        options=dict(maxiter=request["evaluations"], ftol=1e-12),
    )


def interior(program, request, start, bounds, low, high):
    zeros = np.zeros(program.m)
    parts = []
    if program.m:
        parts.append(
            NonlinearConstraint(
                program.constraints,
                low,
                high,
                jac=program.jacobian,
                hess=lambda x, v: program.hessian(x, 0, v),
            )
        )
    return minimize(
        program.value,
        start,
        method="trust-constr",
        jac=program.gradient,
        hess=lambda x: program.hessian(x, 1, zeros),
        bounds=bounds,
        constraints=parts,
        options=dict(
            maxiter=request["evaluations"], gtol=1e-8, xtol=1e-12, barrier_tol=1e-10
        ),
    )


methods = {"SLSQP": sequential, "trust-constr": interior}


def numbers(list_):
    """Infinite numbers came as the largest finite ones."""
    largest = np.finfo(float).max
    a = np.array(list_, dtype=float)
    a[a == -largest], a[a == largest] = -np.inf, np.inf
    return a


# Overflow on the way is for the method to deal with.
warnings.simplefilter("ignore")
np.seterr(all="ignore")
signal.signal(signal.SIGALRM, expire)

answers.write((json.dumps({"versions": [scipy.__version__]}) + "\n").encode())
answers.flush()
for line in iter(requests.readline, b""):
    request = json.loads(line)
    start = np.array(request["start"], dtype=float)
    low, high = numbers(request["lowerSides"]), numbers(request["upperSides"])
    program = Program(start.size, low.size, request["evaluations"])
    bounds = Bounds(numbers(request["lower"]), numbers(request["upper"]))
    began = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        result = methods[request["method"]](
            program, request, start, bounds, low, high
        )
        signal.setitimer(signal.ITIMER_REAL, 0)
        x, success, message = result.x, result.success, result.message
    except (Spent, ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        x = start if program.last is None else program.last
        success, message = False, str(error)
    seconds = time.perf_counter() - began - program.waited
    answers.write(b"r" + np.ascontiguousarray(x, dtype=float).tobytes())
    reply = dict(success=bool(success), message=str(message), seconds=seconds)
    answers.write((json.dumps(reply) + "\n").encode())
    answers.flush()
