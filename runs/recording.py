"""Notebook B's full training, recorded: `python -m runs.recording` makes it again (needs MNIST).

The MNIST page opens on it, so that it shows a trained network at once, with or without MNIST.
"""

from pathlib import Path

import numpy as np

from datasets.digits import Digits
from datasets.mnist import find_digits
from nn_core import Trainer
from runs.config import MnistConfig
from runs.saved import SavedRun, read_run, saved_run, write_run
from runs.snapshots import snapshot
from runs.trainers import mnist_trainer

FILE = Path(__file__).parent / "recording.npz"
SAMPLES = 200  # test digits that travel with it, to try it on where MNIST is not


def recording() -> SavedRun:
    """The recording in the repository."""
    with FILE.open("rb") as file:
        return read_run(file)


def record(digits: Digits) -> SavedRun:
    """Train notebook B's network as the page would, to the end."""
    config = MnistConfig()
    trainer: Trainer = mnist_trainer(config, digits)
    trainer.run(epochs=config.epochs)
    moments = [snapshot(s, theta, trainer.net.sizes) for s, theta in trainer.snapshots.items()]
    images = np.rint(digits.x_test[:SAMPLES] * 255).astype(np.uint8)
    return saved_run(config, digits.name, trainer, tuple(moments))._replace(
        sample_images=images, sample_labels=digits.t_test[:SAMPLES]
    )


def main() -> None:
    """Write the recording."""
    digits = find_digits()
    if digits.name != "MNIST":
        raise SystemExit(f"The recording needs MNIST. {digits.note}")
    saved = record(digits)
    with FILE.open("wb") as file:
        write_run(file, saved, compress=True)
    accuracy = saved.state["history_val_accuracy"][-1]
    print(f"wrote {FILE.name}: {FILE.stat().st_size:,} bytes, test accuracy {accuracy:.4f}")


if __name__ == "__main__":
    main()
