"""Derivatives of the chained Rosenbrock function by CasADi or by JAX.

Started with the name of the library. A request is a line of JSON: which
derivative, the number of variables n, how often to compute it, and whether it is
made once before or each time anew, and then evaluated how often. The answer has the
seconds of one computation and what came out, the value before the gradient.

The point is (-1.2, 1, -1.2, 1, ...) and the direction (1, 1/2, 1/3, ...); neither
library remembers what it computed at a point, so that it can stay the same. CasADi's
functions are evaluated by its virtual machine, as shipped, through buffers that
are set once; generating C from them and compiling it would be another step of the
build. JAX compiles by itself.
"""

import gc
import json
import sys
import time
from functools import lru_cache

import numpy as np


def point(n):
    return np.where(np.arange(n) % 2 == 0, -1.2, 1.0)


def direction(n):
    return 1 / np.arange(1.0, n + 1)


class CasADi:
    def __init__(self):
        import casadi

        self.casadi = casadi
        self.version = casadi.__version__

    def function(self, n):
        x = self.casadi.SX.sym("x", n)
        b = x[1:] - x[:-1] ** 2
        f = self.casadi.sum1(100 * b**2 + (1 - x[:-1]) ** 2)
        return x, f, self.casadi.gradient(f, x)

    def gradient(self, n):
        x, f, g = self.function(n)
        f = self.casadi.Function("f", [x], [f, g])
        return self.call(f, [point(n)], [np.zeros(1), np.zeros(n)])

    def product(self, n):
        x, _, g = self.function(n)
        v = self.casadi.SX.sym("v", n)
        # Without tr=True it is the Jacobian's product, which for a gradient is
        # the Hessian's.
        f = self.casadi.Function("h", [x, v], [self.casadi.jtimes(g, x, v)])
        return self.call(f, [point(n), direction(n)], [np.zeros(n)])

    @staticmethod
    def call(f, arguments, results):
        buffer, evaluate = f.buffer()
        for i, argument in enumerate(arguments):
            buffer.set_arg(i, memoryview(argument))
        for i, result in enumerate(results):
            buffer.set_res(i, memoryview(result))
        # The buffer refers to the arrays, but does not hold them.
        evaluate.keep = arguments, results, buffer
        return evaluate, lambda _: np.concatenate(results)


class JAX:
    def __init__(self):
        import jax

        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_platforms", "cpu")
        self.jax = jax
        self.version = jax.__version__

    @staticmethod
    def function(x):
        b = x[1:] - x[:-1] ** 2
        return (100 * b**2 + (1 - x[:-1]) ** 2).sum()

    def compiled(self, function, *arguments):
        arguments = [self.jax.numpy.asarray(a) for a in arguments]
        # Compiled for these arguments, which leaves out looking for what was
        # compiled before.
        f = self.jax.jit(function).lower(*arguments).compile()

        def evaluate():
            answer = f(*arguments)
            # All parts of it are there at the same time.
            answer[-1].block_until_ready()
            return answer

        def result(answer):
            return np.concatenate([np.ravel(part) for part in answer])

        return evaluate, result

    def gradient(self, n):
        return self.compiled(
            lambda x: self.jax.value_and_grad(self.function)(x), point(n)
        )

    def product(self, n):
        gradient = self.jax.grad(self.function)
        return self.compiled(
            lambda x, v: (self.jax.jvp(gradient, (x,), (v,))[1],),
            point(n),
            direction(n),
        )


library = {"CasADi": CasADi, "JAX": JAX}[sys.argv[1]]()
made = lru_cache(None)(lambda what, n: getattr(library, what)(n))

# The collector would come at times of its own.
gc.disable()
print(json.dumps({"versions": [library.version]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    what, n, repeats = request["what"], request["n"], request["repeats"]
    if request["isMade"]:
        evaluate, result = made(what, n)
        start = time.perf_counter()
        for _ in range(repeats):
            answer = evaluate()
    else:
        # Everything from the formula on.
        start = time.perf_counter()
        for _ in range(repeats):
            evaluate, result = getattr(library, what)(n)
            for _ in range(request["evaluations"]):
                answer = evaluate()
    seconds = (time.perf_counter() - start) / repeats
    reply = {"seconds": seconds, "result": result(answer).tolist()}
    print(json.dumps(reply), flush=True)
