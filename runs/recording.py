"""The study notes' training on MNIST, recorded: `python -m runs.recording` makes it again.

The MNIST page opens on it, so that it shows a trained network at once, with or without MNIST.
"""

import functools
from pathlib import Path

import numpy as np

from datasets.digits import Digits, Kind
from datasets.mnist import find_digits
from recipes.mnist import MnistSettings, mnist_trainer
from recipes.threads import one_blas_thread
from runs.run import Run
from runs.saved import Samples, SavedRun, read_run, saved_run, write_run
from runs.snapshots import snapshot

FILE = Path(__file__).parent / "recording.npz"
SAMPLES = 200  # test digits that travel with it, to try it on where MNIST is not


@functools.cache
def recording() -> SavedRun:
    """The recording in the repository."""
    with FILE.open("rb") as file:
        return read_run(file)


@functools.cache
def recorded_run() -> Run:
    """The recording, to be looked at as any other run."""
    return Run(recording())


def recorded_digits() -> tuple[np.ndarray, np.ndarray]:
    """The test digits that travel with it, (n, 784) from 0 to 1 and (n,)."""
    samples = recording().samples
    if samples is None:
        raise ValueError("the recording has no digits with it")
    return samples.images / np.float32(255), samples.labels


def record(digits: Digits) -> SavedRun:
    """Train the study notes' network as the page would, to the end."""
    settings = MnistSettings()
    trainer = mnist_trainer(settings, digits)
    trainer.run(epochs=settings.epochs)
    moments = [snapshot(s, theta, trainer.net.sizes) for s, theta in trainer.snapshots.items()]
    images = np.rint(digits.x_test[:SAMPLES] * 255).astype(np.uint8)
    return saved_run(settings, digits.kind, trainer, tuple(moments))._replace(
        samples=Samples(images, digits.t_test[:SAMPLES])
    )


def main() -> None:
    """Write the recording."""
    one_blas_thread()
    digits = find_digits()
    if digits.kind is not Kind.MNIST:
        raise SystemExit(f"The recording needs MNIST. {digits.note}")
    saved = record(digits)
    with FILE.open("wb") as file:
        write_run(file, saved, compress=True)
    accuracy = saved.state["history_val_accuracy"][-1]
    print(f"wrote {FILE.name}: {FILE.stat().st_size:,} bytes, test accuracy {accuracy:.4f}")


if __name__ == "__main__":
    main()
