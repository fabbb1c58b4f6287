"""The stage: the drawn network, and everything that moves in step with it.

One canvas, drawn by plain JavaScript that computes the network itself from a film's parameters, so
that a film plays, scrubs, and answers a touch without asking Python. A film saved as HTML is the
same script.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import streamlit as st

from figures.words import Said
from ui.browser.join import joined
from ui.browser.part import part, read
from ui.browser.saved import as_json, saved_page, sentences_of
from ui.place import place_for
from ui.presenter import TYPE, presenting

HERE = Path(__file__).parent
SCRIPT, SAVED = joined(HERE / "stage.js"), joined(HERE / "saved.js")

_stage = part(HERE)


class Built(NamedTuple):
    """A network that the reader can build on its drawing."""

    buildable: Mapping[str, Any]  # what there is, and can be: `Buildable` in messages.d.ts
    take: Callable[[Any], None]  # gets the plan of another one; for a callback


class GuessOnStage(TypedDict):
    """What a reader guesses of a film before they see it."""

    asking: bool  # whether it is still to be guessed: then the film is its first frame
    drawing: str  # what is to be drawn now, "boundary" or "loss", "" if nothing is
    only: bool  # whether there are no answers to go back to
    said: str  # the guess, "" as long as there is none
    of: str  # what was drawn, as in `drawing`
    lines: list[list[float]]  # of that: corners across and up, from 0 to 1


def film_data(
    film: dict[str, Any], key: str, height: str, big: bool, at: str = "", opening: bool = False
) -> dict[str, Any]:
    """What the stage gets to play a film, as `show_film` says, without anybody to hear of it."""
    return {
        "key": key,
        "film": film,
        "height": height,
        "size": TYPE if big else "0.82rem",
        "big": big,
        "trains": False,
        "keeps": False,
        "places": False,
        "built": None,
        "at": at,
        "opening": opening,
        "guess": None,
        "fixed": False,
        "unseen": False,
    }


def show_film(
    film: dict[str, Any],
    key: str,
    height: str = "61.5vh",
    train_on: Callable[[str | None], None] | None = None,
    at: str = "",
    opening: bool = False,
    place: Callable[[str | None], None] | None = None,
    build: Built | None = None,
    keep: Callable[[Any], None] | None = None,
    guess: GuessOnStage | None = None,
    drawn: Callable[[str], None] = lambda lines: None,
    fixed: bool = False,
    unseen: bool = False,
) -> None:
    """Put a film (`StageFilm.message`) on the stage that `key` names for good.

    With `train_on` the reader can have weights they changed trained on: it gets all parameters as
    base64 of float64, with `keep` after the step that they are of (`recipes/keeping.py`). With
    `place` they can place points of their own: it gets all of them as base64 of float32, x₁, x₂
    and class of each. With `build` they can build the network. `keep` gets where the network
    stands, a `FilmNow`, when they reach for a control. It opens `at` a moment as `stage/moment.js`
    writes it; one that is `opening` plays once by itself, from step 0, and says on a first visit
    what is what. With a `guess` it plays from its beginning as soon as that is taken; `drawn`
    gets the boundary or the loss as `recipes/sketch.py` and `recipes/curve_sketch.py` read it, ""
    if none is to be drawn after all. Of an `unseen` one the curves go no further than it has come.
    Weights that are `fixed` can be read, and not be changed.
    Switching presenter mode, and going to another page and back, keeps what the reader has done.
    """
    data = film_data(film, key, height, presenting(), at, opening) | {
        "trains": train_on is not None,
        "keeps": keep is not None,
        "places": place is not None,
        "built": build and build.buildable,
        "guess": guess,
        "fixed": fixed,
        "unseen": unseen,
    }

    def hear() -> None:
        if train_on is not None:  # else the stage sends nothing
            train_on(st.session_state[key].start)

    def hear_points() -> None:
        if place is not None:
            place(st.session_state[key].points)

    def hear_build() -> None:
        if build is not None:
            build.take(st.session_state[key].build)

    def hear_now() -> None:
        if keep is not None:
            keep(st.session_state[key].now)

    def hear_sketch() -> None:
        drawn(st.session_state[key].sketch or "")

    with place_for(key):
        _stage(
            key=key,
            data=data,
            on_start_change=hear,
            on_points_change=hear_points,
            on_build_change=hear_build,
            on_now_change=hear_now,
            on_sketch_change=hear_sketch,
        )


def film_as_html(
    film: dict[str, Any],
    title: str,
    caption: Sequence[Said],
    edited: str = "",
    big: bool = False,
) -> str:
    """The film as one HTML file that needs nothing else; `big` for a projector.

    Of its sentences the page says the one that is due, and `edited` once the reader has changed the
    network. They may have Markdown's emphasis, which goes.
    """
    return saved_page(
        title,
        f"{read(HERE / 'stage.html')}\n{sentences_of(caption, edited)}",
        [read(HERE / "stage.css"), read(HERE / "film.css")],
        f"{SAVED}\nopenSaved({as_json(film)});",
        big,
    )
