#!/usr/bin/env python3
"""Trajectories of PyTorch's and Optax's optimizers, for the update rules.

    Benchmarks/Peers/setup.sh
    .build/benchmarks/peers/python/bin/python Scripts/golden/rules.py

Three problems in double, whole gradients, 100 updates:

  rosenbrock  from (-1.2, 1)
  quadratic   ½ xᵀAx − bᵀx, A tridiagonal (−1, 2 + i/5, −1), bᵢ = (i − 4)/5,
              i = 0 … 9, from xᵢ = 1
  matrix      ½ ‖AX − B‖², A 5×4, B 5×3, X 4×3; written by columns

Each rule has rates at which a rounding error stays one over 100 updates, so that
what is compared is the formula.
"""

import inspect
import math

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax
import torch
from optax import contrib
from torch.optim import _muon as torch_muon

import golden

torch.set_default_dtype(torch.float64)

STEPS = [1, 2, 3, 10, 30, 100]

# Problems: numpy arrays, and gradients that any of the libraries' arrays goes
# through.

N = 10
A10 = np.diag([2 + i / 5 for i in range(N)])
for i in range(N - 1):
    A10[i, i + 1] = A10[i + 1, i] = -1
B10 = np.array([(i - 4) / 5 for i in range(N)])
A54 = np.array([[((3 * i + 5 * j) % 7 - 3) / 4 for j in range(4)]
                for i in range(5)])
B53 = np.array([[((2 * i + 3 * j) % 5 - 2) / 2 for j in range(3)]
                for i in range(5)])
X43 = np.array([[((i + j) % 3 - 0.5) / 2 for j in range(3)]
                for i in range(4)])


def rosenbrock(x):
    a = 1 - x[0]
    b = x[1] - x[0] * x[0]
    return [-2 * a - 400 * x[0] * b, 200 * b]


def quadratic(x):
    return A10 @ x - B10


def matrix(x):
    return A54.T @ (A54 @ x - B53)


PROBLEMS = {
    "rosenbrock": (np.array([-1.2, 1.0]), rosenbrock),
    "quadratic": (np.ones(N), quadratic),
    "matrix": (X43, matrix),
}


def run_torch(problem, make, after=None, schedule=None):
    start, gradient = PROBLEMS[problem]
    x = torch.nn.Parameter(torch.tensor(start.copy()))
    optimizer = make([x])
    scheduler = schedule(optimizer) if schedule else None
    points = []
    for t in range(1, STEPS[-1] + 1):
        x.grad = torch.tensor(np.array(gradient(x.detach().numpy())))
        optimizer.step()
        if after:
            after(x)
        if scheduler:
            scheduler.step()
        if t in STEPS:
            points.append(list(x.detach().numpy().flatten(order="F")))
    return points


def run_optax(problem, optimizer, transposed=False):
    start, gradient = PROBLEMS[problem]
    turn = (lambda a: a.T) if transposed and start.ndim == 2 else lambda a: a
    x = jnp.array(turn(start))
    state = optimizer.init(x)
    points = []

    @jax.jit
    def update(g, state, x):
        changes, state = optimizer.update(g, state, x)
        return optax.apply_updates(x, changes), state

    for t in range(1, STEPS[-1] + 1):
        g = turn(np.array(gradient(turn(np.array(x)))))
        x, state = update(jnp.array(g), state, x)
        if t in STEPS:
            points.append(list(turn(np.array(x)).flatten(order="F")))
    return points


# Muon in PyTorch iterates in bfloat16. Its own source, with that conversion left
# out, is what can be compared to more than three digits.
exec(
    inspect.getsource(torch_muon._zeropower_via_newtonschulz).replace(
        "grad.bfloat16()", "grad.clone()"
    ),
    torch_muon.__dict__,
)

T = torch.optim


def exponential(optimizer):
    return T.lr_scheduler.ExponentialLR(optimizer, 0.98)


def decaying(rate):
    # Optax counts steps in 32 bits, whose quotients JAX makes floats.
    schedule = optax.exponential_decay(rate, 1, 0.98)
    return lambda t: schedule(t.astype(jnp.int64))


def times_rate(rate):
    # The learning rate, without a change of sign.
    return optax.scale_by_schedule(decaying(rate))


def adafactor(rate, eps=1e-30, clip=1.0, absolute=False, decay=0.0,
              exponent=0.8):
    # optax.adafactor with the decay 1 − t^−c in double, not in float, which
    # only its parts allow.
    parts = [
        optax.scale_by_factored_rms(
            decay_rate=exponent, epsilon=eps, min_dim_size_to_factor=1,
            decay_rate_fn=lambda i, c: 1.0 - jnp.array(i + 1, jnp.float64)
            ** (-c)),
        optax.clip_by_block_rms(clip),
        optax.scale_by_schedule(
            lambda t: jnp.minimum(rate, 1 / jnp.sqrt(t + 1.0))),
    ]
    if not absolute:
        parts.append(optax.scale_by_param_block_rms())
    if decay:
        parts.append(optax.add_decayed_weights(decay))
    return optax.chain(*parts, optax.scale(-1.0))


# name: (rates for the three problems, the optimizer at a rate, options)
SLOW = [5e-4, 0.05, 0.05]      # steps by the gradient
MOMENTUM = [1e-4, 0.02, 0.02]  # steps by its sum over 10 updates
SIGN = [2e-3, 5e-3, 5e-3]      # steps of one length
ROOT = [0.05, 0.1, 0.1]        # steps that become shorter

TORCH = {
    "sgd": (SLOW, lambda r: lambda p: T.SGD(p, r), {}),
    "sgdExponential":
        (SLOW, lambda r: lambda p: T.SGD(p, r), {"schedule": exponential}),
    "momentum":
        (MOMENTUM, lambda r: lambda p: T.SGD(p, r, momentum=0.9), {}),
    "momentumDampedLater": (
        MOMENTUM,
        lambda r: lambda p: T.SGD(p, r, momentum=0.8, dampening=0.4), {}),
    "momentumExponential": (
        MOMENTUM, lambda r: lambda p: T.SGD(p, r, momentum=0.9),
        {"schedule": exponential}),
    "nesterov": (
        MOMENTUM,
        lambda r: lambda p: T.SGD(p, r, momentum=0.9, nesterov=True), {}),
    "nesterovExponential": (
        MOMENTUM,
        lambda r: lambda p: T.SGD(p, r, momentum=0.8, nesterov=True),
        {"schedule": exponential}),
    "adagrad": (ROOT, lambda r: lambda p: T.Adagrad(p, r), {}),
    "adagradDecaying": (
        ROOT,
        lambda r: lambda p: T.Adagrad(
            p, r, lr_decay=0.05, initial_accumulator_value=0.3, eps=1e-3), {}),
    "rmspropOutside": (
        SIGN, lambda r: lambda p: T.RMSprop(p, r, alpha=0.95, eps=1e-3), {}),
    "rmspropOutsideCentred": (
        SIGN,
        lambda r: lambda p: T.RMSprop(
            p, r, alpha=0.9, eps=1e-2, centered=True), {}),
    "rmspropOutsideMomentum": (
        [3e-4, 1e-3, 1e-3],
        lambda r: lambda p: T.RMSprop(p, r, alpha=0.9, momentum=0.8),
        {"schedule": exponential}),
    "rmspropOutsideCentredMomentum": (
        [1e-4, 5e-4, 5e-4],
        lambda r: lambda p: T.RMSprop(
            p, r, alpha=0.9, eps=0.05, momentum=0.7, centered=True),
        {"schedule": exponential}),
    "adadelta":
        ([1.0] * 3, lambda r: lambda p: T.Adadelta(p, r, rho=0.9), {}),
    "adadeltaLarge": (
        [0.5] * 3,
        lambda r: lambda p: T.Adadelta(p, r, rho=0.95, eps=1e-3), {}),
    "adam": (SIGN, lambda r: lambda p: T.Adam(p, r), {}),
    "adamOther": (
        SIGN,
        lambda r: lambda p: T.Adam(p, r, betas=(0.8, 0.95), eps=1e-2), {}),
    "adamExponential":
        (SIGN, lambda r: lambda p: T.Adam(p, r), {"schedule": exponential}),
    "adamw": (SIGN, lambda r: lambda p: T.AdamW(p, r), {}),
    "adamwDecayed":
        (SIGN, lambda r: lambda p: T.AdamW(p, r, weight_decay=0.5), {}),
    "amsgradAfter":
        (SIGN, lambda r: lambda p: T.Adam(p, r, amsgrad=True), {}),
    "adamax": (SIGN, lambda r: lambda p: T.Adamax(p, r), {}),
    "adamaxOther": (
        SIGN,
        lambda r: lambda p: T.Adamax(p, r, betas=(0.8, 0.95), eps=1e-2), {}),
    "nadamGrowing": (SIGN, lambda r: lambda p: T.NAdam(p, r), {}),
    "nadamGrowingOther": (
        SIGN,
        lambda r: lambda p: T.NAdam(
            p, r, betas=(0.8, 0.95), eps=1e-2, momentum_decay=0.1), {}),
    "radamFiveBefore": (
        [5e-5, 5e-3, 5e-3],
        lambda r: lambda p: T.RAdam(p, r, betas=(0.9, 0.99), eps=1e-2), {}),
    "rprop": ([1e-3, 0.01, 0.01], lambda r: lambda p: T.Rprop(p, r), {}),
    "rpropOther": (
        [1e-3, 0.02, 0.02],
        lambda r: lambda p: T.Rprop(
            p, r, etas=(0.4, 1.1), step_sizes=(1e-3, 0.03)), {}),
    "adafactorFloor":
        ([1e-2] * 3, lambda r: lambda p: T.Adafactor(p, r), {}),
    "adafactorFloorOther": (
        [2e-3, 0.02, 0.02],
        lambda r: lambda p: T.Adafactor(
            p, r, beta2_decay=-0.6, eps=(0.05, 0.5), d=1.1,
            weight_decay=0.3), {}),
    "muon": (
        [None, None, 0.02],
        lambda r: lambda p: T.Muon(p, r, weight_decay=0.0), {}),
    "muonMatching": (
        [None, None, 0.02],
        lambda r: lambda p: T.Muon(
            p, r, weight_decay=0.3, momentum=0.8, eps=10.0,
            adjust_lr_fn="match_rms_adamw"), {}),
    "muonPlain": (
        [None, None, 0.02],
        lambda r: lambda p: T.Muon(
            p, r, weight_decay=0.1, nesterov=False, eps=1e-3, ns_steps=3,
            ns_coefficients=(1.875, -1.25, 0.375)), {}),
    "adamwAfter": (
        SIGN,
        lambda r: lambda p: T.Adam(p, r),
        {"after": lambda r: lambda x: x.data.mul_(1 - r * 0.5)}),
}

OPTAX = {
    "sgd": (SLOW, optax.sgd, {}),
    "sgdExponential": (SLOW, lambda r: optax.sgd(decaying(r)), {}),
    "momentum": (MOMENTUM, lambda r: optax.sgd(r, momentum=0.9), {}),
    "momentumDamped": (
        SLOW,
        lambda r: optax.chain(optax.ema(0.8, debias=False), optax.scale(-r)),
        {}),
    "momentumBefore": (
        MOMENTUM,
        lambda r: optax.chain(
            times_rate(r), optax.trace(0.9), optax.scale(-1.0)), {}),
    "nesterov":
        (MOMENTUM, lambda r: optax.sgd(r, momentum=0.9, nesterov=True), {}),
    "nesterovBefore": (
        MOMENTUM,
        lambda r: optax.chain(
            times_rate(r), optax.trace(0.8, nesterov=True),
            optax.scale(-1.0)), {}),
    "adagradInside": (ROOT, optax.adagrad, {}),
    "adagradInsideOther": (
        ROOT,
        lambda r: optax.adagrad(r, initial_accumulator_value=0.5, eps=0.01),
        {}),
    "rmsprop": ([1e-3, 2e-3, 2e-3], optax.rmsprop, {}),
    "rmspropOther":
        (SIGN, lambda r: optax.rmsprop(r, decay=0.95, eps=1e-2), {}),
    "rmspropCentred": (
        SIGN,
        lambda r: optax.rmsprop(r, decay=0.9, eps=1e-2, centered=True), {}),
    "rmspropMomentum": (
        [3e-4, 1e-3, 1e-3],
        lambda r: optax.rmsprop(decaying(r), eps=1e-4, momentum=0.8), {}),
    "rmspropCentredMomentum": (
        [1e-4, 5e-4, 5e-4],
        lambda r: optax.rmsprop(
            decaying(r), eps=1e-2, momentum=0.7, centered=True), {}),
    "rmspropOutside": (
        SIGN,
        lambda r: optax.rmsprop(r, decay=0.95, eps=1e-3, eps_in_sqrt=False),
        {}),
    "adadelta":
        ([1.0] * 3, lambda r: optax.adadelta(r, rho=0.9, eps=1e-6), {}),
    "adam": (SIGN, optax.adam, {}),
    "adamExponential": (SIGN, lambda r: optax.adam(decaying(r)), {}),
    "adamwDecayed": (SIGN, lambda r: optax.adamw(r, weight_decay=0.5), {}),
    "adamwUnscaled": (
        SIGN,
        lambda r: optax.chain(
            optax.scale_by_adam(), optax.scale(-r),
            optax.add_decayed_weights(-0.003)), {}),
    "amsgrad": (
        [3e-4, 1e-3, 1e-3],
        lambda r: optax.amsgrad(
            r, b2=0.95, bias_correction_mu=False, bias_correction_nu=False),
        {}),
    "amsgradBefore": (SIGN, lambda r: optax.amsgrad(r, b2=0.95), {}),
    "adamax": (SIGN, optax.adamax, {}),
    "nadam": (SIGN, optax.nadam, {}),
    "nadamOther":
        (SIGN, lambda r: optax.nadam(r, b1=0.8, b2=0.95, eps=1e-2), {}),
    "radam": (
        [5e-5, 5e-3, 5e-3],
        lambda r: optax.radam(r, b2=0.99, eps=1e-2, threshold=4.0), {}),
    "radamFive": ([5e-5, 5e-3, 5e-3], optax.radam, {}),
    "lion": ([1e-3] * 3, lambda r: optax.lion(r, weight_decay=0.0), {}),
    "lionDecayed": (
        [1e-3] * 3,
        lambda r: optax.lion(r, b1=0.85, b2=0.95, weight_decay=0.5), {}),
    "lamb": (SIGN, optax.lamb, {}),
    "lambDecayed": (
        SIGN,
        lambda r: optax.lamb(
            r, b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.1), {}),
    "yogiCorrected": (SIGN, optax.yogi, {}),
    "yogiCorrectedOther":
        (SIGN, lambda r: optax.yogi(r, b1=0.8, b2=0.95, eps=1e-2), {}),
    "adafactor": ([1e-2] * 3, adafactor, {}),
    "adafactorAbsolute": (
        SIGN,
        lambda r: adafactor(r, eps=1e-3, clip=0.7, absolute=True,
                            decay=0.002, exponent=0.6), {}),
    # Vectors would go by NAdam there.
    "muonCorrected": (
        [None, None, 5e-3], lambda r: contrib.muon(r), {"transposed": True}),
    "muonCorrectedPlain": (
        SIGN,
        lambda r: contrib.muon(
            r, ns_steps=4, beta=0.9, weight_decay=0.2, nesterov=False,
            consistent_rms=0.2, adam_b1=0.8, adam_b2=0.95,
            adam_weight_decay=0.3), {"transposed": True}),
    "muonCorrectedHere": (
        [None, None, 5e-3], lambda r: contrib.muon(r), {}),
}


def main():
    cases = []
    for library, table in (("torch", TORCH), ("optax", OPTAX)):
        for name, (rates, make, options) in table.items():
            for problem, rate in zip(PROBLEMS, rates):
                if rate is None:
                    continue
                if library == "torch":
                    given = dict(options)
                    if "after" in given:
                        given["after"] = given["after"](rate)
                    points = run_torch(problem, make(rate), **given)
                else:
                    points = run_optax(problem, make(rate), **options)
                assert np.all(np.isfinite(np.concatenate(points))), name
                cases.append({
                    "name": name, "library": library, "problem": problem,
                    "rate": [rate], "points": points})
    golden.write("rules.json", "rules.py", {"steps": STEPS}, cases)


if __name__ == "__main__":
    main()
