"""What the stage sends is used only if it is a network's parameters, and for its settings alone."""

import base64

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from recipes.boundaries import BoundariesSettings
from ui.brought import keeps_start, own_start
from views.boundaries.film import VIEW

TINY = BoundariesSettings(layers=1, hidden=2)  # 2-2-1: nine parameters
OTHERS = BoundariesSettings(layers=1, hidden=2, seed=1)


def packed(*values):
    return base64.b64encode(np.array(values, np.float64).tobytes()).decode()


@pytest.fixture(autouse=True)
def own_visit(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})


def test_a_start_is_kept_for_its_settings_alone():
    keeps_start(VIEW, TINY)(packed(*range(9)))
    assert own_start(TINY) == packed(*range(9))
    assert own_start(OTHERS) is None


def test_a_start_goes_as_soon_as_a_setting_changes_and_does_not_come_back():
    keeps_start(VIEW, TINY)(packed(*range(9)))
    own_start(OTHERS)
    assert own_start(TINY) is None


@pytest.mark.parametrize(
    "sent", [None, "", "not base64!", "AAAA", packed(1, 2), packed(*[np.nan] * 9)]
)
def test_anything_else_is_nothing(sent):
    keeps_start(VIEW, TINY)(sent)
    assert own_start(TINY) is None


def test_a_start_is_given_back_by_its_button(monkeypatch):
    monkeypatch.undo()

    def page():
        import streamlit as st

        from recipes.boundaries import BoundariesSettings
        from ui.brought import own_start, usual_start_button

        settings = BoundariesSettings(layers=1, hidden=2)
        if own := own_start(settings):
            usual_start_button(st.container(), settings)
        st.markdown(own or "usual")

    app = AppTest.from_function(page)
    app.session_state["own_start"] = (TINY, packed(*range(9)))
    assert app.run().markdown[0].value == packed(*range(9))
    app.button(key="boundaries_usual").click().run()
    assert app.markdown[0].value == "usual"
    assert not app.button
