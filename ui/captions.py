"""What is said of a picture: its sentences, the moment they are of, its link, its file."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from figures.race import Race
from figures.stage import StageFilm
from figures.walk import Walk
from figures.words import Said, advised, sentences
from ui.browser.said import show_said
from ui.browser.stage import film_as_html
from ui.explain import (
    CHART_LINK,
    FILM_LINK,
    OWN_START_LINK,
    PAGE_LINK,
    RACE_LINK,
    STEP_LINK,
    UNSHARED_LINK,
)
from ui.moment import BEGINNING, STEP, read_moment
from ui.presenter import presenting
from views.view import Download, Picture

CHANGED = (
    "You have changed the network: its answers and the loss are those of your network now, the "
    "curves are still those of training."
)


def said_of(caption: str | Sequence[Said], notes: str) -> list[Said]:
    """A caption after some notes; of a film all of its sentences, the last one last."""
    said = [Said(0, caption)] if isinstance(caption, str) else caption
    return [Said(since, sentences(notes, words)) for since, words in said]


def in_a_file(said: Sequence[Said]) -> list[Said]:
    """What is said, without advice to move what no file has."""
    return [Said(since, advised(words)) for since, words in said]


def caption_of(
    said: Sequence[Said], picture: Picture, key: str, notes: str
) -> str | Callable[[], None]:
    """A caption, or what says of a film's sentences the one that is due."""
    if isinstance(picture, StageFilm | Race):
        edited = sentences(notes, CHANGED)
        moving = key.format("race" if isinstance(picture, Race) else "stage")
        return lambda: show_said(said, moving, edited)
    if isinstance(picture, go.Figure) and (film := film_in(picture)):
        name = key.format(picture.layout.uirevision)
        return lambda: show_said(said, name, opens_first=film["opens"] == 0)
    return said[-1].words


def moment_of(picture: Picture, said: str, begins: bool) -> tuple[str, str]:
    """The moment of a film that a link says, and what it got wrong; "" of what is no film.

    One that `begins` comes at its beginning where none is said: in a talk all but those that play
    by themselves.
    """
    if isinstance(picture, StageFilm | Race):
        at, wrong = read_moment(said)
    elif isinstance(picture, go.Figure) and film_in(picture):
        at, wrong = read_moment(said, STEP)
    else:
        return "", ""
    return at or (BEGINNING if begins else ""), wrong


def film_in(figure: go.Figure) -> dict[str, Any]:
    """What a chart has to play (`figures/playing.py`), empty if that is nothing."""
    return (figure.layout.meta or {}).get("film", {})


def saved_film(
    name: str, picture: Picture, question: str, said: Sequence[Said], edited: str
) -> list[Download]:
    """A film as a file of that name, under its page's question, for a view that gives it away."""
    if not name or not isinstance(picture, StageFilm):
        return []
    big = presenting()  # now, for whoever calls for the file is nobody's page
    return [
        Download(
            "One file that plays offline, for slides.",
            "Save as HTML",
            name,
            lambda: film_as_html(picture.message, question, in_a_file(said), advised(edited), big),
        )
    ]


def link_note(picture: Picture, own_start: bool, shared: bool) -> str:
    """What is said of the page's link."""
    if own_start:
        return OWN_START_LINK if shared else UNSHARED_LINK
    match picture:
        case Walk():
            return STEP_LINK
        case StageFilm():
            return FILM_LINK
        case go.Figure() if film_in(picture):
            return CHART_LINK
        case Race():
            return RACE_LINK
    return PAGE_LINK
