"""Training a little at a time: exactly as far as asked, in about the time given."""

import pytest

import runs.pace
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from runs.pace import PIECE, in_pieces, work_through
from tests.clock import Clock

LOST = {"lr": 100.0, "activation": "relu", "loss": "squared_error", "init": "he_normal"}


@pytest.fixture
def clock(monkeypatch):
    """A machine on which everything takes 1 ms."""
    clock = Clock(0.001)
    monkeypatch.setattr(runs.pace, "time", clock)
    return clock


def trainer_of(**changes):
    settings = BoundariesSettings(**changes)
    return boundaries_trainer(settings, boundaries_data(settings))


def test_work_may_end_before_its_trainers_story_does(clock):
    trainer = trainer_of()
    work_through(trainer, 137, 60)
    assert trainer.step_count == 137


def test_work_ends_where_training_diverges(clock):
    trainer = trainer_of(**LOST)
    work_through(trainer, 20_000, 60)
    assert trainer.step_count == trainer.diverged_at < 20_000


def test_work_without_a_rest_ends_after_about_the_seconds_given(monkeypatch):
    clock = Clock(0.006)  # as slow as a large network's step, so that no stretch grows
    monkeypatch.setattr(runs.pace, "time", clock)
    trainer = trainer_of()
    work_through(trainer, 10**8, 0.3)
    assert 0.3 <= clock.now < 0.35
    assert 0 < trainer.step_count < 10**8
    assert clock.slept == 0


def test_looking_at_the_clock_takes_no_part_of_a_small_networks_time(clock):
    trainer = trainer_of(epochs=100)
    work_through(trainer, 2000, 60)
    assert clock.now < 0.05  # some 2 × log₂ 2000 looks, not 2000


def test_a_piece_takes_about_the_seconds_that_one_may_have_to_wait(monkeypatch):
    clock = Clock(0.006)
    monkeypatch.setattr(runs.pace, "time", clock)
    pieces = in_pieces(trainer_of(), 10**8)
    for _ in range(3):
        began = clock.now
        assert next(pieces) is False
        assert PIECE <= clock.now - began < PIECE + 0.05


def test_the_last_piece_says_so(clock):
    trainer = trainer_of(epochs=100)
    assert list(in_pieces(trainer, 2000)) == [True]
    assert trainer.step_count == 2000
