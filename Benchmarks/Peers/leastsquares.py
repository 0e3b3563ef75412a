"""The NIST nonlinear regressions by SciPy's least_squares.

Started with a file of JSON that has a list of regressions: name, predictors of
each observation, response. A request is a line of JSON: method, name and start. The
answer has the seconds of the fit, the parameters and what it cost.

The Jacobians are exact: SymPy derives the formulas below and makes NumPy code of
them, in which what several derivatives share is computed once.
"""

import json
import re
import sys
import time
import warnings
from functools import lru_cache

import numpy as np
import scipy
import sympy
from scipy.optimize import least_squares

# Source: NIST, Statistical Reference Datasets, nonlinear regression.
decays = "b1*exp(-b2*x1) + b3*exp(-b4*x1) + b5*exp(-b6*x1)"
peaks = (
    "b1*exp(-b2*x1) + b3*exp(-(x1 - b4)**2/b5**2) + b6*exp(-(x1 - b7)**2/b8**2)"
)
cubic = "(b1 + b2*x1 + b3*x1**2 + b4*x1**3)/(1 + b5*x1 + b6*x1**2 + b7*x1**3)"
models = {
    "Misra1a": "b1*(1 - exp(-b2*x1))",
    "Misra1b": "b1*(1 - (1 + b2*x1/2)**(-2))",
    "Misra1c": "b1*(1 - 1/sqrt(1 + 2*b2*x1))",
    "Misra1d": "b1*b2*x1/(1 + b2*x1)",
    "BoxBOD": "b1*(1 - exp(-b2*x1))",
    "DanWood": "b1*x1**b2",
    "Chwirut1": "exp(-b1*x1)/(b2 + b3*x1)",
    "Chwirut2": "exp(-b1*x1)/(b2 + b3*x1)",
    "Lanczos1": decays,
    "Lanczos2": decays,
    "Lanczos3": decays,
    "Gauss1": peaks,
    "Gauss2": peaks,
    "Gauss3": peaks,
    "Kirby2": "(b1 + b2*x1 + b3*x1**2)/(1 + b4*x1 + b5*x1**2)",
    "Hahn1": cubic,
    "Thurber": cubic,
    "Nelson": "b1 - b2*x1*exp(-b3*x2)",
    "MGH17": "b1 + b2*exp(-b4*x1) + b3*exp(-b5*x1)",
    "Roszman1": "b1 - b2*x1 - atan(b3/(x1 - b4))/pi",
    "ENSO": "b1 + b2*cos(2*pi*x1/12) + b3*sin(2*pi*x1/12)"
    " + b5*cos(2*pi*x1/b4) + b6*sin(2*pi*x1/b4)"
    " + b8*cos(2*pi*x1/b7) + b9*sin(2*pi*x1/b7)",
    "MGH09": "b1*(x1**2 + x1*b2)/(x1**2 + x1*b3 + b4)",
    "Rat42": "b1/(1 + exp(b2 - b3*x1))",
    "Rat43": "b1/(1 + exp(b2 - b3*x1))**(1/b4)",
    "MGH10": "b1*exp(b2/(x1 + b3))",
    "Eckerle4": "b1/b2*exp(-((x1 - b3)/b2)**2/2)",
    "Bennett5": "b1*(b2 + x1)**(-1/b3)",
}


@lru_cache(None)
def functions(formula):
    """The model and its derivatives, as functions of b1, ..., x1, ..."""

    def symbols(letter):
        names = set(re.findall(letter + r"\d", formula))
        return sympy.symbols(sorted(names), real=True)

    b, x = symbols("b"), symbols("x")
    names = {str(symbol): symbol for symbol in b + x}
    expression = sympy.sympify(formula, locals=names)
    slopes = [sympy.diff(expression, parameter) for parameter in b]
    return (
        sympy.lambdify(b + x, expression, "numpy", cse=True),
        sympy.lambdify(b + x, slopes, "numpy", cse=True),
    )


class Regression:
    def __init__(self, name, predictors, response):
        self.x = np.array(predictors).T.copy()
        self.y = np.array(response)
        self.model, self.slopes = functions(models[name])

    def residuals(self, b):
        return self.model(*b, *self.x) - self.y

    def jacobian(self, b):
        j = np.empty((self.y.size, b.size))
        for column, slope in enumerate(self.slopes(*b, *self.x)):
            j[:, column] = slope
        return j

    def fit(self, method, start):
        return least_squares(
            self.residuals,
            start,
            self.jacobian,
            method=method,
            x_scale="jac",
            ftol=1e-15,
            xtol=1e-15,
            gtol=1e-15,
            max_nfev=10000,
        )


# Overflow on the way is for the method to deal with.
warnings.simplefilter("ignore")
np.seterr(all="ignore")

with open(sys.argv[1]) as file:
    regressions = {
        each["name"]: Regression(
            each["name"], each["predictors"], each["response"]
        )
        for each in json.load(file)
    }

print(json.dumps({"versions": [scipy.__version__]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    regression = regressions[request["name"]]
    start = np.array(request["start"], dtype=float)
    begin = time.perf_counter()
    try:
        fit = regression.fit(request["method"], start)
        beta, residuals, jacobians = fit.x, fit.nfev, fit.njev
    except (ValueError, np.linalg.LinAlgError):
        # It gives up where a step leads to infinite residuals.
        beta, residuals, jacobians = start, 0, 0
    reply = {
        "seconds": time.perf_counter() - begin,
        # Without NaN, which JSON does not have.
        "parameters": np.nan_to_num(beta).tolist(),
        "residuals": int(residuals),
        "jacobians": int(jacobians or 0),
    }
    print(json.dumps(reply), flush=True)
