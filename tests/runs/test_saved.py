"""A run as a file: nothing is lost on the way, and what resumes from it ends the same."""

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nn_core import OPTIMIZERS, SGD
from runs.config import MnistConfig
from runs.run import progress_of
from runs.saved import pixels_of, read_run, sizes_of
from runs.trainers import mnist_trainer
from tests.saved_runs import (
    SMALL,
    arrays_in,
    as_bytes,
    as_saved,
    assert_same,
    small_digits,
    trained,
)

EMPTY = {"snapshots": np.empty((0, 0)), "snapshot_steps": np.empty(0, int)}


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_half_trained_run_comes_back_bit_for_bit(optimizer, compress):
    saved = trained(21, replace(SMALL, optimizer=optimizer))
    assert_same(read_run(io.BytesIO(as_bytes(saved, compress))), saved)


@pytest.mark.parametrize("steps", [1, 9, 10, 36])
def test_after_any_number_of_steps(steps):
    saved = trained(steps)
    read = read_run(io.BytesIO(as_bytes(saved)))
    assert_same(read, saved)
    progress = progress_of(read)
    assert (progress.step, progress.steps, progress.epoch) == (steps, 36, steps / 9)
    assert progress.state == ("finished" if steps == 36 else "paused")
    assert len(progress.batch_loss) == steps


def test_what_is_written_is_plain_to_read_with_numpy_alone():
    saved = trained(18)
    arrays = arrays_in(as_bytes(saved))
    assert str(arrays["config"]).startswith('{"lr": 0.1, "hidden": 5')
    assert arrays["epoch"] == 2
    assert arrays["theta"].dtype == np.float32
    np.testing.assert_array_equal(arrays["step"], [0, 9, 18])
    assert {"loss", "accuracy", "val_loss", "val_accuracy", "grad_norm"} <= arrays.keys()
    assert arrays["snapshot_bytes"].dtype == np.int8


def test_samples_travel_with_it():
    images, labels = np.arange(128, dtype=np.uint8).reshape(2, 64), np.array([3, 7])
    saved = trained(3)._replace(sample_images=images, sample_labels=labels)
    read = read_run(io.BytesIO(as_bytes(saved, compress=True)))
    np.testing.assert_array_equal(read.sample_images, images)
    np.testing.assert_array_equal(read.sample_labels, labels)


def test_a_run_that_diverged_or_was_stopped_comes_back_as_that():
    lost = mnist_trainer(SMALL, small_digits())
    lost.optimizer = SGD(1e38)
    lost.run(epochs=4)
    diverged = as_saved(SMALL, lost)
    assert diverged.state["diverged_at"] > 0
    read = read_run(io.BytesIO(as_bytes(diverged)))
    assert_same(read, diverged)
    assert progress_of(read).state == "diverged"

    trainer = mnist_trainer(SMALL, small_digits())
    trainer.run(steps=5)
    trainer.stopped = "You stopped it here."
    stopped = progress_of(read_run(io.BytesIO(as_bytes(as_saved(SMALL, trainer)))))
    assert (stopped.state, stopped.stopped) == ("finished", "You stopped it here.")


@pytest.mark.parametrize("pixels", [64, 784])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_how_many_pixels_it_looks_at_follows_from_how_many_numbers_it_has(pixels, layers):
    config = MnistConfig(hidden=7, layers=layers)
    sizes = [pixels, *[7] * layers, 10]
    assert sizes_of(config, pixels) == sizes
    parameters = sum((a + 1) * b for a, b in pairwise(sizes))
    assert pixels_of(config, parameters) == pixels


@pytest.mark.parametrize("drawing", ["with replacement", "shuffled"])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_resumed_from_a_file_it_ends_as_if_nothing_had_happened(optimizer, dropout, drawing):
    config = replace(
        SMALL, optimizer=optimizer, dropout=dropout, drawing=drawing, schedule="cosine", l2=0.001
    )
    whole = trained(36, config)
    for split in (1, 9, 20, 35):
        trainer = mnist_trainer(config, small_digits())
        trainer.load_state(read_run(io.BytesIO(as_bytes(trained(split, config)))).state | EMPTY)
        trainer.run(steps=36 - split)
        resumed = as_saved(config, trainer)
        for name in whole.state.keys() - {"last_step"}:
            assert whole.state[name].tobytes() == resumed.state[name].tobytes(), (split, name)


def test_resumed_many_times_it_ends_as_if_nothing_had_happened():
    config = replace(SMALL, optimizer="adam", dropout=0.1)
    saved = trained(1, config)
    for _ in range(35):
        trainer = mnist_trainer(config, small_digits())
        trainer.load_state(read_run(io.BytesIO(as_bytes(saved))).state | EMPTY)
        trainer.step()
        saved = as_saved(config, trainer)._replace(snapshots=saved.snapshots)
    whole = trained(36, config)
    assert saved.theta.tobytes() == whole.theta.tobytes()
    assert saved.state["batch_loss"].tobytes() == whole.state["batch_loss"].tobytes()
