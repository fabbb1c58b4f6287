"""A run as a file: nothing is lost on the way, and what resumes from it ends the same."""

import io
import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from datasets.digits import Kind, Subject
from nn_core import OPTIMIZERS, SGD
from recipes.mnist import MnistSettings, mnist_trainer
from runs.run import State, progress_of
from runs.saved import Samples, read_run
from tests.saved_runs import (
    SMALL,
    arrays_in,
    as_bytes,
    as_saved,
    assert_same,
    npz,
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
    assert progress.state is (State.FINISHED if steps == 36 else State.PAUSED)
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


def test_an_older_file_that_writes_its_percents_otherwise_is_read():
    arrays = arrays_in(as_bytes(trained(3, replace(SMALL, stop_at="90%"))))
    config = json.loads(str(arrays["config"])) | {"stop_at": "90 %"}
    older = npz(arrays | {"config": np.array(json.dumps(config))})
    assert read_run(io.BytesIO(older)).settings == replace(SMALL, stop_at="90%")


def test_samples_travel_with_it():
    images, labels = np.arange(128, dtype=np.uint8).reshape(2, 64), np.array([3, 7])
    saved = trained(3)._replace(samples=Samples(images, labels))
    read = read_run(io.BytesIO(as_bytes(saved, compress=True)))
    np.testing.assert_array_equal(read.samples.images, images)
    np.testing.assert_array_equal(read.samples.labels, labels)


def test_a_run_that_diverged_or_was_stopped_comes_back_as_that():
    lost = mnist_trainer(SMALL, small_digits())
    lost.optimizer = SGD(1e38)
    lost.run(epochs=4)
    diverged = as_saved(SMALL, lost)
    assert diverged.state["diverged_at"] > 0
    read = read_run(io.BytesIO(as_bytes(diverged)))
    assert_same(read, diverged)
    assert progress_of(read).state is State.DIVERGED

    trainer = mnist_trainer(SMALL, small_digits())
    trainer.run(steps=5)
    trainer.stopped = "You stopped it here."
    stopped = progress_of(read_run(io.BytesIO(as_bytes(as_saved(SMALL, trainer)))))
    assert (stopped.state, stopped.stopped) == (State.FINISHED, "You stopped it here.")


@pytest.mark.parametrize(("side", "pixels"), [(8, 64), (28, 784)])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_its_units_a_layer_follow_from_its_settings_and_its_digits(side, pixels, layers):
    saved = trained(0, MnistSettings(hidden=7, layers=layers), small_digits(side=side))
    sizes = [pixels, *[7] * layers, 10]
    assert saved.sizes == sizes
    assert len(saved.theta) == sum((a + 1) * b for a, b in pairwise(sizes))


@pytest.mark.parametrize(("title", "side"), [("MNIST", 28), ("scikit-learn's digits", 8)])
def test_the_digits_it_learned_from_are_written_as_ever(title, side):
    content = as_bytes(trained(3, digits=small_digits(side=side)))
    assert str(arrays_in(content)["digits"]) == title
    assert read_run(io.BytesIO(content)).digits == Subject.of(Kind.titled(title))


@pytest.mark.parametrize("drawing", ["with replacement", "shuffled"])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_resumed_from_a_file_it_ends_as_if_nothing_had_happened(optimizer, dropout, drawing):
    settings = replace(
        SMALL, optimizer=optimizer, dropout=dropout, drawing=drawing, schedule="cosine", l2=0.001
    )
    whole = trained(36, settings)
    for split in (1, 9, 20, 35):
        trainer = mnist_trainer(settings, small_digits())
        trainer.load_state(read_run(io.BytesIO(as_bytes(trained(split, settings)))).state | EMPTY)
        trainer.run(steps=36 - split)
        resumed = as_saved(settings, trainer)
        for name in whole.state.keys() - {"last_step"}:
            assert whole.state[name].tobytes() == resumed.state[name].tobytes(), (split, name)


def test_resumed_many_times_it_ends_as_if_nothing_had_happened():
    settings = replace(SMALL, optimizer="adam", dropout=0.1)
    saved = trained(1, settings)
    for _ in range(35):
        trainer = mnist_trainer(settings, small_digits())
        trainer.load_state(read_run(io.BytesIO(as_bytes(saved))).state | EMPTY)
        trainer.step()
        saved = as_saved(settings, trainer)._replace(snapshots=saved.snapshots)
    whole = trained(36, settings)
    assert saved.theta.tobytes() == whole.theta.tobytes()
    assert saved.state["batch_loss"].tobytes() == whole.state["batch_loss"].tobytes()
