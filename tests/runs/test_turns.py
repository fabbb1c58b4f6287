"""Who works when: few at a time, the short before the long, and nothing that nobody wants."""

import threading

import pytest

from runs.work import BETWEEN_PICTURES, HowFar, Turns, Work
from tests.gated import LONG, Gated


def test_only_so_many_work_at_a_time():
    turns, gates = Turns(2), [Gated(1) for _ in range(3)]
    works = [Work(gated, turns) for gated in gates]
    for work in works:
        work.go_on()
    gates[0].reach(1)
    gates[1].reach(1)
    gates[2].open()
    works[2].wait(0.05)
    assert gates[2].done == []  # its gate is open, but it has no turn
    gates[0].open()
    works[2].wait(LONG)
    assert gates[2].done == [1]
    gates[1].open()
    works[1].wait(LONG)


def test_the_more_waits_the_less_often_what_there_is_is_shown():
    turns, gates = Turns(2), [Gated(1) for _ in range(32)]
    works = [Work(gated, turns) for gated in gates]
    assert works[0].between_pictures == BETWEEN_PICTURES
    for work in works:
        work.go_on()
    gates[0].reach(1)
    gates[1].reach(1)
    # 30 wait for two places: all together are shown about as often as two alone
    assert works[0].between_pictures == pytest.approx(16 * BETWEEN_PICTURES)
    for gated in gates:
        gated.open()
    for work in works:
        work.wait(LONG)
    assert works[0].between_pictures == BETWEEN_PICTURES


def test_what_is_short_goes_before_the_rest_of_what_is_long():
    turns, long, short = Turns(1), Gated(3), Gated(1)
    at_length, at_once = Work(long, turns), Work(short, turns)
    at_length.go_on()
    long.reach(1)
    at_once.go_on()
    long.open(1)
    short.reach(1)
    assert long.done == [1]
    short.open()
    long.open()
    at_length.go_on()
    at_length.wait(LONG)
    at_once.wait(LONG)
    assert (long.done, short.done) == ([1, 2, 3], [1])


def test_a_wish_that_was_taken_back_before_its_turn_is_not_worked_on():
    turns, gates = Turns(1), [Gated(1) for _ in range(3)]
    first, shaken, last = (Work(gated, turns) for gated in gates)
    first.go_on()
    gates[0].reach(1)
    shaken.go_on()
    shaken.stop()  # its reader moved on
    last.go_on()
    for gated in gates:
        gated.open()
    last.wait(LONG)
    assert [gated.done for gated in gates] == [[1], [], [1]]
    shaken.go_on()  # and comes back
    shaken.wait(LONG)
    assert gates[1].done == [1]


def test_what_one_took_back_is_done_for_another_who_wants_it():
    turns, gates = Turns(1), [Gated(1), Gated(1)]
    before, wanted = (Work(gated, turns) for gated in gates)
    before.go_on()
    gates[0].reach(1)
    wanted.go_on()
    wanted.stop()
    wanted.go_on()
    for gated in gates:
        gated.open()
    wanted.wait(LONG)
    assert gates[1].done == [1]


def test_work_that_fails_gives_its_turn_to_the_next():
    turns, broken, good = Turns(1), Gated(1, fails_at=1), Gated(1)
    one, other = Work(broken, turns), Work(good, turns)
    one.go_on()
    broken.reach(1)
    other.go_on()
    broken.open()
    good.open()
    other.wait(LONG)
    assert good.done == [1]


def test_what_only_adds_to_an_answer_leaves_a_place_for_those_who_wait_for_theirs():
    turns = Turns(2)
    gates = [Gated(2, answers_at=1), Gated(2, answers_at=1), Gated(1)]
    one, other, new = (Work(gated, turns) for gated in gates)
    gates[0].open(1)
    one.go_on()
    gates[0].reach(2)
    gates[1].open(1)
    other.go_on()
    other.first_numbers()  # and now it waits, though a place is free
    new.go_on()
    gates[2].open()
    new.wait(LONG)
    assert (gates[0].done, gates[1].done, gates[2].done) == ([1], [1], [1])
    gates[1].open()
    other.go_on()
    other.wait(0.05)
    assert gates[1].done == [1]
    gates[0].open()
    one.go_on()
    one.wait(LONG)
    other.go_on()
    other.wait(LONG)
    assert (gates[0].done, gates[1].done) == ([1, 2], [1, 2])


def test_what_only_adds_to_an_answer_gives_way_to_those_who_wait_for_theirs():
    turns, begun, gate, done = Turns(1), threading.Event(), threading.Event(), []

    def adds(tell):
        tell(HowFar(0.5, enough=True))
        yield "answer"
        begun.set()
        assert gate.wait(LONG)
        turns.give_way()
        done.append("more")
        tell(HowFar(1.0))
        yield "more"

    def answers(tell):
        done.append("another's answer")
        tell(HowFar(1.0))
        yield "answer"

    adding, answering = Work(adds, turns), Work(answers, turns)
    adding.go_on()
    adding.first_numbers()
    adding.go_on()
    assert begun.wait(LONG)
    answering.go_on()
    gate.set()
    adding.wait(LONG)
    assert done == ["another's answer", "more"]
    assert (adding.finished, answering.finished) == (True, True)


def test_it_does_not_give_way_to_what_only_adds_too():
    turns, gated, later = Turns(2), Gated(2, answers_at=1), Gated(2, answers_at=1)
    adding, waiting = Work(gated, turns), Work(later, turns)
    gated.open(1)
    adding.go_on()
    gated.reach(2)
    later.open()
    waiting.go_on()
    waiting.first_numbers()
    turns.give_way()
    assert later.done == [1]
    gated.open()
    adding.wait(LONG)
    waiting.go_on()
    waiting.wait(LONG)
    assert later.done == [1, 2]
