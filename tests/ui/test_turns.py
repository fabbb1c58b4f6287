"""Where it is crowded, whoever moves a slider again and again lets the others go first."""

import contextlib

import pytest

import ui.turns
from tests.clock import Clock
from tests.moved import Moved, Session
from ui.turns import CROWD, RUNS, SECONDS, Pages, a_turn


@pytest.fixture
def clock(monkeypatch):
    """Time goes only while somebody sleeps."""
    clock = Clock()
    monkeypatch.setattr(ui.turns, "time", clock)
    return clock


@pytest.fixture
def pages(monkeypatch):
    """No page runs."""
    pages = Pages()
    monkeypatch.setattr(ui.turns, "PAGES", pages)
    return pages


@pytest.fixture
def session(monkeypatch):
    """A visit."""
    session = Session()
    monkeypatch.setattr(ui.turns.st, "session_state", session)
    return session


def run(times=1):
    for _ in range(times):
        with a_turn():
            pass


@contextlib.contextmanager
def crowd(pages, many=CROWD):
    with contextlib.ExitStack() as stack:
        for _ in range(many):
            stack.enter_context(pages.one_more())
        yield


def test_where_few_run_nobody_waits_however_often_they_move(clock, pages, session):
    with crowd(pages, CROWD - 1):
        run(20)
    assert clock.slept == 0


def test_where_many_run_one_who_moves_now_and_then_waits_for_nobody(clock, pages, session):
    with crowd(pages):
        for _ in range(10):
            run()
            clock.now += SECONDS / RUNS
    assert clock.slept == 0


def test_where_many_run_one_who_shakes_a_slider_is_held_back(clock, pages, session):
    with crowd(pages):
        run(RUNS)
        assert clock.slept == 0
        run(2 * RUNS)
    assert clock.slept == pytest.approx(2 * SECONDS, abs=0.5)


def test_they_wait_no_longer_than_the_others_run(clock, pages, session):
    with crowd(pages):
        run(RUNS)
    run()
    assert clock.slept == 0


def test_whoever_moves_on_while_waiting_leaves_no_trace(clock, pages, session):
    with crowd(pages):
        run(RUNS)
        session.stays = 3
        with pytest.raises(Moved), a_turn():
            raise AssertionError("the page was run")
        session.stays = 10**6
        assert clock.now < SECONDS
        run()
    assert clock.now == pytest.approx(SECONDS, abs=0.2)
    assert not pages.crowded


def test_a_page_that_ends_in_an_error_runs_no_more(pages, session):
    for _ in range(CROWD):
        with pytest.raises(ZeroDivisionError), a_turn():
            raise ZeroDivisionError
    assert not pages.crowded
