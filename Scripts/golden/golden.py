"""What the golden files have in common: how they are written.

A file is JSON, one case a line, numbers with the 17 digits that determine a
double. It names what made it; the numbers are the output of running these
scripts and are under this project's licence.
"""

import json
import os
import sys

FOLDER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    "../../Tests/OptimizationTests/Stochastic/Golden/Data",
)


def number(x):
    return "%.17g" % float(x)


def versions():
    import jax
    import numpy
    import optax
    import torch

    return {
        "python": sys.version.split()[0],
        "torch": torch.__version__,
        "optax": optax.__version__,
        "jax": jax.__version__,
        "numpy": numpy.__version__,
    }


def write(name, script, extra, cases):
    """Writes `name` with a line for each case, a dict of strings and lists."""
    head = {
        "made by": "Scripts/golden/" + script,
        "versions": versions(),
        "licence": "the project's own; data computed by the script",
        **extra,
    }
    lines = []
    for case in cases:
        parts = []
        for key, value in case.items():
            if isinstance(value, str):
                text = json.dumps(value)
            elif value and isinstance(value[0], list):
                text = "[%s]" % ",".join(
                    "[%s]" % ",".join(map(number, row)) for row in value
                )
            else:
                text = "[%s]" % ",".join(map(number, value))
            parts.append("%s: %s" % (json.dumps(key), text))
        lines.append("    {%s}" % ", ".join(parts))
    path = os.path.normpath(os.path.join(FOLDER, name))
    with open(path, "w") as file:
        file.write("{\n")
        for key, value in head.items():
            file.write("  %s: %s,\n" % (json.dumps(key), json.dumps(value)))
        file.write('  "cases": [\n')
        file.write(",\n".join(lines) + "\n  ]\n}\n")
    print("%s: %d cases" % (os.path.relpath(path), len(cases)))
