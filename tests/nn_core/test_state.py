"""A run taken apart, put into a file and taken up again ends as if nothing had happened."""

import threading

import numpy as np
import pytest

from nn_core import OPTIMIZERS, StopWhen, cosine
from tests.nn_core.common import assert_same_run, data, make_trainer

STEPS = 11  # three epochs of 3 and two thirds of a fourth
WATCHED = {"snapshot_at": {0, 2, 5, 9}, "keep_batch_loss": True}


def watched(optimizer="momentum", **options):
    """A trainer that keeps all it can, on a learning rate that depends on the step."""
    x, t = data()
    given = {"lr": cosine(0.1, 8, 0.01), "validation": (x[:4], t[:4]), "l2": 0.01}
    return make_trainer(optimizer, **given | WATCHED | options)


def through_a_file(trainer, folder):
    """What a trainer's state is after a visit to the disk."""
    np.savez(folder / "run.npz", **trainer.state())
    with np.load(folder / "run.npz", allow_pickle=False) as file:
        return dict(file)


class PausesAt:
    """Every step, as the steps to record; the trainer is paused when asked about one of them."""

    def __init__(self, step):
        self.step, self.trainer = step, None

    def __contains__(self, step):
        if step == self.step and self.trainer is not None:
            self.trainer.pause()
        return True


def paused(step, **options):
    """A trainer that was to take 11 steps, and was paused after that one."""
    record_at = PausesAt(step)
    trainer = record_at.trainer = watched(record_at=record_at, **options)
    trainer.run(steps=STEPS)
    return trainer


@pytest.mark.parametrize("steps_before", [0, 1, 4, 6])  # 4 is in the middle of an epoch
@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_resumed_from_a_file_ends_as_the_uninterrupted_one(
    optimizer, dropout, replace, steps_before, tmp_path
):
    whole, first, second = (watched(optimizer, dropout=dropout, replace=replace) for _ in range(3))
    whole.run(steps=STEPS)
    first.run(steps=steps_before)
    second.load_state(through_a_file(first, tmp_path))
    assert_same_run(first, second)
    second.run(steps=STEPS - steps_before)
    assert_same_run(whole, second)


@pytest.mark.parametrize("pause_after", [1, 4, 6, 11])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_paused_run_resumed_from_a_file_ends_as_the_uninterrupted_one(
    optimizer, dropout, pause_after, tmp_path
):
    given = {"optimizer": optimizer, "dropout": dropout}
    whole, second = (watched(record_at=range(100), **given) for _ in range(2))
    whole.run(steps=STEPS)
    first = paused(pause_after, **given)
    assert first.step_count == pause_after
    second.load_state(through_a_file(first, tmp_path))
    second.resume()
    assert_same_run(whole, second)


@pytest.mark.parametrize("pause_after", [1, 4, 6, 11])
def test_a_paused_run_takes_the_steps_it_has_left_and_no_more(pause_after):
    whole, first = watched(record_at=range(100)), paused(pause_after)
    whole.run(steps=STEPS)
    first.resume()
    assert_same_run(whole, first)
    first.resume()
    assert first.step_count == STEPS


def test_another_thread_pauses_a_run_after_its_current_batch():
    reached, go_on = threading.Event(), threading.Event()

    class WaitsAtStepFour:
        def __contains__(self, step):
            if step == 4:
                reached.set()
                go_on.wait(timeout=60)
            return True

    whole, trainer = watched(record_at=range(100)), watched(record_at=WaitsAtStepFour())
    whole.run(steps=STEPS)
    worker = threading.Thread(target=trainer.run, kwargs={"steps": STEPS})
    worker.start()
    assert reached.wait(timeout=60)
    trainer.pause()
    go_on.set()
    worker.join(timeout=60)
    assert trainer.step_count == 4
    trainer.resume()
    assert_same_run(whole, trainer)


def test_resuming_what_was_never_run_does_nothing():
    trainer, fresh = watched(), watched()
    trainer.resume()
    assert_same_run(trainer, fresh)


def test_a_float32_run_resumes_as_float32(tmp_path):
    x, t = data(np.float32)
    given = {"dtype": np.float32, "validation": (x, t)}
    whole, first, second = (watched("adam", **given) for _ in range(3))
    whole.run(steps=STEPS), first.run(steps=4)
    second.load_state(through_a_file(first, tmp_path))
    second.run(steps=STEPS - 4)
    assert second.net.theta.dtype == np.float32
    assert_same_run(whole, second)


def test_a_run_saved_and_loaded_after_every_step_ends_as_the_uninterrupted_one(tmp_path):
    whole, trainer = watched("adam", dropout=0.3), watched("adam", dropout=0.3)
    whole.run(steps=STEPS)
    for _ in range(STEPS):
        trainer.step()
        state, trainer = through_a_file(trainer, tmp_path), watched("adam", dropout=0.3)
        trainer.load_state(state)
    assert_same_run(whole, trainer)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_trainer_that_has_trained_can_go_back_to_an_earlier_state(optimizer):
    trainer, whole = watched(optimizer), watched(optimizer)
    whole.run(steps=STEPS)
    trainer.run(steps=2)
    state = trainer.state()
    trainer.run(steps=4)
    trainer.load_state(state)
    trainer.run(steps=STEPS - 2)
    assert_same_run(whole, trainer)


def test_a_diverged_run_stays_so_through_a_file(tmp_path):
    given = {"lr": 1e200, "record_at": range(100)}
    first, second = watched(**given), watched(**given)
    first.run(steps=STEPS)
    assert first.diverged_at is not None
    second.load_state(through_a_file(first, tmp_path))
    second.run(steps=5)
    assert_same_run(first, second)


def test_a_stopped_run_stays_so_through_a_file(tmp_path):
    stop = StopWhen(target_accuracy=0.5)
    first, second = watched(stop=stop), watched(stop=stop)
    first.run(epochs=1000)
    assert first.stopped
    second.load_state(through_a_file(first, tmp_path))
    second.run(epochs=5)
    assert_same_run(first, second)
    assert type(second.stopped) is str


def test_patience_remembers_through_a_file_how_long_it_has_waited(tmp_path):
    x, t = data()
    given = {"validation": (x, 1 - t), "stop": StopWhen(patience=6)}
    whole, first, second = (watched(**given) for _ in range(3))
    whole.run(epochs=100)
    assert whole.stopped
    first.run(steps=whole.step_count - 4)
    second.load_state(through_a_file(first, tmp_path))
    second.run(epochs=100)
    assert_same_run(whole, second)


def test_a_state_is_numbers_and_text_and_no_objects():
    trainer = watched("adam")
    trainer.run(steps=4)
    state = trainer.state()
    assert all(type(array) is np.ndarray and array.dtype.kind in "fiU" for array in state.values())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_state_stays_as_it_was_when_either_trainer_goes_on(optimizer):
    first, second = watched(optimizer), watched(optimizer)
    first.run(steps=4)
    state = first.state()
    before = {name: array.copy() for name, array in state.items()}
    second.load_state(state)
    first.run(steps=4), second.run(steps=4)
    second.snapshots[0][:] = 99
    for name, array in state.items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)


def test_what_was_loaded_is_plain_again():
    first, second = watched(), watched()
    first.run(steps=7)
    second.load_state(first.state())
    assert type(second.step_count) is int
    for name, kind in {
        "step": int,
        "loss": float,
        "val_accuracy": float,
        "grad_norm": list,
    }.items():
        assert {type(value) for value in second.history[name]} == {kind}
    assert {type(value) for value in second.batch_loss} == {float}
    assert {type(step) for step in second.snapshots} == {int}


def test_a_state_of_another_network_is_refused_and_changes_nothing():
    trainer, untouched = watched(), watched()
    state = trainer.state() | {"theta": np.zeros(5)}
    with pytest.raises(ValueError, match=r"^theta: expected shape \(21,\), got \(5,\)"):
        trainer.load_state(state)
    assert_same_run(trainer, untouched)


def test_a_state_of_another_precision_is_refused():
    trainer, other = make_trainer(dtype=np.float32), make_trainer(dtype=np.float64)
    with pytest.raises(ValueError, match=r"float32.*float64"):
        trainer.load_state(other.state())
