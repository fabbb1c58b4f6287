"""Small runs, their files, and files that are wrong in one way."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from datasets.digits import Digits, Kind, Subject
from datasets.idx import DataError
from nn_core import Trainer
from recipes.mnist import MnistSettings, mnist_trainer
from runs.saved import SavedRun, saved_run, write_run
from runs.snapshots import snapshot

SMALL = MnistSettings(hidden=5, epochs=4, batch=10, images=100)  # 9 batches an epoch


def small_digits(n: int = 87, side: int = 8) -> Digits:
    """Noise with labels: enough to train on, nothing to learn. 28×28 of it passes for MNIST."""
    rng = np.random.default_rng(0)
    x = rng.random((n, side * side), np.float32)
    t = rng.integers(0, 10, n)
    return Digits(Kind.BUNDLED if side == 8 else Kind.MNIST, x, t, x[:10], t[:10])


def as_saved(settings: MnistSettings, trainer: Trainer) -> SavedRun:
    """What a trainer has done, as a run keeps it."""
    sizes = trainer.net.sizes
    moments = tuple(snapshot(step, theta, sizes) for step, theta in trainer.snapshots.items())
    kind = next(kind for kind in Kind if kind.pixels == sizes[0])
    return saved_run(settings, Subject.of(kind), trainer, moments)


def trained(steps: int, settings: MnistSettings = SMALL, digits: Digits | None = None) -> SavedRun:
    """A run of so many steps."""
    trainer = mnist_trainer(settings, digits or small_digits())
    trainer.run(steps=steps)
    return as_saved(settings, trainer)


def as_bytes(saved: SavedRun, compress: bool = False) -> bytes:
    """The run's file."""
    file = io.BytesIO()
    write_run(file, saved, compress)
    return file.getvalue()


def arrays_in(content: bytes) -> dict[str, np.ndarray]:
    """Every array of an .npz."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)


def npz(arrays: dict[str, Any], compress: bool = False) -> bytes:
    """An .npz with these arrays."""
    file = io.BytesIO()
    (np.savez_compressed if compress else np.savez)(file, **arrays)
    return file.getvalue()


def refused(call: Callable[..., object], *given: object) -> str:
    """Calls, and returns the one sentence of the DataError that must come."""
    with pytest.raises(DataError) as error:
        call(*given)
    text = str(error.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert ". " not in text  # one sentence, not two
    return text


def assert_same(first: SavedRun, second: SavedRun) -> None:
    """Bit for bit: every array's kind, shape and numbers, and all that is no array."""
    assert first.settings == second.settings
    assert (first.digits, first.steps_per_epoch) == (second.digits, second.steps_per_epoch)
    assert first.state.keys() == second.state.keys()
    for name, array in first.state.items():
        other = second.state[name]
        assert (array.dtype, array.shape) == (other.dtype, other.shape), name
        assert array.tobytes() == other.tobytes(), name
    assert len(first.snapshots) == len(second.snapshots)
    for one, other in zip(first.snapshots, second.snapshots, strict=True):
        assert one.step == other.step
        np.testing.assert_array_equal(one.bytes, other.bytes)
        np.testing.assert_array_equal(one.scales, other.scales)
