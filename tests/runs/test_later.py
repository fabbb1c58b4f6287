"""What is to be done later is done once, and what is to be done in quiet waits for it."""

import pytest

import runs.later
from runs.later import WhenQuiet


class Timers:
    """A clock, and the timers that were set by it: nothing is waited for."""

    def __init__(self):
        self.now, self.set = 0.0, []

    def monotonic(self):
        return self.now

    def Timer(self, seconds, do):
        return Timer(self, self.now + seconds, do)

    def pass_to(self, end):
        while due := [timer for timer in self.set if timer.when <= end]:
            first = min(due, key=lambda timer: timer.when)
            self.set.remove(first)
            self.now = first.when
            first.do()
        self.now = end


class Timer:
    daemon = False

    def __init__(self, timers, when, do):
        self.timers, self.when, self.do = timers, when, do

    def start(self):
        self.timers.set.append(self)


@pytest.fixture
def timers(monkeypatch):
    timers = Timers()
    monkeypatch.setattr(runs.later, "time", timers)
    monkeypatch.setattr(runs.later.threading, "Timer", timers.Timer)
    return timers


def test_it_is_done_once_when_nobody_has_asked_for_a_while(timers):
    done = []
    quiet = WhenQuiet(10, lambda: done.append(timers.now))
    for second in range(60):  # somebody comes every second for a minute
        timers.pass_to(second)
        quiet.ask()
    assert done == []
    timers.pass_to(1000)
    assert len(done) == 1
    assert 59 + 10 <= done[0] <= 59 + 20
    quiet.ask()
    timers.pass_to(2000)
    assert len(done) == 2
