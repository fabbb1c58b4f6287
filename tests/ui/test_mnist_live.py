"""How often a page looks at a run, and how much of that is made for each who looks."""

import json

import pytest
from streamlit.testing.v1 import AppTest

import ui.mnist.live
import views.mnist.training.look
from runs.run import TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import LONG
from tests.saved_runs import small_digits
from ui.mnist.live import IN_THE_QUEUE, between_looks


@pytest.fixture
def run(tmp_path):
    run = TrainingRun(LONG, small_digits(), Workers(1), Store(tmp_path))
    yield run
    run.pause()


def test_who_waits_is_not_looked_at_as_one_who_trains(run, tmp_path, hold):
    assert between_looks(run, 0.5) is None
    run.go_on()
    assert between_looks(run, 0.5) == 0.5
    waiting = TrainingRun(LONG, small_digits(), Workers(0), Store(tmp_path))
    waiting.go_on()
    assert between_looks(waiting, 0.5) == IN_THE_QUEUE
    waiting.pause()


def test_where_many_watch_each_looks_less_often(run, hold):
    run.go_on()
    for visit in range(30):
        run.watchers.saw(f"visit {visit}")
    assert between_looks(run, 0.5) == 2.0
    assert 30 / between_looks(run, 0.5) <= 8 / 0.5


def page(run):
    import streamlit as st

    from ui.mnist.live import live
    from views.mnist.training import VIEW, Settings

    live(VIEW, run, Settings(), run.trainer_digits, run.trainer_digits, 0, "", st.container())


def test_who_comes_late_does_not_have_it_made_again_for_the_others(run):
    """While some look at what there is now, others still look at what there was before."""
    made = []
    before = run.look()
    run.one_batch()
    now = run.look()
    for progress in (before, now, before, now):
        run.once(progress, "figure", lambda progress=progress: made.append(progress.step))
    assert made == [0, 1]


def test_all_that_is_on_screen_is_of_one_look(run, monkeypatch):
    """Weights, curves, words and paper, though the run is further at every look."""
    run.trainer_digits = small_digits()
    looks = []
    for _ in range(6):
        run.one_batch()
        looks.append(run.look())
    coming = iter(looks)
    monkeypatch.setattr(run, "look", lambda: next(coming))
    nets, net = [], run.net

    def kept_net(progress):
        nets.append(progress.step)
        return net(progress)

    monkeypatch.setattr(run, "net", kept_net)
    app = AppTest.from_function(page, args=[run], default_timeout=600).run()
    assert not app.exception
    parts = {part.key: json.loads(part.proto.json) for part in app.get("bidi_component")}
    (step,) = {parts["mnist_wall"]["wall"]["steps"][-1], *nets}
    curve = json.loads(parts["mnist_curves"]["figure"])["data"][0]["x"]
    assert len(curve) == step
    said = " ".join(words.value for words in app.markdown)
    assert f"({step} step" in said


def test_watchers_share_what_they_see(run, monkeypatch):
    run.one_batch()
    run.trainer_digits = small_digits()
    made = []
    for where, what in (
        (ui.mnist.live, "weight_wall"),
        (ui.mnist.live, "drawn"),
        (views.mnist.training.look, "training_curves"),
    ):
        make = getattr(where, what)

        def counted(*given, what=what, make=make, **more):
            made.append(what)
            return make(*given, **more)

        monkeypatch.setattr(where, what, counted)
    for _ in range(5):
        app = AppTest.from_function(page, args=[run], default_timeout=600).run()
        assert not app.exception
    assert sorted(made) == ["drawn", "training_curves", "weight_wall"]
