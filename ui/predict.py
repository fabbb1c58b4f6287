"""Predict first: the result of a change stays hidden until a guess is taken.

Until then nothing is trained, so there is nothing to be found out: not in the caption, nor in the
address, nor by those who hear the page. The guess stands in the address from then on, for whoever
loads the page again.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from figures.words import Said, as_written, sentences
from recipes.settings import Settings, Switch
from talks.talk import SHOWN, Question as SceneQuestion
from ui.browser.stage import GuessOnStage
from ui.controls import misread
from ui.explain import say
from ui.held import hold_one
from ui.lock import PREDICT, free
from ui.presenter import presenting
from ui.scene import scene_asks, scene_guess, take_scene_guess
from ui.told import told
from views.predict import Amount, Choice, CurveSketch, Question, Sketch, Way
from views.view import View

GUESS = "guess"  # a parameter of the page's link, beside PREDICT
SEEN = "predict_seen"  # by view: what its result was of that the visit has seen, and the guess
DRAWING = "predict_drawing"  # what a guess is being drawn of
UNASKED = None  # in place of a guess: it was seen without one
SWITCH = Switch(
    "Predict first",
    "After a change the result stays hidden until you have guessed it; then your guess stands "
    "beside it.",
)
DRAW = {
    "boundary": "**Draw where the boundary will lie**: one line or several.",
    "loss": "**Draw how the loss (how wrong it is) will go**, from the left, where training begins "
    "at the dot, to the right, where it ends.",
}
COUNTED = {
    "boundary": "A line that ends on the plane goes straight on to its edge; one that comes back "
    "to where it began goes around.",
    "loss": "",
}
DRAW_IT = {"boundary": "Draw the boundary", "loss": "Draw the loss"}
UNDRAWN = "The {} that this scene asks for cannot be drawn with its settings, so it is shown."


class Guess(NamedTuple):
    """A question that is open, or has been answered."""

    question: Question
    place: tuple[str, str]  # page and view
    about: tuple[Any, ...]  # settings, and what the reader brought
    taken: str  # the guess, "" as long as the question is open
    drawing: str  # what is being drawn of it, "" if nothing is
    scenes: bool = False  # whether a scene of a talk asks it


def predict_switch(view: View) -> list[str]:
    """The switch, where a view asks; a sentence if the link says it so that nobody can read it."""
    if view.predict is None:
        return []
    asked = st.query_params.get_all(PREDICT)
    if not free(PREDICT):
        hold_one(PREDICT, SWITCH, False)
    else:
        st.toggle(SWITCH.label, key=PREDICT, bind="query-params", help=SWITCH.help)
    return [misread(SWITCH, text, False) for text in asked if text not in ("true", "false")]


def predicting(view: View) -> bool:
    """Whether a guess comes before the result."""
    return view.predict is not None and bool(st.session_state.get(PREDICT))


def predict_in_link(view: View) -> dict[str, str]:
    """What the page's link has of it."""
    return {PREDICT: "true"} if predicting(view) else {}


def guess_first(view: View, settings: Settings, own: str | None) -> tuple[Guess | None, list[str]]:
    """What is to be guessed, or was; None where nothing is. And what the link got wrong about it.

    What is on screen while the switch is off has been seen, and is not asked about.
    """
    if view.predict is None:
        return None, []
    place = view.settings.page, view.name
    about = (view.shared(settings) if view.shared else settings, own)
    if asks := scene_asks():
        return _of_a_scene(asks, view.predict.question(settings), place, about)
    by_link = st.query_params.get(GUESS, "") if SEEN not in st.session_state else ""
    seen = st.session_state.setdefault(SEEN, {})
    question, wrong = view.predict.question(settings), []
    if not predicting(view):
        seen[place] = about, UNASKED
    elif by_link and question.way_of(by_link):
        seen[place] = about, by_link
    elif by_link:
        wrong = [
            f"The link has “{as_written(by_link)}” for the guess, which cannot be made here, so "
            "the question is asked."
        ]
    known, taken = seen.get(place, (None, ""))
    taken = taken if known == about else ""
    if taken is UNASKED:
        return None, wrong
    *of, drawing = st.session_state.get(DRAWING, (None, None, ""))
    drawn = drawing if not taken and of == [place, about] else ""
    return Guess(question, place, about, taken, drawn), wrong


def _of_a_scene(
    asks: SceneQuestion, question: Question, place: tuple[str, str], about: tuple[Any, ...]
) -> tuple[Guess | None, list[str]]:
    """What a talk's scene asks in a way of the view's: a drawing, or a number that it can judge.

    A choice, or another number, the talk's bar asks for (`ui/talk.py`). A guess is of the settings
    with which the scene came: with others nothing is laid beside it.
    """
    taken = scene_guess()
    came_with, _ = st.session_state.setdefault(SEEN, {}).setdefault(place, (about, taken))
    if came_with != about or taken == SHOWN:
        return None, []
    if asks.sketch:
        way = next((way for way in question.ways if draws(way) == asks.sketch), None)
        if way is None:
            return None, [UNDRAWN.format(asks.sketch)]
        guessed = taken if way.fits(taken) else ""
        drawing = "" if guessed else asks.sketch
        return Guess(Question(asks.ask, [way]), place, about, guessed, drawing, True), []
    amounts = [way for way in question.ways if isinstance(way, Amount)]
    way = next((way for way in amounts if way.most == asks.number), None)
    if way is None or not taken:
        return None, []
    return Guess(Question(asks.ask, [way]), place, about, taken, "", True), []


def draws(way: Way[Any] | None) -> str:
    """What is drawn in this way to guess, "" if nothing is."""
    return way.of if isinstance(way, Sketch | CurveSketch) else ""


def ask(guess: Guess, notes: str) -> None:
    """The question, where a caption goes, and its answers; on a projector in one line."""
    if guess.drawing:
        say(sentences(notes, DRAW[guess.drawing], COUNTED[guess.drawing]))
        return
    with st.container(key="caption"), st.container(key="question", gap="xsmall"):
        if notes:
            st.markdown(notes)
        asked = f"**{guess.question.asks}**"
        if not presenting():
            st.markdown(told(sentences(asked, guess.question.why)))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if presenting():
                st.markdown(asked, width="content")
            for way in guess.question.ways:
                match way:
                    case Choice():
                        _choice(guess, way)
                    case Amount():
                        _amount(guess, way)
                    case Sketch() | CurveSketch():
                        key = f"guess_drawn_{way.of}"
                        st.button(DRAW_IT[way.of], key=key, on_click=_draw, args=[guess, way.of])


def _choice(guess: Guess, way: Choice) -> None:
    for word, (says, means) in way.answers.items():
        label = f"**{says}**: {means}" if means and not presenting() else says
        key = f"guess_{word}"
        st.button(
            label, key=key, help=means if presenting() else None, on_click=_take, args=[guess, word]
        )


def _amount(guess: Guess, way: Amount) -> None:
    key = f"guess_amount_{way.most}"
    asked = guess.question.asks
    st.slider(asked, 0, way.most, way.most // 2, key=key, label_visibility="collapsed")
    st.button("This is my guess", key="guess_it", on_click=_take_amount, args=[guess, key])


def _take_amount(guess: Guess, key: str) -> None:
    _take(guess, f"{st.session_state[key]}")


def _take(guess: Guess, said: str) -> None:
    st.session_state[SEEN][guess.place] = guess.about, said


def _draw(guess: Guess, of: str) -> None:
    st.session_state[DRAWING] = guess.place, guess.about, of


def take_drawing(guess: Guess, lines: str) -> None:
    """Take what was drawn as the guess; "" goes back to the answers. For a callback."""
    st.session_state.pop(DRAWING, None)
    if guess.question.way_of(lines):
        (take_scene_guess if guess.scenes else partial(_take, guess))(lines)


def on_stage(guess: Guess) -> GuessOnStage:
    """A guess as the stage has it."""
    way = guess.question.way_of(guess.taken)
    lines = way.lines(guess.taken) if isinstance(way, Sketch | CurveSketch) else []
    return {
        "asking": way is None,
        "drawing": guess.drawing,
        "only": guess.scenes,
        "said": way.said(guess.taken) if way else "",
        "of": draws(way),
        "lines": [line.ravel().round(3).tolist() for line in lines],
    }


def with_guess(guess: Guess, said: Sequence[Said], numbers: Any, whole: bool) -> list[Said]:
    """A caption with the guess: on a film's way what it was, at its end how near it came.

    What a film's sentences say on its way of later frames would give the end away.
    """
    way = guess.question.way_of(guess.taken)
    assert way is not None
    beside = f"Your guess: *{way.said(guess.taken)}*."
    judged = way.judged(guess.taken, numbers) if whole else beside
    *course, end = said
    before = [Said(since, sentences(beside, words)) for since, words in course[:1]]
    on_the_way = [Said(since, beside) for since, _ in course[1:2]]
    return [*before, *on_the_way, Said(end.since, sentences(judged, end.words))]
