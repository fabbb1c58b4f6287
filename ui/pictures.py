"""Draws the picture of a view, each in the way of its kind, and takes what is touched in it."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from figures.lottery import Lottery
from figures.map import SettingsMap
from figures.race import Race
from figures.stage import StageFilm
from figures.sweep import Sweep
from figures.walk import Walk
from figures.words import Said
from recipes.settings import Settings
from ui.brought import keeps_start
from ui.browser.chart import draw, drawn
from ui.browser.many import show_many
from ui.browser.race import show_race
from ui.browser.stage import Built, show_film
from ui.browser.walk import show_walk
from ui.controls import MOVED, open_view, put, read
from ui.keeping import hear_now, keeping
from ui.lock import BUILD, CHANGE, OPEN, PLACE, VIEWS, free
from ui.moment import BEGINNING
from ui.place import height_of
from ui.points import places
from ui.predict import Guess, on_stage, take_drawing
from ui.scene import scene_on
from views.view import Picture, View

FOR_A_QUESTION = "2rem"  # that it takes more than a caption


def show_picture(
    picture: Picture,
    view: View,
    settings: Settings,
    key: str,
    at: str = "",
    said: Sequence[Said] = (),
    guess: Guess | None = None,
) -> None:
    """Draw a picture in the way of its kind, where `key` names it for good; a film at a moment.

    A chart that another zoom belongs to (`uirevision`) is another chart.
    """
    height, presenter_height = view.heights
    asking = guess is not None and not guess.taken
    if asking:
        height = f"calc({height} - {FOR_A_QUESTION})"
    match picture:
        case go.Figure():
            name, touched = key.format(picture.layout.uirevision), placing(view)
            draw(drawn(picture), name, height, presenter_height, touched, at, said, asking)
        case StageFilm():
            show_film(
                picture.message,
                key.format("stage"),
                height_of(height, presenter_height),
                keeps_start(view, settings) if free(CHANGE) else None,
                at,
                view.opening,
                None if scene_on() or not free(PLACE) else places(view, settings),
                building(view, settings) if free(BUILD) else None,
                hear_now if keeping(view) else None,
                on_stage(guess) if guess else None,
                lambda lines: take_drawing(guess, lines) if guess else None,
                not free(CHANGE),
                scene_on() is not None and at == BEGINNING,
            )
        case Lottery() | SettingsMap() | Sweep():
            opened = opens_touched(view, settings) if free(OPEN) and free(VIEWS) else None
            name = key.format(view.name)
            show_many(view.name, picture.message, name, height, presenter_height, opened)
        case Race():
            height, fixed = height_of(height, presenter_height), not free(CHANGE)
            show_race(picture.message, key.format("race"), height, at, fixed)
        case Walk():
            step, row = getattr(settings, "step", 1), getattr(settings, "row", 1)
            name, parameter = key.format("walk"), settings.key("step")
            show_walk(picture, name, step - 1, height, presenter_height, parameter, row - 1)


def placing(view: View) -> Callable[[tuple[float, float]], None] | None:
    """What writes the place of a click into the setting that the view has for it."""
    if not view.placed or not free(view.placed):
        return None
    key = view.settings.key(view.placed)

    def place(at: tuple[float, float]) -> None:
        st.session_state[key] = "{:.2f}, {:.2f}".format(*at).replace("-", "−")

    return place


def building(view: View, settings: Settings) -> Built | None:
    """What the reader can build on the drawing, and what takes it; None if that is nothing.

    In a talk all that can be moved is folded away.
    """
    if view.building is None or scene_on():
        return None
    buildable, built = view.building

    def take(plan: Any) -> None:
        then = built(read(type(settings)), plan)
        if then is not None:
            st.session_state[MOVED] = True
            put(then)

    return Built(buildable(settings), take)


def opens_touched(view: View, settings: Settings) -> Callable[[int], None]:
    """What opens what the reader touches in the picture. For a callback."""

    def opened(touched: int) -> None:
        found = view.opens(settings, touched) if view.opens else None
        if found is not None:
            open_view(*found)

    return opened
