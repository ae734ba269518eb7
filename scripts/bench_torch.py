"""The work of `fieldbook-bench`, by PyTorch: bench_torch.py CASE prints one JSON line.

`seconds` is the median of several measurements after warming up; `us_per_unit` and `least` are the median and the
least in microseconds per epoch, step or product. One thread and its processor time, but for `sweep` and
`sweep-pipeline`, which use two threads and the clock on the wall. FASHION_MNIST=folder names another place for the
data than Debian's.
"""

import gzip
import json
import os
import pathlib
import resource
import statistics
import sys
import time

# Compiling needs no crowd of workers for one small function.
os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

FOLDER = pathlib.Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))
SIZES = [784, 256, 128, 64, 10]


def sgd_momentum(parameters):
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)


def gradient_descent(parameters):
    return torch.optim.SGD(parameters, lr=0.1)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=0.001)


def pixels_and_labels(part="train"):
    pixels = np.frombuffer(gzip.decompress((FOLDER / f"{part}-images-idx3-ubyte.gz").read_bytes()), np.uint8, offset=16)
    labels = np.frombuffer(gzip.decompress((FOLDER / f"{part}-labels-idx1-ubyte.gz").read_bytes()), np.uint8, offset=8)
    return pixels.reshape(-1, 28, 28), labels


def images(part="train"):
    """Pixels from -1 to 1, one row an image, and labels, both in memory."""
    pixels, labels = pixels_and_labels(part)
    values = torch.from_numpy(pixels.astype(np.float32)).reshape(-1, 784) / 255
    return (values - 0.5) / 0.5, torch.from_numpy(labels.astype(np.int64))


def perceptron():
    layers = [module for a, b in zip(SIZES, SIZES[1:-1]) for module in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(SIZES[-2], SIZES[-1]))


def report(run, repeats, units, clock=time.process_time, warm=True):
    """`run()` does `units` of work and returns the loss."""
    if warm:
        run()
    seconds = []
    for _ in range(repeats):
        start = clock()
        loss = run()
        seconds.append(clock() - start)
    scale = 1e6 / units
    median = statistics.median(seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": median, "us_per_unit": median * scale, "least": min(seconds) * scale, "loss": loss,
                      "peak_mb": peak}))


def epoch(batch, make):
    """One epoch of 784-256-128-64-10 on FashionMNIST, batches drawn anew; the loss is the mean over the epoch."""
    inputs, labels = images()
    network = perceptron()
    optimizer = make(network.parameters())
    loss_function = nn.CrossEntropyLoss()

    def run():
        total = 0.0
        for indices in torch.randperm(len(inputs)).split(batch):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_function(network(inputs[indices]), labels[indices])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(indices)
        return total / len(inputs)

    report(run, repeats=5, units=1)


def tanh_problem():
    inputs = torch.randn(1000, 2)
    return inputs, inputs.prod(dim=1, keepdim=True), nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))


def full_batch(make):
    """Full-batch steps of a 2-4-1 tanh network on 1,000 samples of x·y."""
    inputs, targets, network = tanh_problem()
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


def full_batch_compiled():
    """The same with the whole step, gradient and update, compiled as one function."""
    inputs, targets, network = tanh_problem()
    loss_function = nn.MSELoss()
    slopes = torch.func.grad(lambda p: loss_function(torch.func.functional_call(network, p, (inputs,)), targets))

    @torch.compile
    def step(parameters):
        gradient = slopes(parameters)
        return {name: parameters[name] - 0.1 * gradient[name] for name in parameters}

    state = {name: value.detach().clone() for name, value in network.named_parameters()}

    def run():
        nonlocal state
        with torch.no_grad():
            for _ in range(2000):
                state = step(state)
        return loss_function(torch.func.functional_call(network, state, (inputs,)), targets).item()

    report(run, repeats=7, units=2000)


def hessian_product(reused):
    """Hessian-vector products on 256 samples, whole or from a graph that is kept."""
    inputs, labels = images()
    inputs, labels = inputs[:256], labels[:256]
    network = perceptron()
    parameters = list(network.parameters())
    direction = [torch.randn_like(p) for p in parameters]
    loss_function = nn.CrossEntropyLoss()
    slopes = lambda: torch.autograd.grad(loss_function(network(inputs), labels), parameters, create_graph=True)
    kept = slopes()

    def run():
        for _ in range(50):
            product = torch.autograd.grad(
                kept if reused else slopes(), parameters, grad_outputs=direction, retain_graph=reused)
        return product[0].flatten()[0].item()

    report(run, repeats=9, units=50)


def product_rate():
    a, b, c = torch.randn(512, 512), torch.randn(512, 512), torch.empty(512, 512)

    def run():
        for _ in range(10):
            torch.mm(a, b, out=c)
        return c[0, 0].item()

    report(run, repeats=15, units=10)


def scaled_orthogonal(weight):
    nn.init.orthogonal_(weight)
    with torch.no_grad():
        weight.mul_((2 / weight.size(1)) ** 0.5)


def l_momentum(weight):
    limit = (6 / weight.size(1)) ** 0.5
    nn.init.uniform_(weight, -limit, limit)
    with torch.no_grad():
        weight.mul_((0.81 / (weight**2).mean().item()) ** 0.5)


INITIALIZERS = [
    lambda weight: nn.init.normal_(weight, 0, weight.size(1) ** -0.5),
    nn.init.xavier_normal_, nn.init.kaiming_normal_, nn.init.orthogonal_, scaled_orthogonal, l_momentum,
]


class Slices:
    """Batches cut out of tensors in memory."""

    def __init__(self, inputs, labels, shuffled):
        self.inputs, self.labels, self.shuffled = inputs, labels, shuffled

    def __iter__(self):
        order = torch.randperm(len(self.inputs)) if self.shuffled else torch.arange(len(self.inputs))
        for indices in order.split(256):
            yield self.inputs[indices], self.labels[indices]


class Images(torch.utils.data.Dataset):
    """One image at a time as the sources load them: torchvision's FashionMNIST over files that are already here."""

    def __init__(self, part):
        from torchvision import transforms

        self.pixels, self.labels = pixels_and_labels(part)
        self.transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, index):
        from PIL import Image

        return self.transform(Image.fromarray(self.pixels[index])), int(self.labels[index])


def sweep(loaders, repeats):
    """Six initializers, three epochs each, with the measures of the book's table, two threads."""
    torch.set_num_threads(2)
    train, test = loaders()

    def one(initialize):
        torch.manual_seed(0)
        network = nn.Sequential(nn.Flatten(), perceptron())
        weights = [p for p in network.parameters() if p.dim() == 2]
        for p in network.parameters():
            initialize(p) if p.dim() == 2 else nn.init.zeros_(p)
        for weight in weights:
            torch.linalg.svdvals(weight.detach())
        optimizer = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9)
        loss_function = nn.CrossEntropyLoss()
        for _ in range(3):
            for inputs, labels in train:
                optimizer.zero_grad()
                loss_function(network(inputs), labels).backward()
                for weight in weights:
                    weight.grad.norm().item()
                optimizer.step()
            total = count = 0
            with torch.no_grad():
                for inputs, labels in test:
                    total += loss_function(network(inputs), labels).item() * len(labels)
                    count += len(labels)
        return total / count

    report(lambda: [one(initialize) for initialize in INITIALIZERS][2], repeats, 1, time.perf_counter, warm=False)


def in_memory():
    return Slices(*images(), True), Slices(*images("t10k"), False)


def pipeline():
    load = lambda part, shuffled: torch.utils.data.DataLoader(Images(part), batch_size=256, shuffle=shuffled)
    return load("train", True), load("t10k", False)


def stage(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]


def cnn():
    return nn.Sequential(*stage(3, 32), *stage(32, 64), *stage(64, 128), *stage(128, 256), nn.Flatten(),
                         nn.Linear(1024, 768), nn.ReLU(), nn.Linear(768, 10))


class BasicBlock(nn.Module):
    """With shortcuts that pad new channels with zeros (He et al. 2016, option A)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.stride, self.added = stride, outputs - inputs

    def forward(self, x):
        h = self.second_norm(self.second(F.relu(self.first_norm(self.first(x)))))
        if self.stride != 1:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added // 2, self.added - self.added // 2))
        return F.relu(h + x)


def resnet20():
    layers, inputs = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for outputs in (16, 32, 64):
        for block in range(3):
            layers.append(BasicBlock(inputs, outputs, 2 if block == 0 and outputs != 16 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Encoder(nn.Module):
    def __init__(self, units, heads):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(units), nn.LayerNorm(units)])
        self.qkv, self.out = nn.Linear(units, 3 * units), nn.Linear(units, units)
        self.wide, self.narrow = nn.Linear(units, 4 * units), nn.Linear(4 * units, units)
        self.heads = heads

    def forward(self, x):
        samples, tokens, units = x.shape
        q, k, v = self.qkv(self.norms[0](x)).view(samples, tokens, 3, self.heads, units // self.heads).permute(2, 0, 3, 1, 4)
        x = x + self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape))
        return x + self.narrow(F.gelu(self.wide(self.norms[1](x))))


class VisionTransformer(nn.Module):
    def __init__(self, units=128, depth=4, heads=4):
        super().__init__()
        self.patches = nn.Conv2d(3, units, 4, 4)
        self.positions = nn.Parameter(torch.randn(1, 64, units) * 0.02)
        self.encoders = nn.Sequential(*[Encoder(units, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(units), nn.Linear(units, 10)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2) + self.positions
        return self.head(self.norm(self.encoders(x)).mean(1))


def training_step(make_model, batch, make_optimizer):
    """Steps on noise of 3x32x32 and ten classes, in train mode; the loss is the last one's."""
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    images, labels = torch.randn(batch, 3, 32, 32), torch.randint(0, 10, (batch,))

    def run():
        for _ in range(2):
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
        return loss.item()

    report(run, 7, 2)


def surface():
    """The loss of 256 samples at 40×40 points of a plane along random unit directions, without gradients; two threads."""
    torch.set_num_threads(2)
    inputs, labels = images()
    inputs, labels = inputs[:256], labels[:256]
    network = perceptron()
    origin = torch.nn.utils.parameters_to_vector(network.parameters()).detach()
    x, y = (direction / direction.norm() for direction in torch.randn(2, len(origin)))
    places = np.linspace(-1, 1, 40)

    def run():
        total = 0.0
        with torch.no_grad():
            for b in places:
                row = origin + b * y
                for a in places:
                    torch.nn.utils.vector_to_parameters(row + a * x, network.parameters())
                    total += F.cross_entropy(network(inputs), labels).item()
        return total / 1600

    report(run, 5, 1, clock=time.perf_counter)


CASES = {
    "surface": surface,
    "mlp-b256-sgdm": lambda: epoch(256, sgd_momentum),
    "mlp-b256-adam": lambda: epoch(256, adam),
    "mlp-b32-sgdm": lambda: epoch(32, sgd_momentum),
    "mlp-b32-adam": lambda: epoch(32, adam),
    "tanh-241": lambda: full_batch(gradient_descent),
    "tanh-241-adam": lambda: full_batch(adam),
    "tanh-241-compiled": full_batch_compiled,
    "hvp": lambda: hessian_product(False),
    "hvp-reused": lambda: hessian_product(True),
    "sgemm": product_rate,
    "sweep": lambda: sweep(in_memory, 1),
    "sweep-pipeline": lambda: sweep(pipeline, 1),
    "cnn": lambda: training_step(cnn, 128, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "resnet20": lambda: training_step(resnet20, 128, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "vit": lambda: training_step(VisionTransformer, 64, lambda p: torch.optim.AdamW(p, lr=0.001)),
}

if len(sys.argv) != 2 or sys.argv[1] not in CASES:
    sys.exit("usage: bench_torch.py CASE; cases: " + " ".join(CASES))
torch.set_num_threads(1)
torch.manual_seed(0)
CASES[sys.argv[1]]()
