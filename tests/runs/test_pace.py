"""Training a little at a time: exactly as far as asked, in about the time given."""

import threading
import time
from typing import ClassVar

import pytest

import runs.pace
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from runs.pace import GIVES_WAY, LOOK, PIECE, all_in_pieces, in_pieces, work_a_little, work_through
from tests.clock import Clock
from tests.gated import LONG

LOST = {"lr": 100.0, "activation": "relu", "loss": "squared_error", "init": "he_normal"}


@pytest.fixture
def clock(monkeypatch):
    """A machine on which everything takes 1 ms."""
    clock = Clock(0.001)
    monkeypatch.setattr(runs.pace, "time", clock)
    return clock


class Stepped:
    """A trainer whose step lasts until it `goes_on`; `order` has who took one."""

    ended, step_count, goes_on = False, 0, None
    order: ClassVar[list[int]] = []

    def __init__(self, name):
        self.name, self.at_step = name, threading.Event()

    def step(self):
        Stepped.order.append(self.name)
        self.at_step.set()
        assert Stepped.goes_on.wait(LONG)
        self.step_count += 1


@pytest.mark.parametrize("at_once", [1, 2])
def test_few_runs_take_steps_at_a_time_and_nobody_overtakes_who_waits(monkeypatch, at_once):
    line = runs.pace.Line(at_once)
    monkeypatch.setattr(runs.pace, "LINE", line)
    monkeypatch.setattr(Stepped, "order", [])
    monkeypatch.setattr(Stepped, "goes_on", threading.Event())
    trainers = [Stepped(name) for name in range(5)]
    threads = [
        threading.Thread(target=work_a_little, args=[trainer, 1, (60.0, 0.0)])
        for trainer in trainers
    ]
    for n, (trainer, thread) in enumerate(zip(trainers, threads, strict=True), start=1):
        thread.start()
        if n <= at_once:
            assert trainer.at_step.wait(LONG)
        else:
            while len(line._waiting) < n - at_once:
                time.sleep(0.001)
    assert Stepped.order == list(range(at_once))
    Stepped.goes_on.set()
    for thread in threads:
        thread.join(LONG)
    assert [trainer.step_count for trainer in trainers] == [1] * 5
    if at_once == 1:
        assert Stepped.order == [0, 1, 2, 3, 4]


def test_who_fails_in_a_turn_leaves_it_to_the_next():
    line = runs.pace.Line(1)
    with pytest.raises(ZeroDivisionError), line.turn():
        raise ZeroDivisionError
    with line.turn():
        pass


class HeldUp(Clock):
    """On which whoever sleeps wakes late, `times` times, because others have Python's lock."""

    def __init__(self, times):
        super().__init__()
        self.left, self.naps = times, 0

    def sleep(self, seconds):
        self.naps += 1
        late = 0.005 if self.left else 0.0
        self.left = max(0, self.left - 1)
        super().sleep(seconds + late)


@pytest.mark.parametrize(("times", "naps"), [(0, 1), (3, 4)])
def test_a_training_rests_until_nobody_else_works(monkeypatch, times, naps):
    clock = HeldUp(times)
    monkeypatch.setattr(runs.pace, "time", clock)
    work_a_little(trainer_of(), 1, (0.02, 0.001))
    assert clock.naps == naps


def test_a_training_gives_way_and_yet_goes_on_however_much_others_work(monkeypatch):
    clock = HeldUp(10**6)
    monkeypatch.setattr(runs.pace, "time", clock)
    work_a_little(trainer_of(), 1, (0.02, 0.001))
    assert GIVES_WAY * 0.02 <= clock.slept < GIVES_WAY * 0.02 + 0.006


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
    clock = Clock(LOOK + 0.001)  # as slow as a large network's step, so that no stretch grows
    monkeypatch.setattr(runs.pace, "time", clock)
    trainer = trainer_of()
    work_through(trainer, 10**8, 0.3)
    assert 0.3 <= clock.now < 0.3 + 4 * LOOK
    assert 0 < trainer.step_count < 10**8
    assert clock.slept == 0


def test_looking_at_the_clock_takes_no_part_of_a_small_networks_time(clock):
    trainer = trainer_of(epochs=100)
    work_through(trainer, 2000, 60)
    assert clock.now < 0.05  # some 2 × log₄ 2000 looks, not 2000


def test_a_piece_takes_about_the_seconds_that_one_may_have_to_wait(monkeypatch):
    clock = Clock(LOOK + 0.001)
    monkeypatch.setattr(runs.pace, "time", clock)
    pieces = in_pieces(trainer_of(), 10**8)
    for _ in range(3):
        began = clock.now
        assert next(pieces) is False
        assert PIECE <= clock.now - began < PIECE + 4 * LOOK


def test_the_last_piece_says_so(clock):
    trainer = trainer_of(epochs=100)
    assert list(in_pieces(trainer, 2000)) == [True]
    assert trainer.step_count == 2000


def test_many_starts_are_each_trained_as_alone_and_say_how_far_all_are(monkeypatch):
    clock = Clock(LOOK + 0.001)
    monkeypatch.setattr(runs.pace, "time", clock)
    trainers = [trainer_of(seed=seed, lr=lr) for seed, lr in enumerate((0.1, 100.0, 0.03))]
    trainers.append(trainer_of(**LOST))
    began, shares = clock.now, []
    for share in all_in_pieces(trainers, 2000):
        assert clock.now - began < PIECE + 4 * LOOK
        shares.append(share)
        began = clock.now
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert trainers[-1].step_count == trainers[-1].diverged_at < 2000
    for seed, lr in enumerate((0.1, 100.0, 0.03)):
        alone = trainer_of(seed=seed, lr=lr)
        train(alone, 2000)
        assert trainers[seed].history == alone.history


def test_many_short_trainings_take_a_look_or_two_each(clock):
    trainers = [trainer_of(seed=seed, epochs=100) for seed in range(50)]
    assert list(all_in_pieces(trainers, 2000))[-1] == 1
    assert {trainer.step_count for trainer in trainers} == {2000}
    assert clock.now < 0.05 + 50 * 0.006


def test_no_trainings_are_done_at_once():
    assert list(all_in_pieces([], 2000)) == []
