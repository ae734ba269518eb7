"""The work of `fieldbook-bench`, by PyTorch on one thread: bench_torch.py CASE prints one JSON line.

`seconds` is the median of several measurements after warming up; `us_per_unit` is microseconds per epoch or step.
FASHION_MNIST=folder names another place for the data than Debian's.
"""

import gzip
import json
import os
import pathlib
import statistics
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)

FOLDER = pathlib.Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))


def sgd_momentum(parameters):
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)


def gradient_descent(parameters):
    return torch.optim.SGD(parameters, lr=0.1)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=0.001)


def training_images():
    """Pixels from -1 to 1, one row an image, and labels, both in memory."""
    pixels = np.frombuffer(gzip.decompress((FOLDER / "train-images-idx3-ubyte.gz").read_bytes()), np.uint8, offset=16)
    labels = np.frombuffer(gzip.decompress((FOLDER / "train-labels-idx1-ubyte.gz").read_bytes()), np.uint8, offset=8)
    images = torch.from_numpy(pixels.astype(np.float32)).reshape(-1, 784) / 255
    return (images - 0.5) / 0.5, torch.from_numpy(labels.astype(np.int64))


def report(run, repeats, units):
    """`run()` does `units` of work and returns the loss."""
    run()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        loss = run()
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    print(json.dumps({"seconds": median, "us_per_unit": median / units * 1e6, "loss": loss}))


def epoch(batch, make):
    """One epoch of 784-256-128-64-10 on FashionMNIST, batches drawn anew; the loss is the mean over the epoch."""
    images, labels = training_images()
    sizes = [784, 256, 128, 64]
    layers = [module for a, b in zip(sizes, sizes[1:]) for module in (nn.Linear(a, b), nn.ReLU())]
    network = nn.Sequential(*layers, nn.Linear(64, 10))
    optimizer = make(network.parameters())
    loss_function = nn.CrossEntropyLoss()

    def run():
        total = 0.0
        for indices in torch.randperm(len(images)).split(batch):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_function(network(images[indices]), labels[indices])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(indices)
        return total / len(images)

    report(run, repeats=5, units=1)


def full_batch(make):
    """Full-batch steps of a 2-4-1 tanh network on 1,000 samples of x·y."""
    inputs = torch.randn(1000, 2)
    targets = inputs.prod(dim=1, keepdim=True)
    network = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = make(network.parameters())
    loss_function = nn.MSELoss()

    def run():
        for _ in range(2000):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_function(network(inputs), targets)
            loss.backward()
            optimizer.step()
        return loss.item()

    report(run, repeats=7, units=2000)


CASES = {
    "mlp-b256-sgdm": lambda: epoch(256, sgd_momentum),
    "mlp-b256-adam": lambda: epoch(256, adam),
    "mlp-b32-sgdm": lambda: epoch(32, sgd_momentum),
    "mlp-b32-adam": lambda: epoch(32, adam),
    "tanh-241": lambda: full_batch(gradient_descent),
    "tanh-241-adam": lambda: full_batch(adam),
}

if len(sys.argv) != 2 or sys.argv[1] not in CASES:
    sys.exit("usage: bench_torch.py CASE; cases: " + " ".join(CASES))
CASES[sys.argv[1]]()
