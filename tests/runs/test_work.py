"""Slow work: shared, stopped, gone on with, left and failed, by events and never by the clock."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import runs.work
from runs.work import WANTED, HowFar, Work
from tests.clock import Clock
from tests.gated import LONG, Gated


@pytest.fixture
def clock(monkeypatch):
    """Time stands still unless the test moves it."""
    clock = Clock()
    monkeypatch.setattr(runs.work, "time", clock)
    return clock


@pytest.fixture
def three(clock):
    """Work in three pieces."""
    return Gated(3)


def finish(work, gated):
    """Wish it done, and wait until it is."""
    gated.open()
    work.go_on()
    work.wait(LONG)
    assert work.finished


def test_nothing_is_done_before_somebody_wishes_it(three):
    work = Work(three)
    assert (work.numbers, work.finished, work.how_far) == (None, False, HowFar())
    assert work.seconds_left == 0
    work.wait(LONG)  # it rests
    assert three.done == []


def test_it_shows_what_there_is_so_far_and_says_how_far_it_is(three):
    work = Work(three)
    work.go_on()
    for piece in (1, 2):
        three.open(piece)
        three.reach(piece + 1)
        assert work.numbers == work.first_numbers() == piece
        assert work.how_far == HowFar(piece / 3, "Counting", f"{piece} of 3")
        assert not work.finished
    finish(work, three)
    assert work.numbers == 3
    assert work.how_far.share == 1
    assert work.seconds_left == 0


def test_what_is_finished_is_not_done_again(three):
    work = Work(three)
    finish(work, three)
    for _ in range(3):
        work.go_on()
        work.wait(LONG)
    assert (work.numbers, three.done) == (3, [1, 2, 3])


def test_two_who_ask_share_the_work(three):
    work = Work(three)
    with ThreadPoolExecutor(2) as visitors:
        work.go_on()
        three.reach(1)
        work.go_on()
        first = [visitors.submit(work.first_numbers) for _ in range(2)]
        three.open(1)
        three.reach(2)
        assert all(looking.result(LONG) >= 1 for looking in first)
    finish(work, three)
    assert three.done == [1, 2, 3]


def test_stopped_and_gone_on_with_it_loses_nothing_and_repeats_nothing(three):
    work = Work(three)
    work.go_on()
    for piece in (1, 2):
        three.reach(piece)
        work.stop()
        three.open(piece)
        work.wait(LONG)
        assert (work.numbers, work.finished) == (piece, False)
        assert three.done == list(range(1, piece + 1))
        work.go_on()
    finish(work, three)
    assert three.done == [1, 2, 3]


def test_one_may_stop_while_another_wishes(three):
    work = Work(three)
    work.go_on()
    three.reach(1)
    work.stop()
    work.go_on()  # the other one, a moment later
    three.open(1)
    three.reach(2)
    finish(work, three)


def test_a_wish_keeps_it_going_for_some_seconds_and_no_longer(three, clock):
    work = Work(three)
    work.go_on()
    three.reach(1)
    clock.now += 0.9 * WANTED
    three.open(1)
    three.reach(2)
    clock.now += 0.2 * WANTED
    three.open(2)
    work.wait(LONG)
    assert (work.numbers, work.finished, three.done) == (2, False, [1, 2])


def test_it_is_wanted_while_it_is_at_work_or_somebody_waits_and_not_once_stopped(three, clock):
    work = Work(three)
    assert not work.wanted
    work.go_on()
    assert work.wanted
    finish(work, three)
    assert work.wanted  # whoever waited for it has yet to look
    clock.now += 2 * WANTED
    assert not work.wanted
    work.go_on()
    work.stop()
    assert not work.wanted


def test_what_failed_is_not_raised_to_who_only_measures_it(clock):
    gated = Gated(3, 2)
    work = Work(gated)
    work.go_on()
    gated.open()
    work.wait(LONG)
    assert work.so_far == 1


def test_a_visitor_who_leaves_leaves_work_that_the_next_one_finds(three, clock):
    work = Work(three)
    work.go_on()
    three.reach(1)
    clock.now += 2 * WANTED
    three.open()
    work.wait(LONG)
    assert three.done == [1]
    assert work.first_numbers() == 1  # the next one sees it at once
    finish(work, three)
    assert three.done == [1, 2, 3]


def test_the_last_piece_ends_it_whether_anybody_wishes_or_not(three):
    work = Work(three)
    work.go_on()
    three.open(1, 2)
    three.reach(3)
    work.stop()
    three.open(3)
    work.wait(LONG)
    assert work.finished


@pytest.mark.parametrize("fails_at", [1, 2])
def test_what_makes_it_fail_is_raised_to_whoever_looks(clock, fails_at):
    gated = Gated(3, fails_at)
    work = Work(gated)
    work.go_on()
    gated.open()
    work.wait(LONG)
    for look in (lambda: work.numbers, work.first_numbers) * 2:
        with pytest.raises(ValueError, match=f"piece {fails_at} is broken"):
            look()
    work.go_on()  # there is nothing to go on with
    work.wait(LONG)
    assert not work.finished
    assert gated.done == list(range(1, fails_at))


def test_whoever_waits_for_the_first_of_it_hears_of_its_failure(clock):
    gated = Gated(1, fails_at=1)
    work = Work(gated)
    with ThreadPoolExecutor(1) as visitors:
        work.go_on()
        waiting = visitors.submit(work.first_numbers)
        gated.open()
        with pytest.raises(ValueError, match="broken"):
            waiting.result(LONG)


def test_work_that_shows_nothing_is_a_mistake():
    work = Work(lambda tell: iter(()))
    work.go_on()
    with pytest.raises(RuntimeError, match="without anything to show"):
        work.first_numbers()


def test_reading_never_waits_for_the_work_nor_for_its_lock(three):
    work = Work(three)
    work.go_on()
    three.open(1)
    three.reach(2)
    with work._news, ThreadPoolExecutor(1) as visitor:
        look = visitor.submit(
            lambda: (work.numbers, work.finished, work.how_far.done, work.seconds_left)
        )
        assert look.result(LONG) == (1, False, "1 of 3", 0)
    finish(work, three)


def test_waiting_ends_when_the_time_is_up(three):
    work = Work(three)
    work.go_on()
    work.wait(0.01)
    assert work.numbers is None
    finish(work, three)


def test_the_time_left_goes_by_the_time_at_work(clock):
    gated = Gated(4)
    work = Work(gated)
    work.go_on()
    gated.reach(1)
    clock.now += 10
    gated.open(1)
    work.wait(LONG)  # the wish is long past
    assert work.seconds_left == 30
    clock.now += 1000
    assert work.seconds_left == 30
    work.go_on()
    gated.reach(2)
    clock.now += 30
    gated.open(2)
    work.wait(LONG)
    assert work.seconds_left == 40
    finish(work, gated)


def test_no_wish_is_lost_at_the_moment_it_would_rest(monkeypatch):
    """Work that rests after every piece goes on as often as anybody wishes."""
    monkeypatch.setattr(runs.work, "WANTED", -1.0)
    gated = Gated(300)
    gated.open()
    work = Work(gated)

    def visit():
        while not work.finished:
            work.go_on()
            work.wait(LONG)

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(LONG)
    assert gated.done == list(range(1, 301))
