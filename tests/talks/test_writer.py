"""A talk that is written into a file is read from it as the very same talk."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from talks.built_in import built_in_names, built_in_talk
from talks.editing import moved, place_of, with_scene, with_words, without_scene
from talks.reader import LONGEST_TITLE, MOST_ANSWERS, OF_THE_STAGE, read_talk
from talks.talk import Question, Scene, Talk
from talks.writer import write_talk
from ui.pages import PAGE_NAMES

# Whatever people write, but for spaces at its ends and the line ends of old machines.
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
words = st.text(letters, max_size=60).map(str.strip)
said = words.filter(bool)
names = st.text(letters, min_size=1, max_size=20).filter(lambda name: name not in OF_THE_STAGE)
questions = st.builds(
    Question,
    said,
    st.lists(said, min_size=2, max_size=MOST_ANSWERS, unique=True).map(tuple),
)
scenes = st.builds(
    Scene,
    st.sampled_from(PAGE_NAMES),
    st.lists(st.tuples(names, st.text(letters, max_size=20)), max_size=4).map(tuple),
    said.filter(lambda title: len(title) <= LONGEST_TITLE),
    words,
    words,
    st.none() | questions,
)
talks = st.builds(Talk, said, words, st.lists(scenes, min_size=1, max_size=4).map(tuple))


@given(talks)
@settings(max_examples=150, deadline=None)
def test_any_talk_comes_back_the_same(talk):
    assert read_talk(write_talk(talk), PAGE_NAMES) == talk


@pytest.mark.parametrize("name", built_in_names())
def test_the_built_in_ones_do_too(name):
    talk = built_in_talk(name, PAGE_NAMES)
    assert read_talk(write_talk(talk), PAGE_NAMES) == talk


def test_the_file_has_the_form_that_is_documented():
    talk = Talk(
        "Two",
        "",
        (
            Scene("boundaries", (("boundaries_layers", "0"),), "One line", notes="Say\nthis."),
            Scene("", (), "Home", question=Question("Will it?", ("Yes", "No"))),
        ),
    )
    text = write_talk(talk).decode()
    assert text.count("[[scene]]") == 2
    assert 'link = "/boundaries?boundaries_layers=0"' in text
    assert 'notes = """\nSay\nthis."""' in text
    asked = {"ask": "Will it?", "answers": ["Yes", "No"]}
    assert tomllib.loads(text)["scene"][1]["question"] == asked
    assert "caption" not in text


A, B, C = (Scene("", (), title) for title in "ABC")
ABC = Talk("x", "", (A, B, C))


def titles(talk):
    return "".join(scene.title for scene in talk.scenes)


def test_scenes_are_added_moved_changed_and_taken_away():
    assert titles(with_scene(ABC, Scene("", (), "D"))) == "ABCD"
    assert [titles(moved(ABC, k, by)) for k, by in ((0, 1), (2, -1), (1, 1), (0, -1))] == [
        *("BAC", "ACB", "ACB", "ABC")
    ]
    assert titles(without_scene(ABC, 1)) == "AC"
    assert titles(with_words(ABC, 1, title="b")) == "AbC"
    with pytest.raises(ValueError, match="at least one"):
        without_scene(Talk("x", "", (A,)), 0)


def test_a_scene_is_found_where_another_window_put_it():
    assert place_of(ABC, B, 1) == 1
    assert place_of(without_scene(ABC, 0), B, 1) == 0
    assert place_of(ABC, replace(B, title="changed"), 1) is None
    assert place_of(without_scene(ABC, 2), C, 2) is None
