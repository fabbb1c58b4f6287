"""A talk on the pages: where its links lead, and what is said when something is wrong with them."""

import json

import pytest

import ui.talk
from talks.built_in import FIRST, built_in_names, built_in_talk
from talks.reader import read_talk
from tests.pages.test_browser_messages import TYPES, Types
from ui.pages import PAGE_NAMES
from ui.talk import parameters


def bar_on(page):
    """What the bar of a talk is sent; None without one."""
    parts = {part.key: part for part in page.get("bidi_component")}
    return json.loads(parts["talk"].proto.json) if "talk" in parts else None


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
    assert bar["scenes"][2]["link"] == f"./activations?present=true&talk={FIRST}&scene=3"
    assert "The link has" not in words(page)


def test_a_theme_that_was_chosen_stays_from_scene_to_scene(open_page):
    bar = bar_on(open_page("activations", talk=FIRST, scene="3", theme="dark"))
    assert all("&theme=dark&" in one["link"] for one in bar["scenes"])
    assert bar["end"] == "./?theme=dark"


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
