"""Slow work on a page: at once if it is short, else with a bar, a way to stop and to go on."""

import threading

import pytest
from streamlit.testing.v1 import AppTest

import runs.work
import ui.slow
from runs.work import HowFar, Turns, Work
from tests.gated import LONG, Gated
from tests.moved import Moved, Session
from ui.made import made, slow_work
from ui.slow import begin
from views.gradients.batch_noise import Settings


class Drawn(list):
    """What a page drew, in order. After the `last` of it the page goes no further."""

    def __init__(self, last: int = 0) -> None:
        super().__init__()
        self.last = last
        self.meanwhile = lambda: None  # what happens while the page draws

    def __call__(self, numbers: int) -> bool:
        self.append(numbers)
        self.meanwhile()
        return numbers == self.last


def script(works, drawn):
    import streamlit as st

    from ui.slow import begin, go_on

    work = works[st.session_state.get("which", 0)]
    place = st.container().empty()
    numbers = begin(work, place)
    st.markdown(f"Shown: {numbers}")
    if drawn(numbers):
        st.stop()
    go_on(work)


def page(*gated, last=0):
    """A page that shows such work, what it drew, and the work."""
    works, drawn = [Work(one) for one in gated], Drawn(last)
    app = AppTest.from_function(script, kwargs={"works": works, "drawn": drawn})
    app.default_timeout = LONG
    return app, drawn, works


@pytest.fixture
def impatient(monkeypatch):
    """A page that does not wait for the work, and so never depends on how fast it is."""
    monkeypatch.setattr(ui.slow, "PATIENCE", 0.0)
    monkeypatch.setattr(runs.work, "BETWEEN_PICTURES", 0.001)


@pytest.fixture
def patient(monkeypatch):
    """A page that waits for the work as long as it takes."""
    monkeypatch.setattr(ui.slow, "PATIENCE", LONG)


def bars(app):
    return [bar.proto for bar in app.get("progress")]


def test_what_is_short_is_there_at_once_without_a_bar(patient):
    gated = Gated(3)
    gated.open()
    app, drawn, _ = page(gated)
    app.run()
    assert drawn == [3]
    assert not bars(app)
    assert not app.button


def test_what_is_longer_has_a_bar_and_a_way_to_stop(impatient):
    gated = Gated(3)
    gated.open(1)
    app, _, works = page(gated, last=1)
    app.run()
    assert app.markdown[-1].value == "Shown: 1"
    (bar,) = bars(app)
    assert bar.value == 33
    assert bar.text.startswith("Counting: about ")
    assert [button.label for button in app.button] == ["Stop here"]
    gated.open()
    works[0].go_on()
    works[0].wait(LONG)


def test_who_waits_already_sees_the_bar_again_at_once(impatient, monkeypatch):
    """Else it would be gone while the page is drawn anew."""
    gated = Gated(3)
    gated.open(1)
    app, _, works = page(gated, last=1)
    app.run()
    waited = []
    monkeypatch.setattr(ui.slow, "PATIENCE", LONG)
    monkeypatch.setattr(works[0], "wait", waited.append)
    app.run()
    assert bars(app)
    assert waited == [0.0]
    monkeypatch.undo()
    gated.open()
    works[0].go_on()
    works[0].wait(LONG)


def test_who_waits_already_for_the_first_of_it_looks_no_more_often(monkeypatch):
    """Else a whole core would go into looking whether there is anything yet."""
    gated = Gated(1)
    session = Session(stays=20)
    monkeypatch.setattr(ui.slow.st, "session_state", session)
    work = Work(gated)
    session[ui.slow.WATCHED] = work
    waited = []
    monkeypatch.setattr(work, "wait", waited.append)
    with pytest.raises(Moved):
        begin(work, None)
    monkeypatch.undo()
    gated.open()
    work.wait(LONG)
    assert set(waited) == {ui.slow.A_LOOK}


def test_stopped_it_stays_as_it_is_until_the_reader_goes_on(impatient):
    gated = Gated(3)
    gated.open(1)
    app, drawn, works = page(gated, last=1)
    app.run()
    gated.reach(2)
    app.button(key="work_stop").click().run()
    assert [button.label for button in app.button] == ["Go on"]
    assert "Stopped after 1 of 3." in [line.value for line in app.markdown]
    assert drawn == [1, 1]
    gated.open()
    works[0].wait(LONG)  # for the piece in progress
    assert gated.done == [1, 2]
    app.run()
    assert "Stopped after 2 of 3." in [line.value for line in app.markdown]
    assert gated.done == [1, 2]
    app.button(key="work_go_on").click().run()
    assert gated.done == [1, 2, 3]
    assert app.markdown[-1].value == "Shown: 3"
    assert not bars(app)
    assert not app.button


def test_the_page_runs_again_until_the_work_is_finished(impatient):
    gated = Gated(30)
    gated.open()
    app, drawn, works = page(gated)
    app.run()
    assert works[0].finished
    assert drawn == sorted(drawn)
    assert drawn[-1] == 30
    assert not bars(app)


def test_what_is_no_news_is_not_drawn_again(impatient):
    """A class that waits for the machine to compile would keep it busy with the same picture."""
    goes_on, said = threading.Event(), ["nothing", "nothing", "nothing", "a little"]

    def waits(tell):
        for done in said:
            tell(HowFar(0.0, "Waiting", done))
            yield said
            if done == "a little":
                assert goes_on.wait(LONG)
        tell(HowFar(1.0, "Waiting", "all"))
        yield "all"

    app, drawn, works = page(waits)
    looks = []

    class Counted(runs.work.Work):
        def wait(self, seconds):
            looks.append(seconds)
            if len(looks) == 12:
                goes_on.set()
            super().wait(seconds)

    works[0].__class__ = Counted
    app.run()
    assert len(looks) >= 12
    assert len([one for one in drawn if one is said]) <= 2
    assert drawn[-1] == "all"


def test_without_news_the_page_is_drawn_again_after_some_seconds_all_the_same(
    impatient, monkeypatch
):
    """Streamlit hears a click within a fragment, such as a dialog's, when its run is over."""
    monkeypatch.setattr(ui.slow, "NO_NEWS", 0.001)
    gated = Gated(2)
    gated.open(1)
    app, drawn, _works = page(gated)
    drawn.meanwhile = lambda: gated.open() if len(drawn) == 3 else None
    app.run()
    assert drawn[:3] == [1, 1, 1]
    assert drawn[-1] == 2


def test_work_that_ends_while_its_page_draws_is_shown_whole_all_the_same(impatient):
    gated = Gated(2)
    gated.open(1)
    app, drawn, works = page(gated)

    def finish():
        gated.open()
        works[0].wait(LONG)

    drawn.meanwhile = finish
    works[0].go_on()
    gated.reach(2)
    app.run()
    assert drawn == [1, 2]
    assert app.markdown[-1].value == "Shown: 2"
    assert not bars(app)


def test_no_bar_stays_where_all_there_is_was_drawn_before_the_work_knew_it_was_the_last(impatient):
    ends = threading.Event()

    def counted(tell):
        tell(HowFar(1.0, "Counting", "1 of 1"))
        yield 1
        assert ends.wait(LONG)

    app, drawn, works = page(counted)

    def finish():
        ends.set()
        works[0].wait(LONG)

    drawn.meanwhile = finish
    app.run()
    assert drawn[0] == 1
    assert works[0].finished
    assert not bars(app)
    assert not app.button


def test_what_another_visitor_finished_meanwhile_is_shown_whole_although_one_stopped(impatient):
    gated = Gated(2)
    gated.open(1)
    app, _, works = page(gated, last=1)
    app.run()
    app.button(key="work_stop").click().run()
    gated.open()
    works[0].go_on()  # the other visitor
    works[0].wait(LONG)
    app.run()
    assert app.markdown[-1].value == "Shown: 2"
    assert not app.button


def test_whoever_moves_on_to_other_work_leaves_none_behind(impatient):
    before, now = Gated(3), Gated(1)
    before.open(1)
    now.open()
    app, _, works = page(before, now, last=1)
    app.run()
    before.reach(2)
    app.session_state["which"] = 1
    app.run()
    before.open()
    works[0].wait(LONG)  # for the piece in progress
    assert before.done == [1, 2]
    app.session_state["which"] = 0
    app.run()  # and finds it again
    assert app.markdown[-1].value == "Shown: 3"


def test_a_reader_who_moves_on_need_not_wait_for_the_turn_of_what_they_left(monkeypatch):
    turns, long, left = Turns(1), Gated(1), Gated(1)
    before, work = Work(long, turns), Work(left, turns)
    before.go_on()
    long.reach(1)  # somebody else's, and the only turn is taken
    session = Session(stays=4)
    monkeypatch.setattr(ui.slow.st, "session_state", session)
    with pytest.raises(Moved):
        begin(work, None)
    session.stays = 100
    newest = Gated(1)
    newest.open()
    work_now = Work(newest)
    begin(work_now, None)
    long.open()
    left.open()
    work.wait(LONG)
    assert left.done == []  # what was left before its turn is not worked on
    assert newest.done == [1]


def test_a_failure_is_no_endless_wait(impatient):
    gated = Gated(2, fails_at=2)
    gated.open()
    app, _, _ = page(gated)
    app.run()
    assert len(app.exception) == 1


def test_views_of_the_same_settings_are_kept_apart():
    def count(settings, tell=None):
        yield 1

    first, again, other = (
        slow_work(("gradients", name), Settings(), None, count) for name in ("a", "a", "b")
    )
    assert first is again
    assert first is not other
    answers = [made(("gradients", n), Settings(), None, lambda _, n=n: n) for n in ("a", "b")]
    assert answers == ["a", "b"]
