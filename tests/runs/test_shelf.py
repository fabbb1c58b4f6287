"""The digits of a process: found once, and nobody waits for another."""

import threading

import pytest
import streamlit as st

import ui.digits
from datasets.digits import Kind
from runs.shelf import Shelf, bundled
from runs.work import Work
from tests.saved_runs import small_digits

LONG = 60  # seconds that nothing here takes unless it is broken


class Search:
    """A search that tells how far it is, and ends when it is let."""

    def __init__(self, *found):
        self.found, self.begun = list(found), 0
        self.started, self.end = threading.Event(), threading.Event()

    def __call__(self, report):
        self.begun += 1
        report("train-images-idx3-ubyte.gz", 0.25)
        self.started.set()
        assert self.end.wait(LONG)
        return self.found.pop(0)


@pytest.fixture
def mnist_like():
    return small_digits(side=28)


def test_what_is_found_at_once_is_waited_for(mnist_like):
    search = Search(mnist_like)
    search.end.set()
    shelf = Shelf(search)
    assert shelf.digits(patience=LONG) is mnist_like
    assert not shelf.looking
    assert shelf.digits() is mnist_like
    assert search.begun == 1


def test_while_it_looks_there_are_the_bundled_digits_and_how_far_it_is(mnist_like):
    search = Search(mnist_like)
    shelf = Shelf(search)
    assert shelf.digits(patience=0).kind is Kind.BUNDLED
    assert search.started.wait(LONG)
    assert shelf.looking
    assert (shelf.how_far.share, shelf.how_far.doing) == (
        0.25,
        "Downloading train-images-idx3-ubyte.gz",
    )
    search.end.set()
    assert shelf.digits(patience=LONG) is mnist_like


def test_many_visitors_look_once_and_none_waits_for_another(mnist_like):
    search = Search(mnist_like)
    shelf, got = Shelf(search), []
    visitors = [threading.Thread(target=lambda: got.append(shelf.digits())) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(LONG)
    assert got == [bundled()] * 8
    search.end.set()
    assert shelf.digits(patience=LONG) is mnist_like
    assert search.begun == 1


def test_who_looks_again_keeps_what_there_was_until_there_is_more(mnist_like):
    before = small_digits()
    search = Search(before, mnist_like)
    search.end.set()
    shelf = Shelf(search)
    assert shelf.digits(patience=LONG) is before
    search.end.clear()
    shelf.look_again()
    assert shelf.digits() is before
    assert shelf.looking
    search.end.set()
    assert shelf.digits(patience=LONG) is mnist_like
    assert search.begun == 2


def test_who_looks_again_makes_nobody_wait(mnist_like, monkeypatch):
    before = small_digits()
    search = Search(before, mnist_like)
    search.end.set()
    shelf = Shelf(search)
    shelf.digits(patience=LONG)
    search.end.clear()
    shelf.look_again()
    waits = []
    monkeypatch.setattr(Work, "wait", lambda _, seconds: waits.append(seconds))
    monkeypatch.setattr(ui.digits, "shelf", lambda: shelf)
    monkeypatch.setattr(ui.digits, "_how_far", lambda: None)
    assert ui.digits.servers_digits(st.empty()) is before
    assert shelf.looking_again
    assert waits == [0]
    search.end.set()


def test_later_visitors_do_not_wait_though_they_would(mnist_like, monkeypatch):
    search = Search(mnist_like)
    shelf = Shelf(search)
    shelf.digits(patience=0)
    now = shelf._began + 2
    monkeypatch.setattr("runs.shelf.time.monotonic", lambda: now)
    assert shelf.digits(patience=1).kind is Kind.BUNDLED
    search.end.set()
