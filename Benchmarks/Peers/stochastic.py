"""Update steps and the training of a small network by PyTorch, Optax and NumPy.

Started with a file of doubles (the digits, a sample after the other, then their
classes), their two numbers, the hidden width and the number of threads. Then a request
a line:

    step LIBRARY RULE TYPE N     seconds of one step on N parameters
    network LIBRARY BATCH EPOCHS seconds of a training, and the accuracy on all samples
"""

import json
import os
import sys
import time

file, count, features, hidden, threads = sys.argv[1:]
count, features, hidden, threads = map(int, (count, features, hidden, threads))
if threads == 1:
    # XLA asks no variable for its number of threads.
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
os.environ["JAX_ENABLE_X64"] = "1"

import numpy as np

try:
    import torch

    torch.set_num_threads(threads)
except ImportError:
    torch = None
try:
    import jax
    import jax.numpy as jnp
    import optax
except ImportError:
    optax = None

numbers = np.fromfile(file)
samples = numbers[: count * features].reshape(count, features)
classes = numbers[count * features :].astype(int)


class TorchStep:
    def __init__(self, way, rule, dtype, n):
        generator = torch.Generator().manual_seed(1)
        self.x = torch.randn(n, dtype=dtype, generator=generator)
        self.x.requires_grad_(True)
        self.x.grad = torch.randn(n, dtype=dtype, generator=generator)
        options = {"fused": way == "fused", "foreach": way == "foreach"}
        if rule == "adamw":
            self.optimizer = torch.optim.AdamW([self.x], lr=1e-3, **options)
        else:
            self.optimizer = torch.optim.SGD(
                [self.x], lr=1e-3, momentum=0.9, **options
            )

    def __call__(self):
        self.optimizer.step()


class OptaxStep:
    def __init__(self, rule, dtype, n):
        key = jax.random.PRNGKey(1)
        self.x = jax.random.normal(key, (n,), dtype)
        self.g = jax.random.normal(key, (n,), dtype)
        rule = (
            optax.adamw(1e-3, weight_decay=0.01)
            if rule == "adamw"
            else optax.sgd(1e-3, momentum=0.9)
        )
        self.state = rule.init(self.x)

        def step(x, g, state):
            change, state = rule.update(g, state, x)
            return optax.apply_updates(x, change), state

        self.step = jax.jit(step, donate_argnums=(0, 2))

    def __call__(self):
        self.x, self.state = self.step(self.x, self.g, self.state)
        self.x.block_until_ready()


steps = {}


def step(library, rule, kind, n):
    key = (library, rule, kind, n)
    if key not in steps:
        steps.clear()
        if library == "optax":
            dtype = jnp.float64 if kind == "double" else jnp.float32
            made = OptaxStep(rule, dtype, int(n))
        else:
            dtype = torch.float64 if kind == "double" else torch.float32
            made = TorchStep(library.split("-")[1], rule, dtype, int(n))
        made()
        made()
        steps[key] = made
    run = steps[key]
    start = time.perf_counter()
    run()
    return {"seconds": time.perf_counter() - start}


def weights(generator):
    scale = np.sqrt(2 / features)
    return [
        generator.normal(0, scale, (features, hidden)),
        np.zeros(hidden),
        generator.normal(0, np.sqrt(2 / hidden), (hidden, 10)),
        np.zeros(10),
    ]


def numpy_network(batch, epochs):
    generator = np.random.default_rng(1)
    w = weights(generator)
    m = [np.zeros_like(p) for p in w]
    v = [np.zeros_like(p) for p in w]
    t = 0
    start = time.perf_counter()
    for _ in range(epochs):
        order = generator.permutation(count)
        for low in range(0, count, batch):
            chosen = order[low : low + batch]
            x, y = samples[chosen], classes[chosen]
            size = len(chosen)
            h = np.maximum(x @ w[0] + w[1], 0)
            z = h @ w[2] + w[3]
            z -= z.max(axis=1, keepdims=True)
            p = np.exp(z)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(size), y] -= 1
            p /= size
            dh = p @ w[2].T
            dh[h <= 0] = 0
            g = [x.T @ dh, dh.sum(axis=0), h.T @ p, p.sum(axis=0)]
            t += 1
            for i in range(4):
                m[i] *= 0.9
                m[i] += 0.1 * g[i]
                v[i] *= 0.999
                v[i] += 0.001 * g[i] ** 2
                w[i] -= (
                    1e-3
                    / (1 - 0.9**t)
                    * m[i]
                    / (np.sqrt(v[i] / (1 - 0.999**t)) + 1e-8)
                )
    seconds = time.perf_counter() - start
    h = np.maximum(samples @ w[0] + w[1], 0)
    accuracy = np.mean((h @ w[2] + w[3]).argmax(axis=1) == classes)
    return {"seconds": seconds, "accuracy": float(accuracy)}


def torch_network(batch, epochs):
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(features, hidden),
        torch.nn.ReLU(),
        torch.nn.Linear(hidden, 10),
    ).double()
    x, y = torch.from_numpy(samples), torch.from_numpy(classes)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss = torch.nn.CrossEntropyLoss()
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(count)
        for low in range(0, count, batch):
            chosen = order[low : low + batch]
            optimizer.zero_grad()
            loss(model(x[chosen]), y[chosen]).backward()
            optimizer.step()
    seconds = time.perf_counter() - start
    with torch.no_grad():
        accuracy = (model(x).argmax(dim=1) == y).double().mean().item()
    return {"seconds": seconds, "accuracy": accuracy}


libraries = ["NumPy " + np.__version__]
if torch:
    libraries.append("PyTorch " + torch.__version__)
if optax:
    libraries.append("Optax " + optax.__version__)
print(json.dumps({"versions": libraries}), flush=True)
for line in sys.stdin:
    task, library, *rest = line.split()
    if library.startswith("torch") and not torch:
        reply = {"seconds": None}
    elif library == "optax" and not optax:
        reply = {"seconds": None}
    elif task == "step":
        reply = step(library, *rest)
    else:
        train = numpy_network if library == "numpy" else torch_network
        reply = train(int(rest[0]), int(rest[1]))
    print(json.dumps(reply), flush=True)
