"""The work of `fieldbook-bench` on surfaces and checkpoints, by GUDHI, PyWavelets and scikit-learn.

`bench_surfaces.py CASE` prints one JSON line like bench_torch.py's: medians after warming up, one thread and its
processor time. `loss` is a number of the result, so that both sides can be seen to do the same: classes found, the
first coefficient, the divergence reached.
"""

import json
import os
import resource
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np


def report(run, repeats, units):
    """`run()` does `units` of work and returns a number of the result."""
    run()
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        result = run()
        seconds.append(time.process_time() - start)
    scale = 1e6 / units
    median = statistics.median(seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": median, "us_per_unit": median * scale, "least": min(seconds) * scale,
                      "loss": float(result), "peak_mb": peak}))


def bumps(n):
    """A bowl with waves and a fine grain that needs no random numbers, n × n."""
    i, j = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    x, y = i / (n - 1) * 2 - 1, j / (n - 1) * 2 - 1
    return x * x + y * y + 0.3 * np.sin(9 * x) * np.cos(7 * y) + 0.05 * ((7919 * i + 104729 * j) * 31 % 1009 / 1009)


def persistence():
    import gudhi

    grid = bumps(512)

    def run():
        found = gudhi.CubicalComplex(top_dimensional_cells=grid)
        found.compute_persistence(homology_coeff_field=2, min_persistence=0)
        return sum(len(found.persistence_intervals_in_dimension(k)) for k in (0, 1))

    report(run, 7, 1)


def wavelets():
    import pywt

    grid = bumps(512)

    def run():
        for _ in range(20):
            parts = pywt.wavedec2(grid, "haar", level=2)
        return parts[0][0, 0]

    report(run, 7, 20)


def tsne():
    """15 points of 242,762 numbers, as many as a perceptron has, along a path that turns."""
    from sklearn.manifold import TSNE

    t = np.arange(15)[:, None]
    k = np.arange(242_762)[None, :]
    points = t * np.cos(0.37 * k) + 3 * np.sin(0.2 * t * (1 + k % 7))

    def run():
        return TSNE(n_components=2, perplexity=4, init="pca", method="exact").fit(points).kl_divergence_

    report(run, 5, 1)


CASES = {"persistence-512": persistence, "wavelets-512": wavelets, "tsne-15": tsne}

if len(sys.argv) != 2 or sys.argv[1] not in CASES:
    sys.exit("usage: bench_surfaces.py CASE; cases: " + " ".join(CASES))
CASES[sys.argv[1]]()
