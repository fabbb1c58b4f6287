import threading
import time

import numpy as np
import pytest

import runs.run
from nn_core import SGD
from runs.config import BoundariesConfig, MnistConfig
from runs.film import Film
from runs.registry import KEPT, Registry
from runs.run import Run
from runs.trainers import boundaries_data, boundaries_trainer, mnist_trainer
from tests.runs.test_trainers import small_digits

CONFIG = MnistConfig(epochs=30, batch=10)


@pytest.fixture
def run():
    run = Run(CONFIG, mnist_trainer(CONFIG, small_digits()))
    yield run
    run.pause()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_run_trains_to_its_end_in_a_thread_of_its_own(run):
    assert run.look().state == "paused"
    run.go_on()
    assert threading.active_count() > 1
    wait_for(lambda: run.look().state == "finished")
    progress = run.look()
    assert progress.step == progress.steps == 30 * 6
    assert progress.epoch == 30
    assert len(progress.batch_loss) == 180
    assert progress.history["step"] == list(range(0, 181, 6))


def test_a_run_that_was_paused_ends_bit_identical_to_one_that_was_not(run):
    undisturbed = mnist_trainer(CONFIG, small_digits())
    undisturbed.run(epochs=30)
    for _ in range(4):
        run.go_on()
        time.sleep(0.005)
        run.pause()
    run.go_on()
    wait_for(lambda: run.look().state == "finished")
    assert (run.trainer.net.theta == undisturbed.net.theta).all()
    assert run.look().history == undisturbed.history


def test_pause_stops_at_once_and_keeps_everything(run):
    run.go_on()
    run.pause()
    progress = run.look()
    assert progress.state in ("paused", "finished")
    time.sleep(0.05)
    assert run.look() is progress
    assert len(progress.batch_loss) == progress.step


def test_progress_never_changes_once_it_is_published(run):
    before = run.look()
    weights = before.weights.copy()
    run.go_on()
    wait_for(lambda: run.look().state == "finished")
    assert (before.weights == weights).all()
    assert before.step == 0


def test_divergence_ends_a_run_and_is_no_failure():
    config = MnistConfig(epochs=30, batch=10)
    trainer = mnist_trainer(config, small_digits())
    trainer.optimizer = SGD(1e38)
    run = Run(config, trainer)
    run.go_on()
    wait_for(lambda: run.look().state == "diverged")
    assert run.look().step == trainer.diverged_at


def test_a_failure_in_the_worker_is_told_and_the_progress_kept(run, monkeypatch, caplog):
    def fail():
        raise MemoryError("no room")

    monkeypatch.setattr(run.trainer, "step", fail)
    run.go_on()
    wait_for(lambda: run.look().state == "failed")
    assert run.look().step == 0
    assert "no room" in caplog.text


def test_a_run_that_nobody_looks_at_pauses_itself(monkeypatch):
    monkeypatch.setattr(runs.run, "ABANDONED", 0.05)
    config = MnistConfig(epochs=200, batch=10)
    run = Run(config, mnist_trainer(config, small_digits(600)))
    run.go_on()
    wait_for(lambda: run.state == "paused")
    assert 0 < run.look().step < run.look().steps


def test_a_run_is_found_by_its_id_alone_and_dropped_for_good(run):
    registry = Registry()
    registry.add(run)
    assert registry.find(run.id) is run
    assert registry.find("another") is None
    assert registry.find(None) is None
    registry.drop(run)
    assert registry.find(run.id) is None


def test_ids_cannot_be_guessed():
    ids = {Run(CONFIG, mnist_trainer(CONFIG, small_digits())).id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(run_id) >= 12 for run_id in ids)


def test_the_oldest_runs_at_rest_make_room():
    registry, digits = Registry(), small_digits()
    made = [Run(CONFIG, mnist_trainer(CONFIG, digits)) for _ in range(KEPT + 3)]
    for run in made:
        registry.add(run)
    assert [registry.find(run.id) is not None for run in made] == [False] * 3 + [True] * KEPT


def test_a_film_trained_in_pieces_and_by_several_visitors_is_trained_once():
    whole = mnist_trainer(CONFIG, small_digits())
    whole.run(steps=150)
    film = Film(mnist_trainer(CONFIG, small_digits()), 150)
    visitors = [threading.Thread(target=film.advance, args=[0.05]) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    while not film.finished:
        film.advance(0.01)
    assert film.step == 150
    with film.at_rest() as trainer:
        np.testing.assert_array_equal(trainer.net.theta, whole.net.theta)


def test_a_film_ends_where_it_diverges():
    trainer = mnist_trainer(CONFIG, small_digits())
    trainer.optimizer = SGD(1e38)
    film = Film(trainer, 150)
    film.advance(10)
    assert film.finished
    assert film.step < 150


def boundaries(**changes):
    config = BoundariesConfig(**changes)
    return boundaries_trainer(config, boundaries_data(config))


@pytest.mark.parametrize("resting", [True, False])
def test_a_film_ends_at_exactly_its_last_step_as_if_trained_in_one(resting):
    whole, film = boundaries(epochs=30), Film(boundaries(epochs=30), 600)
    whole.run(steps=600)
    while not film.finished:
        film.advance(0.005, resting)
    film.advance(1, resting)
    assert film.step == 600
    assert film.seconds_left == 0
    with film.at_rest() as trainer:
        np.testing.assert_array_equal(trainer.net.theta, whole.net.theta)
        assert trainer.history == whole.history


def test_a_film_may_end_before_its_trainers_story_does():
    film = Film(boundaries(), 137)
    film.advance(60, resting=False)
    assert film.step == 137


@pytest.mark.parametrize(
    "changes", [{}, {"layers": 6, "hidden": 16, "points": 1000, "batch": 1000}]
)
@pytest.mark.parametrize("resting", [True, False])
def test_a_long_film_stops_after_about_the_seconds_given(resting, changes):
    film = Film(boundaries(epochs=150_000, **changes), 10**8)
    began = time.perf_counter()
    film.advance(0.3, resting)
    assert 0.3 <= time.perf_counter() - began < 1.0
    assert 0 < film.step < film.steps
    assert film.seconds_left > 10


def test_working_through_ends_where_training_diverges():
    lost = {"lr": 100.0, "activation": "relu", "loss": "squared_error", "init": "he_normal"}
    film = Film(boundaries(**lost), 20_000)
    film.advance(60, resting=False)
    with film.at_rest() as trainer:
        assert film.finished
        assert film.step == trainer.diverged_at < 20_000
