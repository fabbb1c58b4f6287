"""However many look at a run, all together look about as often as a few do."""

import pytest

import runs.watchers
from runs.watchers import AT_EASE, SLOWEST, STILL_HERE, Watchers


class Clock:
    now = 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(runs.watchers, "time", clock)
    return clock


@pytest.mark.parametrize("many", [1, AT_EASE, AT_EASE + 1, 30, 50, 64, 300])
def test_all_together_look_no_more_often_than_a_few(clock, many):
    watchers = Watchers()
    for turn in range(3 * many):
        watchers.saw(f"visit {turn % many}")
    looks = many / watchers.times_as_long
    if many <= AT_EASE:
        assert watchers.times_as_long == 1
    elif many <= AT_EASE * SLOWEST:
        assert AT_EASE / 2 < looks <= AT_EASE
    else:
        assert watchers.times_as_long == SLOWEST


def test_who_left_counts_no_more(clock):
    watchers = Watchers()
    for visit in range(AT_EASE + 1):
        watchers.saw(f"visit {visit}")
    clock.now += STILL_HERE + 1
    watchers.saw("visit 0")
    assert watchers.times_as_long == 1


def test_who_looks_as_seldom_as_that_is_still_counted(clock):
    from ui.mnist.live import IN_THE_QUEUE

    assert IN_THE_QUEUE * SLOWEST < STILL_HERE
