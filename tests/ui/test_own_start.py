"""What the stage sends is used only if it is a network's parameters."""

import base64

import numpy as np
import pytest
import streamlit as st
from runs.config import BoundariesConfig

from ui.own_start import keep_start, own_start, usual_start

CONFIG = BoundariesConfig(layers=1, hidden=2)  # 2-2-1: nine parameters


def packed(*values):
    return base64.b64encode(np.array(values, np.float64).tobytes()).decode()


@pytest.fixture(autouse=True)
def own_visit(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})


def test_a_start_is_kept_for_its_settings_alone_and_given_back():
    keep_start(CONFIG, packed(*range(9)))
    np.testing.assert_array_equal(own_start(CONFIG), np.arange(9.0))
    assert own_start(BoundariesConfig(layers=1, hidden=2, seed=1)) is None
    usual_start()
    assert own_start(CONFIG) is None


@pytest.mark.parametrize(
    "sent", [None, "", "not base64!", "AAAA", packed(1, 2), packed(*[np.nan] * 9)]
)
def test_anything_else_is_nothing(sent):
    keep_start(CONFIG, sent)
    assert own_start(CONFIG) is None
