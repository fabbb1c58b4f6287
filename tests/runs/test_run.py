import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from nn_core import SGD
from recipes.mnist import MnistSettings, mnist_trainer
from runs.run import ABANDONED, MAKES_ROOM, UNWATCHED, Run, State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import small_digits
from tests.sweeps import sweep

SETTINGS = MnistSettings(epochs=30, batch=10, hidden=5)  # 9 batches an epoch
LONG = replace(SETTINGS, epochs=200)


@pytest.fixture
def new_run(tmp_path):
    """Makes runs, and pauses them at the end."""
    made = []

    def new(settings=SETTINGS, digits=None, workers=None, **more):
        made.append(
            TrainingRun(
                settings, digits or small_digits(), workers or Workers(2), Store(tmp_path), **more
            )
        )
        return made[-1]

    yield new
    for run in made:
        run.pause()


@pytest.fixture
def run(new_run):
    return new_run()


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def finish(run):
    run.go_on()
    wait_for(lambda: not run.look().state.live)
    assert run.look().state is State.FINISHED
    return run.look()


def test_a_run_trains_to_its_end_in_a_thread_of_its_own(run):
    assert run.look().state is State.PAUSED
    progress = finish(run)
    assert progress.step == progress.steps == 30 * 9
    assert progress.epoch == 30
    assert len(progress.batch_loss) == 270
    assert progress.history["step"] == list(range(0, 271, 9))
    assert progress.sizes == [64, 5, 10]
    assert progress.images_per_second > 0
    run.go_on()  # there is nothing left to do
    assert run.look() is progress


@sweep("optimizer", ["sgd", "adam"], usual=["adam"])
def test_a_run_that_was_paused_many_times_ends_as_one_that_was_not(new_run, hold, optimizer):
    config = replace(LONG, optimizer=optimizer, dropout=0.1)
    whole, run = mnist_trainer(config, small_digits()), new_run(config)
    whole.run(epochs=200)
    for n in range(20):
        hold.step = run.look().step + 10
        run.go_on()
        time.sleep(0.001 * (n % 3))  # it may be paused anywhere, and before it begins
        run.pause()
        run.one_batch()
    assert 20 <= run.look().step <= 220
    hold.step = 10**6
    end = finish(run)
    np.testing.assert_array_equal(end.theta, whole.net.theta)
    np.testing.assert_array_equal(end.batch_loss, whole.batch_loss)
    assert [end.history[n] for n in ("loss", "val_accuracy")] == [
        whole.history[n] for n in ("loss", "val_accuracy")
    ]


def test_a_run_found_on_disk_ends_as_one_that_was_never_away(new_run, tmp_path):
    settings = replace(SETTINGS, optimizer="adam", drawing="shuffled", schedule="cosine")
    whole, run = mnist_trainer(settings, small_digits()), new_run(settings)
    whole.run(epochs=30)
    for steps in range(1, 6):
        run.one_batch()
        saved = Store(tmp_path).load(run.id)
        run = new_run(settings, saved=saved, run_id=run.id, stamp=run.stamp)
        assert (run.look().state, run.look().step) == (State.PAUSED, steps)
        assert run.look().batch_loss.size == steps
    end = finish(run)
    np.testing.assert_array_equal(end.theta, whole.net.theta)
    assert end.history["loss"] == whole.history["loss"]
    assert [moment.step for moment in end.snapshots] == list(whole.snapshots)


def test_pause_stops_at_once_and_keeps_everything(new_run, hold):
    run = new_run(LONG)
    run.go_on()
    run.pause()
    progress = run.look()
    assert progress.state is State.PAUSED
    assert run.at_rest
    time.sleep(0.05)
    assert run.look() is progress
    assert len(progress.batch_loss) == progress.step
    run.pause()
    assert run.look() is progress


def test_a_run_waits_for_a_worker_and_says_its_place(new_run, hold):
    workers = Workers(1)
    first, second, third = (new_run(LONG, workers=workers) for _ in range(3))
    for run in (first, second, third):
        run.go_on()
    third.go_on()  # a second click
    assert (first.place, second.place, third.place) == (0, 1, 2)
    assert (second.look().state, third.look().state) == (State.WAITING, State.WAITING)
    second.pause()
    assert second.look().state is State.PAUSED
    assert second.look().step == 0
    assert (second.place, third.place) == (0, 1)
    first.pause()
    wait_for(lambda: third.look().state is State.RUNNING)
    assert third.place == 0


def test_stop_ends_it_for_good(new_run, hold, tmp_path):
    run = new_run(LONG)
    run.go_on()
    wait_for(lambda: run.look().step > 0)
    run.stop()
    progress = run.look()
    assert progress.state is State.FINISHED
    assert 0 < progress.step < progress.steps
    assert progress.stopped.endswith(".")
    run.go_on()
    run.one_batch()
    run.stop()
    assert run.look() is progress
    again = new_run(LONG, saved=Store(tmp_path).load(run.id), run_id=run.id)
    again.go_on()
    assert (again.look().state, again.look().step) == (State.FINISHED, progress.step)


def test_a_run_in_the_queue_can_be_stopped_too(new_run, hold):
    workers = Workers(1)
    first, second = new_run(LONG, workers=workers), new_run(LONG, workers=workers)
    first.go_on()
    second.go_on()
    second.stop()
    assert (second.look().state, second.look().step) == (State.FINISHED, 0)


def test_one_batch_at_a_time(run):
    whole = mnist_trainer(SETTINGS, small_digits())
    for step in range(1, 12):
        run.one_batch()
        whole.step()
        assert (run.look().state, run.look().step) == (State.PAUSED, step)
        np.testing.assert_array_equal(run.look().theta, whole.net.theta)
    assert run.look().history["step"] == [0, 9]


def test_one_batch_pauses_a_run_that_trains(new_run, hold):
    run = new_run(LONG)
    run.go_on()
    run.one_batch()
    assert run.look().state is State.PAUSED
    assert run.look().step >= 1


def test_the_last_batch_ends_it(new_run):
    run = new_run(replace(SETTINGS, epochs=1, batch=100, images=100))
    run.one_batch()
    assert (run.look().state, run.look().epoch) == (State.FINISHED, 1)
    run.one_batch()
    assert run.look().step == 1


def test_it_stops_early_where_its_settings_say(new_run):
    digits = small_digits()
    same = digits._replace(t_test=np.zeros(10, int), t_train=np.zeros(87, int))
    progress = finish(new_run(replace(LONG, stop_at="90%"), same))
    assert progress.step < progress.steps
    assert progress.history["val_accuracy"][-1] >= 0.9
    assert max(progress.history["val_accuracy"][:-1]) < 0.9
    assert progress.stopped.endswith(".")


def test_progress_never_changes_once_it_is_published(run):
    run.one_batch()
    before = run.look()
    kept = [before.theta.copy(), before.batch_loss.copy(), before.snapshots]
    rows = {name: list(map(np.copy, column)) for name, column in before.history.items()}
    finish(run)
    np.testing.assert_array_equal(before.theta, kept[0])
    np.testing.assert_array_equal(before.batch_loss, kept[1])
    assert (before.step, before.snapshots) == (1, kept[2])
    assert {name: len(column) for name, column in before.history.items()} == {
        name: len(column) for name, column in rows.items()
    }
    np.testing.assert_array_equal(before.history["grad_norm"], rows["grad_norm"])


def test_what_is_published_while_it_trains_is_whole(new_run):
    run, seen = new_run(LONG), []
    run.go_on()
    while (progress := run.look()).state.live:
        seen.append(progress)
        time.sleep(0.005)
    for progress in (*seen, run.look()):
        assert len(progress.batch_loss) == progress.step
        assert progress.history["step"] == list(range(0, progress.step + 1, 9))
        assert {len(column) for column in progress.history.values()} == {progress.step // 9 + 1}
        assert [m.step for m in progress.snapshots if m.step > progress.step] == []
    assert [p.step for p in seen] == sorted(p.step for p in seen)


def test_after_every_epoch_it_is_on_disk(new_run, tmp_path, monkeypatch):
    steps = []
    monkeypatch.setattr(
        Store, "save", lambda self, run_id, saved: steps.append(int(saved.state["step_count"]))
    )
    finish(new_run())
    assert [*range(0, 271, 9), 270] == steps  # from its first moment to its last


def test_about_twenty_moments_are_kept_more_of_them_early(run):
    steps = [moment.step for moment in finish(run).snapshots]
    assert (steps[0], steps[-1]) == (0, 270)
    assert 15 <= len(steps) <= 20
    assert steps[:4] == [0, 1, 2, 3]
    assert np.diff(steps)[-5:].min() > np.diff(steps)[:5].max()


def test_divergence_ends_a_run_and_is_no_failure(run):
    run.trainer.optimizer = SGD(1e38)
    run.go_on()
    wait_for(lambda: run.look().state is State.DIVERGED)
    assert run.look().step == run.trainer.diverged_at
    run.go_on()
    run.one_batch()
    run.stop()
    assert run.look().state is State.DIVERGED


def test_a_failure_in_the_worker_is_told_and_the_progress_kept(new_run, monkeypatch, caplog):
    def fail():
        raise MemoryError("no room")

    workers = Workers(1)
    run, next_one = new_run(workers=workers), new_run(workers=workers)
    monkeypatch.setattr(run.trainer, "step", fail)
    run.go_on()
    wait_for(lambda: run.look().state is State.FAILED)
    assert run.look().step == 0
    assert "no room" in caplog.text
    run.pause()
    assert run.at_rest
    finish(next_one)  # the worker lives


def test_a_run_that_nobody_looks_at_pauses_itself_and_can_go_on(new_run, hold, clock, tmp_path):
    run = new_run(LONG)
    run.go_on()
    wait_for(lambda: run.look().step > 0)
    clock.now += ABANDONED + 1
    wait_for(lambda: run.at_rest)
    assert run.state is State.PAUSED
    left_at = run.look().step
    assert 0 < left_at < run.look().steps
    assert Store(tmp_path).load(run.id).state["step_count"] == left_at
    hold.step = left_at + 20
    run.go_on()
    wait_for(lambda: run.look().step > left_at)


def test_a_run_that_nobody_looks_at_makes_room_sooner_when_another_waits(new_run, hold, clock):
    workers = Workers(1)
    left, waits = new_run(LONG, workers=workers), new_run(LONG, workers=workers)
    left.go_on()
    wait_for(lambda: left.look().step > 0)
    clock.now += MAKES_ROOM + 1
    asked = clock.asked
    wait_for(lambda: clock.asked > asked + 1)  # by the run, whether to go on
    assert left.state is State.RUNNING
    waits.go_on()
    wait_for(lambda: waits.look().step > 0)
    assert (left.state, left.rests_because) == (State.PAUSED, UNWATCHED)
    waits.pause()
    left.go_on()
    assert left.rests_because == ""


def test_looking_keeps_a_run_going(new_run, hold, clock):
    run = new_run(LONG)
    run.go_on()
    for _ in range(5):
        run.look()
        clock.now += ABANDONED - 1
        asked = clock.asked
        wait_for(lambda asked=asked: clock.asked > asked + 1)  # by the run, whether to go on
    assert run.state is State.RUNNING


def test_what_all_see_of_a_moment_is_made_once_for_them(run):
    run.one_batch()
    made = []

    def make():
        made.append(run.look().step)
        return made

    with ThreadPoolExecutor(30) as watchers:
        looks = [watchers.submit(run.once, run.look(), ("curves", n % 2), make) for n in range(30)]
        assert all(look.result() is made for look in looks)
    assert made == [1, 1]
    run.one_batch()
    run.once(run.look(), ("curves", 0), make)
    assert made == [1, 1, 2]


def test_a_run_of_other_digits_can_be_looked_at_but_not_go_on(new_run, tmp_path):
    run = new_run()
    run.one_batch()
    saved = Store(tmp_path).load(run.id)
    seen = Run(saved, run.id)
    progress = seen.look()
    np.testing.assert_array_equal(progress.theta, run.look().theta)
    assert (progress.state, progress.sizes) == (State.PAUSED, [64, 5, 10])
    assert not isinstance(seen, TrainingRun)
    assert seen.at_rest
    assert seen.place == 0
    assert seen.look() is progress
    assert seen.saved() is saved


@pytest.mark.parametrize("state", State)
def test_a_state_says_whether_a_run_changes_while_one_looks(state):
    assert state.live == (state in (State.WAITING, State.RUNNING, State.ELSEWHERE))


def test_ids_cannot_be_guessed(new_run):
    ids = {new_run().id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(run_id) >= 12 for run_id in ids)
