"""What is kept is bounded in bytes, shared by all who ask, and makes nobody wait for another's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from runs.kept import Kept, size

LONG = 60.0


def test_all_who_ask_for_the_same_get_the_same():
    kept = Kept(1000)
    one = kept.get("a", lambda: ["made once"])
    assert kept.get("a", lambda: ["made again"]) is one


def test_it_is_bounded_in_bytes_and_what_was_asked_for_last_stays():
    kept, makes = Kept(1000), []

    def make(name):
        makes.append(name)
        return b"x" * 300

    for name in "abcad":
        kept.get(name, lambda name=name: make(name))
    assert kept.bytes <= 1000
    assert makes == ["a", "b", "c", "d"]
    kept.get("a", lambda: make("a"))
    assert makes == ["a", "b", "c", "d"]  # asked for later than b
    kept.get("b", lambda: make("b"))
    assert makes[-1] == "b"


def test_what_is_larger_than_all_is_kept_until_the_next():
    kept = Kept(1000)
    large = kept.get("large", lambda: b"x" * 5000)
    assert kept.get("large", lambda: None) is large
    kept.get("small", lambda: b"")
    assert kept.bytes <= 1000


def test_what_is_needed_stays_however_much_else_is_asked_for_and_is_measured_later():
    needed, sizes = {"a", "b"}, {"a": 900, "b": 900, "c": 900, "d": 900}
    kept = Kept(1000, sizes.get, needed.__contains__)
    for name in "abcd":
        kept.get(name, lambda name=name: name)
    assert [kept.get(name, lambda: "anew") for name in "abd"] == ["a", "b", "d"]
    assert kept.get("c", lambda: "anew") == "anew"
    needed.clear()
    assert kept.get("e", lambda: "e") == "e"
    assert kept.bytes <= 1000


def test_what_grew_since_it_was_measured_is_measured_again():
    needed, sizes = set(), {"a": 100, "b": 100}
    kept = Kept(1000, sizes.get, needed.__contains__)
    kept.get("a", lambda: "a")
    assert kept.bytes == 100
    needed.add("a")
    assert kept.bytes == 0
    needed.clear()
    sizes["a"] = 700
    assert kept.bytes == 700


def test_nobody_waits_while_anothers_is_made():
    kept, begun, gate = Kept(1000), threading.Event(), threading.Event()

    def slowly():
        begun.set()
        assert gate.wait(LONG)
        return "slow"

    with ThreadPoolExecutor(1) as visitor:
        slow = visitor.submit(kept.get, "slow", slowly)
        assert begun.wait(LONG)
        assert kept.get("quick", lambda: "quick") == "quick"
        gate.set()
        assert slow.result(LONG) == "slow"


def test_the_size_of_an_array_is_its_bytes_about():
    assert 8000 <= size({"a": np.zeros(1000)}) < 8500


class Changing:
    """What another thread adds to while it is looked at, the first time."""

    changes = True

    def __getstate__(self):
        if self.changes:
            raise RuntimeError("dictionary changed size during iteration")
        return {"now": b"x" * 600}


def test_what_changes_while_it_is_measured_is_measured_later():
    kept, changing = Kept(1000), Changing()
    kept.get("a", lambda: changing)
    assert kept.bytes == 0
    changing.changes = False
    assert 600 <= kept.bytes < 1000
