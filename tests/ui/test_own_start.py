"""What the stage sends is used only if it is a network's parameters, and for its settings alone."""

import base64

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui.brought
from recipes.boundaries import BoundariesSettings
from runs.starts import Starts
from ui.brought import about_start, keeps_start, own_start
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
    assert about_start(own_start(TINY)) == "It began with the weights that you changed."
    assert own_start(OTHERS) is None
    assert about_start(own_start(OTHERS)) == ""


def test_a_start_that_is_kept_is_said_with_its_step():
    keeps_start(VIEW, TINY)(f"1200.{packed(*range(9))}")
    assert own_start(TINY) == f"1200.{packed(*range(9))}"
    said = "Training went on from the network as it stood at step **1,200**."
    assert about_start(own_start(TINY)) == said


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


def opened(link):
    """What a page with a link says of the start that the link brings, and its own link's part."""

    def page():
        import streamlit as st

        from recipes.boundaries import BoundariesSettings
        from ui.brought import own_start, start_from_link, start_in_link
        from views.boundaries.film import VIEW

        settings = BoundariesSettings(layers=1, hidden=2)
        wrong = start_from_link(VIEW.trains_on, settings)
        own = own_start(settings)
        st.markdown(own or "usual")
        st.markdown(" ".join(wrong) or "right")
        st.markdown(start_in_link(settings, own).get("boundaries_own", "nothing"))

    app = AppTest.from_function(page)
    if link:
        app.query_params["boundaries_own"] = link
    app.run()
    return [one.value for one in app.markdown]


def in_link(*values):
    return packed(*values).replace("+", "-").replace("/", "_").rstrip("=")


def test_a_link_brings_the_weights_that_were_changed(monkeypatch):
    monkeypatch.undo()
    values = [-6.25, *np.linspace(-1e-3, 1e6, 8)]
    assert opened(in_link(*values)) == [packed(*values), "right", in_link(*values)]
    kept = f"1200.{in_link(*values)}"
    assert opened(kept) == [f"1200.{packed(*values)}", "right", kept]
    assert opened("") == ["usual", "right", "nothing"]


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("abc", "are not those of this network"),
        (in_link(1, 2), "are not those of this network"),
        (in_link(*[np.inf] * 9), "are not those of this network"),
        ("~AAAAAAAAAAAA", "are not on this server any more"),
        ("1200.~AAAAAAAAAAAA", "are not on this server any more"),
        (f"12e2.{in_link(*range(9))}", "are not those of this network"),
    ],
)
def test_what_is_no_start_of_this_network_is_said(monkeypatch, link, why):
    monkeypatch.undo()
    own, said, own_link = opened(link)
    assert (own, own_link) == ("usual", "nothing")
    assert said == f"The weights that the link brings {why}, so training has its usual start."


def test_many_weights_lie_on_the_server_under_a_name(monkeypatch, tmp_path):
    monkeypatch.setattr(ui.brought, "starts", lambda: Starts(tmp_path))
    monkeypatch.setattr(ui.brought, "mark", lambda: "marked")
    many = np.linspace(-1, 1, ui.brought.FEW + 1)
    written = ui.brought._written(packed(*many))
    assert written.startswith("~")
    assert len(written) < 30
    assert written == ui.brought._written(packed(*many)), "kept once"
    assert ui.brought._read(written) == packed(*many)
    at_a_step = ui.brought._written(f"1200.{packed(*many)}")
    assert at_a_step.startswith("1200.~")
    assert ui.brought._read(at_a_step) == f"1200.{packed(*many)}"
    few = packed(*many[: ui.brought.FEW])
    assert ui.brought._read(ui.brought._written(few)) == few


def test_where_nothing_can_be_written_the_link_has_no_start(monkeypatch, tmp_path):
    (tmp_path / "full").write_text("")
    monkeypatch.setattr(ui.brought, "starts", lambda: Starts(tmp_path / "full"))
    monkeypatch.setattr(ui.brought, "mark", lambda: "marked")
    assert ui.brought._written(packed(*range(200))) == ""
