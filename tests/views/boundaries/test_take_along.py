"""What of a film is taken along is what the film shows; its lines answer as the network does."""

import contextlib
import io
import json
import re

import numpy as np
import pandas as pd
import pytest

from datasets.plane import FEATURES, features
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from tests.several import around, settings_of
from views.boundaries.film import downloads, numbers

SHORT = BoundariesSettings(epochs=30, lr=0.3)
KINDS = {
    "usual": SHORT,
    "one neuron": BoundariesSettings(epochs=30, layers=0),
    "every input": BoundariesSettings(epochs=30, inputs=tuple(FEATURES), activation="gelu"),
    "a number": BoundariesSettings(epochs=30, dataset="slope", loss="squared_error"),
    "several classes": settings_of(around(4), epochs=30, lr=0.3),
    "four points": BoundariesSettings(epochs=30, dataset="four points", widths="3 relu, 2 step"),
}


def trained(settings):
    """A trainer at the end of what these settings ask for, trained in one."""
    trainer = boundaries_trainer(settings, boundaries_data(settings))
    train(trainer, settings.epochs * trainer.steps_per_epoch)
    return trainer


def taken(settings, own=None):
    return {take.name: take for take in downloads(numbers(settings, own))}


@pytest.mark.parametrize("kind", KINDS)
def test_the_network_saved_is_that_of_the_end_and_its_lines_print_its_answers(
    kind, tmp_path, monkeypatch
):
    settings, trainer = KINDS[kind], trained(KINDS[kind])
    take = taken(settings)["network.npz"]
    (tmp_path / take.name).write_bytes(take.make())
    with np.load(tmp_path / take.name, allow_pickle=False) as net:
        flat = np.concatenate([net[name].ravel() for name in net if name != "x"])
        x = net["x"]
    np.testing.assert_array_equal(flat, trainer.net.theta.astype(np.float32))
    monkeypatch.chdir(tmp_path)
    said, room = io.StringIO(), {}
    with contextlib.redirect_stdout(said):
        exec(take.code["NumPy"], room)
    room["net"].close()
    first = boundaries_data(settings).x_train[:5]
    np.testing.assert_array_equal(x, first.astype(np.float32))
    answers = trainer.loss.output(trainer.net.predict(features(first, settings.inputs)))
    printed = np.array(re.findall(r"[-\d.e]+", said.getvalue()), float)
    np.testing.assert_allclose(printed, answers.ravel(), atol=0.0006)
    assert f"first {len(first)} points" in take.note
    assert list(take.code) == ["NumPy", "PyTorch", "Keras"]


def test_the_settings_saved_make_the_same_settings():
    settings = BoundariesSettings(epochs=10, inputs=("x₁", "x₁x₂"), widths="3, 2 relu", l2=0.1)
    take = taken(settings)["settings.json"]
    said = json.loads(take.make())
    assert said["page"] == "boundaries"
    again = said["settings"] | {"inputs": tuple(said["settings"]["inputs"])}
    assert BoundariesSettings(**again) == settings
    assert "you changed" not in take.note


def test_the_history_saved_has_a_row_for_each_frame():
    film = numbers(SHORT).film
    table = pd.read_csv(io.StringIO(taken(SHORT)["history.csv"].make()))
    wanted = ["step", "epoch", "loss", "accuracy", "val_loss", "val_accuracy"]
    assert sorted(table.columns) == sorted(wanted)
    np.testing.assert_array_equal(table["step"], film.steps)
    np.testing.assert_array_equal(table["loss"], film.history["loss"])
    assert table["epoch"].iloc[-1] == SHORT.epochs


def test_where_it_diverged_the_history_says_nothing_of_it():
    lost = BoundariesSettings(
        lr=100.0, activation="relu", loss="squared_error", init="he_normal", epochs=100
    )
    table = pd.read_csv(io.StringIO(taken(lost)["history.csv"].make()))
    assert np.isnan(table["loss"].iloc[-1])
    assert taken(lost)["network.npz"].make()
