"""A run that another process of the server trains: two registries on one folder are as two."""

import os
import time

import pytest

from runs.registry import Registry
from runs.run import ABANDONED, LEFT_BEHIND, State
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import LONG, wait_for
from tests.saved_runs import SMALL, small_digits

DIGITS = small_digits()


@pytest.fixture
def new_process(tmp_path):
    return lambda: Registry(Workers(1), Store(tmp_path))


def test_a_run_that_another_process_trains_is_shown_as_it_trains_and_cannot_be_moved(
    new_process, hold
):
    here, there = new_process(), new_process()
    run = there.new(LONG, DIGITS)
    run.go_on()
    shown = here.find(run.id, DIGITS)
    assert shown.look().state is State.ELSEWHERE
    assert shown.state.live
    assert shown.unsaved
    assert not hasattr(shown, "go_on")
    assert here.find(run.id, DIGITS) is shown
    run.pause()


def test_its_progress_follows_its_file_epoch_by_epoch(new_process, hold):
    here, there = new_process(), new_process()
    run = there.new(LONG, DIGITS)
    run.go_on()
    shown = here.find(run.id, DIGITS)
    epoch = run.look().steps_per_epoch
    first = shown.look()
    assert shown.look() is first  # nothing is made anew for who looks again
    hold.step = 5 * epoch + 1
    wait_for(lambda: shown.look().step == 5 * epoch)
    assert shown.look().state is State.ELSEWHERE
    assert len(shown.look().history["step"]) == len(first.history["step"]) + 5 - first.epoch
    run.pause()


def test_when_the_other_process_lets_go_of_it_it_can_go_on_here(new_process, hold):
    here, there = new_process(), new_process()
    run = there.new(LONG, DIGITS)
    run.go_on()
    shown = here.find(run.id, DIGITS)
    run.pause()
    assert shown.look().state is State.PAUSED
    assert shown.look().step == run.look().step
    assert shown.unsaved == ""
    mine = here.find(run.id, DIGITS)
    hold.step += 5
    mine.go_on()
    assert mine.state.live
    assert there.find(run.id, DIGITS).look().state is State.ELSEWHERE
    mine.pause()


def test_who_looks_from_another_process_keeps_it_going(new_process, hold, clock):
    here, there = new_process(), new_process()
    run, left = there.new(LONG, DIGITS), there.new(LONG, DIGITS)
    run.go_on()
    shown = here.find(run.id, DIGITS)
    shown.look()
    asked = clock.asked
    clock.now += ABANDONED + 1
    wait_for(lambda: clock.asked > asked + 50)
    assert run.state is State.RUNNING
    long_ago = time.time() - ABANDONED - 1
    os.utime(there.store.claims._lock(run.id), (long_ago, long_ago))
    wait_for(lambda: run.at_rest)
    left.go_on()
    clock.now += ABANDONED + 1
    wait_for(lambda: left.at_rest)


def test_what_another_process_trains_does_not_make_room(new_process, hold):
    here, there = new_process(), new_process()
    run = there.new(LONG, DIGITS)
    run.go_on()
    here.store.files.limit = 1
    for _ in range(2):
        here.new(SMALL, DIGITS).one_batch()
    assert there.store.stamp(run.id) is not None
    assert len(list(here.store.folder.glob("*.npz"))) == 2  # and the one just written
    run.pause()


def test_what_another_process_took_away_is_gone(new_process):
    here, there = new_process(), new_process()
    run = here.new(SMALL, DIGITS)
    run.one_batch()
    there.delete(there.find(run.id, DIGITS))
    assert here.find(run.id, DIGITS) is None


def test_at_a_process_end_what_trains_rests_and_says_why_and_is_all_written_down(new_process, hold):
    here, there = new_process(), new_process()
    run, resting = there.new(LONG, DIGITS), there.new(LONG, DIGITS)
    run.go_on()
    resting.one_batch()
    wait_for(lambda: run.look().step == hold.step)
    there.rest()
    found = here.find(run.id, DIGITS)
    assert (found.state, found.look().step) == (State.PAUSED, hold.step)
    assert found.rests_because == LEFT_BEHIND
    assert here.find(resting.id, DIGITS).rests_because == ""
    hold.step += 5
    found.go_on()
    assert found.rests_because == ""
    found.pause()
    assert not here.store.claims.left_behind(run.id)


def test_a_look_whether_a_run_is_claimed_keeps_nobody_from_claiming_it(new_process):
    claims = new_process().store.claims
    claims.folder.mkdir(exist_ok=True)
    claims.leave_behind("a-run-of-mine")
    for _ in range(100):
        assert not claims.elsewhere("a-run-of-mine")
        assert claims.left_behind("a-run-of-mine")
    claim = claims.claim("a-run-of-mine")
    assert claims.claim("a-run-of-mine") is None
    assert list(claims.everywhere()) == ["a-run-of-mine"]
    claim.release()
    assert list(claims.folder.iterdir()) == []
