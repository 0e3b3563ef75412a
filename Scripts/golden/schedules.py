#!/usr/bin/env python3
"""Learning rates of PyTorch and Optax at selected steps, for LearningRate.

    Benchmarks/Peers/setup.sh
    .build/benchmarks/peers/python/bin/python Scripts/golden/schedules.py

PyTorch's schedulers change an optimizer's rate step by step; Optax's are
functions, evaluated here in double.
"""

import warnings

import jax

jax.config.update("jax_enable_x64", True)

import optax
import torch
from torch.optim import lr_scheduler as lr

import golden

STEPS = [0, 1, 2, 3, 5, 7, 10, 13, 19, 20, 21, 29, 30, 31, 39, 40, 41, 49, 50,
         59, 60, 61, 75, 79, 80, 81, 90, 98, 99]


def torch_rates(make, start=0.1):
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = torch.optim.SGD([parameter], lr=start, momentum=0.9)
    schedule = make(optimizer)
    rates = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(STEPS[-1] + 1):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
    return [rates[step] for step in STEPS]


def optax_rates(schedule):
    return [
        float(schedule(jax.numpy.asarray(step, jax.numpy.int64)))
        for step in STEPS
    ]


def cyclic(mode, **kwargs):
    return lambda o: lr.CyclicLR(
        o, base_lr=0.01, max_lr=0.1, mode=mode, **kwargs)


TORCH = {
    "step": lambda o: lr.StepLR(o, 20, 0.5),
    "multiStep": lambda o: lr.MultiStepLR(o, [30, 31, 80], 0.3),
    "exponential": lambda o: lr.ExponentialLR(o, 0.97),
    "polynomial": lambda o: lr.PolynomialLR(o, 80, 2.5),
    "linear": lambda o: lr.LinearLR(o, 0.25, 0.75, 60),
    "cosine": lambda o: lr.CosineAnnealingLR(o, 120, 1e-3),
    "cosineRestarts": lambda o: lr.CosineAnnealingWarmRestarts(o, 20, 1, 1e-3),
    "cosineRestartsLonger":
        lambda o: lr.CosineAnnealingWarmRestarts(o, 10, 2, 1e-4),
    "cosineRestartsTripled":
        lambda o: lr.CosineAnnealingWarmRestarts(o, 3, 3, 0),
    "triangular": cyclic("triangular", step_size_up=20),
    "triangularUneven":
        cyclic("triangular", step_size_up=13, step_size_down=17),
    "triangular2": cyclic("triangular2", step_size_up=10),
    "triangular2Uneven":
        cyclic("triangular2", step_size_up=6, step_size_down=14),
    "expRange": cyclic("exp_range", step_size_up=20, gamma=0.99),
    "oneCycle": lambda o: lr.OneCycleLR(o, 0.5, total_steps=100),
    "oneCycleLinear": lambda o: lr.OneCycleLR(
        o, 0.5, total_steps=120, pct_start=0.25, anneal_strategy="linear",
        div_factor=10, final_div_factor=100),
    "oneCycleThreePhases": lambda o: lr.OneCycleLR(
        o, 0.5, total_steps=110, pct_start=0.45, anneal_strategy="cos",
        three_phase=True),
    "oneCycleThreePhasesLinear": lambda o: lr.OneCycleLR(
        o, 0.5, total_steps=110, pct_start=0.4, anneal_strategy="linear",
        three_phase=True),
    "warmUpCosine": lambda o: lr.SequentialLR(
        o, [lr.LinearLR(o, 0.1, 1.0, 10), lr.CosineAnnealingLR(o, 100)], [10]),
    "warmUpStep": lambda o: lr.SequentialLR(
        o, [lr.LinearLR(o, 0.2, 1.0, 5), lr.StepLR(o, 30, 0.1)], [5]),
    "transformer": lambda o: lr.LambdaLR(
        o, lambda t: 10 * 512**-0.5 * min((t + 1) ** -0.5, (t + 1) * 40**-1.5)),
    "inverseTime": lambda o: lr.LambdaLR(o, lambda t: 1 / (1 + 0.05 * t)),
}

OPTAX = {
    "constant": optax.constant_schedule(0.1),
    "step": optax.exponential_decay(0.1, 20, 0.5, staircase=True),
    "multiStep": optax.piecewise_constant_schedule(
        0.1, {30: 0.3, 31: 0.3, 80: 0.3}),
    "exponential": optax.exponential_decay(0.1, 1, 0.97),
    "exponentialEvery": optax.exponential_decay(0.1, 25, 0.3),
    "exponentialAtLeast": optax.exponential_decay(
        0.1, 25, 0.3, end_value=0.02),
    "polynomial": optax.polynomial_schedule(0.1, 0.0, 2.5, 80),
    "polynomialTo": optax.polynomial_schedule(0.1, 0.01, 3, 60),
    "linear": optax.linear_schedule(0.025, 0.075, 60),
    "cosineToZero": optax.cosine_decay_schedule(0.1, 80),
    "cosineTo": optax.cosine_decay_schedule(0.1, 80, alpha=0.05),
    "cosineRestartsListed": optax.sgdr_schedule([
        dict(init_value=0.0, peak_value=0.1, warmup_steps=0, decay_steps=10),
        dict(init_value=0.0, peak_value=0.05, warmup_steps=0, decay_steps=20),
        dict(init_value=0.0, peak_value=0.025, warmup_steps=0, decay_steps=40),
        dict(init_value=0.0, peak_value=0.0125, warmup_steps=0, decay_steps=80),
    ]),
    "warmUpCosineFromZero": optax.warmup_cosine_decay_schedule(
        0.0, 0.1, 10, 90, 0.001),
    "warmUpExponential": optax.warmup_exponential_decay_schedule(
        0.01, 0.1, 20, 10, 0.8),
    "warmUpConstant": optax.warmup_constant_schedule(0.02, 0.1, 40),
    "oneCycleOptax": optax.cosine_onecycle_schedule(
        100, 0.5, 0.3, 25.0, 1e4),
    "oneCycleLinearOptax": optax.linear_onecycle_schedule(
        100, 0.5, 0.3, 0.85, 25.0, 1e4),
    "joined": optax.join_schedules(
        [optax.constant_schedule(0.1), optax.linear_schedule(0.1, 0.01, 30),
         optax.cosine_decay_schedule(0.05, 30)], [20, 50]),
}


def main():
    cases = [
        {"name": name, "library": "torch", "rates": torch_rates(make)}
        for name, make in TORCH.items()
    ] + [
        {"name": name, "library": "optax", "rates": optax_rates(schedule)}
        for name, schedule in OPTAX.items()
    ]
    golden.write("schedules.json", "schedules.py", {"steps": STEPS}, cases)


if __name__ == "__main__":
    main()
