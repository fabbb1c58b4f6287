"""Stop conditions: on what they look, when they speak, and that training then ends."""

import re

import numpy as np
import pytest

from nn_core import StopWhen
from tests.nn_core.common import data, make_trainer

LOSSES = [3.0, 2.0, 2.5, 2.0, 2.2, 1.9, 2.0, 2.1, 2.2]


def stops_at(stop, losses, accuracies=None, prefix=""):
    """The first row at which `stop` speaks, or None."""
    accuracies = accuracies or [0.0] * len(losses)
    for rows in range(1, len(losses) + 1):
        history = {prefix + "loss": losses[:rows], prefix + "accuracy": accuracies[:rows]}
        if prefix:  # what training says must not matter then
            history |= {"loss": [0.0] * rows, "accuracy": [1.0] * rows}
        if stop.reason(history):
            return rows - 1
    return None


@pytest.mark.parametrize("prefix", ["", "val_"])
@pytest.mark.parametrize(("target", "row"), [(5, 0), (3, 0), (2.9, 1), (2, 1), (1.9, 5), (1, None)])
def test_target_loss_stops_at_the_first_row_as_low(target, row, prefix):
    assert stops_at(StopWhen(target_loss=target), LOSSES, prefix=prefix) == row


@pytest.mark.parametrize("prefix", ["", "val_"])
@pytest.mark.parametrize(("target", "row"), [(0, 0), (0.5, 1), (0.8, 3), (0.9, 3), (0.95, None)])
def test_target_accuracy_stops_at_the_first_row_as_high(target, row, prefix):
    accuracies = [0.25, 0.5, 0.25, 0.9, 0.75]
    assert stops_at(StopWhen(target_accuracy=target), [1.0] * 5, accuracies, prefix) == row


@pytest.mark.parametrize("prefix", ["", "val_"])
@pytest.mark.parametrize(("patience", "row"), [(1, 2), (2, 3), (3, 4), (4, None)])
def test_patience_ends_after_so_many_rows_that_are_not_lower_than_the_best(patience, row, prefix):
    assert stops_at(StopWhen(patience=patience), LOSSES, prefix=prefix) == row


@pytest.mark.parametrize("prefix", ["", "val_"])
def test_no_condition_never_stops(prefix):
    assert stops_at(StopWhen(), LOSSES, [1.0] * len(LOSSES), prefix) is None


def test_nothing_recorded_is_no_reason():
    assert StopWhen(5, 0, 1).reason({"loss": [], "accuracy": []}) is None


@pytest.mark.parametrize(
    ("stop", "says"),
    [
        (StopWhen(target_loss=0.25), "0.25"),
        (StopWhen(target_accuracy=0.75), "75"),
        (StopWhen(target_accuracy=0.975), "97.5"),
        (StopWhen(target_accuracy=0.995), "99.5"),
        (StopWhen(patience=3), "3"),
    ],
)
def test_the_reason_is_a_sentence_that_names_what_was_asked_for(stop, says):
    reason = stop.reason({"loss": [0.2, 0.3, 0.3, 0.25], "accuracy": [1.0] * 4})
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", reason)
    assert says in reason


# In training


def test_training_stops_at_the_first_row_as_low_as_asked_and_not_before():
    trainer = make_trainer(stop=StopWhen(target_loss=0.3))
    losses = trainer.run(epochs=1000)["loss"]
    assert losses[-1] <= 0.3 < min(losses[:-1])
    assert trainer.ended
    assert trainer.step_count == trainer.history["step"][-1] == 3 * len(losses) < 3000


def test_training_stops_when_the_patience_is_at_an_end():
    x, t = data()
    trainer = make_trainer(validation=(x, 1 - t), stop=StopWhen(patience=4))
    losses = trainer.run(epochs=1000)["val_loss"]
    assert len(losses) - 1 - int(np.argmin(losses)) == 4
    assert trainer.step_count == 3 * len(losses) < 3000


def test_the_validation_data_decide_where_there_are_any():
    x, t = data()
    upside_down = make_trainer(validation=(x, 1 - t), stop=StopWhen(target_accuracy=0.9))
    same = make_trainer(validation=(x, t), stop=StopWhen(target_accuracy=0.9))
    upside_down.run(epochs=100), same.run(epochs=100)
    assert max(upside_down.history["accuracy"]) >= 0.9
    assert upside_down.stopped is None
    assert same.history["val_accuracy"][-1] >= 0.9 > max(same.history["val_accuracy"][:-1])


def test_once_stopped_nothing_further_is_trained_or_recorded():
    trainer = make_trainer(stop=StopWhen(target_loss=0.4), keep_batch_loss=True)
    trainer.run(epochs=1000)
    before = {name: array.copy() for name, array in trainer.state().items()}
    trainer.step(), trainer.resume(), trainer.run(epochs=3)
    del before["last_step"]  # what was asked for, not what was done
    for name, array in before.items():
        np.testing.assert_array_equal(trainer.state()[name], array, err_msg=name)


def test_a_condition_met_before_the_first_step_trains_nothing():
    trainer = make_trainer(stop=StopWhen(target_loss=1e9), record_at=range(100))
    trainer.run(epochs=3)
    assert trainer.step_count == 0
    assert trainer.history["step"] == [0]


def test_a_run_that_was_not_stopped_says_so():
    trainer = make_trainer(stop=StopWhen(target_loss=1e-9, patience=1000))
    trainer.run(epochs=3)
    assert trainer.stopped is None
    assert not trainer.ended


def test_a_condition_does_not_touch_the_training_before_it_speaks():
    free = make_trainer(record_at=range(1000), snapshot_at=range(1000))
    free.run(steps=60)
    stopped = make_trainer(record_at=range(1000), stop=StopWhen(target_loss=0.5))
    stopped.run(steps=60)
    assert 0 < stopped.step_count < 60
    np.testing.assert_array_equal(stopped.net.theta, free.snapshots[stopped.step_count])
