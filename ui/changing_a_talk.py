"""What is done to a reader's talk on its page: every change is written to its file at once.

The file may have been changed in another window meanwhile: a change is made to the scene that was
seen, wherever it is by now, or not at all.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from talks.editing import moved, place_of, with_scene, with_words, without_scene
from talks.reader import MOST_ANSWERS, BrokenTalk, read_link
from talks.talk import SKETCHES, Question, Scene, Talk
from ui.own_talks import FIRST_TITLE, KEY, begin, delete, keep, talk_of
from ui.pages import PAGE_NAMES, PAGES

SHOWN = "my_talk_shown"  # the talk as this page shows it
CHOSEN = "my_talk_chosen"  # the place of the scene that is chosen, from 0
NEXT = "my_talk_next"  # the place of the one that has just been chosen
ANEW = "my_talk_anew"  # whether the fields are to say what the talk does
TURN = "my_talk_turn"  # another one whenever the fields are to say what the talk does
WRONG = "my_talk_wrong"  # why the last change was not made
UNDO = "my_talk_undo"
MEANWHILE = (
    "This talk was changed in another window meanwhile: this is how it is now. Your last "
    "change was not made."
)
FIRST_SCENE = Scene("", (), "A network that learns")
WAYS = {  # to guess
    "answers": "One of some answers",
    "number": "A whole number",
    "boundary": "A drawing: the boundary",
    "loss": "A drawing: how the loss will go",
}
AT_FIRST = {  # a question of each way, before it is written
    "answers": Question("", answers=("Yes", "No")),
    "number": Question("", number=100),
    **{of: Question("", sketch=of) for of in SKETCHES},
}

Change = Callable[[Talk, int], Talk]  # of the scene at a place, counted from 0


class Undo(NamedTuple):
    """What was taken away from a talk, or all of it, and what is said of that."""

    key: str
    talk: Talk  # as it was before
    said: str
    place: int | None = None  # of the scene that was taken away, from 0; None if all of it was


def field(name: str) -> str:
    """The key of a field; another one when it is to forget what stands in it."""
    return f"my_talk_{name}_{st.session_state.get(TURN, 0)}"


def see(talk: Talk | None) -> int:
    """The talk as it is now is shown; which scene is chosen.

    Only now does another scene or another turn begin: what was written in a field just before is
    told of in the same run as the deed after it, in whatever order, and is its own scene's.
    """
    state, last = st.session_state, len(talk.scenes) - 1 if talk else 0
    if state.pop(ANEW, False) or talk != state.get(SHOWN):
        state[SHOWN], state[TURN] = talk, state.get(TURN, 0) + 1
    state[CHOSEN] = min(state.pop(NEXT, state.get(CHOSEN, 0)), last)
    return state[CHOSEN]


def _show(talk: Talk | None) -> None:
    st.session_state[SHOWN], st.session_state[ANEW] = talk, True


def _change(key: str, change: Change, anew: bool = False) -> bool:
    """Whether it was made. With `anew` all fields say afterwards what the talk does."""
    state = st.session_state
    state[WRONG] = ""
    shown, k, now = state[SHOWN], state.get(CHOSEN, 0), talk_of(key)
    place = place_of(now, shown.scenes[k], k) if now else None
    if now is None or place is None:
        state[WRONG] = MEANWHILE
        return False
    try:
        keep(key, change(now, place))
    except BrokenTalk as broken:
        state[WRONG] = f"This was not kept. {broken.why}"
        return False
    state[CHOSEN] = place
    if now == shown and not anew:
        state[SHOWN] = talk_of(key)
    else:
        _show(talk_of(key))
    return True


# Callbacks: of the whole talk


def open_talk(key: str) -> None:
    """Have the page show the talk with this key."""
    for name in (WRONG, UNDO, CHOSEN, NEXT, SHOWN):
        st.session_state.pop(name, None)
    st.session_state[KEY] = key
    st.query_params[KEY] = key


def open_new(talk: Talk | None = None) -> None:
    """Keep a talk as a new one and have the page show it; without one it begins with Home."""
    try:
        open_talk(begin(talk or Talk(FIRST_TITLE, "", (FIRST_SCENE,))))
    except BrokenTalk as broken:
        st.session_state[WRONG] = broken.why


def open_as(key: str, talk: Talk) -> None:
    """The talk of a file takes the place of the one with this key, which is gone."""
    try:
        keep(key, talk)
        open_talk(key)
    except BrokenTalk as broken:
        st.session_state[WRONG] = broken.why


def say(key: str, name: str) -> None:
    """The words of a field of the whole talk are its `name` now."""
    said = st.session_state[field(name)]
    _change(key, lambda talk, _: replace(talk, **{name.removeprefix("talk_"): said}))


def take_away(key: str, talk: Talk) -> None:
    """Delete all of it."""
    try:
        delete(key)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        st.session_state[WRONG] = f"The talk could not be deleted: {why}."
        return
    st.session_state[UNDO] = Undo(key, talk, f"“{talk.title}” is deleted")
    st.session_state[WRONG] = ""


def undo() -> None:
    """Put back what was taken away last; what has been written since stays."""
    before: Undo = st.session_state.pop(UNDO)
    key, talk, _, place = before
    now = talk_of(key)
    try:
        if place is None:
            keep(key, talk)
        elif now is None:
            st.session_state[WRONG] = MEANWHILE
        else:
            keep(key, with_scene(now, talk.scenes[place], place))
            st.session_state[NEXT] = place
    except BrokenTalk as broken:
        st.session_state[WRONG] = broken.why
    _show(talk_of(key))


# Callbacks: of a scene


def choose(k: int | str) -> None:
    """Scene k is the one to be written; words are those that its line had before, and no choice."""
    if isinstance(k, str):
        return
    st.session_state[NEXT], st.session_state[WRONG] = k, ""
    _show(st.session_state[SHOWN])


def move(key: str, by: int) -> None:
    """Move the scene that is chosen."""
    if _change(key, lambda talk, k: moved(talk, k, by), anew=True):
        st.session_state[CHOSEN] += by


def drop(key: str, talk: Talk, k: int) -> None:
    """Take the scene that is chosen away."""
    if _change(key, without_scene, anew=True):
        said = f"Scene “{talk.scenes[k].title}” is deleted"
        st.session_state[UNDO] = Undo(key, talk, said, k)


def paste(key: str) -> None:
    """The page of the link in the box is one more scene."""
    box = field("pasted")
    link, names = st.session_state[box], {page.name: page.title for page in PAGES}
    if not link.strip():
        return

    def add(talk: Talk, _: int) -> Talk:
        page, settings = read_link(link, PAGE_NAMES)
        return with_scene(talk, Scene(page, settings, names.get(page, "Home")))

    if _change(key, add, anew=True):
        st.session_state[CHOSEN] = len(st.session_state[SHOWN].scenes) - 1


def write(key: str, name: str) -> None:
    """The words of a field are the scene's `name` now."""
    said = st.session_state[field(name)]
    _change(key, lambda talk, k: with_words(talk, k, **{name: said}))


def write_link(key: str) -> None:
    """The page of the link in the field is the scene's now."""
    said = st.session_state[field("link")]

    def change(talk: Talk, k: int) -> Talk:
        page, settings = read_link(said, PAGE_NAMES)
        return with_words(talk, k, page=page, settings=settings)

    _change(key, change, anew=True)


def write_ask(key: str) -> None:
    """What is asked before the scene; a new question has two answers, an emptied one is none."""
    said = st.session_state[field("ask")].strip()

    def change(talk: Talk, k: int) -> Talk:
        old = talk.scenes[k].question or AT_FIRST["answers"]
        return with_words(talk, k, question=replace(old, ask=said) if said else None)

    _change(key, change)


def way_of(question: Question) -> str:
    """How it is guessed: one of `WAYS`."""
    return question.sketch or ("number" if question.number else "answers")


def write_way(key: str) -> None:
    """The scene's question is guessed in the chosen way now."""
    asked = AT_FIRST[st.session_state[field("way")]]
    _change_question(key, lambda old: replace(asked, ask=old.ask), anew=True)


def write_question(key: str, name: str) -> None:
    """What a field says is the question's `name` now."""
    said = st.session_state[field(name)]
    _change_question(key, lambda old: replace(old, **{name: said}))


def write_answers(key: str) -> None:
    """What can be answered, a line each."""
    lines = st.session_state[field("answers")].split("\n")
    answers = tuple(line.strip() for line in lines if line.strip())

    def change(old: Question) -> Question:
        if not answers:
            raise BrokenTalk(f"a question needs 2 to {MOST_ANSWERS} answers, each in a line.")
        return replace(old, answers=answers)

    _change_question(key, change)


def _change_question(key: str, change: Callable[[Question], Question], anew: bool = False) -> None:
    def of(talk: Talk, k: int) -> Talk:
        asked = talk.scenes[k].question
        return with_words(talk, k, question=asked and change(asked))

    _change(key, of, anew)
