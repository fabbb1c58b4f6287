"""Trainings on MNIST that were recorded: `python -m runs.recording` makes them again.

The MNIST page opens on them, so that it shows trained networks at once, with or without MNIST.
"""

import functools
from enum import Enum
from pathlib import Path

import numpy as np

from datasets.digits import Digits, Kind, as_numbers
from datasets.mnist import find_digits
from recipes.mnist import PRESETS, MnistSettings, mnist_net, mnist_trainer
from recipes.threads import one_blas_thread
from recipes.trust import Trust, trust_in
from runs.run import Run
from runs.saved import OPTIMIZER, Samples, SavedRun, read_run, saved_run, write_run
from runs.snapshots import snapshot

HERE = Path(__file__).parent
TRUST = HERE / "trust.npz"
SAMPLES = 200  # test digits that travel with a recording, to try it on where MNIST is not


class Recording(Enum):
    """The recordings there are: what a sentence calls the network, and how it was trained."""

    STUDY_NOTES = "the study notes' network", "recording.npz", MnistSettings()
    CROOKED = (
        "a network that has seen crooked digits",
        "crooked.npz",
        PRESETS["Crooked digits"].settings,
    )

    def __init__(self, title: str, file: str, settings: MnistSettings) -> None:
        self.title = title
        self.file = HERE / file
        self.settings = settings

    @property
    def other(self) -> "Recording":
        """The one that reads the paper beside it."""
        return Recording.STUDY_NOTES if self is Recording.CROOKED else Recording.CROOKED

    @classmethod
    def of(cls, settings: MnistSettings) -> "Recording":
        """The one that these settings make; for all others, the study notes'."""
        return next((one for one in cls if one.settings == settings), cls.STUDY_NOTES)

    @classmethod
    def name_of(cls, run: Run) -> str:
        """The name of the recording that a run is, in links and files; "" if it is none."""
        return "" if run.id else cls.of(run.settings).name.lower()

    @classmethod
    def named(cls, name: str) -> "Recording | None":
        """The one that a link or a file has by this name; None if there is none."""
        return next((one for one in cls if one.name.lower() == name), None)


@functools.cache
def recording(which: Recording = Recording.STUDY_NOTES) -> SavedRun:
    """A recording in the repository."""
    with which.file.open("rb") as file:
        return read_run(file)


@functools.cache
def recorded_run(which: Recording = Recording.STUDY_NOTES) -> Run:
    """A recording, to be looked at as any other run."""
    return Run(recording(which))


@functools.cache
def recorded_trust() -> Trust:
    """How far the network that has seen crooked digits is to be trusted."""
    with np.load(TRUST, allow_pickle=False) as arrays:
        return Trust(
            arrays["means"].astype(np.float32),
            arrays["ways"].astype(np.float32),
            float(arrays["too_strange"]),
            float(arrays["sure_from"]),
        )


def recorded_digits() -> tuple[np.ndarray, np.ndarray]:
    """The test digits that travel with it, (n, 784) from 0 to 1 and (n,)."""
    samples = recording().samples
    if samples is None:
        raise ValueError("the recording has no digits with it")
    return samples.images / np.float32(255), samples.labels


def record(which: Recording, digits: Digits) -> SavedRun:
    """Train a network as the page would, to the end."""
    trainer = mnist_trainer(which.settings, digits)
    trainer.run(epochs=which.settings.epochs)
    moments = [snapshot(s, theta, trainer.net.sizes) for s, theta in trainer.snapshots.items()]
    images = np.rint(as_numbers(digits.x_test[:SAMPLES]) * 255).astype(np.uint8)
    saved = saved_run(which.settings, digits.subject, trainer, tuple(moments))
    # It has ended: what only the next step would need is left out, as zeros, to be small.
    over = {name: np.zeros_like(saved.state[name]) for name in OPTIMIZER[1:] if name in saved.state}
    over["grad"] = np.zeros_like(saved.theta)
    return saved._replace(
        state=saved.state | over, samples=Samples(images, digits.t_test[:SAMPLES])
    )


def write_trust(digits: Digits) -> None:
    """Find out how far the network that has seen crooked digits is to be trusted, and keep it."""
    saved = recording(Recording.CROOKED)
    net = mnist_net(saved.settings, digits.kind.pixels)
    net.theta = saved.theta
    found = trust_in(net, digits)
    np.savez_compressed(
        TRUST,
        means=found.means.astype(np.float16),
        ways=found.ways.astype(np.float16),
        too_strange=found.too_strange,
        sure_from=found.sure_from,
    )
    print(f"wrote {TRUST.name}: sure from {found.sure_from:.4f}")


def main() -> None:
    """Write all recordings."""
    one_blas_thread()
    digits = find_digits()
    if digits.kind is not Kind.MNIST:
        raise SystemExit(f"The recordings need MNIST. {digits.note}")
    for which in Recording:
        saved = record(which, digits)
        with which.file.open("wb") as file:
            write_run(file, saved, compress=True)
        accuracy, size = saved.state["history_val_accuracy"][-1], which.file.stat().st_size
        print(f"wrote {which.file.name}: {size:,} bytes, test accuracy {accuracy:.4f}")
    write_trust(digits)


if __name__ == "__main__":
    main()
