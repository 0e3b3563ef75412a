"""Prints Tests/OptimizationTests/Proximal/ScikitLearn.swift.

Lasso, elastic net, logistic regression with an L1 penalty and non-negative least
squares by scikit-learn and SciPy, on the breast cancer data that come with the
package, each feature scaled to mean 0 and variance 1, to full accuracy.

    make peers
    .build/benchmarks/peers/python/bin/python Scripts/golden/scikit_learn.py \
        >Tests/OptimizationTests/Proximal/ScikitLearn.swift
"""

import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from scipy.optimize import nnls
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression

warnings.simplefilter("ignore")
path = pathlib.Path(__file__).parents[2] / "Sources/ProblemSets/Data/breast-cancer.csv"
table = np.loadtxt(path, delimiter=",", skiprows=1)
x, classes = table[:, :-1], table[:, -1]
x = (x - x.mean(axis=0)) / x.std(axis=0)
# The labels of class 1.
y = np.where(classes == 1, 1.0, -1.0)

results = []


def add(name, comment, coefficients):
    results.append((name, comment, np.asarray(coefficients, dtype=float)))


exact = dict(tol=1e-15, max_iter=1_000_000)
for alpha in (0.3, 0.03):
    name = f"lasso{str(alpha).replace('.', '_')}"
    model = Lasso(alpha=alpha, **exact).fit(x, y)
    add(name, f"Lasso(alpha={alpha}), intercept last.", [*model.coef_, model.intercept_])
model = ElasticNet(alpha=0.1, l1_ratio=0.4, **exact).fit(x, y)
add(
    "elasticNet",
    "ElasticNet(alpha=0.1, l1_ratio=0.4), intercept last.",
    [*model.coef_, model.intercept_],
)
for c in (0.05, 0.2):
    name = f"logistic{str(c).replace('.', '_')}"
    model = LogisticRegression(
        l1_ratio=1, solver="saga", C=c, fit_intercept=True, tol=1e-15, max_iter=300_000
    ).fit(x, y)
    add(
        name,
        f"LogisticRegression(l1_ratio=1, C={c}), intercept last.",
        [*model.coef_[0], model.intercept_[0]],
    )
model = LogisticRegression(
    l1_ratio=1, solver="liblinear", C=1, fit_intercept=False, tol=1e-15, max_iter=1_000_000
).fit(x, y)
add(
    "logisticWithout",
    "LogisticRegression(l1_ratio=1, C=1, fit_intercept=False).",
    model.coef_[0],
)
add("nonnegative", "nnls of the same matrix and the opposite labels.", nnls(x, -y)[0])

print(
    f"""\
// Printed by Scripts/golden/scikit_learn.py; do not edit.
import Matrix

/// Results of scikit-learn {sklearn.__version__} and SciPy {scipy.__version__} on the
/// standardised breast cancer data, labels ±1 of class 1.
enum ScikitLearn {{"""
)
for index, (name, comment, numbers) in enumerate(results):
    if index:
        print()
    print(f"  /// {comment}")
    print(f"  static let {name}: Vector<Double> = [")
    for number in numbers:
        print(f"    {float(number)!r},")
    print("  ]")
print("}")
