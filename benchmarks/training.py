"""nn_core beside what people would use instead: `python -m benchmarks.training`.

One table. The peers of a row run by turns, several times, and their medians are compared; a bar is
a ratio between medians of the same run. MNIST is taken from GLASSBOX_MNIST_DIR, the cache, or a
download; PyTorch takes part if it is installed.
"""

import importlib.util
import platform
import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks import peers
from datasets.digits import Digits, as_numbers
from datasets.mnist import find_digits
from nn_core import (
    SGD,
    Adam,
    BinaryCrossEntropy,
    Ensemble,
    SoftmaxCrossEntropy,
    StopWhen,
    Trainer,
    cosine,
    mlp,
    normal,
)
from recipes.threads import one_blas_thread

REPEATS = 7
XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_T = np.array([[0.0], [1.0], [1.0], [0.0]])


def medians(
    contestants: dict[str, peers.Work],
    repeats: int = REPEATS,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Median seconds of each, all taking turns, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for round_number in range(repeats + 1):
        for name, work in contestants.items():
            start = clock()
            work()
            if round_number > 0:
                seconds[name].append(clock() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def row(*cells: str) -> None:
    """One line of the table."""
    print("| " + " | ".join(cells) + " |", flush=True)


def verdict(ratio: float, bar: float, at_most: bool = False) -> str:
    """A ratio beside its bar, and whether it is met."""
    met = ratio <= bar if at_most else ratio >= bar
    return f"{ratio:.2f} × (bar {'≤' if at_most else '≥'} {bar:g}): {'met' if met else 'NOT MET'}"


def mnist_trainer(digits: Digits, keep_batch_loss: bool = False) -> Trainer:
    """Notebook B's network in float32, shuffled batches of 100, nothing measured on the way."""
    net = mlp([784, 50, 10], "sigmoid", normal(0.01), 0, np.float32)
    return Trainer(
        net,
        SoftmaxCrossEntropy(),
        SGD(0.1),
        digits.x_train,
        digits.t_train,
        batch_size=100,
        record_at=(),
        keep_batch_loss=keep_batch_loss,
        prepare=as_numbers,
    )


def one_epoch(digits: Digits) -> None:
    """The row of one MNIST epoch."""
    numbers = digits.numbers(len(digits.x_train))
    ours, with_chart = mnist_trainer(digits), mnist_trainer(digits, keep_batch_loss=True)
    contestants: dict[str, peers.Work] = {
        "ours": lambda: ours.run(epochs=1),
        "ours, every batch's loss kept": lambda: with_chart.run(epochs=1),
        "floor": peers.five_products(),
        "notebook": peers.notebook_b(numbers),
        "scikit-learn": peers.scikit_learn(numbers),
    }
    if importlib.util.find_spec("torch"):
        for threads in (1, 2):
            contestants[f"PyTorch eager, {threads} threads"] = peers.pytorch(numbers, threads)
    took = medians(contestants)
    what = "an epoch of 784-50-10, batch 100, float32"
    mine = took["ours"]
    row(what, "the five bare products", f"{mine:.3f} s", f"{took['floor']:.3f} s",
        verdict(mine / took["floor"], 2.6, at_most=True))  # fmt: skip
    bars = {"notebook": 2.2, "scikit-learn": 1.8}
    torch = {name: seconds for name, seconds in took.items() if name.startswith("PyTorch")}
    if torch:
        bars[min(torch, key=lambda name: torch[name])] = 1.4
    for name, bar in bars.items():
        # The notebook and scikit-learn keep the loss of every batch, so here we do too.
        keeps_losses = not name.startswith("PyTorch")
        mine = took["ours, every batch's loss kept" if keeps_losses else "ours"]
        row(what, name, f"{mine:.3f} s", f"{took[name]:.3f} s", verdict(took[name] / mine, bar))
    if not torch:
        row(what, "PyTorch eager", f"{mine:.3f} s", "not installed", "")


def to_97_percent(digits: Digits) -> None:
    """The row of 97 % test accuracy: Adam on a cosine, ReLU, batches of 50."""
    epochs, seconds = [], []
    for seed in range(5):
        net = mlp([784, 50, 10], "relu", "he_normal", seed, np.float32)
        trainer = Trainer(
            net,
            SoftmaxCrossEntropy(),
            Adam(cosine(0.004, steps=8 * 1200)),
            digits.x_train,
            digits.t_train,
            batch_size=50,
            seed=seed,
            validation=(digits.x_test, digits.t_test),
            stop=StopWhen(target_accuracy=0.97),
            prepare=as_numbers,
        )
        start = time.perf_counter()
        trainer.run(epochs=8)
        seconds.append(time.perf_counter() - start)
        epochs.append(trainer.epoch if trainer.stopped else float("inf"))
    most = max(epochs)
    row(
        "97 % test accuracy, 50 hidden units: passes over the data, the worst of five seeds",
        "Keras 10, notebook B 83",
        f"{most:g} epochs, {statistics.median(seconds):.1f} s",
        "",
        f"(bar ≤ 8): {'met' if most <= 8 else 'NOT MET'}",
    )


def small_batches() -> None:
    """The row of 250 points in batches of 10."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(250, 2))
    t = (x[:, :1] * x[:, 1:] > 0).astype(float)
    net = mlp([2, 4, 2, 1], "tanh", seed=0)
    ours = Trainer(net, BinaryCrossEntropy(), SGD(0.03), x, t, batch_size=10, record_at=())
    took = medians(
        {"ours": lambda: ours.run(epochs=20), "loop": peers.plain_loop([2, 4, 2, 1], x, t, 20)}
    )
    mine, theirs = 20 / took["ours"], 20 / took["loop"]
    row("250 points, batch 10, 2-4-2-1 tanh", "a plain NumPy loop over lists of W and b",
        f"{mine:.0f} epochs/s", f"{theirs:.0f} epochs/s", verdict(mine / theirs, 1))  # fmt: skip


def many_networks() -> None:
    """The row of 400 XOR networks: 2,000 of their 20,000 steps, for a step costs the same."""
    steps = 2000
    starts = Ensemble([2, 2, 1], "sigmoid", "normal", seeds=range(400))
    optimizer, loss = SGD(1.0), BinaryCrossEntropy()
    alone = Trainer(mlp([2, 2, 1], "sigmoid", "normal"), loss, SGD(1.0), XOR_X, XOR_T, 4,
                    record_at=())  # fmt: skip
    took = medians(
        {
            "stacked": lambda: starts.train(loss, optimizer, XOR_X, XOR_T, steps=steps),
            "alone": lambda: alone.run(steps=steps),
        }
    )
    stacked, one_by_one = took["stacked"] * 20_000 / steps, 400 * took["alone"] * 20_000 / steps
    row("400 networks 2-2-1 on XOR, 20,000 full-batch steps", "the same, one after another",
        f"{stacked:.1f} s", f"{one_by_one:.0f} s", verdict(one_by_one / stacked, 40))  # fmt: skip


def notebook_c() -> None:
    """The row of notebook C: 15,000 of its 150,000 steps, for a step costs the same."""
    steps = 15_000
    net = mlp([2, 2, 1], "sigmoid", "notebook_c")
    ours = Trainer(net, BinaryCrossEntropy(), SGD(0.1), XOR_X, XOR_T, 4, record_at=())
    took = medians({"ours": lambda: ours.run(steps=steps), "notebook": peers.notebook_c(steps)})
    mine, theirs = (took[name] * 150_000 / steps for name in ("ours", "notebook"))
    row("2-2-1 on XOR, 150,000 full-batch steps (notebook C)", "the notebook's own way",
        f"{mine:.1f} s", f"{theirs:.1f} s", verdict(theirs / mine, 1))  # fmt: skip


def memory(digits: Digits) -> None:
    """The row of memory: what an epoch and its two evaluations take at most, above the data."""
    net = mlp([784, 50, 10], "sigmoid", normal(0.01), 0, np.float32)
    validation = (digits.x_test, digits.t_test)
    trainer = Trainer(net, SoftmaxCrossEntropy(), SGD(0.1), digits.x_train, digits.t_train, 100,
                      validation=validation, prepare=as_numbers)  # fmt: skip
    tracemalloc.start()
    trainer.run(epochs=1)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    size = digits.x_train.nbytes / 1e6
    row("peak memory of an MNIST epoch, evaluation included, above the data set",
        f"the training images: {size:.0f} MB", f"{peak:.0f} MB", "", "")  # fmt: skip


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")  # scikit-learn says after every epoch that it could go on
    one_blas_thread()
    digits = find_digits()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, "
          f"NumPy {np.__version__}, medians of {REPEATS} turns\n")  # fmt: skip
    row("work", "beside", "ours", "theirs", "ratio")
    row(*["---"] * 5)
    one_epoch(digits)
    to_97_percent(digits)
    small_batches()
    many_networks()
    notebook_c()
    memory(digits)


if __name__ == "__main__":
    main()
