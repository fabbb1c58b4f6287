"""Old links, read by a page of one control."""

import pytest
from streamlit.testing.v1 import AppTest

from recipes.boundaries import BoundariesSettings
from recipes.settings import plain, spoken
from ui.controls import misread
from views.mnist.mistakes import Settings as Mistakes
from views.mnist.training import Settings as MnistView


def page_of_one_choice():
    from dataclasses import dataclass

    import streamlit as st

    from recipes.settings import ROW, Settings, choices
    from ui.controls import misread_link, read, respell_link, row_controls

    @dataclass(frozen=True)
    class Tea(Settings):
        page = "tea"
        kind: str = choices("green", ("green", "black"), "Kind", stands=ROW, was={"noir": "black"})
        sugar: str = choices("none", ("none", "much"), "Sugar", stands=ROW, was={"lots": "much"})

    respell_link([Tea])
    wrong = misread_link(Tea)
    row_controls(Tea)
    st.markdown(f"{read(Tea).kind}, {read(Tea).sugar}, {wrong}")


def opened(**link):
    page = AppTest.from_function(page_of_one_choice, default_timeout=60)
    for key, value in link.items():
        page.query_params[key] = value
    return page.run()


def test_what_an_older_link_spells_another_way_is_what_it_meant():
    page = opened(tea_kind="noir", tea_sugar="lots")
    assert not page.exception
    assert page.markdown[0].value == "black, much, []"
    assert page.query_params == {"tea_kind": "black", "tea_sugar": "much"}


def test_a_reader_can_move_what_an_older_link_said():
    page = opened(tea_kind="noir")
    (kind, _) = {group.key: group for group in page.get("button_group")}.values()
    kind.set_value("green").run()
    assert page.markdown[0].value == "green, none, []"


def test_a_word_that_no_link_ever_had_does_not_count():
    page = opened(tea_kind="red", tea_sugar="lots")
    assert page.markdown[0].value.startswith("green, much, ['The link has “red” for kind")


# How values and names are written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1e-5, "0.00001"), (10.0, "10"), (1e9, "1000000000"), (0.3, "0.3"), (150_000, "150000")],
)
def test_a_number_is_written_without_powers(value, written):
    assert plain(value) == written


def test_a_label_within_a_sentence_keeps_its_capitals_if_it_is_a_sign():
    assert spoken("L2") == "L2"
    assert spoken("Learning rate") == "learning rate"
    assert spoken("Of RMSprop and Adam") == "of RMSprop and Adam"


def test_a_value_that_cannot_be_says_what_is_used_instead_as_the_page_writes_it():
    l2 = BoundariesSettings.allowed()["l2"]
    assert misread(l2, "7", 0.0) == (
        "The link has “7” for L2: expected one of 0, 0.00001, 0.0001, 0.0003, 0.001, 0.003, 0.01, "
        "0.03, 0.1, so it is 0."
    )
    inputs = BoundariesSettings.allowed()["inputs"]
    assert misread(inputs, "x₃", ("x₁", "x₂")).endswith("so it is x₁, x₂.")
    assert misread(MnistView.allowed()["smooth"], "maybe", False).endswith("so it is off.")


def test_a_number_that_stands_for_something_is_said_as_the_page_says_it():
    """A link's sentence once said “expected a whole number from -1 to 61, so it is -1”."""
    truth = Mistakes.allowed()["truth"]
    assert misread(truth, "x", Mistakes.truth) == (
        "The link has “x” for what it is: expected a whole number from 0 to 61, or none for any, "
        "so it is any."
    )
    assert Mistakes(truth=-1).truth == -1


def test_an_older_links_penalty_is_the_same():
    assert BoundariesSettings.old_words()["l1"] == {"1e-05": 1e-5}
