"""Logistic regression by scikit-learn and by a few lines of NumPy.

Started with a file of doubles (the samples row by row, then the labels 0 and 1),
the two dimensions, the penalty and the tolerance. Then, for each name of a
solver on a line of the standard input, one fit and one line of JSON with its
seconds, its iterations and the variables it found, the intercept last.
"""

import json
import sys
import time
import warnings

import numpy as np
import scipy
import sklearn
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

file, m, d, penalty, tolerance = sys.argv[1:]
m, d, penalty, tolerance = int(m), int(d), float(penalty), float(tolerance)
numbers = np.fromfile(file)
samples = numbers[: m * d].reshape(m, d)
labels = numbers[m * d :]
extended = np.column_stack([samples, np.ones(m)])

# Where the tolerance is out of reach of a solver it says so in a warning; what
# it did reach is checked by the caller.
warnings.simplefilter("ignore")


def fit(solver):
    # scikit-learn minimises C sum(loss) + |w|^2 / 2, divided by C m: the mean
    # loss with the penalty 1 / (C m), which its tolerance refers to.
    model = LogisticRegression(
        C=1 / (penalty * m), solver=solver, tol=tolerance, max_iter=1000
    )
    model.fit(samples, labels)
    return model.n_iter_[0], np.append(model.coef_[0], model.intercept_)


def newton():
    # The product B'B with itself goes to syrk, half the work of a gemm.
    theta = np.zeros(d + 1)
    weights = np.append(np.full(d, penalty), 0)
    for iteration in range(100):
        p = expit(extended @ theta)
        gradient = extended.T @ (p - labels) / m + weights * theta
        if np.abs(gradient).max() <= tolerance:
            break
        scaled = extended * np.sqrt(p * (1 - p) / m)[:, None]
        hessian = scaled.T @ scaled
        hessian[np.diag_indices(d + 1)] += weights
        theta -= cho_solve(cho_factor(hessian), gradient)
    return iteration, theta


solvers = {
    "scikit-learn newton-cholesky": lambda: fit("newton-cholesky"),
    "scikit-learn lbfgs": lambda: fit("lbfgs"),
    "NumPy Newton": newton,
}

versions = [sklearn.__version__, np.__version__, scipy.__version__]
print(json.dumps({"versions": versions}), flush=True)
for line in sys.stdin:
    solve = solvers[line.strip()]
    start = time.perf_counter()
    iterations, theta = solve()
    seconds = time.perf_counter() - start
    reply = {
        "seconds": seconds,
        "iterations": int(iterations),
        "theta": theta.tolist(),
    }
    print(json.dumps(reply), flush=True)
