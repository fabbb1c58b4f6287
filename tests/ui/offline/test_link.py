"""A scene's link without a page: which view it asks for, and with which settings."""

import re
from pathlib import Path

import pytest

from talks.built_in import built_in_names, built_in_talk
from talks.talk import Scene
from tests.talks import links
from ui.offline.link import first_of, settings_of, view_of, views_of
from ui.talk import PAGE_NAMES

PAGES = Path(__file__).parents[3] / "pages"
SCENES = [scene for name in built_in_names() for scene in built_in_talk(name, PAGE_NAMES).scenes]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_the_settings_are_those_that_the_tests_of_talks_read(scene):
    view, wrong = view_of(scene)
    assert settings_of(scene, view.settings) == (links.settings_of(scene, view.settings), wrong)
    assert wrong == []


@pytest.mark.parametrize("page", PAGE_NAMES[1:])
def test_a_page_opens_on_its_first_view_and_has_all_the_others(page):
    text = (PAGES / f"{page}.py").read_text(encoding="utf-8")
    first, *others = re.findall(r"(\w+)\.VIEW", text)
    files = {view.numbers.__module__.split(".")[2] for view in views_of(page).values()}
    assert first_of(page).numbers.__module__.split(".")[2] == first
    assert files == {first, *others}


def test_what_a_link_cannot_have_is_the_default_and_said():
    asked = (("boundaries_view", "films"), ("boundaries_lr", "2"), ("boundaries_hidden", "many"))
    scene = Scene("boundaries", (*asked, ("boundaries_layers", "0")), "A scene")
    view, wrong = view_of(scene)
    settings, misread = settings_of(scene, view.settings)
    assert view is first_of("boundaries")
    assert settings == view.settings(layers=0)
    assert [text for text in ("films", "2", "many") if text not in " ".join(wrong + misread)] == []
    assert len(wrong + misread) == 3


@pytest.mark.parametrize(("text", "hidden"), [("4.0", 4), ("4.5", None), ("1e400", None)])
def test_a_number_is_read_as_on_a_page(text, hidden):
    kind = first_of("boundaries").settings
    settings, wrong = settings_of(Scene("boundaries", (("boundaries_hidden", text),), "It"), kind)
    assert (settings.hidden, len(wrong)) == (hidden or kind.hidden, 0 if hidden else 1)
