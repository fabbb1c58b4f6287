"""Old links, read by a page of one control."""

from streamlit.testing.v1 import AppTest


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
