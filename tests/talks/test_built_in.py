"""The talks that come with the project."""

import pytest

from talks.built_in import FIRST, built_in_names, built_in_talk
from ui.pages import PAGE_NAMES

NEVER = ("simply", "just ", "obviously", "!")  # words that the look forbids


def test_the_one_for_everybody_comes_first():
    assert built_in_names()[0] == FIRST


def test_no_other_name_leads_to_a_file():
    for name in ("", "..", "../talks/" + FIRST, FIRST + ".toml", "x" * 10_000, FIRST + "\n"):
        assert built_in_talk(name, PAGE_NAMES) is None


def test_the_one_for_everybody_has_twelve_to_fifteen_scenes():
    assert 12 <= len(built_in_talk(FIRST, PAGE_NAMES).scenes) <= 15


@pytest.mark.parametrize("name", built_in_names())
def test_a_scene_makes_one_point_in_plain_words_and_says_what_to_say(name):
    talk = built_in_talk(name, PAGE_NAMES)
    titles = [scene.title for scene in talk.scenes]
    assert len(set(titles)) == len(titles)
    for scene in talk.scenes:
        assert scene.caption
        assert "Takeaway: " in scene.notes
        said = f"{scene.title} {scene.caption} {scene.notes}".lower()
        assert not [word for word in NEVER if word in said], scene.title
        assert len(scene.caption) <= 105  # one line of a projector
