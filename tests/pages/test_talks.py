"""A talk on the pages: where its links lead, and what is said when something is wrong with them."""

import json

import pytest

import ui.talk
from talks.built_in import FIRST, built_in_names, built_in_talk
from talks.reader import read_talk
from tests.films import unpacked
from tests.pages.test_browser_messages import TYPES, Types
from ui.pages import PAGE_NAMES
from ui.talk import parameters


def bar_on(page):
    """What the bar of a talk is sent; None without one."""
    parts = {part.key: part for part in page.get("bidi_component")}
    return json.loads(parts["talk"].proto.json) if "talk" in parts else None


def stage_on(page):
    """What the stage is sent."""
    (part,) = [one for one in page.get("bidi_component") if "_stage_scene" in (one.key or "")]
    return json.loads(part.proto.json)


def steps_on(page):
    """The steps of the film on the stage."""
    return unpacked(stage_on(page)["film"])["steps"]


def words(page):
    return " ".join(line.value for line in page.markdown)


def said(page, name):
    """What the page's address says by that name."""
    value = page.query_params[name]
    return value if isinstance(value, str) else value[-1]


def scene(number):
    return built_in_talk(FIRST, PAGE_NAMES).scenes[number - 1]


def test_outside_of_a_talk_there_is_no_bar_and_a_page_has_its_question(open_page):
    page = open_page("activations")
    assert bar_on(page) is None
    assert page.title[0].value == "What does a neuron do with the number it hears?"
    assert not page.toggle(key="present").value


def test_a_scene_has_its_title_its_caption_and_the_bar_and_is_on_a_projector(open_page):
    page = open_page("activations", talk=FIRST, scene="3")
    assert page.title[0].value == scene(3).title
    assert scene(3).caption in words(page)
    assert page.toggle(key="present").value
    bar = bar_on(page)
    assert (bar["at"], len(bar["scenes"])) == (2, 15)
    assert Types(TYPES).misfit(bar, "TalkData") is None
    assert (
        bar["scenes"][2]["link"]
        == f"./activations?activations_slopes=false&present=true&talk={FIRST}&scene=3"
    )
    assert "The link has" not in words(page)


def test_a_theme_that_was_chosen_stays_from_scene_to_scene(open_page):
    bar = bar_on(open_page("activations", talk=FIRST, scene="3", theme="dark"))
    assert all("&theme=dark&" in one["link"] for one in bar["scenes"])
    assert bar["end"] == "./?theme=dark"


def test_a_theme_in_a_link_of_talk_and_scene_alone_stays(open_page):
    page = open_page("home", talk=FIRST, scene="4", theme="dark")
    assert page.title[0].value == scene(4).title
    assert said(page, "theme") == "dark"


def test_a_link_of_talk_and_scene_alone_leads_to_the_scenes_page_and_settings(open_page):
    page = open_page("home", talk=FIRST, scene="4")
    assert page.title[0].value == scene(4).title
    assert "After **1,000** steps" in words(page)  # of the view "many steps"
    assert said(page, "neuron_view") == "many steps"


def test_without_a_number_a_talk_begins_at_its_first_scene(open_page):
    assert bar_on(open_page("home", talk=FIRST))["at"] == 0


@pytest.mark.parametrize(
    ("asked", "opens", "says"),
    [
        ("99", 14, "“99” for the scene: expected a whole number from 1 to 15, so this is scene 15"),
        ("0", 0, "“0” for the scene"),
        ("-3", 0, "“-3” for the scene"),
        ("two", 0, "“two” for the scene"),
        ("9" * 5000, 14, "for the scene"),
        ("²", 0, "“²” for the scene"),
    ],
)
def test_a_scene_that_there_is_not_is_said(open_page, monkeypatch, asked, opens, says):
    everywhere = 'title = "x"\n' + '[[scene]]\nlink = "/activations"\ntitle = "y"\n' * 15
    talk = read_talk(everywhere.encode(), PAGE_NAMES)
    monkeypatch.setattr(ui.talk, "built_in_talk", lambda *_: talk)
    page = open_page("activations", talk="x", scene=asked)
    assert bar_on(page)["at"] == opens
    assert says in words(page)
    assert said(page, "scene") == str(opens + 1)


@pytest.mark.parametrize("name", ["none", "../secret", "<b>", ""])
def test_a_talk_that_there_is_not_is_said_and_the_page_opens_without(open_page, name):
    page = open_page("activations", talk=name, scene="3")
    assert bar_on(page) is None
    assert "There is no talk “" in words(page)
    assert f"expected one of {', '.join(built_in_names())}." in words(page)
    assert "<b>" not in words(page)
    assert "talk" not in page.query_params


def test_a_scene_whose_settings_no_longer_exist_opens_with_defaults_and_says_so(
    open_page, monkeypatch
):
    old = """
        title = "Old"
        [[scene]]
        link = "/activations?activations_x=3&activations_curve=relu&activations_function=relo"
        title = "As it was"
    """
    talk = read_talk(old.encode(), PAGE_NAMES)
    monkeypatch.setattr(ui.talk, "built_in_talk", lambda *_: talk)
    link = dict(parameters("old", talk, 1))
    page = open_page("activations", **link)
    assert r"“activations\_curve”, which is no setting of this page" in words(page)
    assert "“relo” for function" in words(page)
    assert page.slider(key="activations_x").value == 3


ASKED = """
title = "Asked"
[[scene]]
link = "/activations"
title = "A choice"
question = { ask = "Which?", answers = ["This", "That"] }
[[scene]]
link = "/boundaries?boundaries_view=lottery&boundaries_starts=10&boundaries_epochs=10"
title = "A number"
question = { ask = "How many?", number = 10, of = "of 10" }
[[scene]]
link = "/boundaries?boundaries_epochs=10"
title = "A boundary"
question = { ask = "Where?", sketch = "boundary" }
[[scene]]
link = "/boundaries?boundaries_epochs=10&boundaries_dataset=slope"
title = "No boundary"
question = { ask = "Where?", sketch = "boundary" }
[[scene]]
link = "/boundaries?boundaries_epochs=10"
title = "A loss"
question = { ask = "How low?", sketch = "loss" }
"""


def asked(open_page, monkeypatch, number, **link):
    """The page of a scene that asks, with that in its address."""
    talk = read_talk(ASKED.encode(), PAGE_NAMES)
    monkeypatch.setattr(ui.talk, "built_in_talk", lambda *_: talk)
    return open_page(talk.scenes[number - 1].page, **dict(parameters("x", talk, number)), **link)


def styles(page):
    return " ".join(one.proto.body for one in page.get("html"))


def hides(page):
    return "visibility: hidden" in styles(page)


def test_a_scene_is_hidden_until_its_question_is_answered_and_the_guess_then_stands_there(
    open_page, monkeypatch
):
    page = asked(open_page, monkeypatch, 1)
    assert hides(page)
    assert page.title[0].value == "Which?"  # the title may give the answer away
    assert bar_on(page)["guess"] == ""
    assert "Your guess" not in words(page)
    page = asked(open_page, monkeypatch, 1, guess="2")
    assert not hides(page)
    assert bar_on(page)["guess"] == "2"
    assert page.title[0].value == "A choice"
    assert "Your guess: **That**" in words(page)
    assert Types(TYPES).misfit(bar_on(page), "TalkData") is None
    shown = asked(open_page, monkeypatch, 1, guess="-")  # without a guess
    assert not hides(shown)
    assert "Your guess" not in words(shown)


def test_a_guess_that_cannot_be_is_said_and_the_question_asked(open_page, monkeypatch):
    page = asked(open_page, monkeypatch, 1, guess="3")
    assert hides(page)
    assert "The link has “3” for the guess, which cannot be made here" in words(page)


def test_a_number_is_judged_by_the_view_that_can(open_page, monkeypatch):
    page = asked(open_page, monkeypatch, 2, guess="4")
    assert "Your guess: **4 of 10**" in words(page)
    assert "Your guess was *4 of 10 starts*" in words(page) or "*, was right." in words(page)


@pytest.mark.parametrize(
    ("number", "ask", "drawn", "judged"),
    [
        (
            3,
            "Where?",
            "0.0.1000.1000",
            "of the plane has the colour that",
        ),
        (5, "How low?", "loss~0.900.1000.0", "of the way your curve is no further from the"),
    ],
)
def test_a_drawing_is_asked_for_on_the_film_and_laid_over_it(
    open_page, monkeypatch, number, ask, drawn, judged
):
    page = asked(open_page, monkeypatch, number)
    assert page.title[0].value == ask
    stage = stage_on(page)
    assert (stage["guess"]["drawing"], stage["guess"]["only"]) == (
        "loss" if "loss" in drawn else "boundary",
        True,
    )
    assert len(steps_on(page)) == 1  # nothing has been trained
    page = asked(open_page, monkeypatch, number, guess=drawn)
    assert not hides(page)
    assert judged in words(page)
    assert len(stage_on(page)["guess"]["lines"]) == 1
    assert len(steps_on(page)) > 1


def test_what_cannot_be_drawn_is_shown_and_said(open_page, monkeypatch):
    page = asked(open_page, monkeypatch, 4)
    assert "The boundary that this scene asks for cannot be drawn with its settings" in words(page)
    assert len(steps_on(page)) > 1


def test_in_a_talk_a_film_opens_at_its_beginning_and_nothing_but_its_controls_can_be_built(
    open_page, monkeypatch
):
    stage = stage_on(asked(open_page, monkeypatch, 4))
    assert (stage["at"], stage["unseen"], stage["built"], stage["places"]) == (
        "0",
        True,
        None,
        False,
    )


def test_home_offers_each_talk_by_its_first_scenes_link_and_what_to_say(open_page):
    page = open_page("home")
    links = " ".join(one.proto.body for one in page.get("html"))
    for name in built_in_names():
        talk = built_in_talk(name, PAGE_NAMES)
        assert f"talk={name}&amp;scene=1" in links
        assert all(one.title in words(page) for one in talk.scenes)


def test_home_gives_each_talk_as_a_file(open_page):
    ids = [button.proto.id for button in open_page("home").get("download_button")]
    for name in built_in_names():
        assert len([one for one in ids if one.endswith(f"-save_talk_{name}")]) == 1
