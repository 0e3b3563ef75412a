"""Losses, gradients and Hessian-vector products of small networks by PyTorch.

    python network.py > Tests/ModelsTests/Golden/network.json

Double precision, PyTorch 2.13, automatic derivatives. A network has widths 2, 4,
3, 3; its parameters, samples, targets and direction are sines, so that a test can
make them again.
"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
WIDTHS = [2, 4, 3, 3]
SAMPLES = 7


def sines(count, frequency, amplitude):
    return torch.tensor(
        [amplitude * math.sin(frequency * (i + 1)) for i in range(count)])


COUNT = sum(n * m + m for n, m in zip(WIDTHS, WIDTHS[1:]))
PARAMETERS = sines(COUNT, 1.7, 0.9)
DIRECTION = sines(COUNT, 0.3, 1.0)
X = sines(SAMPLES * WIDTHS[0], 2.3, 1.5).reshape(SAMPLES, WIDTHS[0])
NUMBERS = sines(SAMPLES * WIDTHS[-1], 0.7, 1.0).reshape(SAMPLES, WIDTHS[-1])
CLASSES = torch.tensor([i % WIDTHS[-1] for i in range(SAMPLES)])

ACTIVATIONS = {
    "relu": F.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
    "geluByTanh": lambda z: F.gelu(z, approximate="tanh"),
}
LOSSES = {
    "softmaxCrossEntropy": lambda y: F.cross_entropy(y, CLASSES),
    "meanSquaredError": lambda y: F.mse_loss(y, NUMBERS),
}


def objective(parameters, activation, loss):
    place, a = 0, X
    for layer, (n, m) in enumerate(zip(WIDTHS, WIDTHS[1:])):
        # A weight matrix is stored by columns, one for each input.
        w = parameters[place:place + n * m].reshape(n, m)
        b = parameters[place + n * m:place + n * m + m]
        place += n * m + m
        a = a @ w + b
        if layer < len(WIDTHS) - 2:
            a = ACTIVATIONS[activation](a)
    return LOSSES[loss](a)


cases = []
for loss in LOSSES:
    for activation in ACTIVATIONS:
        f = lambda p: objective(p, activation, loss)
        p = PARAMETERS.clone().requires_grad_()
        value = f(p)
        (gradient,) = torch.autograd.grad(value, p, create_graph=True)
        (product,) = torch.autograd.grad(gradient @ DIRECTION, p)
        cases.append({
            "activation": activation,
            "loss": loss,
            "value": value.item(),
            "gradient": gradient.tolist(),
            "product": product.tolist(),
        })
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
