"""The compiled loop beside nn_core's, and beside others' engines: `python -m benchmarks.kernels`.

One table, in seconds of the processor's clock. nn_core and the loop run by turns, and TensorFlow
Playground's engine after them, if GLASSBOX_PLAYGROUND names its `src/nn.ts`; that takes Node. Both
playgrounds' engines were measured on the same kind of machine on another day, too.
"""

import platform
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import peers, training
from benchmarks.training import REPEATS, XOR_T, XOR_X, row, verdict
from datasets.environment import playground_file
from datasets.xor import xor_points
from kernels import train
from kernels.compiled import take_steps
from kernels.plan import plan
from kernels.train import _batches, _targets
from nn_core import SGD, BinaryCrossEntropy, Ensemble, Trainer, mlp
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.ground import LOSS, NEIGHBOURS, SEARCH_RATE, SEARCH_STEPS, ground
from recipes.threads import one_blas_thread
from runs.films import Films

ROOT = Path(__file__).parent.parent
TSC = ROOT / "ui" / "browser" / "node_modules" / ".bin" / "tsc"  # npm --prefix ui/browser ci
ELSEWHERE = {
    "TensorFlow Playground": 5400.0,
    "neural-network-playground": 6900.0,
}  # epochs a second


def medians(contestants: dict[str, peers.Work]) -> dict[str, float]:
    """Median seconds of each by the processor's clock, which counts no other process."""
    return training.medians(contestants, clock=time.process_time)


def film(settings: BoundariesSettings, name: str, bar: float | None = None) -> None:
    """The row of a whole film: batches drawn, history and snapshots included."""

    def trainer() -> Trainer:
        return boundaries_trainer(settings, boundaries_data(settings))

    steps = settings.epochs * trainer().steps_per_epoch
    took = medians(
        {"ours": lambda: train(trainer(), steps), "nn_core": lambda: trainer().run(steps=steps)}
    )
    ratio = took["nn_core"] / took["ours"]
    row(name, "nn_core", f"{took['ours']:.3f} s", f"{took['nn_core']:.3f} s",
        f"{ratio:.2f} ×" if bar is None else verdict(ratio, bar))  # fmt: skip


def engines() -> None:
    """The rows of 250 points in batches of 10, the loop alone."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(250, 2))
    t = (x[:, :1] * x[:, 1:] > 0).astype(float)
    net, epochs = mlp([2, 4, 2, 1], "tanh"), 400
    trainer = Trainer(net, BinaryCrossEntropy(), SGD(0.03), x, t, 10, record_at=())
    steps, planned, loop = epochs * trainer.steps_per_epoch, plan(trainer), take_steps()
    assert planned is not None
    batches, columns, none = _batches(trainer, 0, steps), x.T.copy(), np.zeros(0, np.int64)
    chance, rates = (np.zeros(0), np.zeros(steps, np.int64)), np.full(steps, 0.03)
    memory, nothing = np.zeros((2, net.theta.size)), np.zeros((0, 0))
    took = medians(
        {
            "ours": lambda: loop(
                *planned,
                columns,
                _targets(trainer),
                *batches,
                *chance,
                rates,
                0,
                none,
                net.theta,
                net.grad,
                memory,
                nothing,
                nothing,
            )
        }
    )
    mine = epochs / took["ours"]
    others = {f"{name}, another day": speed for name, speed in ELSEWHERE.items()}
    if (source := playground_file()) is not None:
        others["TensorFlow Playground, now"] = playground(source)
    for name, theirs in others.items():
        row("2-4-2-1, 250 points, batch 10: the loop alone", name,
            f"{mine:,.0f} epochs/s", f"{theirs:,.0f} epochs/s",
            verdict(mine / theirs, 3))  # fmt: skip


def playground(source: Path) -> float:
    """The epochs that TensorFlow Playground's engine, its `nn.ts`, takes in a second."""
    with tempfile.TemporaryDirectory() as folder:
        loose = ["--ignoreConfig", "--strict", "false", "--module", "commonjs"]
        subprocess.run([TSC, source, "--outDir", folder, *loose], check=True)
        script = ROOT / "benchmarks" / "playground.mjs"
        ran = subprocess.run(
            ["node", script, Path(folder) / "nn.js"], check=True, capture_output=True, text=True
        )
    return float(ran.stdout)


def notebook_c() -> None:
    """The row of notebook C's 150,000 steps."""

    def trainer() -> Trainer:
        net = mlp([2, 2, 1], "sigmoid", "notebook_c")
        return Trainer(net, BinaryCrossEntropy(), SGD(0.1), XOR_X, XOR_T, 4, record_at=())

    ours, theirs = trainer(), trainer()
    took = medians(
        {"ours": lambda: train(ours, 150_000), "nn_core": lambda: theirs.run(steps=15_000)}
    )
    nn_core = 10 * took["nn_core"]  # a step costs the same throughout
    row("2-2-1 on XOR, 150,000 full-batch steps (notebook C)", "nn_core", f"{took['ours']:.3f} s",
        f"{nn_core:.2f} s", verdict(nn_core / took["ours"], 50))  # fmt: skip


def ground_row() -> None:
    """The row of the starts that a landscape looks for its solution from."""
    x, t = xor_points()

    def ensemble() -> None:
        starts = Ensemble([2, 2, 1], "sigmoid", "normal", range(NEIGHBOURS))
        starts.train(LOSS, SGD(SEARCH_RATE), x, t, SEARCH_STEPS)

    took = medians({"ours": lambda: ground("sigmoid", 2, "three points", 0), "nn_core": ensemble})
    row("32 starts of 2-2-1 on XOR, 3,000 full-batch steps", "nn_core's Ensemble",
        f"{took['ours']:.3f} s", f"{took['nn_core']:.3f} s",
        f"{took['nn_core'] / took['ours']:.2f} ×")  # fmt: skip


def kept() -> None:
    """The row of the default film, read from the disk and made."""
    settings = BoundariesSettings()
    data = boundaries_data(settings)
    with tempfile.TemporaryDirectory() as folder:
        films = Films(Path(folder))
        steps = settings.epochs * boundaries_trainer(settings, data).steps_per_epoch

        def made() -> Trainer:
            trainer = boundaries_trainer(settings, data)
            train(trainer, steps)
            return trainer

        films.keep(trainer := made(), settings)
        took = medians(
            {
                "read": lambda: films.take_up(boundaries_trainer(settings, data), steps, settings),
                "written": lambda: films.keep(trainer, settings),
                "made": made,
            }
        )
    row("the default film, read from the disk", "made anew (and written)",
        f"{took['read']:.4f} s", f"{took['made']:.3f} s (+ {took['written']:.4f} s)",
        f"{took['made'] / took['read']:.0f} ×")  # fmt: skip


def main() -> None:
    """Print the table."""
    one_blas_thread()
    take_steps()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, "
          f"NumPy {np.__version__}, medians of {REPEATS} turns\n")  # fmt: skip
    row("work", "beside", "ours", "theirs", "ratio")
    row(*["---"] * 5)
    film(BoundariesSettings(), "the default film: 1,000 epochs of 2-4-4-1, batch 10", 8)
    engines()
    notebook_c()
    film(BoundariesSettings(hidden=8, layers=6, epochs=100), "100 epochs of six layers of eight")
    film(BoundariesSettings(hidden=16, batch=1000), "1,000 full-batch steps of 2-16-16-1", 0.95)
    film(BoundariesSettings(dropout=0.2, epochs=100), "100 epochs of 2-4-4-1 with dropout")
    ground_row()
    kept()


if __name__ == "__main__":
    main()
