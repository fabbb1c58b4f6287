"""The runs of a server: in no cache that a visitor can clear, and nobody holds all workers."""

import pytest
import streamlit as st

import ui.runs
from runs.registry import Registry
from runs.run import State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import LONG
from tests.saved_runs import small_digits
from ui.runs import GAVE_WAY, SHARE, registry, set_going


def test_no_visitor_clears_the_runs_away(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path))
    runs = registry()
    assert isinstance(runs, Registry)
    st.cache_resource.clear()
    st.cache_data.clear()
    assert registry() is runs


@pytest.mark.parametrize("workers", [1, SHARE + 1])
def test_a_visitors_newest_wish_wins_and_the_oldest_rests(monkeypatch, tmp_path, hold, workers):
    monkeypatch.setattr(ui.runs.st, "session_state", {})
    crew = Workers(workers)
    runs = [
        TrainingRun(LONG, small_digits(), crew, Store(tmp_path / str(n))) for n in range(SHARE + 2)
    ]
    for run in runs:
        set_going(run)
    assert [run.state for run in runs[:-SHARE]] == [State.PAUSED] * 2
    assert [run.rests_because for run in runs[:-SHARE]] == [GAVE_WAY] * 2
    assert [run.state.live for run in runs[-SHARE:]] == [True] * SHARE
    set_going(runs[0])
    assert runs[0].state.live
    assert not runs[-SHARE].state.live
    assert runs[-1].state.live
    for run in runs:
        run.pause()
        assert run.at_rest
