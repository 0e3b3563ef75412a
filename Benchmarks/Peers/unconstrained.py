"""SciPy's minimisers, on functions that the other side evaluates.

A request is a line of JSON: method, start, bounds or null, the bound on the gradient
that is aimed at, the most evaluations and the most seconds. While a method runs, f, g and h ask
for value, gradient and Hessian at the x whose bytes follow; r comes before the x
that it ends with and a line of JSON: whether it claims success, what it says, and
its seconds, without those of waiting for answers.
"""

import json
import signal
import sys
import time
import warnings

import numpy as np
import scipy
from scipy.optimize import Bounds, minimize

# The tolerances with which each method aims at a bound on the gradient. Where
# another test of a method would come first, it is set out of the way.
tolerances = {
    "Nelder-Mead": lambda g: dict(adaptive=True, xatol=1e-8, fatol=1e-12),
    "Powell": lambda g: dict(xtol=1e-8, ftol=1e-12),
    "CG": lambda g: dict(gtol=g),
    "BFGS": lambda g: dict(gtol=g),
    "L-BFGS-B": lambda g: dict(gtol=g, ftol=0),
    # As it is called mostly, which leaves a relative change of f of 2e-9.
    "L-BFGS-B by default": lambda g: dict(gtol=g),
    "TNC": lambda g: dict(gtol=g, ftol=0, xtol=0),
    "SLSQP": lambda g: dict(ftol=1e-12),
    "Newton-CG": lambda g: dict(xtol=1e-8),
    # Theirs is the Euclidean norm, which is no smaller.
    "dogleg": lambda g: dict(gtol=g),
    "trust-ncg": lambda g: dict(gtol=g),
    "trust-krylov": lambda g: dict(gtol=g),
    "trust-exact": lambda g: dict(gtol=g),
    "trust-constr": lambda g: dict(gtol=g, xtol=1e-12, barrier_tol=1e-10),
}
without_gradient = {"Nelder-Mead", "Powell"}
with_hessian = {
    "Newton-CG",
    "dogleg",
    "trust-ncg",
    "trust-krylov",
    "trust-exact",
    "trust-constr",
}

requests, answers = sys.stdin.buffer, sys.stdout.buffer


class Spent(Exception):
    pass


def expire(*_):
    raise Spent("its time is spent")


class Function:
    """The function of the other side."""

    def __init__(self, n, evaluations):
        self.n, self.left = n, evaluations
        self.best, self.lowest = None, np.inf
        self.waited = 0.0

    def ask(self, letter, x, count):
        began = time.perf_counter()
        # An alarm between question and answer would leave the answer behind.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        answers.write(letter + np.ascontiguousarray(x, dtype=float).tobytes())
        answers.flush()
        numbers = np.frombuffer(requests.read(8 * count)).copy()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        self.waited += time.perf_counter() - began
        return numbers

    def value(self, x):
        if self.left <= 0:
            raise Spent("its evaluations are spent")
        self.left -= 1
        f = float(self.ask(b"f", x, 1)[0])
        if f < self.lowest:
            self.best, self.lowest = np.array(x, dtype=float), f
        return f

    def gradient(self, x):
        return self.ask(b"g", x, self.n)

    def hessian(self, x):
        return self.ask(b"h", x, self.n**2).reshape(self.n, self.n)


# Overflow on the way is for the method to deal with.
warnings.simplefilter("ignore")
np.seterr(all="ignore")
signal.signal(signal.SIGALRM, expire)

answers.write((json.dumps({"versions": [scipy.__version__]}) + "\n").encode())
answers.flush()
for line in iter(requests.readline, b""):
    request = json.loads(line)
    method, limit = request["method"], request["evaluations"]
    start = np.array(request["start"], dtype=float)
    function = Function(start.size, limit)
    bounds = None
    if request.get("lower"):
        largest = np.finfo(float).max
        # Numbers without a fraction come as integers.
        lower = np.array(request["lower"], dtype=float)
        upper = np.array(request["upper"], dtype=float)
        lower[lower == -largest] = -np.inf
        upper[upper == largest] = np.inf
        bounds = Bounds(lower, upper)
    options = tolerances[method](request["gradientNorm"])
    if method == "TNC":
        options["maxfun"] = limit
    else:
        options["maxiter"] = limit
    if method in {"Nelder-Mead", "Powell"}:
        options["maxfev"] = limit
    if method.startswith("L-BFGS-B"):
        options["maxfun"] = limit
    began = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        result = minimize(
            function.value,
            start,
            method=method.removesuffix(" by default"),
            jac=None if method in without_gradient else function.gradient,
            hess=function.hessian if method in with_hessian else None,
            bounds=bounds,
            options=options,
        )
        signal.setitimer(signal.ITIMER_REAL, 0)
        x, success, message = result.x, result.success, result.message
    except (Spent, ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        x = start if function.best is None else function.best
        success, message = False, str(error)
    seconds = time.perf_counter() - began - function.waited
    answers.write(b"r" + np.ascontiguousarray(x, dtype=float).tobytes())
    reply = dict(success=bool(success), message=str(message), seconds=seconds)
    answers.write((json.dumps(reply) + "\n").encode())
    answers.flush()
